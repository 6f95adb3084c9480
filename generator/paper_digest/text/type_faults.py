"""What msgspec says of a value of a wrong type, in a person's words."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

_MISMATCH = late_pattern(r"Expected `([^`]*)`, got `([^`]*)`\Z")
_BOUND = late_pattern(r"Expected `([^`]*)` (.+)\Z", re.DOTALL)
_MISSING = late_pattern(r"Object missing required field `(.*)`\Z", re.DOTALL)
_UNKNOWN_KEY = late_pattern(r"Object contains unknown field `(.*)`\Z", re.DOTALL)
_NO_CHOICE = late_pattern(r"Invalid (?:enum )?value (.*)\Z", re.DOTALL)
_WORDS_OF_TYPES = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a group of settings",
    "null": "nothing",
    "date": "a date",
    "datetime": "a time",
}


def type_fault(message: str) -> str:
    """Return msgspec's message, its path left off, as a person would put it.

    It goes on a sentence that begins with the value's name: ``is a number and should be a text``.
    A message of no known form is returned as it is.
    """
    if mismatch := _MISMATCH.match(message):
        wanted, given = map(_type_words, mismatch.groups())
        return f"is {given} and should be {wanted}"
    if bound := _BOUND.match(message):
        return f"should be {_type_words(bound[1])} {bound[2]}"
    if missing := _MISSING.match(message):
        return f"lacks {missing[1]}:"
    if unknown := unknown_key(message):
        return f"has an unknown key {unknown}"
    if choice := _NO_CHOICE.match(message):
        return f"cannot be {choice[1]}"
    return message


def unknown_key(message: str) -> str:
    """Return the key that msgspec's message says is unknown, or ""."""
    unknown = _UNKNOWN_KEY.match(message)
    return unknown[1] if unknown else ""


def unknown_choice(message: str) -> str:
    """Return the text that msgspec's message says is none of those that may stand there, or ""."""
    choice = _NO_CHOICE.match(message)
    return choice[1].strip("'") if choice else ""


def wants_quotes(message: str) -> bool:
    """Tell whether a text was wanted and YAML took an unquoted one for something else."""
    mismatch = _MISMATCH.match(message)
    return bool(
        mismatch
        and "str" in mismatch[1].split(" | ")
        and mismatch[2] in {"int", "float", "bool", "date", "datetime"}
    )


def _type_words(types: str) -> str:
    return " or ".join(_WORDS_OF_TYPES.get(name, name) for name in types.split(" | "))
