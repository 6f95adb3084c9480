"""The front matter that a paper page's head is made of: Highwire tags and schema.org."""

from __future__ import annotations

from typing import Any

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import CitationFacts, citation_facts
from paper_digest.render.citation.names import is_collaboration
from paper_digest.text.tex import convert as latex

#: Authors named in a page's head and citations: more than any style prints (APA: 20), and few enough
#: for a page. Whoever wants all has the API's record and the exported files.
MAX_AUTHORS_CITED = 250


def meta(paper: Paper) -> dict[str, Any]:
    """Return what the head of a paper's page says (``site/paper_head.py``), kept under ``cite``.

    Highwire tags as Google Scholar reads them
    (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing): ``date`` is
    ``YYYY/MM/DD``, or shorter where less is known. ``container`` stands under ``journal`` or
    ``conference``; one of unknown kind under neither. Unknown keys are absent. Of a paper with more
    than ``SIGNED`` authors the first are named.
    """
    facts = citation_facts(paper)
    first, _, last = facts.pages.partition("-")
    cited_authors = paper.authors[:MAX_AUTHORS_CITED]
    authors = [name for a in cited_authors if (name := latex.to_unicode(a.name))]
    fields = {
        "slug": paper.slug,
        "title": latex.to_unicode(facts.title),
        "authors": authors,
        "bodies": [name for name in authors if is_collaboration(name)],
        "orcids": {latex.to_unicode(a.name): a.orcid for a in cited_authors if a.orcid},
        "date": facts.issued.replace("-", "/"),
        "published": paper.published,
        "updated": paper.updated,
        "journal": facts.container if facts.kind == "journal" else "",
        "conference": facts.container if facts.kind == "conference" else "",
        "volume": facts.volume,
        "issue": facts.issue,
        "first_page": first,
        "last_page": last,
        "doi": facts.doi,
        "arxiv": facts.arxiv_id,
        "pdf": facts.pdf,
        "keywords": [w for k in (*paper.keywords, *paper.categories) if (w := latex.to_unicode(k))],
        "same_as": _same_as(facts),
        "licence": paper.licence if paper.licence.startswith(("http://", "https://")) else "",
        "withdrawn": bool(paper.withdrawn),
    }
    return {name: value for name, value in fields.items() if value}


def _same_as(facts: CitationFacts) -> list[str]:
    urls = [facts.url, f"https://doi.org/{facts.doi}" if facts.doi else ""]
    return [address for address in dict.fromkeys(urls) if address]
