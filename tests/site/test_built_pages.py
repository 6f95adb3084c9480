"""The built site: every link leads somewhere, search finds papers, and no text acts."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Author, Digest, Link, Paper, Sighting
from paper_digest.store.files import Store
from paths import SAMPLE
from playwright.sync_api import Browser, Locator, Page, expect
from temporary_project import build_site, digest, new_project

pytestmark = pytest.mark.site

#: Tests of one built site run in one process, or it would be built in each.
OF_THE_READERS_SITE = pytest.mark.xdist_group("reading")
OF_THE_HOSTILE_SITE = pytest.mark.xdist_group("hostile")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def search_for(page: Page, words: str) -> Locator:
    """Type into the search box as a reader does; gives the links of what is found."""
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type(words)
    return page.locator(".md-search-result__link")


def texts(site: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*.html")):
        yield str(path.relative_to(site)).removesuffix("index.html"), path.read_text("utf-8")


def soups(site: Path) -> Iterator[tuple[str, BeautifulSoup]]:
    for where, text in texts(site):
        yield where, BeautifulSoup(text, "html.parser")


class Links(HTMLParser):
    """Collects a page's addresses and the places in it, without making a tree of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag leads to, and its id."""
        found = dict(attrs)
        self.ids.add(found.get("id") or "")
        address = found.get("href") or found.get("src")
        if address and tag in {"a", "link", "script", "img"} and found.get("rel") != "preconnect":
            self.addresses.append(address)


def dead_links(site: Path) -> list[str]:
    """Follow every internal link, fragment included."""
    pages = {where: Links(text) for where, text in texts(site)}
    ids = {where: page.ids for where, page in pages.items()}
    dead = []
    for where, page in pages.items():
        base = "https://site.example/" + ("" if where == "404.html" else where)
        for address in page.addresses:
            target = urlsplit(urljoin(base, address))
            if target.netloc != "site.example" or target.scheme not in {"http", "https"}:
                continue
            path = unquote(target.path).lstrip("/")
            file = site / path / "index.html" if path.endswith("/") or not path else site / path
            if not file.is_file():
                dead.append(f"{where}: {address}")
            elif target.fragment and path in ids and unquote(target.fragment) not in ids[path]:
                dead.append(f"{where}: {address} (no such place on the page)")
    return dead


@OF_THE_READERS_SITE
def test_every_internal_link_leads_somewhere(reading: Path) -> None:
    assert dead_links(reading) == []


@OF_THE_READERS_SITE
def test_every_paper_of_the_bundled_archive_has_its_page(reading: Path) -> None:
    for paper in Store(SAMPLE / "archive").read_all():
        page = (reading / "papers" / paper.slug / "index.html").read_text("utf-8")
        soup = BeautifulSoup(page, "html.parser", parse_only=SoupStrainer("article"))
        assert paper.authors[0].name in soup.get_text()
        assert soup.find("h1")


@OF_THE_READERS_SITE
def test_a_reader_searches_for_a_title_and_opens_the_paper(reader: Page, address: str) -> None:
    reader.goto(address)
    hit = search_for(reader, "Attention Is All You Need").first
    expect(hit).to_contain_text("Attention Is All You Need")
    hit.click()
    reader.wait_for_url("**/papers/1706.03762/**")
    expect(reader.locator("h1")).to_contain_text("Attention Is All You Need")


def test_the_saved_pages_make_a_strict_site_that_search_knows(
    seeds: Path, tmp_path: Path, serve: Callable[[Path], AbstractContextManager[str]], page: Page
) -> None:
    place = new_project(tmp_path / "seeds")
    first = digest(place, "ingest", "text", str(seeds))
    assert first.stdout.startswith("216 papers: 230 entries, 216 new")
    again = digest(place, "ingest", "text", str(seeds))
    assert again.stdout.startswith("216 papers: 230 entries, 0 new, 0 changed")
    site = build_site(place)
    assert dead_links(site) == []
    with serve(site) as address:
        page.goto(address)
        hits = search_for(page, "Gated Linear Attention")
        expect(hits.filter(has_text="Hardware-Efficient Training").first).to_be_visible()


