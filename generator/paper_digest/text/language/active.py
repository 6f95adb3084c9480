"""The active language: what the functions of gettext answer in this process and in its forks."""

from __future__ import annotations

import gettext as gettext_library
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from paper_digest.model.errors import Problem
from paper_digest.text.language.catalogue import (
    CATALOGUES,
    Catalogue,
    CatalogueReport,
    completeness_problems,
    read_catalogue,
    text_direction,
)

#: The language of the code's own texts.
ENGLISH = "en"
_code: str = ENGLISH
#: ``None`` for English, whose words are those of the code.
_translations: gettext_library.NullTranslations | None = None
_hash = b""


def set_language(code: str, catalogues: Path | None = None) -> None:
    """Make a language active until another is; a build's processes are forked after that.

    Args:
        code: one of ``LANGUAGES``.
        catalogues: the folder of ``CODE.po``; the package's, unless given.

    Raises:
        OSError: the catalogue cannot be read.
    """
    if code == ENGLISH:
        _restore(code, None, b"")
    else:
        catalogue = _catalogue(code, catalogues)
        _restore(code, catalogue.translations, catalogue.hash)


@contextmanager
def language(code: str, catalogues: Path | None = None) -> Iterator[None]:
    """Make a language active for a block, and then again what was active before."""
    before = _code, _translations, _hash
    set_language(code, catalogues)
    try:
        yield
    finally:
        _restore(*before)


def active_language() -> str:
    """Return the code of the active language."""
    return _code


def active_translations() -> gettext_library.NullTranslations | None:
    """Return the active language's texts as they stand in its catalogue; nothing for English."""
    return _translations


def is_english() -> bool:
    """Tell whether the active language is English."""
    return _translations is None


def is_right_to_left() -> bool:
    """Tell whether the active language is read from right to left."""
    return text_direction(_code) == "rtl"


def catalogue_hash() -> bytes:
    """Return a hash of the active language and its catalogue; b"" for English."""
    return _hash


def catalogue_report(code: str, catalogues: Path | None = None) -> CatalogueReport:
    """Return how complete the catalogue of a language is; that of English is always."""
    if code == ENGLISH:
        return CatalogueReport(0, ())
    return _catalogue(code, catalogues).report


def language_problems(code: str, catalogues: Path | None = None) -> tuple[Problem, ...]:
    """Return what is refused and missing in the catalogue of a language; nothing for English."""
    report = catalogue_report(code, catalogues)
    return completeness_problems(code, (catalogues or CATALOGUES) / f"{code}.po", report)


def gettext(message: str, **values: object) -> str:
    """Return a text in the active language, its placeholders (``{name}``) filled with ``values``."""
    if _translations is not None:
        message = _translations.gettext(message)
    return message.format(**values) if values else message


def pgettext(context: str, message: str, **values: object) -> str:
    """Return a text that means several things in English, in the sense that ``context`` names."""
    if _translations is not None:
        message = _translations.pgettext(context, message)
    return message.format(**values) if values else message


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """Return a text for ``n`` things, in the plural form of the language; ``{n}`` is written as it writes numbers."""
    if _translations is None:
        message = singular if n == 1 else plural
    else:
        message = _translations.ngettext(singular, plural, n)
    return message.format(n=_format_count(n), **values)


def npgettext(context: str, singular: str, plural: str, n: int, **values: object) -> str:
    """Do as ``ngettext``, in the sense that ``context`` names."""
    if _translations is None:
        message = singular if n == 1 else plural
    else:
        message = _translations.npgettext(context, singular, plural, n)
    return message.format(n=_format_count(n), **values)


def gettext_noop(message: str) -> str:
    """Return the text as it is: one that is translated where it is used, and collected here."""
    return message


def _format_count(n: int) -> str:
    if _translations is None:
        return f"{n:,}"
    from paper_digest.text.language.formats import format_number

    return format_number(n)


def _restore(
    code: str, translations: gettext_library.NullTranslations | None, hash_of_words: bytes
) -> None:
    global _code, _translations, _hash
    _code, _translations, _hash = code, translations, hash_of_words


def _catalogue(code: str, catalogues: Path | None) -> Catalogue:
    path = (catalogues or CATALOGUES) / f"{code}.po"
    return _read(path, code, path.stat().st_mtime_ns)


@cache
def _read(path: Path, code: str, mtime_ns: int) -> Catalogue:
    del mtime_ns  # a served site reads a catalogue again that was edited
    return read_catalogue(path, code)
