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
_HIGHWIRE_TAGS = {
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
_ORCID_URL = "https://orcid.org/"


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
    elements = _title_tags(cite, title) + _author_tags(cite)
    elements += [_tag(name, cite.get(fact)) for name, fact in _HIGHWIRE_TAGS.items()]
    elements += [
        _tag("citation_abstract_html_url", page.canonical_url, "og:url"),
        # Zotero parts keywords at semicolons.
        _tag("citation_keywords", "; ".join(cite.get("keywords") or ())),
        '<meta property="og:type" content="article">',
    ]
    published = cite.get("published") or ""
    if len(published) == len("YYYY-MM-DD"):
        elements.append(f'<meta property="article:published_time" content="{escape(published)}">')
    elements += [
        _alternate_link("text/markdown", "Markdown", f"papers/{cite['slug']}.md", page),
        _alternate_link("application/json", "JSON", f"api/papers/{cite['slug']}.json", page),
    ]
    json_ld_text = do_tojson(context, _json_ld(cite, title, page.canonical_url or ""))
    elements.append(f'<script type="application/ld+json">{json_ld_text}</script>')
    return "".join(elements)


def _title_tags(cite: dict[str, Any], title: str) -> list[str]:
    if cite.get("title"):
        return [_tag("citation_title", title, "og:title")]
    return [f'<meta property="og:title" content="{escape(title)}">']


def _author_tags(cite: dict[str, Any]) -> list[str]:
    tags, orcids = [], cite.get("orcids") or {}
    for author in cite.get("authors") or ():
        tags.append(_tag("citation_author", author))
        if author in orcids:
            tags.append(_tag("citation_author_orcid", f"{_ORCID_URL}{orcids[author]}"))
    return tags


def _tag(name: str, value: str | None, og_property: str = "") -> str:
    if not value:
        return ""
    og_property = f' property="{og_property}"' if og_property else ""
    return f'<meta name="{name}"{og_property} content="{escape(value)}">'


def _alternate_link(kind: str, title: str, path: str, page: Page) -> str:
    url = escape(relative_url(path, page.url))
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{url}">'


def _json_ld(cite: dict[str, Any], title: str, url: str) -> dict[str, Any]:
    """Say the same as schema.org's ScholarlyArticle (https://schema.org/ScholarlyArticle)."""
    journal, conference = cite.get("journal"), cite.get("conference")
    doi = cite.get("doi")
    container = {
        "@type": "Periodical" if journal else "PublicationEvent",
        "name": journal or conference,
    }
    fields = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "name": str(title),
        "mainEntityOfPage": url,
        "author": [_person(author, cite) for author in cite.get("authors") or ()],
        "datePublished": (cite.get("date") or "").replace("/", "-"),
        "dateModified": cite.get("updated"),
        "keywords": cite.get("keywords"),
        "license": cite.get("licence"),
        "sameAs": cite.get("same_as"),
        "creativeWorkStatus": "Withdrawn" if cite.get("withdrawn") else "",
        "identifier": f"doi:{doi}" if doi else "",
        "isPartOf": container if journal else None,
        "publication": container if conference and not journal else None,
    }
    return {name: value for name, value in fields.items() if value}


def _person(author: str, cite: dict[str, Any]) -> dict[str, str]:
    is_organisation = author in (cite.get("bodies") or ())
    person = {"@type": "Organization" if is_organisation else "Person", "name": author}
    orcid = (cite.get("orcids") or {}).get(author)
    return {**person, "sameAs": f"{_ORCID_URL}{orcid}"} if orcid else person
