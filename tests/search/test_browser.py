"""Search in a real Chromium: Material's own box, and the search page, also on a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import paper_digest
import pytest
from paper_digest.search.bundle import page_scripts
from playwright.sync_api import Browser, Page, Route, expect
from search_documents import PAPERS
from search_site import write_site

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("search")]

SETTINGS = """
site_name: Archive
site_url: http://archive.test/
theme: {name: material, custom_dir: overrides}
plugins: [search]
"""
OVERRIDE = """{% extends "base.html" %}{% block config %}{{ super() }}<script>
{ const e = document.getElementById("__config"), c = JSON.parse(e.textContent);
  c.search = {{ "assets/search/worker.js" | url | tojson }}; e.textContent = JSON.stringify(c); }
</script>{% endblock %}"""
SEARCH_PAGE = """<!doctype html><meta name=viewport content="width=device-width">
<title>Search</title><body class=md-typeset><h1>Search</h1>
<link rel=stylesheet href="../assets/stylesheets/paper-list.css">
<link rel=stylesheet href="../assets/stylesheets/search-page.css">
<button class=pd-help-button hidden></button>
<div data-paper-search data-worker="../assets/search/worker.js" data-base=".."></div>
<script type=module src="../assets/search/search-page.js"></script>"""

PAPER = """<!doctype html><h1>{slug}</h1><code class=language-bibtex>@misc{{{slug},
}}</code><code class=language-ris>TY  - GEN
ID  - {slug}
ER  - </code>"""
ASSETS = Path(paper_digest.__file__).parent / "site/theme/assets"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with Material's box, the sharded index behind it, and a search page."""
    project = tmp_path_factory.mktemp("site")
    for name, text in {
        "mkdocs.yml": SETTINGS,
        "overrides/main.html": OVERRIDE,
        "docs/index.md": "# Welcome\n\nAn ordinary page.\n",
    }.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "--quiet", "build"]
    subprocess.run(
        command, cwd=project, check=True, capture_output=True, env={"NO_MKDOCS_2_WARNING": "1"}
    )
    site = project / "site"
    write_site(site / "assets" / "search", PAPERS, lookup="Lookup and memory", sound="Sound")
    for name, script in page_scripts().items():
        (site / "assets" / "search" / name).write_bytes(script)
    # Without the styles, passages that come late would move what a test is about to click.
    for kind in ("javascripts", "stylesheets"):
        shutil.copytree(ASSETS / kind, site / "assets" / kind, dirs_exist_ok=True)
    (site / "search").mkdir(exist_ok=True)
    (site / "search" / "index.html").write_text(SEARCH_PAGE, encoding="utf-8")
    for paper in PAPERS:
        citation = {"id": paper.slug, "title": paper.title}
        record = {"slug": paper.slug, "citation": citation, "abstract": paper.text}
        for path, text in (
            (f"papers/{paper.slug}/index.html", PAPER.format(slug=paper.slug)),
            (f"api/papers/{paper.slug}.json", json.dumps(record)),
        ):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def address(built: Path, serve: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    """The address of that site."""
    with serve(built) as base:
        yield base


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a phone's size, with nothing stored from another test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=address)
    yield context.new_page()
    context.close()


def fetched(page: Page) -> list[str]:
    """Names of the index files and scripts that were asked for so far."""
    names: list[str] = []
    page.context.on("request", lambda request: names.append(request.url.rsplit("/", 1)[1]))
    return names


def test_the_box_finds_a_misspelt_paper_by_keyboard(page: Page) -> None:
    names = fetched(page)
    page.set_viewport_size({"width": 1200, "height": 800})
    page.goto("/", wait_until="networkidle")
    assert not [name for name in names if name.endswith(".bin") or name.startswith("engine")]
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("flamngo")
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("The flamingo who counted")
    expect(first.locator("mark").first).to_have_text("flamingo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/2401.00008/")


def test_the_box_opens_with_an_address(page: Page) -> None:
    page.goto("/?q=welcome")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Welcome")


def test_the_box_never_runs_what_a_title_holds(page: Page) -> None:
    page.goto("/?q=knots")
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("Strings & <b>knots</b>")
    expect(first.locator("b")).to_have_count(0)


def test_the_search_page_filters_pages_and_shares(page: Page) -> None:
    page.goto("/search/")
    page.get_by_label("Search for").fill("river")
    page.keyboard.press("Enter")
    status = page.get_by_role("status")
    expect(status).to_contain_text("papers of")
    before = status.inner_text()
    page.get_by_role("link", name="Lookup and memory").click()
    expect(page).to_have_url(re.compile("topic=lookup"))
    # In between the status says that it searches; the focus goes to it once it says what was found.
    expect(status).to_be_focused()
    expect(status).to_contain_text("papers of")
    narrowed = status.inner_text()
    assert narrowed != before
    page.goto(page.url)
    expect(status).to_have_text(narrowed)
    page.go_back()
    expect(status).to_have_text(before)
    first = page.locator(".pd-list .pd-title").first.inner_text()
    pages = page.get_by_role("navigation", name="Pages of results")
    pages.get_by_role("link", name="2", exact=True).click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".pd-list .pd-title").first).not_to_have_text(first)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_large_counts_are_grouped_everywhere(page: Page) -> None:
    script = page_scripts()["search-page.js"].decode()
    counted = "filters.replaceChildren("
    assert counted in script
    more = f"counts.code = 13522; {counted}"
    page.route(
        "**/search-page.js",
        lambda route: route.fulfill(
            content_type="text/javascript", body=script.replace(counted, more)
        ),
    )
    page.goto("/search/?q=flamingo")
    expect(page.get_by_label("Filters")).to_contain_text("13,522")


