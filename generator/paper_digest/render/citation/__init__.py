"""How a paper is cited: one set of facts, written as CSL-JSON, BibTeX, RIS and plain words."""

from paper_digest.render.citation.bibtex import biblatex_entry, bibtex_entry
from paper_digest.render.citation.csl import csl_item
from paper_digest.render.citation.facts import MAX_AUTHORS_CITED
from paper_digest.render.citation.head_tags import head_html
from paper_digest.render.citation.keys import citation_key
from paper_digest.render.citation.page_forms import page_forms
from paper_digest.render.citation.plain_text import citation_pieces, plain_citation
from paper_digest.render.citation.ris import ris_record

__all__ = [
    "MAX_AUTHORS_CITED",
    "biblatex_entry",
    "bibtex_entry",
    "citation_key",
    "citation_pieces",
    "csl_item",
    "head_html",
    "page_forms",
    "plain_citation",
    "ris_record",
]
