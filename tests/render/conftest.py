"""A small made-up archive for the tests of exports."""

from __future__ import annotations

import pytest
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Claim, Digest, Link, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.render import exports
from paper_digest.settings.config import Config

TOPICS = (
    Topic("looms", "Looms & weaving", description="Cloth by machine."),
    Topic("jacquard", "Jacquard heads", parent="looms"),
    Topic("empty", "Nothing yet"),
)
PAPERS = (
    Paper(
        id="arxiv:2511.00001",
        title="Weaving $O(n^2)$ patterns & <more>",
        authors=(
            Author("Ada Lovelace", orcid="0000-0002-1825-0097"),
            Author("Jan van der Berg Jr."),
        ),
        published="2025-11-01",
        updated="2025-11-09",
        announced="2025-11-03",
        categories=("cs.DS", "cs.CL"),
        keywords=("looms",),
        comment="12 pages",
        digest=Digest("Cards can tell a loom what to do.", by="A. Reader", at="2025-11-04"),
        links=(Link("code", "https://code.example/loom"),),
        sightings=(Sighting("huggingface", "2025-11-03", seen="2025-11-03", upvotes=7),),
        claims=(Claim("arxiv", "2025-11-05", ("title", "authors")),),
        abstract="We weave.\n  It works, because 1 < 2 & 3 > 2.",
    ),
    Paper(
        id="arxiv:2510.00002",
        title='</script><script>alert(1)</script> “quoted" {{ config }}',
        authors=(Author("The Loom Collaboration"),),
        published="2025-10-02",
        withdrawn="A thread was lost",
        abstract="Body of the abstract.",
    ),
    Paper(
        id="doi:10.1234/made.up.5",
        title="An older cloth",
        authors=(Author("Basile Bouchon", family="Bouchon"),),
        published="1999-04",
        venue="Journal of Made-up Looms",
        journal_ref="Journal of Made-up Looms 12(3), 45-67, 1999",
        doi="10.1234/made.up.5",
    ),
    Paper(id="title:0123456789abcdef", title="Undated thread", author_count=3),
)
PLACED = {
    "arxiv:2511.00001": ("jacquard",),
    "arxiv:2510.00002": ("looms",),
    "doi:10.1234/made.up.5": ("looms",),
}


@pytest.fixture
def papers() -> tuple[Paper, ...]:
    """Return the papers, in the order of their ids."""
    return tuple(sorted(PAPERS, key=lambda p: p.id))


@pytest.fixture
def catalog(papers: tuple[Paper, ...]) -> Catalog:
    """Return their catalog."""
    return Catalog([catalog_entry(p, PLACED.get(p.id, ())) for p in papers], TOPICS)


@pytest.fixture
def config() -> Config:
    """Return settings of a site whose address is known."""
    return Config(
        title="Loom digest",
        description="Papers on looms & cloth.",
        url="https://looms.example/digest/",
        topics=TOPICS,
    )


@pytest.fixture
def made(papers: tuple[Paper, ...], catalog: Catalog, config: Config) -> dict[str, bytes]:
    """Return all files of the made-up archive."""
    return dict(exports.files_of_papers(catalog, papers, config))
