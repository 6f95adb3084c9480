"""What pages may load, run and ask: the directives of their Content-Security-Policy (W3C CSP Level 3).

All is closed but the site itself. A service of ``archive.yml`` opens its own host, and ``csp``
what an operator's own pages or templates need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.settings.services import Analytics, Comments, analytics_site, parse_subscription

Directives = dict[str, tuple[str, ...]]
#: The setting ``csp``: sources by directive, or ``false`` (which YAML also writes ``off``) for none.
CspSetting = dict[str, tuple[str, ...]] | bool

_SELF = ("'self'",)
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": _SELF,
    "style-src": _SELF,
    "img-src": ("'self'", "data:"),
    "connect-src": _SELF,
    "worker-src": _SELF,
    "manifest-src": _SELF,
    "base-uri": ("'none'",),
    "form-action": _SELF,
}
#: What ``csp`` may open; frame-ancestors and sandbox are ignored in a meta element (CSP, 3.3).
OPENABLE = (*_CLOSED, "child-src", "font-src", "frame-src", "media-src", "object-src")

_GISCUS = "https://giscus.app"
#: The script of Umami's cloud reports to another host than its own.
_UMAMI_REPORTS = {"https://cloud.umami.is": ("https://api-gateway.umami.dev",)}

_HASH = late_pattern(r"'sha(?:256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}'\Z")
_KEYWORDS = frozenset(
    {"'self'", "'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "'wasm-unsafe-eval'"}
)
_SCHEMES = frozenset({"https:", "data:", "blob:"})
_HOST = late_pattern(
    r"(?:https?://)?(?:\*\.)?[A-Za-z0-9.-]{1,253}(?::\d{1,5})?(?:/[\w./~-]{0,500})?\Z", re.ASCII
)


def page_directives(
    subscribe: str, comments: Comments | None, analytics: Analytics | None, csp: CspSetting
) -> Directives:
    """Return the directives of a site, each with its sources; none where ``csp`` is off."""
    if isinstance(csp, bool):
        return {}
    directives = dict(_CLOSED)
    for directive, source in (
        *_comments_sources(comments),
        *_analytics_sources(analytics),
        *_subscribe_sources(subscribe),
        *((name, source) for name, sources in csp.items() for source in sources),
    ):
        before = tuple(one for one in directives.get(directive, ()) if one != "'none'")
        if source not in before:
            directives[directive] = (*before, source)
    return directives


def csp_problems(csp: CspSetting) -> Iterator[Problem]:
    """Find what the type of the setting ``csp`` cannot refuse."""
    if csp is True:
        yield Problem("csp", "is always on", cure="leave it out, or write csp: off")
    if isinstance(csp, bool):
        return
    for name, sources in csp.items():
        if name not in OPENABLE:
            cure = f"write one of {', '.join(OPENABLE)}"
            yield Problem("csp", f"names no directive that a page can open: {name!r}", cure=cure)
        for source in sources:
            if not _is_source(source):
                cure = "write https://host.example, 'sha256-...' or a keyword in single quotes"
                yield Problem(
                    "csp", f"has a source that is none under {name}: {source!r}", cure=cure
                )


def _is_source(text: str) -> bool:
    named = text in _KEYWORDS or text in _SCHEMES
    return named or bool(_HASH.match(text)) or ("." in text and bool(_HOST.match(text)))


def _comments_sources(comments: Comments | None) -> Iterator[tuple[str, str]]:
    """Name what giscus needs: its script, its style sheet and its frame."""
    if comments:
        for directive in ("script-src", "style-src", "frame-src"):
            yield directive, _GISCUS


def _analytics_sources(analytics: Analytics | None) -> Iterator[tuple[str, str]]:
    """Name where the counting script comes from and where it reports, by request or by image."""
    if not analytics:
        return
    script = _origin(analytics.script_address)
    yield "script-src", script
    site = analytics_site(analytics)
    reports = (
        (_origin(site),) if site.startswith("https:") else _UMAMI_REPORTS.get(script, (script,))
    )
    for report in reports:
        yield "connect-src", report
        if analytics.provider == "goatcounter":
            yield "img-src", report


def _subscribe_sources(subscribe: str) -> Iterator[tuple[str, str]]:
    """Name where the subscription form is sent; a link needs nothing."""
    subscription = parse_subscription(subscribe)
    if subscription and subscription.fields is not None:
        yield "form-action", _origin(subscription.address)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
