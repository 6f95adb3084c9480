"""The front matter that a paper page's head is made of: Highwire tags and schema.org."""

from __future__ import annotations

from typing import Any

from paper_digest.model.paper import Paper
from paper_digest.render.citation.facts import Work, work
from paper_digest.render.citation.names import is_body
from paper_digest.text.tex import convert as latex

#: Authors named in a page's head and citations: more than any style prints (APA: 20), and few enough
#: for a page. Whoever wants all has the API's record and the exported files.
SIGNED = 250


def head(paper: Paper) -> dict[str, Any]:
    """Return what the head of a paper's page says (``site/paper_head.py``), kept under ``cite``.

    Highwire tags as Google Scholar reads them
    (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing): ``date`` is
    ``YYYY/MM/DD``, or shorter where less is known. ``container`` stands under ``journal`` or
    ``conference``; one of unknown kind under neither. Unknown keys are absent. Of a paper with more
    than ``SIGNED`` authors the first are named.
    """
    facts = work(paper)
    first, _, last = facts.pages.partition("-")
    signed = paper.authors[:SIGNED]
    authors = [name for a in signed if (name := latex.to_unicode(a.name))]
    fields = {
        "slug": paper.slug,
        "title": latex.to_unicode(facts.title),
        "authors": authors,
        "bodies": [name for name in authors if is_body(name)],
        "orcids": {latex.to_unicode(a.name): a.orcid for a in signed if a.orcid},
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
        "arxiv": facts.arxiv,
        "pdf": facts.pdf,
        "keywords": [w for k in (*paper.keywords, *paper.categories) if (w := latex.to_unicode(k))],
        "same_as": _same_as(facts),
        "licence": paper.licence if paper.licence.startswith(("http://", "https://")) else "",
        "withdrawn": bool(paper.withdrawn),
    }
    return {name: value for name, value in fields.items() if value}


def _same_as(facts: Work) -> list[str]:
    own = [facts.url, f"https://doi.org/{facts.doi}" if facts.doi else ""]
    return [address for address in dict.fromkeys(own) if address]
