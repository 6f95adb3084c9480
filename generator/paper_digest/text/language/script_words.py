"""The words of the browser's scripts, put into them in the active language; for English nothing is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.language.active import active_language, active_translations
from paper_digest.text.language.catalogue import text_direction

_CALL = late_pattern(
    r"""\b(n?p?gettext)\(\s*("(?:[^"\\]|\\.)*"|'[^'"\\]*(?:"[^'"\\]*)*')"""
    r"""(?:\s*,\s*("(?:[^"\\]|\\.)*"))?"""
)
#: What stands in ``words.js`` for the words of a language.
_CATALOGUE = late_pattern(r"^const CATALOGUE = \{.*\};$", re.MULTILINE)
_CONTEXT_END = "\x04"
#: Numbers of which every plural form of our languages is asked (Unicode's plural rules).
_COUNTS = (*range(200), 1_000_000)

Message = str | dict[str, str]


def with_words(script: str, users: Iterable[str]) -> str:
    """Return a script that has ``words.js`` in it with the active language's words.

    Args:
        script: the script.
        users: the sources of all scripts that ask it for words.
    """
    if active_translations() is None:
        return script
    code = active_language()
    catalogue = {
        "language": code,
        "dir": text_direction(code),
        "messages": dict(sorted(_messages(users))),
    }
    # No sign of it ends a script's element, and no line ends within it.
    words = json.dumps(catalogue, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return _CATALOGUE.sub(lambda _: f"const CATALOGUE = {words};", script)


def _messages(scripts: Iterable[str]) -> Iterator[tuple[str, Message]]:
    """Yield the translations of what scripts ask for, by the English, behind its context if it has one.

    What has no translation is left out: the script has its English.
    """
    translations = active_translations()
    if translations is None:
        return
    for script in scripts:
        for function, first, second in _CALL.findall(script):
            text, more = _literal(first), _literal(second) if second else ""
            if function == "ngettext":
                forms = _plural_forms(text, more)
                if not {*forms.values()} <= {text, more}:
                    yield text, forms
            elif function == "pgettext":
                if (translation := translations.pgettext(text, more)) != more:
                    yield f"{text}{_CONTEXT_END}{more}", translation
            elif (translation := translations.gettext(text)) != text:
                yield text, translation


def _plural_forms(singular: str, plural: str) -> dict[str, str]:
    """Return a text's plural forms by the names of Unicode's categories: ``one``, ``few``, ``other``."""
    from babel import Locale

    translations, locale = active_translations(), Locale(active_language())
    forms: dict[str, str] = {}
    for n in _COUNTS if translations else ():
        category = locale.plural_form(n)
        if category not in forms and translations:
            forms[category] = translations.ngettext(singular, plural, n)
    return forms


def _literal(source: str) -> str:
    """Return the string of a script's literal."""
    return json.loads(source) if source.startswith('"') else source[1:-1]
