"""Services an operator may switch on: off by default, told to the reader, and inert until asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError
from paper_digest.settings import services
from paper_digest.settings.config import Config, load_config
from paper_digest.settings.services import Analytics, Comments, parse_mailbox, parse_subscription
from paper_digest.text.language import gettext, ngettext
from paths import THEME
from playwright.sync_api import Browser

PARTIALS = THEME / "partials"
LIST = "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"
GISCUS = Comments("example/papers", "R_kgDOExample", 'Talk "about" <papers>', "DIC_kwDOExample4C")


def rendered(name: str, config: Config, base: str = "../..") -> BeautifulSoup:
    """Render a partial as MkDocs does, without autoescape."""
    loader = jinja2.FileSystemLoader(PARTIALS)
    environment = jinja2.Environment(loader=loader, undefined=jinja2.Undefined)  # noqa: S701 - as MkDocs
    environment.filters["url"] = lambda path: f"{base}/{path}"
    environment.globals.update(gettext=gettext, ngettext=ngettext)
    values = services.services_context(config.subscribe, config.comments, config.analytics)
    extra: dict[str, Any] = {"services": values} if values else {}
    html = environment.get_template(name).render(
        config={"extra": extra, "theme": {"language": "en"}},
        page={"meta": {"kind": "paper"}},
        base_url=base,
    )
    return BeautifulSoup(html, "html.parser")


def test_all_is_off_until_it_is_set() -> None:
    config = Config(title="Papers")
    assert services.services_context(config.subscribe, config.comments, config.analytics) == {}
    assert rendered("comments.html", config).get_text(strip=True) == ""
    assert rendered("analytics.html", config).get_text(strip=True) == ""
    page = rendered("subscribe.html", config)
    assert [a["href"] for a in page("a")] == ["../../feeds/all.atom", "../../feeds/all.json"]
    assert not page(["script", "form", "iframe", "img"])


@pytest.mark.parametrize(
    ("setting", "address", "fields"),
    [
        (
            "buttondown:papers",
            "https://buttondown.com/api/emails/embed-subscribe/papers",
            {"embed": "1"},
        ),
        (
            f"listmonk:https://lists.example.org/#{LIST}",
            "https://lists.example.org/subscription/form",
            {"nonce": "", "l": LIST},
        ),
    ],
)
def test_a_known_service_has_a_form(setting: str, address: str, fields: dict[str, str]) -> None:
    page = rendered("subscribe.html", Config(title="Papers", subscribe=setting))
    form = page.form
    assert form
    assert (form["action"], form["method"]) == (address, "post")
    hidden = {i["name"]: i["value"] for i in form("input", type="hidden")}
    assert hidden == fields
    field = form.find("input", type="email")
    assert field
    assert field["name"] == "email"
    assert field.find_parent("label")
    found = parse_subscription(setting)
    assert found
    assert f"goes to {found.service}" in page.get_text()


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("https://example.org/join?list=papers&x=1", "https://example.org/join?list=papers&x=1"),
        ("mailto:papers-join@lists.example.org", "mailto:papers-join@lists.example.org"),
        ("listmonk:https://lists.example.org", "https://lists.example.org/subscription/form"),
    ],
)
def test_any_other_is_linked(setting: str, address: str) -> None:
    page = rendered("subscribe.html", Config(title="Papers", subscribe=setting))
    assert page.a
    assert page.a["href"] == address
    assert page.form is None


@pytest.mark.parametrize(
    "setting",
    ["buttondown:", "buttondown:a/b", "listmonk:lists", "listmonk:https://a.org#x", "javascript:alert(1)",
     "mailto:a@b.org,c@d.org", "papers", 'https://a.org/"onclick="x', "mailto:"],
)  # fmt: skip
def test_what_names_no_service_is_told(tmp_path: Path, setting: str) -> None:
    config = msgspec.json.encode({"title": "Papers", "subscribe": setting})
    (tmp_path / "archive.yml").write_bytes(config)
    with pytest.raises(ConfigError, match=r"archive.yml:1: subscribe names no service.*buttondown"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("comments: {repo: papers, repo_id: a, category: b, category_id: c}", "write OWNER/NAME"),
        ("comments: {repo: a/b, repo_id: 'a b', category: b, category_id: c}", "comments.repo_id"),
        ("comments: {repo: a/b}", "lacks repo_id:"),
        ("analytics: {provider: google, id: x}", "cannot be 'google'"),
        ("analytics: {provider: plausible, id: '<x>'}", "analytics.id is no name"),
        ("analytics: {provider: umami, id: x, script: x.js}", "analytics.script is no web address"),
    ],
)
def test_wrong_settings_are_told_with_their_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "archive.yml").write_text(f"title: Papers\n{text}\n", "utf-8")
    with pytest.raises(ConfigError, match=rf"archive.yml:2: .*{said}"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("analytics", "script", "attribute", "service"),
    [
        (
            Analytics("plausible", "papers.example.org"),
            "https://plausible.io/js/script.js",
            ("data-domain", "papers.example.org"),
            "plausible.io",
        ),
        (
            Analytics("goatcounter", "papers"),
            "https://gc.zgo.at/count.js",
            ("data-goatcounter", "https://papers.goatcounter.com/count"),
            "papers.goatcounter.com",
        ),
        (
            Analytics("umami", LIST, "https://stats.example.org/script.js"),
            "https://stats.example.org/script.js",
            ("data-website-id", LIST),
            "stats.example.org",
        ),
    ],
)
def test_counting_visits_is_told_on_the_page(
    analytics: Analytics, script: str, attribute: tuple[str, str], service: str
) -> None:
    page = rendered("analytics.html", Config(title="Papers", analytics=analytics))
    assert page.script
    assert page.script["src"] == script
    assert page.script[attribute[0]] == attribute[1]
    assert page.p
    assert page.p.get_text() == f"Visits to this site are counted by {service}."


def test_without_javascript_comments_are_a_link() -> None:
    page = rendered("comments.html", Config(title="Papers", comments=GISCUS))
    section = page.section
    assert section
    assert section["data-category"] == GISCUS.category
    assert section.a
    assert section.a["href"] == "https://github.com/example/papers/discussions"


@pytest.mark.browser
def test_comments_ask_nobody_before_the_reader_does(browser: Browser) -> None:
    html = str(rendered("comments.html", Config(title="Papers", comments=GISCUS)))
    asked: list[str] = []
    page = browser.new_page()

    def answer(route: Any) -> None:  # noqa: ANN401 - playwright does not export its type
        asked.append(route.request.url)
        if route.request.url.startswith("https://papers.example.org/"):
            route.fulfill(body=f"<!DOCTYPE html>{html}", content_type="text/html")
        else:
            route.fulfill(body="", content_type="text/javascript", headers=CORS)

    page.route("**/*", answer)
    here = "https://papers.example.org/archive/papers/2511.01234/"
    page.goto(here, wait_until="networkidle")
    assert [url for url in asked if "favicon" not in url] == [here]
    with page.expect_request("https://giscus.app/client.js"):
        page.get_by_role("button", name="Show comments").click()
    data = page.eval_on_selector("script[src]", "script => ({...script.dataset})")
    page.close()
    assert data["term"] == "papers/2511.01234"
    assert data["mapping"] == "specific"
    assert data["repo"] == GISCUS.repo
    assert data["repoId"] == GISCUS.repo_id
    assert data["category"] == GISCUS.category
    assert data["categoryId"] == GISCUS.category_id


CORS = {"Access-Control-Allow-Origin": "*"}


@given(st.text(max_size=40))
def test_no_text_makes_an_address_of_more_than_one_line_or_person(text: str) -> None:
    for written in (
        text,
        f"{text} <a@example.org>",
        f"{text}@example.org",
        f'"{text}" <a@example.org>',
    ):
        found = parse_mailbox(written)
        if found:
            assert found[1].count("@") == 1
            assert found[1].isascii()
            assert found[1].isprintable()
            assert " " not in found[1]
            assert "\n" not in "".join(found)
            assert "\r" not in "".join(found)
