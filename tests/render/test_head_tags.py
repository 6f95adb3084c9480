"""The head of a page: tags and JSON-LD agree with the record, and every page leads to the feeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from mkdocs.theme import Theme
from mkdocs.utils.meta import get_data
from paper_digest.model.paper import Author, Paper
from paper_digest.render import citation, span
from paper_digest.render.citation.facts import plain_abstract
from paper_digest.render.pages.page import Page
from paper_digest.text.tex import convert as latex
from paper_strategies import records
from paths import THEME

ENV = Theme(name="mkdocs", custom_dir=str(THEME)).get_env()


def rendered(partial: str, meta: dict[str, Any], url: str, **extra: object) -> BeautifulSoup:
    """Render a partial for a page whose front matter went to disk and back."""
    address = f"https://looms.example/digest/{url}"
    made = ENV.get_template(f"partials/{partial}.html").render(
        page=SimpleNamespace(meta=from_disk(meta), canonical_url=address, url=url),
        base_url="../..",
        config=SimpleNamespace(
            site_name="Loom & thread",
            site_url="https://looms.example/digest/",
            site_description="Papers on looms.",
            extra=extra,
        ),
    )
    return BeautifulSoup(made, "html.parser")


def from_disk(meta: dict[str, Any]) -> dict[str, Any]:
    """Return front matter as MkDocs reads it from a page's Markdown."""
    _, read = get_data(Page("x.md", meta, span.EMPTY).markdown())
    return dict(read)


def head_of(paper: Paper) -> BeautifulSoup:
    """Return a paper's head; through its page's front matter it comes as it was made."""
    head = citation.head_html(paper, f"https://looms.example/digest/papers/{paper.slug}/")
    assert from_disk({"head": head}) == {"head": head}
    return BeautifulSoup(head, "html.parser")


def tags(soup: BeautifulSoup, attribute: str = "name") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        if tag.get(attribute):
            found.setdefault(str(tag[attribute]), []).append(str(tag["content"]))
    return found


def linked_data(soup: BeautifulSoup) -> dict[str, Any]:
    [script] = soup.find_all("script")
    made: dict[str, Any] = json.loads(script.string or "")
    return made


def test_a_preprints_head(papers: tuple[Paper, ...]) -> None:
    soup = head_of(next(p for p in papers if p.id == "arxiv:2511.00001"))
    said = tags(soup)
    assert said["citation_title"] == ["Weaving O(n²) patterns & <more>"]
    assert said["citation_author"] == ["Ada Lovelace", "van der Berg, Jan Jr."]
    assert said["citation_author_orcid"] == ["https://orcid.org/0000-0002-1825-0097"]
    assert said["citation_publication_date"] == ["2025/11/01"]
    assert said["citation_arxiv_id"] == ["2511.00001"]
    assert said["citation_pdf_url"] == ["https://arxiv.org/pdf/2511.00001"]
    assert said["citation_abstract_html_url"] == ["https://looms.example/digest/papers/2511.00001/"]
    # Zotero parts keywords at semicolons; each meta is the OpenGraph property too.
    assert said["citation_keywords"] == ["looms; cs.DS; cs.CL"]
    assert tags(soup, "property")["og:title"] == said["citation_title"]
    assert not said.keys() & {"citation_journal_title", "citation_conference_title"}
    assert said["dc.type"] == ["preprint"]
    assert said["citation_doi"] == ["10.48550/arXiv.2511.00001"]
    assert said["citation_public_url"] == ["https://arxiv.org/abs/2511.00001"]
    assert said["citation_publisher"] == ["arXiv"]
    assert said["citation_technical_report_number"] == ["arXiv:2511.00001"]
    assert tags(soup, "property")["og:url"] == ["https://looms.example/digest/papers/2511.00001/"]
    assert {str(x["type"]): str(x["href"]) for x in soup.find_all("link", rel="alternate")} == {
        "text/markdown": "../2511.00001.md",
        "application/json": "../../api/papers/2511.00001.json",
    }
    ld = linked_data(soup)
    assert (ld["@type"], ld["headline"]) == ("ScholarlyArticle", "Weaving O(n²) patterns & <more>")
    assert ld["author"][0] == {
        "@type": "Person",
        "name": "Ada Lovelace",
        "sameAs": "https://orcid.org/0000-0002-1825-0097",
    }
    assert (ld["datePublished"], ld["dateModified"]) == ("2025-11-01", "2025-11-09")
    assert ld["image"] == "https://looms.example/digest/assets/images/card.png"
    assert ld["sameAs"] == [
        "https://arxiv.org/abs/2511.00001",
        "https://doi.org/10.48550/arXiv.2511.00001",
    ]
    assert not ld.keys() & {"name", "keywords", "identifier", "abstract"}, "other elements say it"


