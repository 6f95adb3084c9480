"""What the HTML around formulas needs: no mark alone on a line, and names where formulas are part of one."""

from __future__ import annotations

import re
from html import escape, unescape

#: An inline formula with the marks at its sides; browsers break a line there, which TeX does not.
_WITH_MARKS = re.compile(
    r"(?P<before>[(\[“\u2018]{0,4})(?P<formula><math alttext=.*?</math>)"
    r"(?P<behind>[,.;:!?)\]%\u2019”'-]*)",
    re.DOTALL,
)
_NAMED_BY_CONTENT = re.compile(r"<(h[1-6]|a)\b[^>]*>.*?</\1>", re.DOTALL)
_UNNAMED = re.compile(r'(<math (?:display="block" )?alttext="([^"]*)")>')


def keep_marks(html: str) -> str:
    """Keep the marks beside a formula on its line: ``(<math>``, ``</math>,``."""
    return _WITH_MARKS.sub(_with_marks, html) if "</math>" in html else html


def name_formulas(html: str) -> str:
    """Give a name to the formulas in headings and links, whose own names are made of their content.

    ``alttext`` is no part of a name (https://www.w3.org/TR/accname-1.2/). ``html``: whole elements.
    """
    return _NAMED_BY_CONTENT.sub(lambda m: name_each(m[0]), html) if "</math>" in html else html


def name_each(html: str) -> str:
    """Give a name to each formula: its plain form."""
    return _UNNAMED.sub(_with_name, html) if "</math>" in html else html


def _with_marks(match: re.Match[str]) -> str:
    is_alone = not match["before"] and not match["behind"]
    return match[0] if is_alone else f'<span class="pd-nowrap">{match[0]}</span>'


def _with_name(match: re.Match[str]) -> str:
    # A build that makes no page has no need of TeX.
    from paper_digest.text.tex.unicode_math import formula_to_unicode

    name = escape(formula_to_unicode(unescape(match[2])))
    return f'{match[1]} aria-label="{name}">'
