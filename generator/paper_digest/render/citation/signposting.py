"""A paper's typed links (https://signposting.org/FAIR/, levels 1 and 2): in its page's head, and as a linkset (RFC 9264)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape
from typing import Any, NamedTuple

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import (
    MAX_AUTHORS_CITED,
    CitationFacts,
    citation_facts,
)
from paper_digest.render.citation.schema_org import ORCID_URL, schema_type
from paper_digest.render.urls import relative_url

_LINKSET_TYPE = "application/linkset+json"


class TypedLink(NamedTuple):
    """A link of a paper's page: its relation, its address, the media type there, or "".

    ``is_path``: the address is a path under ``docs/``.
    """

    relation: str
    address: str
    media_type: str = ""
    is_path: bool = False


def linkset_path(slug: str) -> str:
    """Path under ``docs/`` of a paper's linkset."""
    return f"papers/{slug}.linkset.json"


def citation_path(slug: str) -> str:
    """Path under ``docs/`` of a paper's BibTeX entry."""
    return f"papers/{slug}.bib"


def typed_links(paper: Paper) -> Iterator[TypedLink]:
    """Yield what a paper's page says of its paper: level 1 of Signposting; what is unknown is left out.

    ``cite-as`` (RFC 8574) is the DOI, else the address that the paper has where it was published.
    ``describedby`` leads to the record and the citation, ``item`` to the PDF.
    """
    facts = citation_facts(paper)
    if persistent := _persistent_address(facts):
        yield TypedLink("cite-as", persistent)
    for author in paper.authors[:MAX_AUTHORS_CITED]:
        if author.orcid:
            yield TypedLink("author", f"{ORCID_URL}{author.orcid}")
    if paper.licence.startswith(("http://", "https://")):
        yield TypedLink("license", paper.licence)
    if facts.pdf:
        yield TypedLink("item", facts.pdf, "application/pdf")
    yield TypedLink(
        "describedby", f"api/papers/{paper.slug}.json", "application/json", is_path=True
    )
    yield TypedLink("describedby", citation_path(paper.slug), "application/x-bibtex", is_path=True)
    for kind in (schema_type(facts), "AboutPage"):
        yield TypedLink("type", f"https://schema.org/{kind}")


def link_elements(paper: Paper) -> Iterator[str]:
    """Yield the links as elements of the head of a paper's page, and the one that leads to the linkset."""
    here, record = f"papers/{paper.slug}/", f"api/papers/{paper.slug}.json"
    linkset = TypedLink("linkset", linkset_path(paper.slug), _LINKSET_TYPE, is_path=True)
    for link in (*typed_links(paper), linkset):
        address = relative_url(link.address, here) if link.is_path else link.address
        kind = f' type="{link.media_type}"' if link.media_type else ""
        # The record describes the page and is another form of it: one element says both.
        relation = f"alternate {link.relation}" if link.address == record else link.relation
        yield f'<link rel="{relation}"{kind} href="{escape(address)}">'


def linkset(paper: Paper, page_url: str, address_of: Callable[[str], str]) -> dict[str, Any]:
    """Return a paper's linkset: level 2, what its page links to and what of that leads back to the page.

    Args:
        paper: the record.
        page_url: address of the paper's page.
        address_of: gives the address of a path under ``docs/``.
    """
    page: dict[str, Any] = defaultdict(list)
    contexts: list[dict[str, Any]] = [page]
    page["anchor"] = page_url
    for link in typed_links(paper):
        address = address_of(link.address) if link.is_path else link.address
        page[link.relation].append(
            {"href": address} | ({"type": link.media_type} if link.media_type else {})
        )
        back = {"describedby": "describes", "item": "collection"}.get(link.relation)
        if back:
            contexts.append({"anchor": address, back: [{"href": page_url}]})
    return {"linkset": contexts}


def _persistent_address(facts: CitationFacts) -> str:
    return f"https://doi.org/{facts.doi}" if facts.doi else facts.url
