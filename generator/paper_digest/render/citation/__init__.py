"""How a paper is cited: one set of facts, written as CSL-JSON, BibTeX, RIS and plain words."""

from paper_digest.render.citation.bibtex import bibtex
from paper_digest.render.citation.csl import csl
from paper_digest.render.citation.head_tags import SIGNED, head
from paper_digest.render.citation.keys import key
from paper_digest.render.citation.plain_text import plain
from paper_digest.render.citation.ris import ris

__all__ = ["SIGNED", "bibtex", "csl", "head", "key", "plain", "ris"]