def test_a_journal_articles_head(papers: tuple[Paper, ...]) -> None:
    soup = head_of(next(p for p in papers if p.id_kind == "doi"))
    said = tags(soup)
    assert said["citation_journal_title"] == ["Journal of Made-up Looms"]
    assert (said["citation_volume"], said["citation_issue"]) == (["12"], ["3"])
    assert (said["citation_firstpage"], said["citation_lastpage"]) == (["45"], ["67"])
    assert said["citation_doi"] == ["10.1234/made.up.5"]
    assert linked_data(soup)["sameAs"] == ["https://doi.org/10.1234/made.up.5"]
    assert said["citation_publication_date"] == ["1999/04"]
    assert linked_data(soup)["isPartOf"] == {
        "@type": "Periodical",
        "name": "Journal of Made-up Looms",
    }


def test_a_hostile_title_stays_a_title(papers: tuple[Paper, ...]) -> None:
    paper = next(p for p in papers if p.id == "arxiv:2510.00002")
    soup = head_of(paper)
    title = latex.to_unicode(paper.title)
    assert "</script>" in title
    assert tags(soup)["citation_title"] == [title]
    ld = linked_data(soup)
    assert ld["headline"] == title
    assert ld["author"] == [{"@type": "Organization", "name": "The Loom Collaboration"}]
    assert ld["creativeWorkStatus"] == "Withdrawn"


def words_of(name: str) -> list[str]:
    """Return a name's words in one order; separators at its ends are no part of it."""
    return sorted((name.strip(" ,;") or name).replace(",", " ").split())


@given(records())
def test_the_head_of_any_paper_agrees_with_its_record(paper: Paper) -> None:
    soup = head_of(paper)
    said, ld = tags(soup), linked_data(soup)
    names = [name for a in paper.authors if (name := latex.to_unicode(a.name))]
    cited = said.get("citation_author", [])
    for tag, name in zip(cited, names[: citation.MAX_AUTHORS_CITED], strict=True):
        assert words_of(tag) == words_of(name)
    assert [person["name"] for person in ld.get("author", [])] == names[
        : citation.MAX_AUTHORS_CITED
    ]
    assert said.get("citation_title", [""]) == [latex.to_unicode(paper.title)]
    assert len(tags(soup, "property")["og:title"]) == 1
    abstract = plain_abstract(paper)
    assert said.get("citation_abstract", [""]) == [abstract]
    if not paper.venue:  # a venue's name may tell another year
        assert ld.get("datePublished", "") == paper.published
    assert {tag.name for tag in soup.find_all()} <= {"meta", "link", "script"}


def test_no_element_has_an_address_that_is_not_known(papers: tuple[Paper, ...]) -> None:
    soup = BeautifulSoup(citation.head_html(papers[0], ""), "html.parser")
    assert "citation_abstract_html_url" not in tags(soup)
    assert "mainEntityOfPage" not in linked_data(soup)


