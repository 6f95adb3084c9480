"""A page of Hugging Face as a browser saves it: the JSON its parts are drawn from.

Each part of such a page is an element whose attribute ``data-props`` holds, as JSON, what it
shows. The lists and the pages of single papers hold there what the API answers with.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.dates import iso_day

#: Possessive (``*+``): a comment once passed is never tried in another way.
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
#: What browsers and the page itself say of its address.
_DAY_IN_ADDRESS = late_pattern(
    r"https?://(?:www\.)?huggingface\.co/papers(?:/date/|\?date=)(\d{4}-\d{2}-\d{2})(?!\d)"
)
_SAVED_FROM = late_pattern(r"<!-- saved from url=\(\d+\)(\S+)")
_MAX_PROPS = 200


def is_web_page(data: bytes) -> bool:
    """Tell whether ``data`` is HTML."""
    return bool(_WEB_PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:4000]))


def read_props(data: bytes) -> tuple[Any, str]:
    """Find the papers in a saved page.

    Returns:
        What the part of the page that shows papers is drawn from, in the form of an answer of the
        API, or ``None`` for a page without such a part; and the ISO day of its list, or "".
    """
    text = data.decode("utf-8-sig", "replace")
    parts = _Parts()
    parts.feed(text)
    parts.close()
    saved_from = _SAVED_FROM.search(text[:4000])
    addresses = (*parts.addresses, saved_from[1] if saved_from else "")
    days = [match[1] for address in addresses if (match := _DAY_IN_ADDRESS.match(address))]
    shown = [part for part in map(_read_json_object, parts.props) if part]
    for part in shown:
        if isinstance(part.get("dailyPapers"), list):
            return part, iso_day(days[0]) if days else ""
    return next((part for part in shown if isinstance(part.get("paper"), dict)), None), ""


def _read_json_object(props: str) -> dict[str, Any]:
    try:
        value = json.loads(props)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


class _Parts(HTMLParser):
    """Collects the ``data-props`` of a page that speak of papers, and the page's own addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.props: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = dict(attrs)
        props = values.get("data-props") or ""
        if ('"dailyPapers"' in props or '"paper"' in props) and len(self.props) < _MAX_PROPS:
            self.props.append(props)
        if tag == "link" and values.get("rel") == "canonical":
            self.addresses.append(values.get("href") or "")
        if tag == "meta" and values.get("property") == "og:url":
            self.addresses.append(values.get("content") or "")
