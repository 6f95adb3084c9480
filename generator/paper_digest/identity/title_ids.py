"""The id of a paper that has none but its title: the same from every file and on every day."""

from __future__ import annotations

import msgspec

from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.identity.work_kinds import THINGS
from paper_digest.model.ids import hash_text, title_id, title_key
from paper_digest.model.paper import Paper
from paper_digest.text.names import last_family_name

#: First plain words of an abstract that stand in for an unknown year or unknown authors.
_OPENING_WORDS = 16
_MIN_LETTERS, _WORDS_READ = 4, 80


def assign_title_id(paper: Paper, *, among_namesakes: bool = False) -> Paper:
    """Give a paper that has no id but its title the id that sets it apart from its namesakes.

    The id is made of the title, the year and the authors (family names, else their number), so
    that it depends on nothing but the record. Where year or authors are unknown, the beginning
    of the abstract, or else the page it was seen on, stands in for them: records that agree in
    nothing but their title never share an id. Addresses hang on these ids, so how they are made
    may never change; what makes two records one paper is in ``similarity.py``.

    Args:
        paper: any paper; one with another id is returned as it is.
        among_namesakes: papers that are certainly two share this id (an overview of one title by
            the same people, printed in two places of one year): where it was printed, else its
            abstract, is made part of the id, and of data and programs what they are.
    """
    if paper.id_kind != "title":
        return paper
    complete = OTHER_AUTHORS_NOTE not in paper.comment
    families = sorted(title_key(last_family_name(author)) for author in paper.authors)
    count = (len(paper.authors) or paper.author_count or 0) if complete else 0
    who = _hash("\n".join(families)) if families and complete else 0
    parts = [paper.published[:4], str(who or count or "")]
    if not all(parts):
        pages = sorted(f"{s.source} {s.page}" for s in paper.sightings)
        opening = _opening_hash(paper.abstract)
        parts.append(str(opening) if opening else "\n".join(pages[:1]))
    if among_namesakes:
        place = title_key(paper.journal_ref or paper.venue)
        parts += ["namesake", place or str(_opening_hash(paper.abstract))]
        parts += [paper.work_type] if paper.work_type in THINGS else []
    return msgspec.structs.replace(paper, id=title_id(paper.title, *parts))


def _opening_hash(abstract: str) -> int:
    """Hash the first plain words of an abstract, which survive lost TeX; 0 for a short one."""
    words = abstract.casefold().split()[:_WORDS_READ]
    plain = [word for word in words if len(word) >= _MIN_LETTERS and word.isalpha()]
    plain = plain[:_OPENING_WORDS]
    return _hash(" ".join(plain)) if len(plain) == _OPENING_WORDS else 0


def _hash(text: str) -> int:
    return int(hash_text(text, 8), 16)
