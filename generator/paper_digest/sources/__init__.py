"""Where papers come from: each module names addresses and reads bytes, and does no I/O.

Each source module has:

* ``NAME``: the source's name in ``archive.yml``, on the command line and in sightings.
* ``start(...) -> tuple[Request, ...]``: the addresses to read, from the options of one line of
  ``archive.yml`` and the days to fill; absent where a source reads files only.
* ``parse(data: bytes, request: Request) -> Batch``: papers and problems of one answer or file;
  ``Batch.next`` names the addresses to go on with. A bad entry is a ``Problem``; an answer that
  is not this source's at all raises ``SourceError``.

Papers come back without ``claims``: who said it, and when, is stamped on by ``ingest``.
"""
