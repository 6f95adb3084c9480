"""Problems of papers that are taken all the same: an id of two papers, and what lists cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from paper_digest.catalog.entry import MAX_AUTHORS, MAX_TITLE_CHARS
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.model.quoting import quote_outside


def shared_id_problem(contested_id: str, paper: Paper, holder: Paper, where: str) -> Problem:
    """Name an id that is given for two papers.

    Args:
        contested_id: the id.
        paper: what came with it.
        holder: the record that has it.
        where: the file or address that ``paper`` came from.
    """
    what = (
        f"{contested_id} is given for “{quote_outside(paper.title)}”, and for “{quote_outside(holder.title)}”: "
        "titles and authors disagree, so they are held as two papers"
    )
    cure = (
        "mend the id where it is wrong; if they are one paper: "
        f"digest review --same {holder.id} {paper.id}"
    )
    return Problem(where, what, cure=cure)


def list_limit_problems(paper: Paper, olds: list[Paper], where: str) -> Iterator[Problem]:
    """Name what of a record is too long for lists, unless the record it replaces has it already.

    Args:
        paper: the record as it is written, whole.
        olds: the records it replaces.
        where: the file or address it came from.
    """
    if len(paper.title) > MAX_TITLE_CHARS and paper.title not in {old.title for old in olds}:
        what = f"{paper.id} has a title of {len(paper.title):,} characters; lists show {MAX_TITLE_CHARS:,}"
        yield Problem(where, what, cure="see whether it is the title; an override can shorten it")
    count = len(paper.authors)
    if count > MAX_AUTHORS and count not in {len(old.authors) for old in olds}:
        what = f"{paper.id} has {count:,} authors; lists and authors' pages know {MAX_AUTHORS:,}"
        yield Problem(where, what, cure="see whether they are authors; its own page names all")
