"""The attributes ``dir`` and ``lang`` of an element, by what its text is written in.

Only text that differs from the page's language has any (HTML, 3.2.6.2 and 3.2.6.4). On the pages of an
archive in Arabic, Chinese or Japanese that is what papers say in Latin letters, which mostly is English,
and not what is in the page's own script.
"""

from __future__ import annotations

import re
from html import unescape

from paper_digest.text.language import ENGLISH, active_language, is_right_to_left
from paper_digest.text.scripts import has_rtl_letters, text_language

#: Formulas, tags, and what has a language of its own.
_UNREAD = re.compile(r"<math\b.*?</math>|<bdi\b.*?</bdi>|<span lang=.*?</span>|<[^>]*>", re.DOTALL)

#: Languages of pages in scripts that decide their language, with the tags of texts in the same script.
_PAGE_TAGS = {
    "ar": frozenset({"ar", "und-Arab"}),
    "ja": frozenset({"ja", "und-Hani", "zh"}),
    "zh": frozenset({"zh", "und-Hani"}),
}
_LETTER = re.compile(r"[^\W\d_]")
_LAST_LATIN_LETTER = "\u024f"


def block_attributes(html: str) -> dict[str, str]:
    """Return the attributes of a block by its content: ``{"dir": "auto", "lang": "he"}``, or none.

    ``dir`` is ``rtl`` where most of a text is written from right to left but its first letter is not.
    """
    page_tags = _PAGE_TAGS.get(active_language())
    if html.isascii() and not page_tags:
        return {}
    text = unescape(_UNREAD.sub("", html))
    tag, is_rtl, starts_so = text_language(text)
    if page_tags and tag in page_tags:
        return {}
    if page_tags and not tag:
        return {"lang": ENGLISH} if _is_latin(text) else {}
    direction = ("auto" if starts_so else "rtl") if is_rtl else ""
    return {name: value for name, value in (("dir", direction), ("lang", tag)) if value}


def _is_latin(text: str) -> bool:
    """Tell whether a text has letters, and those are Latin ones alone, or of formulas in between."""
    letters = _LETTER.findall(text)
    latin = sum(letter <= _LAST_LATIN_LETTER for letter in letters)
    return latin > 0 and not any(
        text_language(letter).tag in _PAGE_TAGS[active_language()]
        for letter in letters
        if letter > _LAST_LATIN_LETTER
    )


def isolation_tags(html: str) -> tuple[str, str]:
    """Return the tags around a title or name within a line, so that it turns nothing around it; "" for most.

    ``<bdi>`` finds its direction by itself. On a page that is read from right to left a name in Latin
    letters needs to be isolated too: a date or a number after it would be read as part of the name.
    """
    is_rtl_page = is_right_to_left()
    if html.isascii() and not is_rtl_page:
        return "", ""
    text = unescape(_UNREAD.sub("", html))
    tag, is_rtl, starts_so = text_language(text)
    if is_rtl_page and not tag and not has_rtl_letters(text):
        return '<span dir="auto">', "</span>"
    element = "bdi" if has_rtl_letters(text) else "span" if tag else ""
    direction = ' dir="rtl"' if is_rtl and not starts_so else ""  # <bdi> goes by the first letter
    language = f' lang="{tag}"' if tag else ""
    return (f"<{element}{direction}{language}>", f"</{element}>") if element else ("", "")