HOSTILE = [
    "<script>document.title='owned'</script>",
    "{{ config }} {% include 'main.html' %} {# gone #}",
    '--8<-- "mkdocs.yml"',
    "[click](javascript:document.title='owned')",
    '"><img src=x onerror="document.title=\'owned\'">',
    "</title></script><svg onload=\"document.title='owned'\">",
    "---\ntitle: broken\n---",
    "# heading *star* _under_ `tick` | pipe ~~~ $x$ $",
    "שלום עולם right to left \u202e override",
    "emoji 🧪 and control \x07\x1b[31m",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of papers whose every text is hostile."""
    place = new_project(tmp_path_factory.mktemp("hostile"))
    config = (place / "archive.yml").read_text("utf-8")
    (place / "archive.yml").write_text(config, "utf-8")
    papers = []
    for number, words in enumerate(HOSTILE):
        line = " ".join(words.split())
        papers.append(
            attribute_fields(
                Paper(
                    id=f"arxiv:2503.{number:05}",
                    title=f"Language model {line}",
                    authors=(Author(line), Author("Ada")),
                    published="2025-03-04",
                    categories=(line, "cs.CL"),
                    comment=line,
                    venue=line,
                    withdrawn=line,
                    keywords=(line,),
                    organisation=line,
                    digest=Digest(words, by=line, at="2025-03-05"),
                    links=(
                        Link("code", "https://github.com/a/b", title=line),
                        Link("other", "javascript:alert(1)"),
                    ),
                    sightings=(
                        Sighting("huggingface", line, "2025-03-04", upvotes=3, submitted_by=line),
                    ),
                    abstract=f"{words}\n\n    {words}",
                ),
                "arxiv",
                "2025-03-05",
            )
        )
    many = tuple(
        Author(f"Author Number{n} {HOSTILE[n % len(HOSTILE)]}".split("\n")[0]) for n in range(3000)
    )
    papers.append(
        attribute_fields(
            Paper(id="arxiv:2503.09999", title="Many authors", authors=many), "arxiv", ""
        )
    )
    store = Store(place / "archive")
    with store.lock():
        store.write(papers)
    return build_site(place)


@OF_THE_HOSTILE_SITE
def test_hostile_text_is_inert_on_every_page(
    hostile: Path, serve: Callable[[Path], AbstractContextManager[str]], page: Page
) -> None:
    allowed = {
        "github.com", "arxiv.org", "doi.org", "squidfunk.github.io", "citationstyles.org",
        "signposting.org", "schema.org",
    }  # fmt: skip
    shown = {}
    for where, soup in soups(hostile):
        for tag in soup.find_all():
            handlers = [a for a in tag.attrs if a.startswith("on")]
            assert not handlers, f"{where}: {tag.name} has {handlers}"
            address = str(tag.get("href") or tag.get("src") or "")
            assert not address.lower().startswith(("javascript:", "data:text")), (
                f"{where}: {address}"
            )
            host = urlsplit(address).netloc
            assert not host or host in allowed or "://" not in address, f"{where}: {address}"
        shown[where] = soup.get_text()
        assert "docs_dir" not in shown[where], f"{where}: a file or the settings were included"
    # The words themselves are shown.
    for number, words in enumerate(HOSTILE[:3]):
        assert words in shown[f"papers/2503.{number:05}/"]
    with serve(hostile) as address:
        for where in (
            "",
            "papers/2503.00000/",
            "papers/2503.00004/",
            "papers/2503.00005/",
            "dates/2025-03-04/",
            "topics/language-models/",
        ):
            page.goto(address + where, wait_until="networkidle")
            assert page.title() != "owned"


@OF_THE_HOSTILE_SITE
def test_hostile_text_is_inert_in_search_results(
    hostile: Path, serve: Callable[[Path], AbstractContextManager[str]], page: Page
) -> None:
    with serve(hostile) as address:
        page.goto(address)
        expect(search_for(page, "language model").filter(has_text="owned").first).to_be_visible()
        acting = ".md-search-result :is(img, script, svg[onload])"
        expect(page.locator(acting)).to_have_count(0)
        assert page.title() != "owned"


@OF_THE_HOSTILE_SITE
def test_three_thousand_authors_are_all_there_and_folded(hostile: Path) -> None:
    soup = BeautifulSoup(
        (hostile / "papers/2503.09999/index.html").read_text("utf-8"), "html.parser"
    )
    assert "Author Number2999" in html.unescape(soup.get_text())
    folded = soup.find("details", class_="pd-details")
    assert folded is not None
    summary = folded.find("summary")
    assert summary is not None
    assert re.search(r"2,975 more authors", summary.get_text())
