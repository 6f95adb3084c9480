"""What our own exports say in a citation's note, because no other field holds it (``render/citation/facts.py``)."""

from __future__ import annotations

from typing import NamedTuple

from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.model.late_pattern import late_pattern

YEAR_INFERRED = "year inferred"

_SEPARATOR = "; "
#: The reason behind the word; of a retraction its own word belongs to it, unless the reason begins with one.
_WITHDRAWN = late_pattern(
    r"(?:Withdrawn(?:: (?P<reason>.+))?|(?P<word>Retracted)"
    r"|Retracted: (?P<inner>[Rr]etract.+)|(?P<retraction>Retract(?:ed|ion): .+))\Z"
)
_AUTHOR_COUNT = late_pattern(r"(\d{1,6}) authors?, names not recorded\Z")
_AUTHORS_NAMED = late_pattern(r"[\d,]+ of [\d,]+ authors named\Z")
_REFERENCE = late_pattern(r"Journal reference: (.+)\Z")


class CitationNote(NamedTuple):
    """The facts of a note.

    Attributes:
        withdrawn: the reason, or ``withdrawn`` or ``retracted`` where none is given; "" for a paper that stands.
        author_count: number of the authors where no name is recorded.
        is_cut: not all authors are named.
        is_year_inferred: the year was worked out.
        reference: the journal reference that no field could hold.
        remark: all else that it says.
    """

    withdrawn: str = ""
    author_count: int | None = None
    is_cut: bool = False
    is_year_inferred: bool = False
    reference: str = ""
    remark: str = ""


def read_note(text: str) -> CitationNote:
    """Read a note on one line.

    A reason that the note begins with, and a reference, go on to the next part that is known: they
    may hold semicolons themselves.
    """
    note = CitationNote()
    withdrawn: list[str] = []
    reference: list[str] = []
    remark: list[str] = []
    going_on = remark
    for number, part in enumerate(text.split(_SEPARATOR)):
        if taken_back := _WITHDRAWN.match(part):
            note = note._replace(withdrawn="retracted" if taken_back["word"] else "withdrawn")
            reason = taken_back["reason"] or taken_back["inner"] or taken_back["retraction"]
            withdrawn += [reason] if reason and not withdrawn else []
            going_on = withdrawn if number == 0 and reason else remark
        elif count := _AUTHOR_COUNT.match(part):
            note, going_on = note._replace(author_count=int(count[1])), remark
        elif part == OTHER_AUTHORS_NOTE or _AUTHORS_NAMED.match(part):
            note, going_on = note._replace(is_cut=True), remark
        elif part == YEAR_INFERRED:
            note, going_on = note._replace(is_year_inferred=True), remark
        elif whole := _REFERENCE.match(part):
            reference.append(whole[1])
            going_on = reference
        else:
            going_on.append(part)
    return note._replace(
        withdrawn=_SEPARATOR.join(withdrawn) or note.withdrawn,
        reference=_SEPARATOR.join(reference),
        remark=_SEPARATOR.join(filter(None, remark)),
    )
