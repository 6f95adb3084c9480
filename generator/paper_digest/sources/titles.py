"""Titles in parts, as registries have them, put together."""

from __future__ import annotations

import re

from paper_digest.model.ids import title_key
from paper_digest.model.late_pattern import late_pattern

#: What publishers write before the title of a work that they took back. In small letters a title may begin so by
#: itself, and notices do: ``Retracted: Kites`` is Hindawi's of ``[Retracted] Kites``.
_TAKEN_BACK = late_pattern(
    r"(?P<capitals>(?-i:RETRACTED|WITHDRAWN|REMOVED))(?: ARTICLE| CHAPTER| PAPER)?\s?[:\N{EN DASH}\N{EM DASH}]"
    r"|(?P<kind>retracted|withdrawn) (?:article|chapter|paper)\s?:"
    r"|\[(?P<bracketed>retracted|withdrawn)(?: article| chapter| paper)?\]",
    re.IGNORECASE,
)
#: In Crossref's words.
_REASONS = {"retracted": "Retraction", "withdrawn": "Withdrawal", "removed": "Removal"}


def with_subtitle(title: str, subtitle: str) -> str:
    """Write title and subtitle as one: ``Kites: A Survey``, ``Whose Kites? A Survey``.

    Depositors repeat in the field of the subtitle what stands in that of the title; it is written once.
    """
    if not subtitle or title_key(title).endswith(title_key(subtitle)):
        return title
    return (
        f"{title} {subtitle}"
        if title.endswith(("?", "!", ":", "\N{EM DASH}"))
        else f"{title}: {subtitle}"
    )


def split_withdrawal(title: str) -> tuple[str, str]:
    """Take off a title what its publisher wrote before it on taking the work back.

    Returns:
        The title, and why the work was taken back: ``Kites`` and ``Retraction`` of ``RETRACTED: Kites``; "" for a work
        that stands. A title in capital letters throughout may begin so by itself.
    """
    match = _TAKEN_BACK.match(title)
    rest = title[match.end() :].lstrip() if match else ""
    if not match or not rest or rest.isupper():
        return title, ""
    return rest, next(_REASONS[word.lower()] for word in match.groups() if word)
