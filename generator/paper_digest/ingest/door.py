"""What may not enter the archive: a record that could not be read again, or that has another one's address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec

from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.ids import slug, title_id
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paper_digest.text.entities import plain_fields
from paper_digest.text.names import in_order_of_script

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Paper).decode
_ANY_ID = title_id("any")
_CURE = "mend it where it comes from"


class Door:
    """Refuses single records, so that the run goes on and every build can read what was written.

    Addresses are compared without case: on macOS and Windows two files whose names differ by case
    only are one.
    """

    def __init__(self, store: Store, present_ids: Iterable[str]) -> None:
        """Know the ids that the archive has."""
        self._store = store
        self._id_by_slug = {slug(one).casefold(): one for one in present_ids}

    def fault_of_fields(self, paper: Paper, where: str) -> Problem | None:
        """Return why no record can be made of what a source read, whatever id it gets, or ``None``."""
        try:
            self._store.check(msgspec.structs.replace(paper, id=_ANY_ID))
        except RecordError as error:
            return _refused(paper, where, error.what, _CURE)
        return None

    def refusal(self, paper: Paper, olds: list[Paper], where: str) -> Problem | None:
        """Return why a paper may not be written, or ``None``; its address is its own from then on.

        Args:
            paper: the record as it would be written.
            olds: the records it replaces; if it is the only one of them, nothing is written.
            where: the file or address it came from.
        """
        if olds == [paper]:
            return None
        try:
            self._store.check(paper)
        except RecordError as error:
            return _refused(paper, where, error.what, _CURE)
        holder = self._id_by_slug.setdefault(slug(paper.id).casefold(), paper.id)
        if holder == paper.id:
            return None
        what = f"its address, {slug(paper.id)}, is that of {holder}"
        return _refused(paper, where, what, f"add it under another id, or delete {holder}")


def composed(paper: Paper) -> Paper:
    """Return a paper with all its text in Unicode's form NFC, its authors' names in the order of their scripts, and no HTML entities in its short fields.

    So what looks alike has one spelling, and one name one form: https://www.unicode.org/reports/tr15/
    """
    paper = _in_nfc(plain_fields(paper))
    authors = tuple(map(in_order_of_script, paper.authors))
    return paper if authors == paper.authors else msgspec.structs.replace(paper, authors=authors)


def _in_nfc(paper: Paper) -> Paper:
    try:
        text = _encode(paper).decode()
    except UnicodeEncodeError:  # half a letter in its id: what is no text is refused elsewhere
        return paper
    if unicodedata.is_normalized("NFC", text):
        return paper
    return _decode(unicodedata.normalize("NFC", text))


def _refused(paper: Paper, where: str, why: str, cure: str) -> Problem:
    return Problem(where, f"{paper.id[:200]!r} was not taken: {why}", cure=cure)
