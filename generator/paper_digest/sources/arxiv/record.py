"""One arXiv record, from whichever of arXiv's formats, as a paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import quote

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Link, Paper, Sighting, Version
from paper_digest.model.strict import StrictStruct
from paper_digest.sources.arxiv.withdrawn import withdrawal_reason
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.text import fields

#: ``archive`` or ``archive.CLASS`` (https://arxiv.org/category_taxonomy). The query API lists
#: MSC and ACM classes among the categories too; they do not have this form.
CATEGORY = late_pattern(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?\Z")

#: An identifier is given out in the month of the first version; in other time zones that month
#: begins and ends on another day, and some were numbered over a weekend.
_MONTH_END_GRACE = timedelta(days=3)

_FIRST_YEAR_OF_1900S = 91  # arXiv began in 1991, so two digits from here on are of the last century


class ArxivRecord(StrictStruct, frozen=True, kw_only=True):
    """What a format says of one paper, as it stands there; "" and () where it says nothing.

    ``published`` and ``updated`` are ISO dates or timestamps. ``any_version`` tells that the
    format calls the date of the newest version ``published`` too. ``withdrawn`` is set where the
    format itself marks a withdrawal.
    """

    id: object = None
    title: object = ""
    authors: tuple[Author, ...] = ()
    abstract: object = ""
    categories: tuple[object, ...] = ()
    published: object = ""
    updated: object = ""
    published_may_be_newest: bool = False
    announced: str = ""
    versions: tuple[Version, ...] = ()
    comment: object = ""
    doi: object = ""
    journal_ref: object = ""
    licence: object = ""
    withdrawn: bool = False


def paper_from_record(
    record: ArxivRecord, location: EntryLocation, sighting: Sighting, problems: list[Problem]
) -> Paper | None:
    """Make a paper of a record; what is wrong with it is added to ``problems``.

    Returns:
        ``None`` where no id, or neither title nor abstract, can be read.
    """
    bare, version = arxiv_id_or_problem(record.id, location, problems)
    if not bare:
        return None
    location = location.with_name(f"arXiv:{bare}")
    title, abstract = fields.one_line(record.title), fields.clean_block(record.abstract)
    if not title:
        problems.append(location.problem("it has no title", f"compare with arxiv.org/abs/{bare}"))
        if not abstract:
            return None
    published = location.date_or_problem(record.published, "first", problems)
    updated = location.date_or_problem(record.updated, "newest", problems)
    month = _id_month(bare)
    inferred = record.published_may_be_newest and published > _last_possible_day(month)
    if inferred:
        published, updated = month, max(published, updated)
    comment = fields.one_line(record.comment)
    withdrawal = withdrawal_reason(comment, abstract)
    dois = _dois(record.doi, location, problems)
    return Paper(
        id=f"arxiv:{bare}",
        title=title,
        authors=_authors(record.authors, location, problems),
        abstract=abstract,
        categories=_categories(record.categories),
        published=published,
        inferred=inferred,
        updated=updated if updated != published else "",
        announced=record.announced,
        versions=record.versions or _versions(version, published, updated, inferred=inferred),
        comment=comment,
        doi=dois[0] if dois else "",
        journal_ref=fields.one_line(record.journal_ref),
        licence=fields.valid_url(record.licence),
        withdrawn=withdrawal or ("withdrawn" if record.withdrawn else ""),
        links=tuple(Link("publisher", f"https://doi.org/{quote(doi)}") for doi in dois[1:]),
        sightings=(sighting,),
    )


def arxiv_id_or_problem(
    given: object, location: EntryLocation, problems: list[Problem]
) -> tuple[str, int | None]:
    """Return the bare id and the version; anything but an id is a problem, a number most of all."""
    bare, version = fields.parse_arxiv_id(given)
    if bare:
        return bare, version
    if isinstance(given, int | float) and not isinstance(given, bool):
        what = f"its id is the number {given}, so a zero at its end may be lost"
        problems.append(location.problem(what, "write ids as strings, in quotes"))
    elif given is None or given == "":
        problems.append(location.problem("it has no id", "see whether this is arXiv's own format"))
    else:
        what = f"its id {quote_value(given)} is no arXiv id"
        problems.append(location.problem(what, "write one like 2511.01234 or hep-th/9901001"))
    return "", None


def _authors(
    given: tuple[Author, ...], location: EntryLocation, problems: list[Problem]
) -> tuple[Author, ...]:
    given = tuple(author for author in given if not fields.is_punctuation(author.name))
    named = tuple(author for author in given if author.name)
    if len(named) < len(given):
        what = f"{len(given) - len(named)} of {len(given)} authors have no name; they were left out"
        problems.append(location.problem(what, "compare with its page on arXiv"))
    return named


def _categories(given: Iterable[object]) -> tuple[str, ...]:
    labels = (fields.one_line(label) for label in given)
    return tuple(dict.fromkeys(label for label in labels if CATEGORY.match(label)))


def _dois(given: object, location: EntryLocation, problems: list[Problem]) -> tuple[str, ...]:
    """Read the DOI field; it holds several, with blanks between, where a paper has several."""
    words = fields.one_line(given).replace("\\_", "_").split()
    if not words:
        return ()
    whole = fields.parse_doi(" ".join(words))
    dois = (whole,) if whole else tuple(doi for word in words if (doi := fields.parse_doi(word)))
    if not dois:
        what = f"its DOI {quote_value(given)} is none; it was left out"
        problems.append(location.problem(what, "correct it in an override"))
    return dois


def _versions(
    number: int | None, published: str, updated: str, *, inferred: bool
) -> tuple[Version, ...]:
    """Tell what is known of the versions where the format has no list of them."""
    if not number:
        return ()
    first = "" if inferred else published
    if number == 1:
        return (Version(1, first),)
    newest = Version(number, updated)
    return (Version(1, first), newest) if first else (newest,)


def _id_month(bare: str) -> str:
    """Return the ``YYYY-MM`` an id was given out in (https://info.arxiv.org/help/arxiv_identifier.html)."""
    yymm = bare.rpartition("/")[2][:4]
    century = "19" if int(yymm[:2]) >= _FIRST_YEAR_OF_1900S else "20"
    return f"{century}{yymm[:2]}-{yymm[2:]}"


def _last_possible_day(month: str) -> str:
    """Return the last ISO day a first version of that month can have."""
    begin = date.fromisoformat(f"{month}-01")
    following = (begin + timedelta(days=31)).replace(day=1)
    return (following + _MONTH_END_GRACE - timedelta(days=1)).isoformat()
