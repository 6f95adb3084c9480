"""The head of a paper's page: Highwire and OpenGraph tags, its other forms, and JSON-LD.

One element serves two vocabularies where both have the same value: ``name`` is read by the one,
``property`` by the other. The elements are about the paper, never about this site or this build.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from markupsafe import escape

from paper_digest.model.paper import Author, Paper
from paper_digest.render import typeset
from paper_digest.render.citation.facts import (
    MAX_AUTHORS_CITED,
    CitationFacts,
    citation_facts,
    plain_abstract,
)
from paper_digest.render.citation.schema_org import ORCID_URL, plain_keywords, scholarly_article
from paper_digest.render.citation.signposting import link_elements
from paper_digest.render.urls import relative_url
from paper_digest.text.names import split_name
from paper_digest.text.tex import convert as latex

#: What Zotero calls the kinds that no tag of a container settles.
_ZOTERO_TYPES = {
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
    "dataset": "dataset",
    "software": "computerProgram",
}
#: In JSON inside of HTML, so that no text can end the element.
_JSON_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&'"})


def head_html(paper: Paper, page_url: str) -> str:
    """Return the elements that a paper's page has in its head, every value escaped.

    Of a paper with more than ``MAX_AUTHORS_CITED`` authors the first are named.

    Args:
        paper: the record.
        page_url: absolute address of the paper's page; "" where it is not known, and then no
            element has it.
    """
    facts = citation_facts(paper)
    title = typeset.plain_title(paper.title, paper.id)
    authors = tuple(
        author if name == author.name else msgspec.structs.replace(author, name=name)
        for author in paper.authors[:MAX_AUTHORS_CITED]
        if (name := latex.to_unicode(author.name))
    )
    elements = [
        _title_tag(title, has_title=bool(latex.to_unicode(paper.title))),
        *_author_tags(authors),
        _author_count_tag(len(paper.authors)),
        *(_tag(name, value) for name, value in _highwire_values(facts)),
        _tag("citation_abstract", plain_abstract(paper)),
        _tag("citation_abstract_html_url", page_url, "og:url"),
        # Zotero separates keywords at semicolons.
        _tag("citation_keywords", "; ".join(plain_keywords(paper))),
        '<meta property="og:type" content="article">',
    ]
    # The day of what is cited, as the other elements have it: of a preprint that appeared later it is another.
    if len(facts.issued) == len("YYYY-MM-DD"):
        elements.append(f'<meta property="article:published_time" content="{facts.issued}">')
    markdown_url = escape(relative_url(f"papers/{paper.slug}.md", f"papers/{paper.slug}/"))
    article = scholarly_article(paper, facts, title, authors, page_url)
    json_ld = msgspec.json.encode(article).decode().translate(_JSON_ESCAPES)
    elements += [
        f'<link rel="alternate" type="text/markdown" href="{markdown_url}">',
        *link_elements(paper),
        f'<script type="application/ld+json">{json_ld}</script>',
    ]
    return "".join(elements)


def _title_tag(title: str, *, has_title: bool) -> str:
    if has_title:
        return _tag("citation_title", title, "og:title")
    return f'<meta property="og:title" content="{escape(title)}">'


def _author_tags(authors: tuple[Author, ...]) -> Iterator[str]:
    for author in authors:
        yield _tag("citation_author", _cited_name(author, is_alone=len(authors) == 1))
        if author.orcid:
            yield _tag("citation_author_orcid", f"{ORCID_URL}{author.orcid}")


def _cited_name(author: Author, *, is_alone: bool) -> str:
    """Return a name in a form whose family name Zotero and Scholar see: ``van der Berg, Jan``.

    They take the last word of a name without a comma, which is right for most and left as it is.
    Zotero cuts at the first comma, and drops what stands behind a second: suffixes stand with the
    given names. A group has no given name. Of one author alone whose two halves both have spaces
    Zotero would make two authors, so that name stays as it is printed (``Embedded Metadata.js``).
    """
    name = split_name(author)
    if name is None:
        return author.name
    if name.literal:
        return f"{name.literal}," if " " in name.literal else name.literal
    family, given = f"{name.particle} {name.family}".strip(), f"{name.given} {name.suffix}".strip()
    ends_in_family = family == name.family and not name.suffix and " " not in family
    if not given or (ends_in_family and author.name.endswith(family)):
        return author.name
    if is_alone and " " in family and " " in given:
        return author.name
    return f"{family}, {given}"


def _author_count_tag(count: int) -> str:
    """Say how many authors there are where not all are named; no vocabulary has a tag for it."""
    return _tag("citation_author_count", str(count) if count > MAX_AUTHORS_CITED else "")


def _highwire_values(facts: CitationFacts) -> Iterator[tuple[str, str]]:
    """Name the tags Google Scholar reads, with their values; a container of unknown kind has none.

    Source: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing. The date is
    ``YYYY/MM/DD``, or shorter where less is known. Zotero takes the type from ``dc.type``, the
    address from ``citation_public_url``, and a preprint's archive and id from the tags of a
    report's publisher and number (https://github.com/zotero/translators, "Embedded Metadata").
    """
    is_preprint = facts.kind == "preprint"
    yield "dc.type", _ZOTERO_TYPES.get(facts.kind, "")
    first_page, _, last_page = facts.pages.partition("-")
    yield "citation_language", facts.language
    yield "citation_publication_date", facts.issued.replace("-", "/")
    yield "citation_journal_title", facts.container if facts.kind == "journal" else ""
    yield "citation_conference_title", facts.container if facts.kind == "conference" else ""
    yield "citation_book_title", facts.container if facts.kind == "chapter" else ""
    yield "citation_dissertation_institution", facts.institution if facts.kind == "thesis" else ""
    yield (
        "citation_technical_report_institution",
        facts.institution if facts.kind == "report" else "",
    )
    yield "citation_volume", facts.volume
    yield "citation_issue", facts.issue
    yield "citation_firstpage", first_page
    yield "citation_lastpage", last_page
    yield "citation_doi", facts.doi
    yield "citation_arxiv_id", facts.arxiv_id
    if is_preprint and facts.arxiv_id:
        yield "citation_publisher", "arXiv"
        yield "citation_technical_report_number", f"arXiv:{facts.arxiv_id}"
    elif is_preprint or facts.kind == "dataset":
        yield "citation_publisher", facts.container
    yield "citation_public_url", facts.url
    yield "citation_pdf_url", facts.pdf


def _tag(name: str, value: str, og_property: str = "") -> str:
    if not value:
        return ""
    og_property = f' property="{og_property}"' if og_property else ""
    return f'<meta name="{name}"{og_property} content="{escape(value)}">'
