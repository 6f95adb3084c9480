"""What lists show of one paper: its catalog entry, and its text shortened for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from paper_digest.catalog.news import gravest_notice
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model import sightings
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Link, Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.settings.joined_names import composed_name
from paper_digest.sources.registry import registry
from paper_digest.store.changes import Change
from paper_digest.text import weblinks
from paper_digest.text.contribution import contribution_start
from paper_digest.text.scripts import EAST_ASIAN_SIGNS
from paper_digest.text.spaces import single_spaced
from paper_digest.text.tex.convert import repair_tex

#: Characters of an abstract that stand in a list where a paper has no digest.
MAX_BLURB_CHARS = 280

#: Of a title in lists and feeds, and of authors in lists and on authors' pages; its own page has all.
MAX_TITLE_CHARS, MAX_AUTHORS = 2_000, 3_000


class CatalogEntry(StrictStruct, frozen=True, gc=False):
    """What lists show of a paper; small, so that a catalog of 100,000 fits in memory.

    ``filing_date`` is the day it was announced, else published: ``YYYY-MM-DD``, or shorter, or ""
    for an undated paper; ``printed_date`` is then what a page printed without a year, or "".
    ``summarised_by`` names the model that this archive asked for the digest.
    ``arrived`` is the day on which a source first stated something of it here, or "".
    ``notice`` is the gravest of what was said against it: ``retracted``, ``withdrawn``, or a publisher's notice; ``changes`` are those of its record, the newest first,
    which a build adds.
    """

    id: str
    slug: str
    title: str
    filing_date: str
    published: str
    authors: tuple[str, ...]
    author_count: int
    topics: tuple[str, ...]
    blurb: str
    has_digest: bool
    upvotes: int | None
    links: tuple[Link, ...]
    categories: tuple[str, ...] = ()
    organisation: str = ""
    orcids: tuple[tuple[str, str], ...] = ()
    upvotes_by_day: sightings.UpvoteHistory = ()
    printed_date: str = ""
    summarised_by: str = ""
    arrived: str = ""
    notice: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def path(self) -> str:
        """Path of the paper's page under ``docs/``."""
        return f"papers/{self.slug}.md"


_encode_entry = msgspec.msgpack.Encoder().encode


def catalog_entry(paper: Paper, topics: Sequence[str]) -> CatalogEntry:
    """Make the entry of a paper; ``topics`` are names of topics."""
    filing_date = paper.announced or paper.published
    votes = [s.upvotes for s in paper.sightings if s.upvotes is not None]
    return CatalogEntry(
        id=paper.id,
        slug=paper.slug,
        title=listed_title(paper.title),
        filing_date=filing_date,
        published=paper.published,
        authors=tuple(a.name for a in paper.authors[:MAX_AUTHORS]),
        author_count=len(paper.authors) or paper.author_count or 0,
        topics=tuple(topics),
        blurb=paper.digest.line if paper.digest else abstract_blurb(paper),
        has_digest=paper.digest is not None,
        summarised_by=paper.digest.by if paper.digest and paper.digest.prompt else "",
        upvotes=max(votes, default=None),
        upvotes_by_day=sightings.upvotes_by_day(paper.sightings),
        links=tuple(link for link in paper.links if link.kind in {"pdf", "code", "project"}),
        categories=paper.categories,
        organisation=paper.organisation,
        printed_date="" if filing_date else sightings.date_without_year(paper.sightings),
        notice=gravest_notice(paper.withdrawn, (one.kind for one in paper.notices)),
        arrived=min((claim.at for claim in paper.claims if claim.at), default=""),
        orcids=tuple((a.name, a.orcid) for a in paper.authors[:MAX_AUTHORS] if a.orcid),
    )


def hash_entry(entry: CatalogEntry) -> bytes:
    """Hash all that lists may show of a paper."""
    return hash_bytes(_encode_entry(entry))


def listed_title(title: str) -> str:
    """Return a title as lists, feeds and search show it: whole, unless it has more than ``MAX_TITLE_CHARS``."""
    return title if len(title) <= MAX_TITLE_CHARS else shorten_text(title, MAX_TITLE_CHARS)


def with_joined_organisations(
    entries: Iterable[CatalogEntry], names: Mapping[str, str]
) -> Iterator[CatalogEntry]:
    """Give papers one name of each organisation.

    ``names`` has those that the operator joined, by spelling. Names that differ in capitals, spaces and
    hyphens alone, or in how accents are stored, are one, spelt as most papers have it.
    """
    listed = list(entries)
    joined_names = {composed_name(a): composed_name(b) for a, b in names.items()}

    def joined(printed: str) -> str:
        return joined_names.get(name := composed_name(printed), name)

    counts = Counter(joined(e.organisation) for e in listed if e.organisation)
    commonest: dict[str, str] = {}
    for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        commonest.setdefault(_name_form(name), name)
    for entry in listed:
        if entry.organisation:
            name = commonest[_name_form(joined(entry.organisation))]
            if name != entry.organisation:
                yield msgspec.structs.replace(entry, organisation=name)
                continue
        yield entry


@lru_cache(maxsize=65536)
def _name_form(name: str) -> str:
    return "".join(name.casefold().replace("-", " ").split())


def abstract_blurb(paper: Paper, max_chars: int = MAX_BLURB_CHARS) -> str:
    """Return what an abstract says the paper did, in its own words, at most ``max_chars`` characters.

    A longer abstract is given from the sentence that says so on, with "…" in front, or from its
    beginning where none does. URLs are replaced by labels, lost TeX is restored where certain.
    """
    words = single_spaced("".join(p.text for p in weblinks.split_at_links(paper.abstract)))
    start = contribution_start(words) if len(words) > max_chars else 0
    text = "… " * bool(start) + shorten_text(words[start:], max_chars - 2 * bool(start))
    return repair_tex(text) if has_lost_tex(paper) else text


def has_lost_tex(paper: Paper) -> bool:
    """Tell whether the abstract came only from sources that drop signs of TeX."""
    abstract_sources = {claim.source for claim in paper.claims if "abstract" in claim.agrees}
    return (
        bool(abstract_sources)
        and abstract_sources <= registry().names_losing_tex
        and "$" not in paper.abstract
    )


#: A line begins with no closing sign (Unicode's line breaking, class CL).
_BREAKS = late_pattern(
    f" |(?<=[{EAST_ASIAN_SIGNS}])(?=[{EAST_ASIAN_SIGNS}])"
    "(?![\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff3d\uff5d])"
)


def shorten_text(text: str, max_chars: int) -> str:
    """Shorten ``text`` to whole words within ``max_chars`` characters, never inside ``$...$``.

    Chinese and Japanese break between any two signs, but before no closing one.
    """
    text = single_spaced(text)
    if len(text) <= max_chars:
        return text
    for space in _breaks_from_end(text[: max_chars + 1]):
        if text.count("$", 0, space) % 2 == 0:
            return text[:space].rstrip(" ,;:-") + " …"
    return text[:max_chars].replace("$", "") + " …"


def _breaks_from_end(text: str) -> Iterator[int]:
    """Yield where lines may break in a text, the last place first: most often that is all anybody needs."""
    if not text.isascii():
        yield from reversed([m.start() for m in _BREAKS.finditer(text)])
        return
    end = len(text)
    while (end := text.rfind(" ", 0, end)) >= 0:
        yield end
