"""The attributes ``dir`` and ``lang`` of an element, by what its text is written in.

Only text that differs from the page's English has any (HTML, 3.2.6.2 and 3.2.6.4).
"""

from __future__ import annotations

import re
from html import unescape

from paper_digest.text.scripts import has_rtl_letters, text_language

#: Formulas, tags, and what has a language of its own.
_UNREAD = re.compile(r"<math\b.*?</math>|<bdi\b.*?</bdi>|<span lang=.*?</span>|<[^>]*>", re.DOTALL)


def block_attributes(html: str) -> dict[str, str]:
    """Return the attributes of a block by its content: ``{"dir": "auto", "lang": "he"}``, or none.

    ``dir`` is ``rtl`` where most of a text is written from right to left but its first letter is not.
    """
    if html.isascii():
        return {}
    tag, is_rtl, starts_so = text_language(unescape(_UNREAD.sub("", html)))
    direction = ("auto" if starts_so else "rtl") if is_rtl else ""
    return {name: value for name, value in (("dir", direction), ("lang", tag)) if value}


def isolation_tags(html: str) -> tuple[str, str]:
    """Return the tags around a title or name within a line, so that it turns nothing around it; "" for most.

    ``<bdi>`` finds its direction by itself.
    """
    if html.isascii():
        return "", ""
    text = unescape(_UNREAD.sub("", html))
    tag = text_language(text).tag
    element = "bdi" if has_rtl_letters(text) else "span" if tag else ""
    language = f' lang="{tag}"' if tag else ""
    return (f"<{element}{language}>", f"</{element}>") if element else ("", "")
