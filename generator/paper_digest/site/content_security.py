"""Puts the Content-Security-Policy first into every page.

A policy allows inline scripts by hash. The hashes are of the scripts that the theme wrote into
the very page: text from outside (a page's body, a paper's head) is taken out before scripts are
looked for, so that a script that got in by it is never allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from mkdocs.structure.pages import Page

from paper_digest.model.late_pattern import late_pattern
from paper_digest.settings.page_directives import Directives
from paper_digest.site.page_elements import parse_elements, script_hash

#: Other sites learn the archive's address and not which page led to them, and over TLS alone.
REFERRER = '<meta name="referrer" content="strict-origin-when-cross-origin">'

_SELF = ("'self'",)
#: Directives that a page need not say while they open the site alone, and what in a page asks for them: workers
#: come under ``script-src``, which always has the site (CSP, 6.1.14), and a page without manifest loads none.
_UNSAID = {"worker-src": "", "manifest-src": 'rel="manifest"'}

_SCRIPT = late_pattern(
    r"<script\b[^<>]*>[^<]*+(?>(?:<(?!/script>)[^<]*+)*)</script>", re.IGNORECASE
)
_UNSAFE_INLINE = "'unsafe-inline'"
_SCRIPT_SOURCES = re.compile(
    rb'(?<=<meta http-equiv="Content-Security-Policy" content=")[^">]*?script-src[^;">]*'
)
_HEAD = late_pattern(r"<head\b[^<>]*>", re.IGNORECASE)


def secured_page(html: str, outside_texts: Iterable[str], directives: Directives) -> str:
    """Return a page with its policy first in its head.

    Args:
        html: the whole page.
        outside_texts: parts of it in which no script is to be allowed.
        directives: what the site may do; none for no policy.
    """
    return with_security_head(html, security_head(html, outside_texts, directives))


def with_security_head(html: str, head: str) -> str:
    """Return a page, or the beginning of one, with the elements ``head`` first in its head."""
    return _HEAD.sub(lambda tag: tag[0] + head, html, count=1)


def security_head(html: str, outside_texts: Iterable[str], directives: Directives) -> str:
    """Return the elements that go first into the head of the page ``html``."""
    if not directives:
        return REFERRER
    refused: set[str] = set()
    for text in outside_texts:
        if "<script" in text.lower():
            html = html.replace(text, "")
            refused |= _script_hashes(text)
    hashes = sorted(_script_hashes(html) - refused)
    if _UNSAFE_INLINE in directives["script-src"]:
        hashes = []  # one hash would close again what the operator opened (CSP, 6.7.3.2)
    opened = directives | {"script-src": (*directives["script-src"], *hashes)}
    unsaid = {name for name, asked in _UNSAID.items() if not asked or asked not in html}
    policy = "; ".join(
        " ".join((name, *sources))
        for name, sources in opened.items()
        if name not in unsaid or sources != _SELF
    )
    content = escape(policy, quote=False).replace('"', "&quot;")
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">{REFERRER}'


def outside_texts(page: Page) -> tuple[str, str]:
    """Return what of a page is not the theme's: its body, and what a paper puts into the head."""
    return str(page.content or ""), str(page.meta.get("head") or "")


def allow_added_script(page: bytes, changed: bytes) -> bytes:
    """Return ``changed``, which is ``page`` with one script put in, with the policy open to it."""
    end = page.rfind(b"</body>")
    start = end if end >= 0 else len(page)
    added = changed[start : start + len(changed) - len(page)]
    script = added.removeprefix(b"<script>").removesuffix(b"</script>")
    return _SCRIPT_SOURCES.sub(
        lambda sources: (
            sources[0]
            if _UNSAFE_INLINE.encode() in sources[0]
            else sources[0] + b" " + script_hash(script).encode()
        ),
        changed,
        count=1,
    )


def _script_hashes(html: str) -> set[str]:
    elements = [parse_elements(element[0]) for element in _SCRIPT.finditer(html)]
    return {script_hash(text) for one in elements for tag, text in one.inline if tag == "script"}
