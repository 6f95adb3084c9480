"""What a YAML parser complains of, in the words of somebody who writes settings."""

from __future__ import annotations

import re

_QUOTE = "put the value in quotes"
_INDENT = "give it as many spaces as the lines it belongs to"

#: What PyYAML and libyaml say, what it mostly means, and what to do; the first that matches counts.
_MEANINGS = (
    (r"mapping values are not allowed", "has a second colon on the line, so it cannot be read", _QUOTE),
    (r"\\t|tab character", "has a tab where YAML wants spaces", "write spaces"),
    (r"special characters|control characters", "holds a character that no text has", "take it out"),
    (r"unexpected end of stream", "opens a quote and never closes it", "close it"),
    (r"expected ',' or '[\]}]'", "opens a bracket and does not close it", "close it, or put commas between"),
    (r"expected ':'", "has a line without a colon after its name", "write name: value"),
    (r"undefined alias|alphabetic or numeric character", "has a value that begins with * or &, which mean something else in YAML", _QUOTE),
    (r"start any token", "has a value that begins with a sign of YAML's own", _QUOTE),
    (r"tag|constructor", "has a value that begins with !, which means something else in YAML", _QUOTE),
    (r"escape|invalid hexadecimal", "has a \\ between double quotes", "use single quotes"),
    (r"but found another document|single document", "holds two documents, divided by ---", "take that line out"),
    (r"out of range|must be in", "has a date or a time that there is not", "correct it, or put it in quotes"),
    (r"block end|block collection|expected key|'-' indicator|block sequence entries|document start", "is indented otherwise than the lines before", _INDENT),
)  # fmt: skip


def explain_yaml_error(said: str) -> tuple[str, str]:
    """Return what is wrong with a document that is not YAML, and what to do.

    Args:
        said: the parser's own words, on one line.

    Returns:
        Both without a final stop; the parser's words where they are not known.
    """
    for form, what, cure in _MEANINGS:
        if re.search(form, said):
            return f"is not YAML: it {what}", cure
    return f"is not YAML: {said}", "put values in quotes, and see that the indent fits"
