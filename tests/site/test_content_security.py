"""No page runs, loads or asks more than its policy says, and no page of ours is hindered by it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from page_kinds import KINDS
from paper_digest.settings.page_directives import page_directives
from paper_digest.site.content_security import allow_added_script, secured_page
from paper_digest.site.page_elements import blocked_parts, script_hash
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from site_builds import change, command, fast, project_of

CLOSED = page_directives("", None, None, {})
FORMS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
LISTEN = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`stopped: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))"""


def listened(context: BrowserContext) -> tuple[Page, list[str]]:
    """Open a page; whatever it complains of, or its policy stops, is in the list."""
    page, complaints = context.new_page(), list[str]()
    page.add_init_script(LISTEN)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


# The rule, on text


def test_a_script_of_the_theme_runs_and_one_of_the_body_does_not() -> None:
    body = "<h1>A</h1><script>steal()</script>"
    html = f"<html><head><script>ours()</script></head><body>{body}</body></html>"
    page = secured_page(html, (body,), CLOSED)
    assert script_hash("ours()") in page
    assert script_hash("steal()") not in page
    # A copy of the theme's own script in a body is none of the theme's.
    twice = secured_page(html, (body, "<script>ours()</script>"), CLOSED)
    assert "sha256" not in twice


def test_hashes_follow_the_text_of_each_page_and_data_has_none() -> None:
    html = (
        '<head></head><script type="application/json">{}</script><script type="module">a</script>'
    )
    page = secured_page(html, (), CLOSED)
    assert re.findall(r"'sha256-[^']+'", page) == [script_hash("a")]
    assert page.startswith('<head><meta http-equiv="Content-Security-Policy"')


def test_a_hash_does_not_close_what_the_operator_opened() -> None:
    opened = page_directives("", None, None, {"script-src": ("'unsafe-inline'",)})
    assert "sha256" not in secured_page("<head></head><script>a</script>", (), opened)
    served = secured_page("<head></head><body></body>", (), opened).encode()
    changed = served.replace(b"</body>", b"<script>x</script></body>")
    assert b"sha256" not in allow_added_script(served, changed)


def test_what_other_directives_say_already_is_not_said_again() -> None:
    plain = secured_page("<head></head>", (), CLOSED)
    assert "worker-src" not in plain
    assert "manifest-src" not in plain
    link = '<link rel="manifest" href="manifest.webmanifest">'
    assert "manifest-src 'self'" in secured_page(f"<head>{link}</head>", (), CLOSED)
    opened = page_directives("", None, None, {"worker-src": ("blob:",)})
    assert "worker-src 'self' blob:" in secured_page("<head></head>", (), opened)


def test_without_a_policy_there_is_still_a_word_on_referrers() -> None:
    page = secured_page("<head></head>", (), page_directives("", None, None, csp=False))
    assert "Content-Security-Policy" not in page
    assert '<meta name="referrer"' in page


@pytest.mark.parametrize(
    ("html", "directive", "source"),
    [
        ("<script>a()</script>", "script-src", script_hash("a()")),
        ("<style>p{}</style>", "style-src", script_hash("p{}")),
        ("<p onclick='a()'>", "script-src", "'unsafe-inline'"),
        ("<p style='color:red'>", "style-src", "'unsafe-inline'"),
        ("<a href=' JavaScript:a()'>", "script-src", "'unsafe-inline'"),
        ("<script src='https://a.example/b.js'></script>", "script-src", "https://a.example"),
        ("<img src='https://a.example/b.png'>", "img-src", "https://a.example"),
        ("<iframe src='//a.example/b'>", "frame-src", "https://a.example"),
        ("<video src='b.mp4'>", "media-src", "'self'"),
        ("<form action='https://a.example/'>", "form-action", "https://a.example"),
        ("<link rel=stylesheet href=https://a.example/b.css>", "style-src", "https://a.example"),
    ],
)
def test_what_is_stopped_is_named_with_what_opens_it(
    html: str, directive: str, source: str
) -> None:
    [blocked] = blocked_parts(html, CLOSED)
    assert (blocked.directive, blocked.source) == (directive, source)
    assert not blocked_parts(html, page_directives("", None, None, {directive: (source,)}))


def test_what_is_not_stopped_is_not_named() -> None:
    html = '<img src="a.png"><img src="data:,"><a href="https://a.example">b</a><script src="a.js"></script>'
    assert not blocked_parts(html, CLOSED)


# Built pages


@pytest.mark.site
@pytest.mark.xdist_group("reading")
def test_every_page_has_the_policy_first_and_nothing_that_it_stops(reading: Path) -> None:
    pages = sorted(reading.rglob("*.html"))
    assert len(pages) > 500
    for path in pages:
        soup = BeautifulSoup(path.read_bytes(), "html.parser")
        assert soup.head, path
        first = next(soup.head.children)
        assert first["http-equiv"] == "Content-Security-Policy", path  # type: ignore[index]
        policy = str(first["content"])  # type: ignore[index]
        for script in soup.find_all("script", src=False):
            if script.get("type") not in {"application/json", "application/ld+json"}:
                assert script_hash(str(script.string)) in policy, path
        for element in soup.select("*"):
            attributes = element.attrs
            assert "style" not in attributes, path
            assert not [name for name in attributes if name.startswith("on")], path
        assert not soup.find_all("style"), path


