"""The words of a paper, without TeX, as search and related papers index them."""

from __future__ import annotations

from paper_digest.catalog.entry import CatalogEntry, has_lost_tex
from paper_digest.model.paper import Paper
from paper_digest.search.document import Document
from paper_digest.store.notes import Note
from paper_digest.text.tex.convert import repair_tex, to_unicode


def make_search_document(
    paper: Paper, entry: CatalogEntry, notes: tuple[Note, ...] = ()
) -> Document:
    """Make the search document of a paper, with the text of the operator's notes about it."""
    abstract = repair_tex(paper.abstract) if has_lost_tex(paper) else paper.abstract
    sources = {c.source for c in paper.claims} | {s.source for s in paper.sightings}
    digest_texts = [paper.digest.text] if paper.digest else []
    return Document(
        slug=paper.slug,
        bare_id=paper.bare_id,
        title=to_unicode(entry.title),
        text=to_unicode(
            "\n".join((*digest_texts, abstract, *(note.search_text for note in notes)))
        ),
        authors=tuple(a.name for a in paper.authors),
        date=entry.filing_date,
        topics=entry.topics,
        has_code=any(link.kind == "code" for link in paper.links),
        sources=tuple(sorted(sources - {""})),
    )
