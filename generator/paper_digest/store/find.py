"""Finds a paper by whatever a person calls it."""

from __future__ import annotations

from paper_digest.model.errors import DigestError
from paper_digest.model.ids import is_paper_id
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paper_digest.text import fields


def find_paper(store: Store, name: str) -> Paper:
    """Return the paper called ``name``: an id, former id, bare arXiv id, DOI, slug or exact title.

    Raises:
        DigestError: the archive has no such paper.
    """
    bare, _ = fields.parse_arxiv_id(name)
    name = name.strip()
    for paper_id in (name, f"arxiv:{bare}", f"doi:{fields.parse_doi(name)}"):
        if is_paper_id(paper_id) and (paper := store.get(paper_id)):
            return paper
    for paper in store.read_all([]):
        if name and name in {paper.slug, paper.title, paper.doi, *paper.aliases}:
            return paper
    cure = "give an id (arxiv:2503.02130), a bare arXiv id, a DOI, a slug or an exact title"
    raise DigestError(name, "is not in the archive", cure)
