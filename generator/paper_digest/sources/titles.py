"""Titles in parts, as registries have them, put together."""

from __future__ import annotations

from paper_digest.model.ids import title_key


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
