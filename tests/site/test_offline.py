"""Reading without a connection: the newest lists and starred papers of one build, never of two."""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from paper_digest.site.offline import kept_paths, service_worker
from playwright.sync_api import BrowserContext, Error, Page, expect
from site_builds import fast

pytestmark = [pytest.mark.browser, pytest.mark.site]

ROWS = ".pd-list > ul > li"
MAX_TRIES = 300  # of a tenth of a second


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a worker asks for all its files at once


class Host:
    """A server whose folder can be replaced, and taken away as a tunnel takes a connection."""

    def __init__(self, folder: Path) -> None:
        self.folder: Path | None = folder
        self.answers = threading.Event()  # while it is not set, requests wait
        self.answers.set()
        outer = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answers.wait()
                if outer.folder is None:
                    self.close_connection = True
                    return
                self.directory = str(outer.folder)
                super().do_GET()

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.http = _Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.http.server_port}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def host(own: Path, tmp_path: Path) -> Iterator[Host]:
    """Serve a site that can be read offline; a second build of another title lies beside it."""
    settings = own / "archive.yml"
    text = settings.read_text("utf-8") + "\noffline: true\n"
    for name in ("First build", "Second build"):
        settings.write_text(
            re.sub(r"^title:.*", f"title: {name}", text, flags=re.MULTILINE), "utf-8"
        )
        shutil.copytree(fast(own), tmp_path / name)
    host = Host(tmp_path / "First build")
    yield host
    host.answers.set()
    host.http.shutdown()
    host.http.server_close()


def _until(page: Page, condition: str) -> None:
    """Wait until a condition holds; the pages' policy lets Playwright's own way evaluate nothing."""
    for _ in range(MAX_TRIES):
        if page.evaluate(f"(async () => Boolean(await ({condition})))()"):
            return
        page.wait_for_timeout(100)
    pytest.fail(condition)


def _cached(page: Page) -> dict[str, str]:
    """Return the text of all that is kept, by path."""
    found: list[list[str]] = page.evaluate(
        """async () => {
          const all = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              all.push([new URL(request.url).pathname.slice(1), await (await cache.match(request)).text()]);
            }
          }
          return all;
        }"""
    )
    return {path: text for path, text in found if not path.startswith("offline-clients/")}


@pytest.mark.parametrize(("newest", "kept"), [("2026-11-30", "2026-11-30"), ("", "2027-03-01")])
def test_the_day_that_is_kept_has_come(newest: str, kept: str) -> None:
    days = [f"dates/{day}/index.html" for day in ("2026-11-28", "2026-11-30", "2027-03-01")]
    assert [*kept_paths(days, newest)] == [f"dates/{kept}/index.html"]
    index = json.dumps({"newest_day": newest, "dates": {}}).encode()
    files = {**dict.fromkeys(days, b""), "api/index.json": index}
    assert f'"dates/{kept}/"'.encode() in service_worker(files.keys(), files.__getitem__)


def test_lists_and_stars_are_read_without_a_connection_and_builds_never_mix(
    context: BrowserContext, host: Host, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(host.url)
    _until(page, "Boolean(navigator.serviceWorker.controller)")
    row = page.locator(ROWS).first
    slug = str(row.locator(".pd-title a").get_attribute("href")).split("/")[-2]
    row.locator("[data-action=star]").click()
    _until(page, f"caches.match(new URL('/papers/{slug}/', location.origin))")

    host.folder = None
    page.reload()
    expect(row.locator("[data-action=star]")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{host.url}starred/")
    page.locator("#star + .pd-list a").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".pd-user-marks [data-action=star]")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.goto(f"{host.url}status/")
    expect(page.locator("h1")).to_have_text("No connection")

    _search_in_vain(page, host)

    host.folder = tmp_path / "First build"
    host.answers.clear()  # connected, and nothing comes
    page.goto(f"{host.url}starred/")
    expect(page.locator("#star + .pd-list a")).to_be_visible()
    host.answers.set()

    # A host half-way between two builds: nothing of it is kept.
    mixed = shutil.copytree(tmp_path / "Second build", tmp_path / "mixed")
    (mixed / "assets/javascripts/rows.js").write_text("// of another build\n", "utf-8")
    host.folder = mixed
    page.goto(host.url)
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update().catch(() => 0))")
    _until(
        page,
        "navigator.serviceWorker.ready.then(({ installing, waiting }) => !installing && !waiting)",
    )
    host.folder = None
    page.reload()
    expect(page).to_have_title("First build")
    assert set(_builds(_cached(page).values())) == {"First build"}

    host.folder = tmp_path / "Second build"
    page.goto(host.url)
    page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    _until(page, "navigator.serviceWorker.ready.then(({ waiting }) => Boolean(waiting))")
    page.goto("about:blank")
    page.goto(host.url)
    _until(page, "caches.keys().then((names) => names.length === 1)")
    host.folder = None
    page.goto(f"{host.url}papers/{slug}/")
    expect(page).to_have_title(re.compile("Second build$"))
    texts = _cached(page)
    assert set(_builds(texts.values())) == {"Second build"}
    worker = (tmp_path / "Second build" / "sw.js").read_text("utf-8")
    files = json.loads(re.findall(r"const BUILD = (\{.*\});", worker)[0])["files"]
    assert set(files) <= set(texts)
    for path in (path for path in files if path.endswith((".js", ".css", ".json"))):
        assert hashlib.sha256(texts[path].encode()).hexdigest() == files[path], path


def test_the_pages_of_a_site_below_are_none_of_the_workers(
    context: BrowserContext, host: Host, tmp_path: Path
) -> None:
    """A volume, or another archive, on the same origin: without a connection the browser says so itself."""
    inner = tmp_path / "First build" / "papers of 2024" / "papers"
    inner.mkdir(parents=True)
    (inner / "index.html").write_text("<title>Another</title>", "utf-8")
    page = context.new_page()
    page.goto(host.url)
    _until(page, "Boolean(navigator.serviceWorker.controller)")
    for path in ("papers%20of%202024/papers/", "papersof/", "nothing"):
        answer = page.goto(host.url + path)
        assert answer
        assert not answer.from_service_worker, path
    for path in ("", "?x=1", "index.html", "papers/", "dates/#x", "dates/nothing/", "search/?q=x"):
        answer = page.goto(host.url + path)
        assert answer
        assert answer.from_service_worker, path
    host.folder = None
    # In a page of its own: the browser's own page of an error comes after the error.
    with pytest.raises(Error, match="ERR_"):
        context.new_page().goto(f"{host.url}papers%20of%202024/papers/")
    page.goto(f"{host.url}papers/")
    expect(page.locator("h1")).to_have_text("No connection")


def _search_in_vain(page: Page, host: Host) -> None:
    """Ask the box without a connection: what Material counts is the line that says so."""
    page.goto(host.url)
    page.keyboard.press("/")
    page.keyboard.type("attention")
    expect(page.locator(".md-search-result__meta")).to_contain_text("could not be loaded")


def _builds(texts: Iterable[str]) -> list[str]:
    """Name the builds that pages among some texts are of."""
    return [
        name
        for text in texts
        for name in re.findall(r"<title>(?:.* - )?(First build|Second build)</title>", text)
    ]