def test_the_search_page_shows_the_passage_that_was_meant(page: Page) -> None:
    page.goto("/search/?q=kettles+slowly")
    passage = page.locator("[data-paper-search] .pd-blurb").first
    expect(passage).to_have_text("We boil water slowly.")
    expect(passage.locator("mark")).to_have_text("slowly")


def test_the_search_page_orders_by_date(page: Page) -> None:
    page.goto("/search/?q=river&order=date")
    expect(page.locator(".pd-list li")).to_have_count(20)
    dates = page.locator(".pd-list time").evaluate_all("(all) => all.map((t) => t.dateTime)")
    assert dates == sorted(dates, reverse=True)


def test_an_id_leads_straight_to_its_paper(page: Page) -> None:
    page.goto("/search/?q=arXiv:2503.02130v2", wait_until="commit")
    page.wait_for_url("**/papers/2503.02130/")


def test_an_id_that_is_not_here_is_told(page: Page) -> None:
    page.goto("/search/?q=2501.99999")
    expect(page.get_by_role("status")).to_contain_text("0 papers of")


def test_a_filter_that_no_paper_meets_is_named_with_the_nearest(page: Page) -> None:
    for address in ("/search/?q=flamingo+topic:soudn", "/search/?q=flamingo&topic=soudn"):
        page.goto(address)
        status = page.get_by_role("status")
        expect(status).to_contain_text("0 papers of")
        expect(status).to_contain_text("No paper has “topic:soudn”.")
        page.get_by_role("link", name="topic:sound", exact=True).click()
        expect(page).to_have_url(re.compile("topic(%3A|=)sound"))
        expect(status).not_to_contain_text("No paper has")


