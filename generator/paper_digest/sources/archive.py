"""Another paper-digest archive, by the address of its site: its papers with all that is claimed of them.

What its editors say is told from what this archive's editors say: theirs is believed above the
sources, and gives way to a fix made here. An archive that outgrew its host has volumes, sites of their
own with a dump each, which its index names (``VolumeSite`` in ``render/exports/api_types.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import msgspec

from paper_digest.identity.source_ranking import EDITOR
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.paper import CLAIMED_FIELDS, Claim, Paper, Sighting
from paper_digest.sources import jsonl
from paper_digest.sources.options import SourceOption
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.text.language import gettext

#: Where each archive publishes its dump (``render/exports/dump.py``).
_DUMP_PATH = "api/papers.jsonl.gz"
#: Where it says which volumes it has.
_INDEX_PATH = "api/index.json"
_MAX_VOLUMES = 100
_FOREIGN_CURE = "name that site under `url` too, if its papers are wanted"
_NAME = "archive"


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the dump of each site under ``url``, read whole each time, and what names its volumes."""
    for address in query.values("url"):
        base = address.split("#")[0].split("?")[0].removesuffix("index.html").rstrip("/")
        if base.endswith((".jsonl", ".gz")):
            yield Request(base)
        else:
            yield Request(urljoin(base + "/", _DUMP_PATH))
            yield Request(urljoin(base + "/", _INDEX_PATH))


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole dump.

    Raises:
        SourceError: this is no dump at all.
    """
    if request.url.endswith(_INDEX_PATH):
        return _volumes(data, request)
    return _with_provenance(jsonl.parse(data, request), _site(request.url))


def parse_lines(lines: Iterable[bytes], request: Request) -> Iterator[Batch]:
    """Read a dump line by line, in batches.

    Raises:
        SourceError: this is no dump at all.
    """
    if request.url.endswith(_INDEX_PATH):
        return iter((_volumes(b"".join(lines), request),))
    site = _site(request.url)
    return (_with_provenance(batch, site) for batch in jsonl.parse_lines(lines, request))


class _Volume(msgspec.Struct, frozen=True):
    url: str


class _Index(msgspec.Struct, frozen=True):
    volumes: tuple[_Volume, ...] = ()


def _volumes(data: bytes, request: Request) -> Batch:
    """Go on with the dumps of the volumes, which lie on the archive's own host.

    Raises:
        SourceError: this is no index of an archive.
    """
    try:
        index = msgspec.json.decode(data, type=_Index)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        cure = "see that `url` is the address of a paper-digest archive"
        raise SourceError(request.url, "the index of an archive was expected", cure) from error
    addresses = [
        urljoin(urljoin(request.url, one.url), _DUMP_PATH) for one in index.volumes[:_MAX_VOLUMES]
    ]
    foreign = [one for one in addresses if urlsplit(one)[:2] != urlsplit(request.url)[:2]]
    return Batch(
        problems=tuple(
            Problem(request.url, f"names a volume on another host: {one[:300]}", cure=_FOREIGN_CURE)
            for one in foreign
        ),
        next_requests=tuple(Request(one) for one in addresses if one not in foreign),
    )


def _site(address: str) -> str:
    """Return what an archive is called in its papers: its host and path, or the dump's file name."""
    parts = urlsplit(address)
    if not parts.netloc:
        return address.rsplit("/", 1)[-1]
    return (parts.netloc + parts.path).removesuffix(_DUMP_PATH).rstrip("/")


def _with_provenance(batch: Batch, site: str) -> Batch:
    papers = tuple(_from_site(paper, site) for paper in batch.papers)
    return msgspec.structs.replace(batch, papers=papers)


def _from_site(paper: Paper, site: str) -> Paper:
    """Say in a paper which archive lists it, and which claims are of that archive's editors."""
    return msgspec.structs.replace(
        paper,
        sightings=(*paper.sightings, Sighting(_NAME, site)),
        claims=tuple(_of_other_editors(claim, site) for claim in paper.claims),
    )


def _of_other_editors(claim: Claim, site: str) -> Claim:
    if claim.source != EDITOR:
        return claim
    return msgspec.structs.replace(claim, source=_NAME, entry=site)


def _sighting_phrase(sighting: Sighting) -> str:
    return gettext("the archive {address}", address=sighting.page)


SOURCE = Source(
    name=_NAME,
    title="Another archive",
    phrase="another archive's editors",
    files_help="Read the dump of another paper-digest archive, and say in its papers that they are from there.",
    parse=parse,
    parse_lines=parse_lines,
    start=start,
    options=(
        SourceOption(
            "url",
            "sites of other paper-digest archives, whose volumes are read too",
            "'https://papers.example.org/'",
            kind="urls",
        ),
    ),
    # A correction that people made there is better than what it corrects.
    rank=5,
    carries=frozenset(CLAIMED_FIELDS),
    keeps_claims=True,
    sighting_phrase=_sighting_phrase,
)
