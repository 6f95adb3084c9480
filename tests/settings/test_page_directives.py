"""What a policy opens: exactly the hosts of the services that are set, and what the operator lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.settings.page_directives import (
    OPENABLE,
    Directives,
    csp_problems,
    page_directives,
)
from paper_digest.settings.services import Analytics, Comments

COMMENTS = Comments("a/b", "R_x", "Papers", "D_x")
CLOSED = page_directives("", None, None, {})


def opened(directives: Directives) -> Directives:
    """Return what directives allow beyond those of a site without services."""
    more = {
        name: tuple(one for one in sources if one not in CLOSED.get(name, ()))
        for name, sources in directives.items()
    }
    return {name: sources for name, sources in more.items() if sources}


def test_a_site_without_services_may_ask_nobody_else() -> None:
    assert CLOSED == {
        "default-src": ("'none'",),
        "script-src": ("'self'",),
        "style-src": ("'self'",),
        "img-src": ("'self'", "data:"),
        "connect-src": ("'self'",),
        "worker-src": ("'self'",),
        "manifest-src": ("'self'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
    }


GISCUS = ("https://giscus.app",)
BUTTONDOWN = {"form-action": ("https://buttondown.com",)}
LIST = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ({"comments": COMMENTS}, {"script-src": GISCUS, "style-src": GISCUS, "frame-src": GISCUS}),
        ({"subscribe": "buttondown:papers"}, BUTTONDOWN),
        (
            {"subscribe": f"listmonk:https://lists.example:8443/x#{LIST}"},
            {"form-action": ("https://lists.example:8443",)},
        ),
        ({"subscribe": "listmonk:https://lists.example"}, {}),
        ({"subscribe": "mailto:papers-join@example.org"}, {}),
        ({"subscribe": "https://lists.example/join"}, {}),
        (
            {"analytics": Analytics("plausible", "papers.example")},
            {"script-src": ("https://plausible.io",), "connect-src": ("https://plausible.io",)},
        ),
        (
            {"analytics": Analytics("goatcounter", "papers")},
            {
                "script-src": ("https://gc.zgo.at",),
                "connect-src": ("https://papers.goatcounter.com",),
                "img-src": ("https://papers.goatcounter.com",),
            },
        ),
        (
            {"analytics": Analytics("umami", "a", script="https://own.example/u.js")},
            {"script-src": ("https://own.example",), "connect-src": ("https://own.example",)},
        ),
        (
            {"analytics": Analytics("umami", "a")},
            {
                "script-src": ("https://cloud.umami.is",),
                "connect-src": ("https://api-gateway.umami.dev",),
            },
        ),
        ({"csp": {"font-src": ("'self'",)}}, {"font-src": ("'self'",)}),
    ],
)
def test_each_service_opens_its_own_hosts(services: dict[str, Any], expected: Directives) -> None:
    known: dict[str, Any] = {"subscribe": "", "comments": None, "analytics": None, "csp": {}}
    assert opened(page_directives(**(known | services))) == expected


def test_none_stands_beside_nothing_else() -> None:
    directives = page_directives("", None, None, {"default-src": ("https://a.example",)})
    assert directives["default-src"] == ("https://a.example",)


@given(st.text(max_size=40))
def test_no_source_ends_its_directive_or_its_attribute(text: str) -> None:
    if not list(csp_problems({"img-src": (text,)})):
        assert not set(text) & set(';,"<>& \n\t\r')


@given(st.text(max_size=20).filter(lambda name: name not in OPENABLE))
def test_a_directive_that_a_page_cannot_open_is_refused(name: str) -> None:
    assert list(csp_problems({name: ("'self'",)}))


@pytest.mark.parametrize(
    "source",
    [
        "https://a.example",
        "*.a.example",
        "https://a.example:8443/x/y.js",
        "'unsafe-inline'",
        "data:",
        "'sha256-2gBlGJir3klc/u/w+j0/vFMx1tyLJ70/H8gQJva1Ysk='",
    ],
)
def test_sources_as_browsers_know_them_are_taken(source: str) -> None:
    assert not list(csp_problems({"script-src": (source,)}))
