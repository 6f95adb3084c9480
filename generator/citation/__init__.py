"""How a paper is cited: one set of facts, written as CSL-JSON, BibTeX, RIS and plain words."""

from generator.citation.bibtex_entry import bibtex
from generator.citation.csl_item import csl
from generator.citation.head_tags import SIGNED, head
from generator.citation.keys import key
from generator.citation.ris_record import ris
from generator.citation.sentence import plain

__all__ = ["SIGNED", "bibtex", "csl", "head", "key", "plain", "ris"]
