"""The head of a paper's page: Highwire tags, OpenGraph, JSON-LD, and where its other forms are.

In Python and not in the template that shows it, because it is most of what Jinja would do for a
page. One element serves two vocabularies where both say the same: ``name`` is read by the one,
``property`` by the other. All of it is said of the paper, never of this site or this build.
"""

from __future__ import annotations

from typing import Any

from jinja2 import pass_eval_context
from jinja2.filters import do_striptags, do_tojson
from jinja2.nodes import EvalContext
from markupsafe import escape
from mkdocs.structure.pages import Page

from paper_digest.render.urls import relative_url

#: Highwire tags (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) in their
#: order, and the facts of ``citation.head`` that they say.
_TAGS = {
    "citation_publication_date": "date",
    "citation_journal_title": "journal",
    "citation_conference_title": "conference",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_firstpage": "first_page",
    "citation_lastpage": "last_page",
    "citation_doi": "doi",
    "citation_arxiv_id": "arxiv",
    "citation_pdf_url": "pdf",
}
_ORCID = "https://orcid.org/"


@pass_eval_context
def paper_head(context: EvalContext, page: Page) -> str:
    """Write the elements of a page whose front matter has ``cite``; "" for any other page.

    Every value is escaped, and in JSON also ``<``, ``>`` and ``&``, so that no title can end an
    element.
    """
    cite: dict[str, Any] = (page.meta or {}).get("cite") or {}
    if not cite:
        return ""
    title = cite.get("title") or do_striptags(page.meta.get("title") or "")
    said = _title(cite, title) + _authors(cite)
    said += [_tag(name, cite.get(fact)) for name, fact in _TAGS.items()]
    said += [
        _tag("citation_abstract_html_url", page.canonical_url, "og:url"),
        # Zotero parts keywords at semicolons.
        _tag("citation_keywords", "; ".join(cite.get("keywords") or ())),
        '<meta property="og:type" content="article">',
    ]
    published = cite.get("published") or ""
    if len(published) == len("YYYY-MM-DD"):
        said.append(f'<meta property="article:published_time" content="{escape(published)}">')
    said += [
        _alternate("text/markdown", "Markdown", f"papers/{cite['slug']}.md", page),
        _alternate("application/json", "JSON", f"api/papers/{cite['slug']}.json", page),
    ]
    linked = do_tojson(context, _linked_data(cite, title, page.canonical_url or ""))
    said.append(f'<script type="application/ld+json">{linked}</script>')
    return "".join(said)


def _title(cite: dict[str, Any], title: str) -> list[str]:
    if cite.get("title"):
        return [_tag("citation_title", title, "og:title")]
    return [f'<meta property="og:title" content="{escape(title)}">']


def _authors(cite: dict[str, Any]) -> list[str]:
    found, orcids = [], cite.get("orcids") or {}
    for author in cite.get("authors") or ():
        found.append(_tag("citation_author", author))
        if author in orcids:
            found.append(_tag("citation_author_orcid", f"{_ORCID}{orcids[author]}"))
    return found


def _tag(name: str, value: str | None, card: str = "") -> str:
    if not value:
        return ""
    card = f' property="{card}"' if card else ""
    return f'<meta name="{name}"{card} content="{escape(value)}">'


def _alternate(kind: str, title: str, path: str, page: Page) -> str:
    address = escape(relative_url(path, page.url))
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{address}">'


def _linked_data(cite: dict[str, Any], title: str, address: str) -> dict[str, Any]:
    """Say the same as schema.org's ScholarlyArticle (https://schema.org/ScholarlyArticle)."""
    journal, conference = cite.get("journal"), cite.get("conference")
    doi = cite.get("doi")
    whole = {
        "@type": "Periodical" if journal else "PublicationEvent",
        "name": journal or conference,
    }
    said = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": str(title),
        "mainEntityOfPage": address,
        "author": [_person(author, cite) for author in cite.get("authors") or ()],
        "datePublished": (cite.get("date") or "").replace("/", "-"),
        "dateModified": cite.get("updated"),
        "keywords": cite.get("keywords"),
        "license": cite.get("licence"),
        "sameAs": cite.get("same_as"),
        "creativeWorkStatus": "Withdrawn" if cite.get("withdrawn") else "",
        "identifier": f"doi:{doi}" if doi else "",
        "isPartOf": whole if journal else None,
        "publication": whole if conference and not journal else None,
    }
    return {name: value for name, value in said.items() if value}


def _person(author: str, cite: dict[str, Any]) -> dict[str, str]:
    body = author in (cite.get("bodies") or ())
    person = {"@type": "Organization" if body else "Person", "name": author}
    orcid = (cite.get("orcids") or {}).get(author)
    return {**person, "sameAs": f"{_ORCID}{orcid}"} if orcid else person
