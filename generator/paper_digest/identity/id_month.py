"""The month an arXiv id was given out in, and dates of other sources that it refutes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from paper_digest.identity.source_ranking import EDITOR
from paper_digest.model.paper import Paper
from paper_digest.text.dates import iso_day

#: An id is of the month of its submission in arXiv's own time; some were numbered after a long weekend.
MONTH_GRACE = timedelta(days=7)

_FIRST_YEAR_OF_1900S = 91  # arXiv began in 1991, so two digits from here on are of the last century

#: Fields with a date that an id can refute.
DATES_REFUTED = ("published", "announced")

#: Whose dates an id does not refute: arXiv's own, and those a person wrote.
_CERTAIN_SOURCES = frozenset({"arxiv", EDITOR, ""})

#: A source that names the print means the print's date, which may be of any year.
_PRINT_FIELDS = ("venue", "journal_ref")


def arxiv_id_month(paper_id: str) -> str:
    """Return the ``YYYY-MM`` in which an arXiv id was given out; "" for any other id.

    Forms: https://info.arxiv.org/help/arxiv_identifier.html
    """
    kind, _, bare = paper_id.partition(":")
    yymm = bare.rpartition("/")[2][:4]
    if kind != "arxiv" or not iso_day(f"20{yymm[:2]}-{yymm[2:]}-01"):
        return ""
    century = "19" if int(yymm[:2]) >= _FIRST_YEAR_OF_1900S else "20"
    return f"{century}{yymm[:2]}-{yymm[2:]}"


def date_of_id(field: str, paper_id: str) -> str:
    """Return what an id itself says of a date: the month of ``published``, of any other nothing."""
    return arxiv_id_month(paper_id) if field == "published" else ""


def refutes_date(
    paper_id: str, field: str, value: str, source: str, stated_fields: Collection[str]
) -> bool:
    """Tell whether an id refutes a date.

    Args:
        paper_id: the paper's id.
        field: ``published``, refuted outside the id's month, or ``announced``, refuted before it; no
            other field is.
        value: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        source: who states it.
        stated_fields: all that this source states of the paper.
    """
    month = arxiv_id_month(paper_id)
    if not month or field not in DATES_REFUTED or source in _CERTAIN_SOURCES:
        return False
    if field == "published" and any(name in stated_fields for name in _PRINT_FIELDS):
        return False
    first, last = _first_day(month), _last_day(month)
    if _last_day(value) < first - MONTH_GRACE:
        return True
    return field == "published" and _first_day(value) > last + MONTH_GRACE


def has_month_of_id(paper: Paper) -> bool:
    """Tell whether ``published`` is no source's, but the id's month in the place of a refuted date."""
    if paper.published != arxiv_id_month(paper.id):
        return False
    stated_fields: dict[tuple[str, str], set[str]] = {}
    for claim in paper.claims:
        fields = stated_fields.setdefault((claim.source, claim.entry), set())
        fields |= {*claim.agrees, *claim.differs}
    return any(
        refutes_date(
            paper.id,
            "published",
            claim.differs["published"],
            claim.source,
            stated_fields[claim.source, claim.entry],
        )
        for claim in paper.claims
        if "published" in claim.differs
    )


def _first_day(value: str) -> date:
    return date.fromisoformat(value + "-01-01"[len(value) - len("YYYY") :])


def _last_day(value: str) -> date:
    if len(value) == len("YYYY-MM-DD"):
        return date.fromisoformat(value)
    first = _first_day(value)
    if len(value) == len("YYYY"):
        return first.replace(month=12, day=31)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
