"""One address asked, its answer read, its papers written: what every command that asks the web does."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from paper_digest.ingest import parse
from paper_digest.ingest.fetch.protocol import Fetcher, HostSilentError, NoSuchRecordError
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Paper
from paper_digest.sources.source import Source


class IngestedAnswer(msgspec.Struct, frozen=True):
    """What an answer held. ``unchanged``: the answer is the one that came the last time."""

    batch: Batch
    unchanged: bool


def ingest_answer(
    writer: PaperWriter,
    source: Source,
    request: Request,
    fetcher: Fetcher,
    is_wanted: Callable[[Paper], bool] = lambda _: True,
    *,
    raise_missing: bool = False,
) -> IngestedAnswer | None:
    """Ask one address and write, at once, what the answer says of papers that are wanted.

    Returns:
        ``None`` where no answer came or it is not the source's, which is then a problem of the
        writer's report.

    Raises:
        NoSuchRecordError: the server knows nothing under this address, and ``raise_missing`` is set.
    """
    try:
        answer = fetcher.get(request)
        fetched = Request(request.url, as_of=answer.fetched_at[:10])
        batch = parse.parse_answer(source, answer.data, fetched)
    except HostSilentError as error:
        writer.report.add_silent_host(error, request)
        return None
    except SourceError as error:
        if raise_missing and isinstance(error, NoSuchRecordError):
            raise
        writer.report.problems.append(error.problem)
        return None
    writer.ingest_batch(batch, source, fetched, is_wanted)
    writer.flush()
    return IngestedAnswer(batch, answer.unchanged)
