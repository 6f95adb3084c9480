"""Which of the values that sources state of a field is believed."""

from __future__ import annotations

from paper_digest.identity.claim_cells import Cell, CellKey, ClaimedValue, ClaimsTable, decode_value
from paper_digest.identity.id_month import DATES_REFUTED, refutes_date
from paper_digest.identity.source_ranking import EDITOR, SourceRanking


def ranked_claims(
    field: str, cells: ClaimsTable, ranking: SourceRanking, paper_id: str = ""
) -> list[tuple[str, ClaimedValue]]:
    """List what sources state of a field, the believed first: a person's, the best, the latest.

    Dates that ``paper_id`` refutes come last.
    """
    claims = ranked_cells(field, cells, ranking, paper_id)
    return [(source, cell[0]) for (source, _), cell in claims if not cell[0].superseded]


def superseded_claims(field: str, cells: ClaimsTable) -> list[tuple[str, ClaimedValue]]:
    """List what sources stated of a field and do not state any more, the latest first."""
    values = [(key[1], v) for key, cell in cells.items() if key[0] == field for v in cell]
    gone = [(source, v) for source, v in values if v.superseded]
    return sorted(gone, key=lambda pair: (pair[1].at, pair[0], pair[1].value), reverse=True)


def ranked_cells(
    field: str, cells: ClaimsTable, ranking: SourceRanking, paper_id: str
) -> list[tuple[tuple[str, str], Cell]]:
    """List the cells of a field by source and entry, the believed first, superseded ones among them."""
    claims = [((source, entry), cell) for (f, source, entry), cell in cells.items() if f == field]
    in_print = {
        (s, e) for (f, s, e), cell in cells.items() if f == "venue" and not cell[0].superseded
    }

    def recency(pair: tuple[tuple[str, str], Cell]) -> tuple[bool, str, bool, str, tuple[str, str]]:
        """Of a source's statements on a preprint and on its print, the print says which DOI it has."""
        statement, cell = pair
        prints_doi = field == "doi" and statement in in_print
        return (prints_doi, cell[0].at, statement in in_print, cell[0].value, statement)

    claims.sort(key=recency, reverse=True)
    of_place = frozenset[tuple[str, str]]()
    if field == "work_type" and len(claims) > 1:
        of_place = _statements_of_place(cells, ranking, paper_id)

    def rank(pair: tuple[tuple[str, str], Cell]) -> tuple[bool, bool, bool, int, int, str]:
        (source, entry), cell = pair
        value, refuted = cell[0], is_refuted(paper_id, (field, source, entry), cell, cells)
        elsewhere = (source, entry) not in of_place
        return (source != EDITOR, refuted, elsewhere, -value.quality, ranking.rank(field, source), source)  # fmt: skip

    return sorted(claims, key=rank)


def _statements_of_place(
    cells: ClaimsTable, ranking: SourceRanking, paper_id: str
) -> frozenset[tuple[str, str]]:
    """Name the statements, by source and entry, that say what the work is at the place that is believed.

    A paper in proceedings that was printed again in a journal is there an article and here a paper: the kind
    that is believed is that of the venue which is. Whoever calls the chapter of a book a conference paper
    speaks of that book.
    """
    venues = [
        pair
        for pair in ranked_cells("venue", cells, ranking, paper_id)
        if not pair[1][0].superseded
    ]
    of_place = {who for who, cell in venues if cell[0].value == venues[0][1][0].value}
    kinds = {
        (source, entry): decode_value(cell[0].value)
        for (field, source, entry), cell in cells.items()
        if field == "work_type" and not cell[0].superseded
    }
    if any(kinds.get(who) == "book-chapter" for who in of_place):
        of_place |= {who for who, kind in kinds.items() if kind == "conference-paper"}
    return frozenset(of_place)


def is_refuted(paper_id: str, key: CellKey, cell: Cell, cells: ClaimsTable) -> bool:
    """Tell whether an id refutes the date in a cell."""
    field, source, entry = key
    if field not in DATES_REFUTED:
        return False
    stated = {f for (f, *who), c in cells.items() if who == [source, entry] and not c[0].superseded}
    return refutes_date(paper_id, field, str(decode_value(cell[0].value)), source, stated)
