"""Which of the works that a search brought is the printed form of a preprint: none, unless nothing speaks against it.

A wrong answer would be a false fact about a paper, a missed one only a gap, so all of these are asked for: the same title,
long enough to be one paper's; the same authors, as many, in the same order; a year that fits; one venue that is no workshop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.identity.person_names import is_same_person, name_words
from paper_digest.identity.titles import compare_titles, is_distinctive
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper
from paper_digest.text.tex.convert import to_unicode
from paper_digest.text.venues import is_main_venue

#: A preprint is printed within so many years, or before it is put online by one.
MAX_YEARS_TO_PRINT = 6
#: Signs that make another title, which comparing words does not see: C, C++, C#, A*.
_TELLING_SIGNS = late_pattern(r"[+#*]")
#: DOIs of preprints: arXiv, bioRxiv and medRxiv, Research Square, SSRN, OSF, TechRxiv, Zenodo, Preprints.org.
_PREPRINT_DOI = late_pattern(
    r"10\.(?:48550|1101|64898|21203|2139|31219|31234|36227|5281|20944)/", re.IGNORECASE
)


def awaits_print(paper: Paper, year: int) -> bool:
    """Tell whether it is worth asking in ``year`` where a paper was printed: nobody has said so, and it is no old one."""
    published = int(paper.published[:4] or 0)
    return bool(
        paper.authors
        and is_distinctive(paper.title)
        and not (paper.withdrawn or paper.journal_ref or is_main_venue(paper.venue))
        and (not paper.doi or _PREPRINT_DOI.match(paper.doi))
        and OTHER_AUTHORS_NOTE not in paper.comment
        and 0 <= year - published <= MAX_YEARS_TO_PRINT
    )


def printed_form(paper: Paper, works: Iterable[Paper]) -> Paper | None:
    """Return of ``works`` the one that is ``paper`` in print, as its source read it; ``None`` for none or a doubt.

    Several that name one venue (a record for each volume) are one work; two venues are a doubt.
    """
    fitting = [other for other in works if _is_printed_form(paper, other)]
    venues = {" ".join(other.venue.casefold().split()) for other in fitting}
    return max(fitting, key=lambda other: (bool(other.doi), other.id)) if len(venues) == 1 else None


def _is_printed_form(paper: Paper, other: Paper) -> bool:
    names, others = [a.name for a in paper.authors], [a.name for a in other.authors]
    return (
        is_main_venue(other.venue)
        and not (other.withdrawn or OTHER_AUTHORS_NOTE in other.comment)
        and not (other.doi and _PREPRINT_DOI.match(other.doi))
        and compare_titles(paper.title, other.title) == "same"
        and _signs(paper.title) == _signs(other.title)
        and len(names) == len(others)
        and all(map(_is_same, names, others))
        and -1 <= _year(other) - _year(paper) <= MAX_YEARS_TO_PRINT
    )


def _is_same(one: str, two: str) -> bool:
    return is_same_person(name_words(one), name_words(two))


def _signs(title: str) -> list[str]:
    return _TELLING_SIGNS.findall(to_unicode(title))


def _year(paper: Paper) -> int:
    return int(paper.published[:4] or -MAX_YEARS_TO_PRINT)
