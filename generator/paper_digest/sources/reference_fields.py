"""What an entry of a reference manager's export says, whichever format it has, and how its date is read."""

from __future__ import annotations

from collections.abc import Iterable

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Notice
from paper_digest.model.strict import StrictStruct
from paper_digest.model.work_types import WorkType
from paper_digest.sources.entry_location import quote_value
from paper_digest.text import fields
from paper_digest.text.printed_dates import parse_printed_date

#: MEDLINE ends long abstracts of before 2000 so, and so does what is exported from there.
_CUT_BY_INDEXERS = late_pattern(r"\(?ABSTRACT TRUNCATED(?: AT \d{3} WORDS)?\)?\.?\Z")


#: An article's number, which has no page: ``17``, ``e0123456``, ``btaa123``, ``2021GL095123``.
_ARTICLE_NUMBER = late_pattern(r"(?=.{1,15}\Z)[A-Za-z]*\d[A-Za-z\d.-]*\Z")


class ReferenceEntry(StrictStruct, frozen=True, kw_only=True):
    """What an entry says, as text; "" and () where it says nothing. Titles may hold HTML.

    Attributes:
        key: the entry's name in its file.
        title, container: of the work, and of the journal or book it stands in.
        authors: as the file has them; a name may hold a whole list, unless each has a field of its own
            wherever such files come from (``one_author_each``).
        published: ISO date, as exact as it is known; ``inferred``: it is said to be about right.
        printed: the date of the volume that the pages stand in, where ``published`` is an earlier one.
        date_problem: what is wrong with the date, or "".
        is_part, is_book: a chapter or a talk in proceedings; a whole book.
        series: of which the proceedings are a volume.
        pages: ``12-34``, or the number of an article that has none.
        id_remarks: short fields that may hold an id of the paper, such as ``arXiv:2511.01234``;
            in the order of ``reference_entry.REMARK_PLACES``.
        work_type: what the entry's type says that the work is.
        withdrawn: why the work was taken back, or "".
        notices: what its publisher said of it since, short of that.
        remark: a note; only those that our own exports write are read, others are a reader's own.
    """

    key: str = ""
    title: str = ""
    authors: tuple[Author, ...] = ()
    one_author_each: bool = False
    published: str = ""
    inferred: bool = False
    printed: str = ""
    date_problem: str = ""
    is_part: bool = False
    is_book: bool = False
    container: str = ""
    series: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    urls: tuple[str, ...] = ()
    id_remarks: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    organisation: str = ""
    work_type: WorkType = ""
    abstract: str = ""
    withdrawn: str = ""
    notices: tuple[Notice, ...] = ()
    remark: str = ""


def is_cut_by_indexers(abstract: str) -> bool:
    """Tell whether an abstract says at its end that it was cut: ``(ABSTRACT TRUNCATED AT 250 WORDS)``."""
    return bool(_CUT_BY_INDEXERS.search(abstract[-60:]))


def article_number(text: str) -> str:
    """Return what a field says where it can be an article's number, or ""; ids of other kinds are longer, or arXiv's."""
    is_number = _ARTICLE_NUMBER.match(text) and not fields.parse_arxiv_id(text)[0]
    return text if is_number else ""


def without_full_stop(title: str) -> str:
    """Return a title without the full stop that bibliographies put behind each; an ellipsis is the title's own."""
    return title if title.endswith("...") else title.removesuffix(".")


def read_date(texts: Iterable[str]) -> tuple[str, str]:
    """Read the most exact of an entry's dates.

    Args:
        texts: what the entry's fields say, the most exact one first; "" for an absent field. Where
            two contradict each other, the last one counts.

    Returns:
        The ISO date, and what is wrong: a date that says no year, or calls itself uncertain.
    """
    given = [text for text in texts if text.strip()]
    read = [(text, said) for text in given if (said := parse_printed_date(text)).iso]
    if not given:
        return "", ""
    if not read:
        return "", f"the date {quote_value(given[0])} says no year, so the paper has no date"
    text, said = read[-1]
    for exact_text, exact in read[:-1]:
        if exact.iso.startswith(said.iso):
            text, said = exact_text, exact
            break
    if said.doubtful:
        return said.iso, f"the date {quote_value(text)} is uncertain; it was read as {said.iso}"
    return said.iso, ""
