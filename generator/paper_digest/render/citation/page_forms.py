"""The citations that stand on a paper's page: without the abstract where the browser can put it back.

The page's head has the whole abstract already (``citation_abstract``). Each form that holds it again
costs as much as the paper's text, and nobody reads it there: a script
(``site/theme/assets/javascripts/cite.js``) puts it back before anything is copied or saved. It knows one
rule, that of ``_escape_in_browser``. A form in which the abstract looks otherwise keeps it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paper_digest.model.paper import Paper
from paper_digest.render.citation.bibtex import biblatex_entry
from paper_digest.render.citation.facts import MAX_AUTHORS_CITED, plain_abstract
from paper_digest.render.citation.ris import ris_record
from paper_digest.text.tex import convert as latex

_ABSTRACT_FIELD = "\n  abstract = {"
_ESCAPED_IN_BROWSER = re.compile("[%&#_$]")


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
    field = f"{_escape_in_browser(abstract)}}},\n}}\n"
    bibtex = _bibtex_form("BibTeX", latex.to_latex_commands(entry), field)
    biblatex = _bibtex_form("BibLaTeX", entry, field)
    ris = ris_record(paper, key, MAX_AUTHORS_CITED).replace("\r\n", "\n")
    is_ascii = entry.partition(_ABSTRACT_FIELD)[0].isascii()
    return [bibtex, *(() if is_ascii else (biblatex,)), PageForm("RIS", ris, bool(abstract))]


def _bibtex_form(name: str, entry: str, field_in_browser: str) -> PageForm:
    """Take the abstract out of an entry, of which it is the last field, if the browser can put it back."""
    others, _, field = entry.rpartition(_ABSTRACT_FIELD)
    if others and field == field_in_browser:
        return PageForm(name, f"{others}\n}}\n", lacks_abstract=True)
    return PageForm(name, entry, lacks_abstract=False)


def _escape_in_browser(abstract: str) -> str:
    """Escape what the script on the page escapes."""
    return _ESCAPED_IN_BROWSER.sub(r"\\\g<0>", abstract)
