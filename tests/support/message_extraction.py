"""The texts that readers see, collected from code, templates and scripts into the catalogues."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from paper_digest.model.links import LINK_LABELS
from paper_digest.model.paper import CLAIMED_FIELDS, NOTICE_KINDS
from paper_digest.sources.registry import OTHER_PHRASES, registry
from paper_digest.text.language import LANGUAGES
from paper_digest.text.language.catalogue import CATALOGUES, is_missing
from paths import PACKAGE

#: What marks a text, with the places of its arguments; for Python, templates and scripts alike.
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

_COMMENT = "NOTE:"
_HEADER = (
    "# The words of paper-digest's interface. `make words` collects what has to be translated.\n"
)


def extract_pages(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Collect the paragraphs of a page of words (Babel's interface of an extractor)."""
    del keywords, comment_tags, options
    text = file.read().decode()
    for match in re.finditer(r"(?:.+\n)+", text.partition("---\n")[2].partition("---\n")[2]):
        yield 1, "gettext", " ".join(match[0].split()), []


def extract_code(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Collect the texts of Python's code, those too that stand within an f-string.

    Babel's own extractor reads tokens, and before Python 3.12 an f-string is one.
    """
    del comment_tags, options
    names = keywords if isinstance(keywords, Mapping) else KEYWORDS
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            values = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
            texts = tuple(value if isinstance(value, str) else None for value in values)
            yield node.lineno, node.func.id, texts, []


#: How files are read: by the pattern of their path below the package.
_METHODS: tuple[tuple[str, Any], ...] = (
    ("**/*.py", extract_code),
    ("site/theme*/**/*.html", "jinja2"),
    ("site/**/*.js", "javascript"),
    ("search/browser/**/*.js", "javascript"),
    ("builder/pages/about.md", extract_pages),
)


def extracted_messages(package: Path = PACKAGE) -> Catalog:
    """Collect every marked text of the package, with the files it stands in."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for pattern, method in _METHODS:
        for path in sorted(package.glob(pattern)):
            if "language/" in path.as_posix() and path.name == "active.py":
                continue
            with path.open("rb") as file:
                options = {"encoding": "utf-8", "parse_template_string": "true"}
                found_here = extract(method, file, KEYWORDS, (_COMMENT,), options)
                for _, message, comments, context in found_here:
                    name = path.relative_to(package).as_posix()
                    catalog.add(message, "", [(name, 0)], (), comments, context=context)
    for text, name in _computed_texts():
        catalog.add(text, "", [(name, 0)])
    return catalog


def _computed_texts() -> Iterator[tuple[str, str]]:
    """Yield the texts that are translated where they are shown, with the module that has them."""
    yield from ((label, "model/links.py") for label in LINK_LABELS.values())
    yield from ((kind, "model/paper.py") for kind in NOTICE_KINDS)
    yield from ((name.replace("_", " "), "model/paper.py") for name in CLAIMED_FIELDS)
    phrases = {*OTHER_PHRASES.values(), *(s.phrase for s in registry().by_name.values())}
    yield from ((phrase, "sources/registry.py") for phrase in phrases if phrase)
    moment = datetime(2025, 11, 5, tzinfo=UTC)
    calendars = (source.calendar for source in registry().by_name.values())
    words = {one.next_news(moment).what for one in calendars if one}
    yield from ((word, "model/announcements.py") for word in sorted(words))


def updated_catalogue(code: str, messages: Catalog, folder: Path = CATALOGUES) -> bytes:
    """Return a language's catalogue with all texts and no other; translations there are stay."""
    path = folder / f"{code}.po"
    before = read_po(io.BytesIO(path.read_bytes() if path.exists() else b""), locale=code)
    after = Catalog(locale=code, charset="utf-8", fuzzy=False)
    for message in messages:
        if not message.id:
            continue
        old = before.get(message.id, message.context)
        keeps = old is not None and old.id == message.id
        forms = after.num_plurals
        empty = "" if isinstance(message.id, str) else ("",) * forms
        after.add(
            message.id,
            old.string if old and keeps else empty,
            sorted(set(message.locations)),
            old.flags if old and keeps else (),
            message.auto_comments,
            old.user_comments if old and keeps else (),
            context=message.context,
        )
    written = io.BytesIO()
    write_po(written, after, width=0, omit_header=True, sort_output=True, include_lineno=False)
    header = (
        f'{_HEADER}msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {code}\\n"\n"Plural-Forms: {after.plural_forms}\\n"\n\n'
    )
    return header.encode() + written.getvalue().rstrip(b"\n") + b"\n"


def write_catalogues() -> dict[str, int]:
    """Bring every catalogue up to date; returns how many texts each has no translation of."""
    messages = extracted_messages()
    missing = dict[str, int]()
    for code in LANGUAGES[1:]:
        (CATALOGUES / f"{code}.po").write_bytes(updated_catalogue(code, messages))
        stored = read_po(io.BytesIO((CATALOGUES / f"{code}.po").read_bytes()), locale=code)
        missing[code] = sum(is_missing(message) for message in stored if message.id)
    return missing