def test_searches_are_saved_in_the_browser(page: Page) -> None:
    page.goto("/search/?q=flamingo")
    page.get_by_role("button", name="Save this search").click()
    page.goto("/search/")
    page.get_by_role("link", name="flamingo", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("1 paper of")
    page.get_by_role("button", name="Forget flamingo").click()
    expect(page.get_by_role("link", name="flamingo", exact=True)).to_have_count(0)


def test_saving_a_search_says_how_it_went(page: Page) -> None:
    page.goto("/search/?q=flamingo")
    save = page.get_by_role("button", name=re.compile("Save this search|Saved|Failed"))
    save.click()
    expect(save).to_have_text("Saved")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    save.click()
    expect(save).to_have_text("Failed")


def test_the_focus_goes_on_where_a_saved_search_goes_away(page: Page) -> None:
    page.goto("/search/?q=flamingo")
    saved = [{"query": f"?q={word}", "name": word} for word in ("stork", "heron", "flamingo")]
    page.evaluate(
        "(saved) => localStorage.setItem('paper-digest-searches', saved)", json.dumps(saved)
    )
    page.reload()
    page.get_by_role("button", name="Forget heron").click()
    expect(page.get_by_role("button", name="Forget flamingo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Forget stork")).to_be_focused()


def test_what_is_typed_while_a_search_is_tried_again_stays(page: Page) -> None:
    page.route("**/*.bin", lambda route: route.abort())
    page.goto("/search/?q=flamingo")
    box = page.get_by_label("Search for")
    expect(page.get_by_role("status")).to_contain_text("tried again")
    box.fill("heron and sto")
    page.wait_for_timeout(6000)
    expect(box).to_have_value("heron and sto")


def test_an_export_pressed_twice_leaves_the_count(page: Page) -> None:
    page.goto("/search/?q=flamingo")
    status = page.get_by_role("status")
    expect(status).to_contain_text("1 paper of")
    counted = status.inner_text()
    button = page.get_by_role("button", name="CSL-JSON", exact=True)

    def answer(route: Route) -> None:
        button.evaluate("(button) => button.click()")  # while the first file is being made
        page.unroute("**/api/papers/*")
        route.continue_()

    page.route("**/api/papers/*", answer)
    with page.expect_download():
        button.click()
    page.wait_for_timeout(500)
    expect(status).to_have_text(counted)


def test_a_saved_search_is_named_by_all_that_was_asked(page: Page) -> None:
    page.goto("/search/?q=flamingo&topic=lookup&year=2024")
    page.get_by_role("button", name="Save this search").click()
    name = "flamingo, Lookup and memory, 2024"
    expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)
    expect(page).to_have_title(re.compile(f"^{name} - "))


@pytest.mark.parametrize(
    ("button", "holds"),
    [
        ("CSL-JSON", '"id": "2401.00008"'),
        ("BibTeX", "@misc{2401.00008,"),
        ("RIS", "ID  - 2401.00008"),
    ],
)
def test_results_are_exported(page: Page, button: str, holds: str) -> None:
    page.goto("/search/?q=flamingo")
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    assert holds in Path(download.value.path()).read_text(encoding="utf-8")


def test_an_export_says_what_it_leaves_out(page: Page) -> None:
    script = page_scripts()["search-page.js"].decode()
    assert "MAX_EXPORTED = 1000;" in script
    page.route(
        "**/search-page.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=script.replace("MAX_EXPORTED = 1000;", "MAX_EXPORTED = 3;"),
        ),
    )
    page.goto("/search/?q=river")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSL-JSON", exact=True).click()
    assert len(json.loads(Path(download.value.path()).read_text(encoding="utf-8"))) == 3
    expect(page.get_by_role("status")).to_contain_text("Saved: the first 3 of ")


def test_a_cut_network_is_told_and_got_over(page: Page) -> None:
    page.goto("/search/?q=flamingo")
    status = page.get_by_role("status")
    expect(status).to_contain_text("1 paper of")
    page.context.set_offline(True)
    page.get_by_label("Search for").fill("zzyzx pebbles")
    page.keyboard.press("Enter")
    expect(status).to_contain_text("could not be loaded")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(status).to_contain_text("No paper has “zzyzx”")


def test_the_box_asks_again_once_there_is_a_connection(page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 800})
    page.goto("/")
    page.keyboard.press("/")
    first = page.locator(".md-search-result__item").first
    page.keyboard.type("flamingo")
    expect(first).to_contain_text("The flamingo who counted")
    page.context.set_offline(True)
    page.locator(".md-search__input").evaluate(
        "box => { box.value = 'zzyzx pebbles'; box.dispatchEvent(new KeyboardEvent('keyup')); }"
    )
    expect(first).to_contain_text("could not be loaded")
    page.context.set_offline(False)
    expect(first.locator("mark").first).to_have_text(re.compile("pebble"))
