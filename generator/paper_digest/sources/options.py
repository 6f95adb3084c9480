"""The options of one ``follow:`` entry, checked: each fault names the option and the cure."""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Request
from paper_digest.text import fields


def addresses(options: Mapping[str, object], source: str) -> tuple[Request, ...]:
    """Return a request for each web address under ``urls``.

    Raises:
        ConfigError: an option other than ``urls``, or one that is no web address.
    """
    return tuple(
        Request(_address(text, source)) for text in texts(options, "urls", source, only=("urls",))
    )


def texts(
    options: Mapping[str, object], name: str, source: str, only: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the strings under option ``name``, a list or a single one; at least one must stand there.

    Raises:
        ConfigError: the option is absent, no list of strings, or stands beside one not in ``only``.
    """
    where = f"archive.yml: source {source}"
    unknown = [str(key) for key in options if key not in only]
    if unknown:
        raise ConfigError(
            where, f"unknown option “{unknown[0]}”", f"known options: {', '.join(only)}"
        )
    given = options.get(name)
    found = [given] if isinstance(given, str) else given
    if not isinstance(found, list | tuple) or not found:
        raise ConfigError(where, f"option “{name}” is needed", f"write {name}: followed by a list")
    wrong = [text for text in found if not isinstance(text, str) or not text.strip()]
    if wrong:
        raise ConfigError(
            where, f"option “{name}” holds {wrong[0]!r}, which is no text", "put it in quotes"
        )
    return tuple(text.strip() for text in found)


def _address(text: str, source: str) -> str:
    found = fields.valid_url(text)
    if not found:
        raise ConfigError(
            f"archive.yml: source {source}",
            f"“{text}” is no web address",
            "write it whole, with https://",
        )
    return found
