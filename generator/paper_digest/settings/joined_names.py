"""Checks the settings that put several spellings of a name on one page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from paper_digest.model.errors import Problem
from paper_digest.text.fields import one_line


def joined_name_problems(setting: str, names: Mapping[str, str]) -> Iterator[Problem]:
    """Find names that lead to a name which leads on, or to one that no paper could print.

    An empty name, or one with a space too many, would have a page of its own and nothing to call it by.
    A name is looked up once, so that papers of the first would stand under the second, and those of the second
    under the third, which is what nobody can have meant.

    Args:
        setting: the name of the setting.
        names: the name that is shown, by spelling.
    """
    leads = {composed_name(a): composed_name(b) for a, b in names.items()}
    for spelling, name in leads.items():
        if not name or one_line(name) != name:
            cure = "write the name that is shown, letter by letter as papers have it"
            yield Problem(setting, f"leads {spelling!r} to {name!r}, which is no name", cure=cure)
            continue
        onward = leads.get(name, name)
        if name not in {onward, spelling}:
            what = f"leads {spelling!r} to {name!r}, and that to {onward!r}"
            yield Problem(
                setting, what, cure="lead all spellings of one name to the one that is shown"
            )


def composed_name(name: str) -> str:
    """Write letters with their accents as one character each, as most sources do; names are compared so."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)