def test_two_authors_of_one_name_keep_their_own_orcids() -> None:
    authors = (
        Author("A. Weaver", orcid="0000-0002-1825-0097"),
        Author("A. Weaver"),
        Author("A. Weaver", orcid="0000-0001-5109-3700"),
    )
    soup = head_of(Paper(id="arxiv:2511.00001", authors=authors))
    assert tags(soup)["citation_author_orcid"] == [
        f"https://orcid.org/{author.orcid}" for author in authors if author.orcid
    ]
    assert [person.get("sameAs", "")[18:] for person in linked_data(soup)["author"]] == [
        author.orcid for author in authors
    ]


def test_every_page_leads_to_the_feeds() -> None:
    meta = {"title": 'A "topic"', "kind": "list", "feed": "feeds/topics/looms"}
    soup = rendered("site-head", meta, "topics/looms/", card=False)
    feeds = [str(x["href"]) for x in soup.find_all("link", rel="alternate")]
    assert feeds == [
        "../../feeds/all.atom",
        "../../feeds/all.json",
        "../../feeds/topics/looms.atom",
        "../../feeds/topics/looms.json",
    ]
    assert tags(soup, "property")["og:title"] == ['A "topic"']
    assert tags(soup)["twitter:card"] == ["summary"]
    [search] = soup.find_all("link", rel="search")
    assert search["href"] == "../../opensearch.xml"


def test_a_paper_page_has_one_card_and_the_archives_picture() -> None:
    soup = rendered("site-head", {"kind": "paper"}, "papers/x/", card="assets/card.png")
    assert tags(soup, "property") == {
        "og:site_name": ["Loom & thread"],
        "og:image": ["https://looms.example/digest/assets/card.png"],
        "og:image:alt": ["Loom & thread"],
    }
    assert tags(soup)["twitter:card"] == ["summary_large_image"]


def test_a_list_is_a_collection_of_its_papers() -> None:
    meta = {"title": "</script> & looms", "kind": "list", "papers": ["2511.00001", "x"]}
    soup = rendered("site-head", meta, "topics/looms/", card=False)
    collection = linked_data(soup)
    assert (collection["@type"], collection["name"]) == ("CollectionPage", "</script> & looms")
    assert collection["mainEntity"] == {"@type": "ItemList", "numberOfItems": 2}


def test_a_collaborations_page_names_its_first_authors() -> None:
    paper = Paper(
        id="arxiv:2511.00001", authors=tuple(Author(f"A. Member{n}") for n in range(3000))
    )
    soup = head_of(paper)
    assert len(tags(soup)["citation_author"]) == len(linked_data(soup)["author"]) == 250
    entry = citation.bibtex_entry(paper, max_authors=250)
    assert entry.count(" and ") == 250
    assert " and others}," in entry
    record = citation.ris_record(paper, max_authors=250)
    assert record.count("AU  - ") == 250
    assert "N1  - 250 of 3,000 authors named\r\n" in record
    assert tags(soup)["citation_author_count"] == ["3000"]
    assert (
        citation.bibtex_entry(paper).count(" and ")
        == len(citation.csl_item(paper)["author"]) - 1
        == 2999
    )


def test_names_without_a_visible_sign_are_left_out() -> None:
    soup = head_of(Paper(id="arxiv:2511.00001", authors=(Author("\u202e"),)))
    assert "citation_author" not in tags(soup)
    assert "author" not in linked_data(soup)


@pytest.mark.site
def test_mkdocs_keeps_our_sitemap(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Looms\n")
    ours = '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex/>\n'
    (tmp_path / "docs" / "sitemap.xml").write_text(ours)
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "sitemap.xml").symlink_to(THEME / "sitemap.xml")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\nsite_url: https://looms.example/\nplugins: []\n"
        "theme: {name: mkdocs, custom_dir: theme}\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "site" / "sitemap.xml").read_text() == ours
    assert not (tmp_path / "site" / "sitemap.xml.gz").exists()
