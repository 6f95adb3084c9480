"""The citations that stand on a paper's page: without the abstract where the browser can put it back.

The page's head has the whole abstract already (``citation_abstract``). Each form that holds it again
costs as much as the paper's text, and nobody reads it there: a script
(``site/theme/assets/javascripts/cite.js``) puts it back before anything is copied or saved. It knows how the
signs of ``browser_commands`` are written. A form in which the abstract looks otherwise keeps it.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from paper_digest.model.paper import Paper
from paper_digest.render.citation.bibtex import biblatex_entry
from paper_digest.render.citation.facts import MAX_AUTHORS_CITED, plain_abstract
from paper_digest.render.citation.ris import ris_record
from paper_digest.text.tex import convert as latex

_ABSTRACT_FIELD = "\n  abstract = {"
#: What the script knows besides ASCII and letters with an accent.
_SIGNS = (
    "–—“”‘’…°⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉×∈≥≤→∞∼√∂≈ℓ±·∇⊂⊙∑≠∩∪⟨⟩∫∗≡⊆≃∝⋆↦⊕⊗≪≫≲≳⊥"  # noqa: RUF001 - as abstracts have them
    "αβγδεϵζηθκλμνξπρστφϕχψωΓΔΘΛΞΠΣΦΨΩ"
)
_ESCAPED = "\\{}~^%&#_$"
_ACCENTS = "\u0300\u0301\u0302\u0303\u0308"
_ACCENTED_LETTERS = range(0xC0, 0x1F00)


class PageForm(NamedTuple):
    """One citation as it stands on the page: a format's name, and its text with line feeds.

    ``lacks_abstract`` says that the paper has an abstract which the browser puts in.
    """

    name: str
    text: str
    lacks_abstract: bool


def page_forms(paper: Paper, key: str) -> list[PageForm]:
    """Return a paper's citations as BibTeX, BibLaTeX and RIS, with at most ``MAX_AUTHORS_CITED`` authors.

    BibLaTeX is left out where only the abstract would differ: BibTeX's is as good for both.

    Args:
        paper: the record.
        key: its citation key in this archive; "" for the one it has by itself.
    """
    abstract = plain_abstract(paper)
    entry = biblatex_entry(paper, key, MAX_AUTHORS_CITED, with_abstract=True)
    bibtex = _bibtex_form("BibTeX", latex.to_latex_commands(entry), abstract)
    is_ascii = entry.partition(_ABSTRACT_FIELD)[0].isascii()
    biblatex = () if is_ascii else (_bibtex_form("BibLaTeX", entry, abstract),)
    ris = ris_record(paper, key, MAX_AUTHORS_CITED).replace("\r\n", "\n")
    return [bibtex, *biblatex, PageForm("RIS", ris, bool(abstract))]


def _bibtex_form(name: str, entry: str, abstract: str) -> PageForm:
    """Take the abstract out of an entry, of which it is the last field, if the browser can put it back."""
    others, _, field = entry.rpartition(_ABSTRACT_FIELD)
    if others and field == f"{abstract.translate(browser_commands(name))}}},\n}}\n":
        return PageForm(name, f"{others}\n}}\n", lacks_abstract=True)
    return PageForm(name, entry, lacks_abstract=False)


@cache
def browser_commands(name: str) -> dict[int, str]:
    """Return, by sign, what the script on the page writes in a form: of BibLaTeX it escapes ASCII alone."""
    commands = {ord(sign): latex.plain_to_bibtex(sign) for sign in _ESCAPED}
    if name == "BibTeX":
        letters = [chr(number) for number in _ACCENTED_LETTERS if _has_known_accent(chr(number))]
        commands |= {ord(sign): latex.to_latex_commands(sign) for sign in (*_SIGNS, *letters)}
    return commands


def _has_known_accent(letter: str) -> bool:
    decomposed = unicodedata.normalize("NFD", letter)
    base, accents = decomposed[0], decomposed[1:]
    return base.isascii() and base.isalpha() and len(accents) == 1 and accents in _ACCENTS
