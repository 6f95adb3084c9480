"""Every engine builds the bundled archive with our header, meta tags, styles and search.

Each engine is installed into an environment of its own, which takes minutes: these tests run where
``DIGEST_ENGINES`` names engines (``make engines``, and a row of the workflow each).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from engines import ENGINES, NotInstallableError, build, install
from paths import SAMPLE
from playwright.sync_api import BrowserContext, Page, expect
from site_builds import change, differing, edit_template
from temporary_project import new_project

_NAMED = os.environ.get("DIGEST_ENGINES", "").split()
WANTED = list(ENGINES) if _NAMED == ["all"] else _NAMED
pytestmark = [
    pytest.mark.site,
    pytest.mark.browser,
    pytest.mark.xdist_group("engines"),
    pytest.mark.skipif(not WANTED, reason="DIGEST_ENGINES names no engine (make engines)"),
]

SITE_URL = "https://papers.example.org/all/"
#: A page of each kind, and one that an operator wrote.
PAGES = ("", "papers/1706.03762/", "topics/language-models/", "starred/", "about/")
PAPER = "papers/1706.03762/"
NAV = ["Latest", "Topics", "Dates", "Trending", "Map", "Authors", "Starred", "About"]


class Built:
    """The bundled archive, built by one engine."""

    def __init__(self, name: str, binaries: Path, site: Path) -> None:
        self.name, self.binaries, self.site = name, binaries, site

    def page(self, path: str) -> BeautifulSoup:
        """Read a page as it was written."""
        return BeautifulSoup((self.site / path / "index.html").read_bytes(), "html.parser")


@pytest.fixture(scope="session", params=WANTED)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the bundled archive, with an address and one template of the operator's."""
    name = request.param
    place = tmp_path_factory.mktemp(name)
    (place / "sources").mkdir()
    try:
        binaries = install(name, place / "sources")
    except NotInstallableError as error:
        pytest.skip(f"{name} cannot be installed here: {error}")
    project = _project(place / "project", ENGINES[name].theme)
    return Built(name, binaries, build(ENGINES[name].commands, binaries, project))


def _project(place: Path, theme: str) -> Path:
    project = new_project(place)
    shutil.copytree(SAMPLE / "archive", project / "archive", ignore=shutil.ignore_patterns(".lock"))
    change(project, 'url: ""', f"url: {SITE_URL}")
    change(project, "name: material", f"name: {theme}", "mkdocs.yml")
    edit_template(project)
    return project


def test_every_page_has_our_header_and_the_operators_footer(built: Built) -> None:
    for path in PAGES:
        soup = built.page(path)
        [header] = soup.select("header.pd-header")
        assert [a.get_text(strip=True) for a in header.select("nav a")] == NAV
        assert header.select_one(".pd-brand").get_text(strip=True) == "Paper digest"  # type: ignore[union-attr]
        assert header.select_one(".pd-scheme")
        assert soup.select_one("footer#foot")
        assert not soup.select(".md-sidebar, .md-tabs")


def test_every_page_has_our_meta_tags(built: Built) -> None:
    for path in PAGES:
        soup = built.page(path)
        assert soup.select_one('link[rel="canonical"]')["href"] == SITE_URL + path  # type: ignore[index]
        assert _contents(soup, "og:site_name") == ["Paper digest"]
        assert len(_contents(soup, "og:title")) == len(_contents(soup, "og:url")) == 1
        assert _contents(soup, "og:image") == [f"{SITE_URL}assets/images/card.png"]
        [description] = soup.select('meta[name="description"]')
        assert description["content"]
        assert soup.title
        assert soup.title.get_text(strip=True).endswith("Paper digest")
        assert soup.select('link[type="application/atom+xml"]')
    assert built.page("").title.get_text(strip=True) == "Paper digest"  # type: ignore[union-attr]


def test_a_papers_page_is_read_by_machines(built: Built) -> None:
    soup = built.page(PAPER)
    assert _contents(soup, "citation_title", "name") == ["Attention Is All You Need"]
    assert len(_contents(soup, "citation_author", "name")) == 8
    [script] = soup.select('script[type="application/ld+json"]')
    data = json.loads(script.string or "")
    assert (data["@type"], data["mainEntityOfPage"]) == ("ScholarlyArticle", SITE_URL + PAPER)


def test_formulas_are_mathml_and_no_markup_is_left_over(built: Built) -> None:
    home = (built.site / "index.html").read_text("utf-8")
    assert "<math" in home
    for path in PAGES:
        text = (built.site / path / "index.html").read_text("utf-8")
        assert "{: " not in text
        assert "markdown=" not in text
        assert "{% " not in text


def test_every_style_script_and_link_of_a_page_is_there(built: Built) -> None:
    for path in PAGES:
        soup = built.page(path)
        tags = soup.select("link[href], script[src], a[href]")
        names = [str(tag.get("href") or tag.get("src") or "") for tag in tags]
        assert any(name.endswith("assets/stylesheets/paper-digest.css") for name in names)
        for name in names:
            address = urlsplit(urljoin(SITE_URL + path, name))
            if f"{address.scheme}://{address.netloc}/" != urljoin(SITE_URL, "/"):
                assert address.scheme in {"http", "https", "mailto"}
                continue
            target = built.site / address.path.removeprefix("/all/")
            assert (target / "index.html").is_file() or target.is_file(), f"{path}: {name}"


@pytest.fixture
def reader(
    built: Built, context: BrowserContext, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[Page]:
    """Open a page whose complaints, and requests to others, fail the test."""
    complaints: list[str] = []
    with serve(built.site) as address:
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda r: (
                None if r.url.startswith((address, "data:", "blob:")) else complaints.append(r.url)
            ),
        )
        page.goto(f"{address}about/")
        yield page
    assert complaints == []


def test_search_finds_a_paper(reader: Page) -> None:
    reader.keyboard.press("/")
    expect(reader.locator("input:focus")).to_be_visible()
    reader.keyboard.type("attention is all you need", delay=20)
    if reader.locator(".pd-search-form").count():  # no box of results: the page of search has them
        reader.keyboard.press("Enter")
    result = reader.locator(f'a[href*="{PAPER}"]:visible').first
    expect(result).to_be_visible()
    result.click()
    expect(reader.locator("h1")).to_have_text("Attention Is All You Need")


def test_styles_and_scripts_work(reader: Page) -> None:
    before = reader.evaluate("getComputedStyle(document.body).backgroundColor")
    assert reader.evaluate("getComputedStyle(document.querySelector('.pd-nav')).display") == "flex"
    reader.locator(".pd-scheme").click()
    expect(reader.locator("html[data-scheme]")).to_be_attached()
    assert reader.evaluate("getComputedStyle(document.body).backgroundColor") != before
    reader.locator(".pd-help-button").click()
    expect(reader.locator("dialog.pd-help")).to_be_visible()


@pytest.mark.parametrize("built", [n for n in WANTED if n == "properdocs"], indirect=True)
def test_properdocs_builds_what_mkdocs_builds(built: Built, tmp_path: Path) -> None:
    """Byte for byte, with the same Material."""
    project = _project(tmp_path / "mkdocs", "material")
    other = build(ENGINES["material-newest"].commands, built.binaries, project)
    assert differing(built.site, other) == []


def _contents(soup: BeautifulSoup, name: str, attribute: str = "property") -> list[str]:
    tags: list[Tag] = soup.select(f'meta[{attribute}="{name}"]')
    return [str(tag["content"]) for tag in tags]