@pytest.mark.browser
@pytest.mark.site
@pytest.mark.xdist_group("reading")
@pytest.mark.parametrize("form", FORMS)
def test_no_page_is_hindered(browser: Browser, address: str, form: str) -> None:
    context = browser.new_context(**FORMS[form])  # type: ignore[arg-type]
    page, complaints = listened(context)
    for kind in KINDS.values():
        page.goto(address + kind)
        page.wait_for_load_state("networkidle")
    assert complaints == []
    page.goto(address + KINDS["day"])
    page.wait_for_selector("[data-action=star]", state="attached")
    if form == "desktop":
        page.locator(".pd-list > ul > li").first.hover()
        page.keyboard.press("j")
        page.keyboard.press("s")
        page.goto(address + KINDS["starred"])
        with page.expect_download():
            page.click("[data-action=export]")
        page.keyboard.press("/")
        page.keyboard.type("looms that forget")
        expect(page.locator(".md-search-result__link").first).to_contain_text("Looms that")
        page.keyboard.press("Escape")
    assert complaints == []
    # The listener hears: what is stopped would have been told.
    page.evaluate("fetch('https://evil.example/').catch(() => 0)")
    page.evaluate("document.body.setAttribute('onclick', 'alert(1)')")
    page.evaluate(
        "document.body.append(Object.assign(new Image(), {src: 'https://evil.example/i'}))"
    )
    page.wait_for_timeout(300)
    said = " ".join(complaints)
    for directive in ("connect-src", "script-src-attr", "img-src"):
        assert f"stopped: {directive}" in said
    context.close()


@pytest.fixture(scope="module")
def services(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """Serve a small site with every service on, and sharded search."""
    project = project_of(tmp_path_factory.mktemp("services") / "project", "1[67]*/*.md")
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write(
            "\nsearch: sharded\nsubscribe: buttondown:papers\n"
            "comments: {repo: a/b, repo_id: R_x, category: Papers, category_id: D_x}\n"
            "analytics: {provider: plausible, id: papers.example}\n"
        )
    with serve(fast(project)) as url:
        yield url


@pytest.mark.browser
@pytest.mark.site
@pytest.mark.xdist_group("services")
def test_services_are_reached_and_nobody_else(browser: Browser, services: str) -> None:
    context = browser.new_context()
    page, complaints = listened(context)
    reached: list[str] = []

    def answer(route: Route) -> None:
        address = route.request.url
        reached.append(address)
        if address == "https://giscus.app/client.js":
            body = """const frame = document.createElement("iframe");
                frame.src = "https://giscus.app/en/widget"; frame.style.opacity = 0;
                const sheet = document.createElement("link"); sheet.rel = "stylesheet";
                sheet.href = "https://giscus.app/default.css"; document.head.prepend(sheet);
                document.querySelector(".giscus").append(frame);"""
        elif address.endswith(".js"):
            body = "fetch('https://plausible.io/api/event', {method: 'POST', body: '{}'})"
        else:
            body = ""
        kind = {"js": "text/javascript", "css": "text/css"}.get(address.rpartition(".")[2])
        headers = {"access-control-allow-origin": "*"}
        route.fulfill(body=body, content_type=kind or "text/html", headers=headers)

    context.route(lambda url: not url.startswith(services), answer)
    page.goto(f"{services}papers/1706.03762/")
    page.get_by_role("button", name="Show comments").click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{services}search/?q=attention")
    expect(page.locator(".pd-list li").first).to_contain_text("Attention Is All You Need")
    page.fill(".pd-subscribe [type=email]", "a@example.org")
    with context.expect_page() as sent:
        page.click(".pd-subscribe button")
    sent.value.wait_for_load_state()
    assert complaints == []
    hosts = {address.split("/")[2] for address in reached}
    assert hosts == {"giscus.app", "plausible.io", "buttondown.com"}
    assert "https://giscus.app/en/widget" in reached
    assert "https://plausible.io/api/event" in reached
    context.close()


# An operator's own pages


@pytest.mark.site
@pytest.mark.xdist_group("fast")
def test_an_operators_script_is_named_with_the_setting_that_opens_it(
    small: Path, tmp_path: Path
) -> None:
    own = shutil.copytree(small, tmp_path / "project", symlinks=True)
    script = "<script>document.title = 'mine'</script>"
    table = "\n\n| a | b |\n| --: | :-: |\n| 1 | 2 |\n"
    (own / "docs" / "mine.md").write_text(f"# Mine\n\n{script}{table}", "utf-8")
    build = command(own, "build", "--strict", quiet=False)
    said, _ = build.communicate()
    assert build.returncode == 1
    [line] = [line for line in said.splitlines() if "Content-Security-Policy" in line]
    source = script_hash("document.title = 'mine'")
    assert "WARNING -  mine.md: has an inline script, which" in line
    assert f'csp: {{script-src: ["{source}"]}}' in line
    change(own, "topics: default", f'topics: default\ncsp: {{script-src: ["{source}"]}}')
    page = (fast(own) / "mine" / "index.html").read_text("utf-8")
    assert source in page
    assert "style=" not in page
    change(own, f'csp: {{script-src: ["{source}"]}}', "csp: off")
    assert "Content-Security-Policy" not in (fast(own) / "mine" / "index.html").read_text("utf-8")


@pytest.mark.site
@pytest.mark.xdist_group("fast")
def test_a_note_with_a_script_is_named_in_every_build(small: Path, tmp_path: Path) -> None:
    own = shutil.copytree(small, tmp_path / "project", symlinks=True)
    notes = own / "docs" / "notes"
    notes.mkdir()
    (notes / "1706.03762.md").write_text("Look: <img src='https://a.example/b.png'>", "utf-8")
    for _ in range(2):
        build = command(own, "build", "--strict", quiet=False)
        said, _ = build.communicate()
        assert build.returncode == 1
        assert "docs/notes/1706.03762.md: has <img> from https://a.example/b.png, which" in said
