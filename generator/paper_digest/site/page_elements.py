"""What of a page runs, styles or loads: its inline scripts and styles, handlers, and addresses."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from paper_digest.model.errors import Problem
from paper_digest.settings.page_directives import Directives

#: Types of scripts that browsers run (HTML, "prepare the script element"); others are data.
_RUN_TYPES = frozenset({"", "module", "text/javascript", "application/javascript"})
#: By element: its attribute with an address, and the directive that rules it.
_LOADS = {
    "script": ("src", "script-src"),
    "img": ("src", "img-src"),
    "iframe": ("src", "frame-src"),
    "video": ("src", "media-src"),
    "audio": ("src", "media-src"),
    "source": ("src", "media-src"),
    "object": ("data", "object-src"),
    "embed": ("src", "object-src"),
    "form": ("action", "form-action"),
}
_INLINE = {"script": "script-src", "style": "style-src"}


class Blocked(NamedTuple):
    """What a policy stops on a page, and the directive and source of ``csp`` that would open it."""

    what: str
    directive: str
    source: str

    def problem(self, where: str) -> Problem:
        """Say where it is stopped, and with which setting it is not."""
        return Problem(
            where,
            f"has {self.what}, which the pages' Content-Security-Policy stops",
            cure=f'to allow it write csp: {{{self.directive}: ["{self.source}"]}} into archive.yml; '
            "csp: off leaves the policy out",
        )


def blocked_parts(html: str, directives: Directives) -> list[Blocked]:
    """List what of a page or a part of it the policy stops, each once, in the page's order."""
    if not directives:
        return []
    parser = parse_elements(html)
    inline = [
        Blocked(f"an inline {tag}", _INLINE[tag], script_hash(text)) for tag, text in parser.inline
    ]
    return [
        blocked
        for blocked in dict.fromkeys([*inline, *parser.loads])
        if not _is_open(blocked, directives)
    ]


def _is_open(blocked: Blocked, directives: Directives) -> bool:
    sources = directives.get(blocked.directive, directives["default-src"])
    if blocked.source in sources or (blocked.source != "'self'" and "https:" in sources):
        return True
    inline = blocked.source == "'unsafe-inline'" or blocked.source.startswith("'sha256-")
    return inline and "'unsafe-inline'" in sources


class PageElements(HTMLParser):
    """Collects inline scripts and styles, and what elements load, run or send."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[tuple[str, str]] = []
        self.loads: list[Blocked] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element runs, styles or loads."""
        values = {name: value or "" for name, value in attrs}
        if tag == "style" or (
            tag == "script" and "src" not in values and values.get("type", "") in _RUN_TYPES
        ):
            self._open = tag
            self.inline.append((tag, ""))
        for name in values:
            if name.startswith("on"):
                what = f"the attribute {name} of <{tag}>"
                self.loads.append(Blocked(what, "script-src", "'unsafe-inline'"))
        if "style" in values:
            what = f"the attribute style of <{tag}>"
            self.loads.append(Blocked(what, "style-src", "'unsafe-inline'"))
        if tag == "link" and "stylesheet" in values.get("rel", "").split():
            self._add_load(tag, values.get("href", ""), "style-src")
        if values.get("href", "").strip().lower().startswith("javascript:"):
            what = f"the javascript: address of <{tag}>"
            self.loads.append(Blocked(what, "script-src", "'unsafe-inline'"))
        attribute, directive = _LOADS.get(tag, ("", ""))
        if attribute in values:
            self._add_load(tag, values[attribute], directive)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read an element that closes itself as any other."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Gather the text of an inline script or style."""
        if self._open:
            tag, text = self.inline[-1]
            self.inline[-1] = tag, text + data

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag == self._open:
            self._open = ""

    def _add_load(self, tag: str, address: str, directive: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"data", "blob"}:
            source = f"{parts.scheme}:"
        else:
            source = f"{parts.scheme or 'https'}://{parts.netloc}" if parts.netloc else "'self'"
        self.loads.append(Blocked(f"<{tag}> from {address[:80]}", directive, source))


def parse_elements(html: str) -> PageElements:
    """Read a page or a part of one."""
    parser = PageElements()
    parser.feed(html)
    parser.close()
    return parser


def script_hash(script: str | bytes) -> str:
    """Return the source by which a policy allows one inline script or style (CSP, 6.7.2)."""
    data = script if isinstance(script, bytes) else script.encode()
    return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"
