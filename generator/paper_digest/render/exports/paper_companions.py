"""The small files beside a paper's page: its citation in BibTeX, and its typed links."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from paper_digest.incremental.output_group import SiteFile
from paper_digest.model.paper import Paper
from paper_digest.render import citation
from paper_digest.render.citation import signposting
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.settings.config import Config


def companion_files(paper: Paper, citation_key: str, config: Config) -> Iterator[SiteFile]:
    """Yield ``papers/<slug>.bib``, without abstract, and ``papers/<slug>.linkset.json``.

    The entry names at most ``MAX_AUTHORS_CITED`` authors: a program reads it whole.
    """
    entry = citation.bibtex_entry(paper, citation_key, citation.MAX_AUTHORS_CITED)
    yield signposting.citation_path(paper.slug), entry.encode()
    path = signposting.linkset_path(paper.slug)
    page_url = site_url(f"papers/{paper.slug}.md", config, path)
    links = signposting.linkset(paper, page_url, lambda to: site_url(to, config, path))
    yield path, msgspec.json.encode(links) + b"\n"
