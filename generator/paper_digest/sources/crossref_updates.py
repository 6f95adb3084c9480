"""What publishers and Retraction Watch said of a work after it was out, as Crossref has it: retractions, corrections.

Forms: https://www.crossref.org/documentation/crossmark/crossmark-registering-updates/ and, of Retraction Watch,
https://crossref.gitlab.io/tutorials/get-rw-metadata/. A work names its notices (``updated-by``), a notice its works (``update-to``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from paper_digest.model.paper import Notice, Paper, Sighting
from paper_digest.sources.crossref_dates import stated_date
from paper_digest.sources.json_values import as_objects
from paper_digest.text import fields

#: Updates that take a work back; a correction does not.
_WITHDRAWAL_TYPES = frozenset({"retraction", "withdrawal", "removal"})
#: The other updates that readers are told of, by the types that are deposited.
_NOTICE_TYPES = {
    "expression_of_concern": "expression of concern",
    "expression-of-concern": "expression of concern",
    "partial_retraction": "partial retraction",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
}
#: What is called the statement that records of notices make, beside that of the work's own record.
NOTICES_ENTRY = "notices"
#: Notices taken of one work.
_MAX_NOTICES = 20


def withdrawal_reason(work: Mapping[str, object]) -> str:
    """Return why a work was taken back, with the address of the notice; "" where it was not, or was reinstated since."""
    updates = list(_updates(work))
    reinstated = max((_day(u) or "" for u in updates if _type(u) == "reinstatement"), default=None)
    for update in updates:
        if _type(update) in _WITHDRAWAL_TYPES and (reinstated is None or _day(update) > reinstated):
            label = fields.one_line(update.get("label")) or fields.one_line(update.get("type"))
            notice = fields.parse_doi(update.get("DOI"))
            return f"{label}: https://doi.org/{notice}" if notice else label
    return ""


def is_reinstated(work: Mapping[str, object]) -> bool:
    """Tell whether a work that was taken back stands again."""
    return any(_type(update) == "reinstatement" for update in _updates(work))


def is_notice(work: Mapping[str, object]) -> bool:
    """Tell whether a record is of a notice about other works, and no paper: a retraction, a correction.

    New versions and additions are deposited with ``update-to`` too, and are works.
    """
    own = fields.parse_doi(work.get("DOI"))
    about = as_objects(work.get("update-to"))
    return any(
        _type(update) in {*_WITHDRAWAL_TYPES, *_NOTICE_TYPES}
        and fields.parse_doi(update.get("DOI")) not in {"", own}
        for update in about
    )


def notices(work: Mapping[str, object]) -> tuple[Notice, ...]:
    """Return each notice once, in order; of one that is stated twice the later day counts."""
    days: dict[tuple[str, str], str] = {}
    for update in _updates(work):
        kind = _NOTICE_TYPES.get(_type(update))
        doi = fields.parse_doi(update.get("DOI"))
        if kind:
            place = kind, f"https://doi.org/{doi}" if doi else ""
            days[place] = max(days.get(place, ""), _day(update))
    stated = (Notice(kind, url, day) for (kind, url), day in sorted(days.items()))
    return tuple(stated)[:_MAX_NOTICES]


def noticed_by(work: Mapping[str, object]) -> tuple[Paper, ...]:
    """Return what the record of a notice says of its works, under a name of its own; () for a record of any other work."""
    return (
        tuple(noticed_papers([work], fields.parse_doi(work.get("DOI")))) if is_notice(work) else ()
    )


def noticed_papers(
    items: Iterable[Mapping[str, object]], entry: str = NOTICES_ENTRY
) -> Iterator[Paper]:
    """Yield, for each work that records of notices are about, what all of them together say of it, and nothing else.

    It is a statement of its own (``Sighting.entry``) beside the work's record, whose other fields it leaves alone: of
    all notices, or, under a name of its own (``entry``), of those that a list happened to hold.
    """
    updates_of: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for item in items:
        notice = fields.parse_doi(item.get("DOI"))
        for update in as_objects(item.get("update-to")):
            doi = fields.parse_doi(update.get("DOI"))
            if notice and doi and doi != notice:
                updates_of[doi].append({**update, "DOI": notice})
    for doi, updates in updates_of.items():
        work = {"updated-by": updates}
        yield Paper(
            id=f"doi:{doi}",
            doi=doi,
            withdrawn=withdrawal_reason(work),
            notices=notices(work),
            sightings=(Sighting("crossref", doi, entry=entry),),
        )


def _updates(work: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield what was said of a work: by its notices, and by its own record where it was changed in place."""
    yield from as_objects(work.get("updated-by"))
    own = fields.parse_doi(work.get("DOI"))
    for update in as_objects(work.get("update-to")):
        if own and fields.parse_doi(update.get("DOI")) == own:
            yield update


def _type(update: Mapping[str, object]) -> str:
    return str(update.get("type", "")).lower()


def _day(update: Mapping[str, object]) -> str:
    day = stated_date(update.get("updated"))
    return day if len(day) == len("YYYY-MM-DD") else ""
