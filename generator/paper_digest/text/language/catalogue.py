"""The words of a language: its gettext catalogue, read and checked against the English texts."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from paper_digest.model.counted import counted
from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern

if TYPE_CHECKING:
    from babel.messages.catalog import Message

#: What ``language:`` of archive.yml may be (ISO 639-1).
Language = Literal["en", "de", "fr", "es", "zh", "ja", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

#: Where the catalogues are, one ``CODE.po`` for each language but English.
CATALOGUES = Path(__file__).parent / "catalogues"

_RIGHT_TO_LEFT = frozenset({"ar"})
#: What ``str.format`` fills in: ``{count}``.
_PLACEHOLDER = late_pattern(r"\{(\w*)\}", re.ASCII)
#: Words are put into attributes and elements as they are.
_MARKUP = '<>&"'


class CatalogueReport(NamedTuple):
    """How many texts have no usable translation, and what is wrong with those that were refused."""

    missing: int
    problems: tuple[Problem, ...]


class Catalogue(NamedTuple):
    """The usable translations of a language, and a hash of it and of its file."""

    translations: gettext.NullTranslations
    report: CatalogueReport
    hash: bytes


def text_direction(code: str) -> Literal["ltr", "rtl"]:
    """Return the direction in which a language is written, as HTML's ``dir`` has it."""
    return "rtl" if code in _RIGHT_TO_LEFT else "ltr"


def read_catalogue(path: Path, code: str) -> Catalogue:
    """Read a ``.po`` file; a translation that does not fit its text is refused and stays English.

    Raises:
        OSError: the file cannot be read.
    """
    # Only other languages need the library.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    data = path.read_bytes()
    file_hash = blake2b(code.encode() + data, digest_size=16).digest()
    try:
        catalog = read_po(io.BytesIO(data), locale=code, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        problem = Problem(str(path), f"is no gettext catalogue: {error}", cure="mend the file")
        report = CatalogueReport(0, (problem,))
        return Catalogue(gettext.NullTranslations(), report, file_hash)
    problems: list[Problem] = []
    missing = 0
    for message in [one for one in catalog if one.id]:
        faults = [*_faults(message, catalog.num_plurals)]
        place = f"{path}:{message.lineno}"
        problems += [Problem(place, fault, cure="mend the translation") for fault in faults]
        if faults or is_missing(message):
            missing += 1
            catalog.delete(message.id, context=message.context)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    report = CatalogueReport(missing, tuple(problems))
    return Catalogue(gettext.GNUTranslations(compiled), report, file_hash)


def completeness_problems(code: str, path: Path, report: CatalogueReport) -> tuple[Problem, ...]:
    """Return what an operator is told of a catalogue: refused translations, and how many are missing."""
    if not report.missing:
        return report.problems
    what = f"has no translation of {counted(report.missing, 'text, which is', 'texts, which are')} shown in English ({code})"
    cure = "a later release of paper-digest may have them; `make words` lists them in a checkout"
    return (*report.problems, Problem(str(path), what, cure=cure))


def is_missing(message: Message) -> bool:
    """Tell whether a text has no translation yet, or one that somebody has to look at."""
    translations = _translations(message)
    return message.fuzzy or not (translations and all(translations))


def placeholders(text: str) -> frozenset[str]:
    """Return the names that are filled in in a text: ``{"count"}`` of ``{count} papers``."""
    return frozenset(_PLACEHOLDER.findall(text))


def _faults(message: Message, plural_forms: int) -> Iterator[str]:
    """Name what would show a reader something wrong."""
    sources = [message.id] if isinstance(message.id, str) else [*message.id]
    expected = placeholders(sources[-1])
    translations = [one for one in _translations(message) if one]
    for text in translations:
        # A form for one thing may say it in a word, without its number.
        optional = {"n"} if len(sources) > 1 else set[str]()
        if placeholders(text) - expected or expected - optional - placeholders(text):
            yield f"has other placeholders than {sources[-1]!r}: {text!r}"
        elif _PLACEHOLDER.sub("", text).count("{") or _PLACEHOLDER.sub("", text).count("}"):
            if not set("{}") & set(_PLACEHOLDER.sub("", sources[-1])):
                yield f"has a brace that is no placeholder: {text!r}"
        elif any(c in text and c not in sources[-1] for c in _MARKUP):
            yield f"has a character of HTML ({_MARKUP}): {text!r}"
    if len(sources) > 1 and translations and len(_translations(message)) != plural_forms:
        yield f"has {len(_translations(message))} plural forms instead of {plural_forms}: {sources[-1]!r}"


def _translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
