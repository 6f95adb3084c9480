"""The options of one ``follow:`` entry, checked: each fault names the option and the cure."""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError
from paper_digest.text import fields


def url_requests(options: Mapping[str, object], source: str) -> tuple[Request, ...]:
    """Return a request for each web address under ``urls``.

    Raises:
        ConfigError: an option other than ``urls``, or one that is no web address.
    """
    return tuple(
        Request(_checked_url(text, source))
        for text in text_option(options, "urls", source, allowed=("urls",))
    )


def text_option(
    options: Mapping[str, object], name: str, source: str, allowed: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the strings under option ``name``, a list or a single one; at least one must stand there.

    Raises:
        ConfigError: the option is absent, no list of strings, or stands beside one not in ``allowed``.
    """
    where = f"archive.yml: source {source}"
    unknown = [str(key) for key in options if key not in allowed]
    if unknown:
        raise ConfigError(
            where, f"unknown option “{unknown[0]}”", f"known options: {', '.join(allowed)}"
        )
    given = options.get(name)
    values = [given] if isinstance(given, str) else given
    if not isinstance(values, list | tuple) or not values:
        raise ConfigError(where, f"option “{name}” is needed", f"write {name}: followed by a list")
    wrong = [text for text in values if not isinstance(text, str) or not text.strip()]
    if wrong:
        raise ConfigError(
            where, f"option “{name}” holds {wrong[0]!r}, which is no text", "put it in quotes"
        )
    return tuple(text.strip() for text in values)


def _checked_url(text: str, source: str) -> str:
    url = fields.valid_url(text)
    if not url:
        raise ConfigError(
            f"archive.yml: source {source}",
            f"“{text}” is no web address",
            "write it whole, with https://",
        )
    return url
