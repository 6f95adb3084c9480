"""Finds a paper by whatever a person calls it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from paper_digest.model.errors import Problem
from paper_digest.model.ids import is_paper_id, slug
from paper_digest.model.paper import Paper
from paper_digest.store.absent_papers import no_such_paper
from paper_digest.store.files import Store
from paper_digest.store.overrides import load_overrides
from paper_digest.store.paper_override import find_override
from paper_digest.text import fields


def find_paper(store: Store, name: str) -> Paper:
    """Return the paper called ``name``: an id, bare arXiv id, DOI or slug that it has or had, or exact title.

    A DOI may be written in any way: with its resolver, ``doi:`` before it, in capitals.

    Title and DOI are those of its record, and those that an override gives it.

    Raises:
        DigestError: the archive has no such paper.
    """
    return find_record(store, name)[0]


def all_names(paper: Paper) -> set[str]:
    """Return what files of curators may call a paper: its ids, with and without their kind, and the slugs of these."""
    ids = (paper.id, *paper.aliases, *([f"doi:{paper.doi}"] if paper.doi else ()))
    return {name for one in ids for name in (one, one.partition(":")[2], slug(one))}


def find_record(store: Store, name: str) -> tuple[Paper, str]:
    """Return the paper called ``name``, and which of its ids is meant: the present one, or one that it had.

    Raises:
        DigestError: see ``find_paper``. RecordError: the record of that id or slug cannot be read.
    """
    bare, _ = fields.parse_arxiv_id(name)
    name = name.strip()
    doi = fields.parse_doi(name)
    names = (name, f"arxiv:{bare}", f"doi:{doi}")
    for paper_id in names:
        if is_paper_id(paper_id) and (paper := store.get(paper_id)):
            return paper, paper.id
    if of_slug := _paper_of_slug(store, name):
        return of_slug, of_slug.id
    former: tuple[Paper, str] | None = None
    unreadable: list[Problem] = []
    # What is shown of a paper may be what a person fixed; faults of overrides are the checks' to name.
    overrides = load_overrides(store.root, None, [])
    for paper in store.read_all(unreadable):
        override = find_override(overrides, paper)
        fixed = [override.fix.get(field) for field in ("title", "doi")] if override else []
        called = {paper.title, paper.doi, *fixed}
        if called & {name, doi} - {""}:
            return paper, next((one for one in paper.aliases if one in names), paper.id)
        former = former or next(
            ((paper, one) for one in paper.aliases if one in names or slug(one) == name), None
        )
    if former:
        return former
    cure = "give an id (arxiv:2503.02130), a bare arXiv id, a DOI, a slug or an exact title"
    raise no_such_paper(name, unreadable, cure)


def _paper_of_slug(store: Store, name: str) -> Paper | None:
    """Read the record whose file has this name."""
    files: Iterable[str] = store.relative_paths([])
    path = next((one for one in files if PurePath(one).stem == name), "")
    return store.read_paper(path) if path else None
