"""A paper as schema.org's ScholarlyArticle (https://schema.org/ScholarlyArticle), or what else it is."""

from __future__ import annotations

from typing import Any

from paper_digest.model.paper import Author, Paper
from paper_digest.render.citation.facts import CitationFacts, plain_abstract
from paper_digest.render.withdrawal import withdrawal_status
from paper_digest.text.names import is_body
from paper_digest.text.tex import convert as latex

#: The picture that a site has unless its operator chose another: what search engines ask a page for.
CARD_PATH = "assets/images/card.png"
#: Characters of a description that search engines read.
MAX_DESCRIPTION = 5_000
ORCID_URL = "https://orcid.org/"
_TYPES = {
    "chapter": "Chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",  # as DataCite has it; an "application" is one that is offered
}
#: Search engines ask for the name of these, and for the headline of articles.
_NAMED_KINDS = frozenset({"book", "dataset", "software"})


def scholarly_article(
    paper: Paper, facts: CitationFacts, title: str, authors: tuple[Author, ...], page_url: str
) -> dict[str, Any]:
    """Return the JSON-LD object; what is unknown has no key.

    It has what search engines ask of an article (https://developers.google.com/search/docs/appearance/structured-data/article)
    and what the head's other elements cannot say. Abstract, keywords and ids stand in those (``citation_abstract``,
    ``citation_keywords``, ``cite-as``); of data they ask for a description
    (https://developers.google.com/search/docs/appearance/structured-data/dataset). A date of modification is given where it is later than that of publication.

    Args:
        paper: the record.
        facts: its citation.
        title: its title as plain text.
        authors: those to name, each with a visible name in plain text.
        page_url: absolute address of the paper's page; "" where it is not known.
    """
    fields = {
        "@context": "https://schema.org",
        "@type": schema_type(facts),
        "headline": title,
        "name": title if facts.kind in _NAMED_KINDS else "",
        "description": _description(paper) if facts.kind == "dataset" else "",
        "inLanguage": facts.language,
        "image": _card_url(page_url, paper.slug),
        "mainEntityOfPage": page_url,
        "author": [_person(author) for author in authors],
        "datePublished": facts.issued,
        "dateModified": paper.updated if _is_later(paper.updated, facts.issued) else "",
        "license": paper.licence if paper.licence.startswith(("http://", "https://")) else "",
        "sameAs": _same_as(facts),
        "creativeWorkStatus": withdrawal_status(paper.withdrawn),
        "isPartOf": _container(facts),
        "publisher": _publisher(facts),
        "pagination": facts.pages,
    }
    return {name: value for name, value in fields.items() if value}


def _is_later(updated: str, issued: str) -> bool:
    """Tell whether a version is newer than what is cited; its day may be the preprint's, years before that."""
    return updated != issued and updated[: len(issued)] >= issued


def _description(paper: Paper) -> str:
    return plain_abstract(paper)[:MAX_DESCRIPTION]


def schema_type(facts: CitationFacts) -> str:
    """Return what schema.org calls the kind of a work."""
    return _TYPES.get(facts.kind, "ScholarlyArticle")


def _publisher(facts: CitationFacts) -> dict[str, str]:
    """Return the school of a thesis, the institution of a report, or the archive that holds a preprint or data."""
    archive = facts.container if facts.kind in {"preprint", "dataset"} else ""
    name = facts.institution or archive
    return {"@type": "Organization", "name": name} if name else {}


def _container(facts: CitationFacts) -> dict[str, str]:
    """Return the journal, the proceedings or the book a paper is part of, or what of these nobody knows."""
    kinds = {
        "journal": "Periodical",
        "conference": "Book",
        "chapter": "Book",
        "other": "CreativeWork",
    }
    known = facts.kind in kinds and facts.container
    return {"@type": kinds[facts.kind], "name": facts.container} if known else {}


def _card_url(page_url: str, slug: str) -> str:
    """Return the address of the site's picture; "" where the site's address is not known."""
    site_url = page_url.removesuffix(f"papers/{slug}/")
    return f"{site_url}{CARD_PATH}" if page_url else ""


def plain_keywords(paper: Paper) -> list[str]:
    """Return a paper's keywords, then its categories, as plain text."""
    return [w for k in (*paper.keywords, *paper.categories) if (w := latex.to_unicode(k))]


def _person(author: Author) -> dict[str, str]:
    kind = "Organization" if is_body(author) else "Person"
    person = {"@type": kind, "name": author.name}
    return {**person, "sameAs": f"{ORCID_URL}{author.orcid}"} if author.orcid else person


def _same_as(facts: CitationFacts) -> list[str]:
    urls = [facts.url, f"https://doi.org/{facts.doi}" if facts.doi else ""]
    return [address for address in dict.fromkeys(urls) if address]
