"""Sentences of the interface that hold links, dates or names, each where its language puts it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paper_digest.render.span import EMPTY, Span, html, isolate, text, text_run, time_element
from paper_digest.text.language import gettext, is_right_to_left, list_pattern
from paper_digest.text.scripts import has_rtl_letters

_PLACEHOLDER = re.compile(r"\{(\w+)\}", re.ASCII)
#: A command as our texts write it for the terminal; no backtick of a title or a file's name looks so.
_COMMAND = re.compile(r"`((?:digest|mkdocs) [a-z][a-z -]*)`", re.ASCII)


def sentence(message: str, **pieces: Span) -> Span:
    """Set a text of ``gettext`` with a piece in the place of each placeholder.

    A piece whose letters go another way than the page's is isolated: a number at its beginning, or a
    bracket at its end, would be read as the sentence's.

    Args:
        message: the text, in which ``{date}`` stands for the piece ``date``.
        pieces: what is put there; a text that is filled in already has no placeholder left.
    """
    result = EMPTY
    for number, part in enumerate(_PLACEHOLDER.split(message)):
        if part:
            result += _isolated(pieces[part]) if number % 2 else text_run(part)
    return result


def _isolated(piece: Span) -> Span:
    is_isolated = piece.html.startswith(("<a ", "<bdi", "<span dir", "<time"))
    turns = is_right_to_left() or has_rtl_letters(piece.html)
    return isolate(piece) if turns and not is_isolated else piece


def with_date(words: Span, iso: str) -> Span:
    """Set a date behind some words, with the comma of the language; the words alone where there is none."""
    return (
        sentence(gettext("{words}, {date}"), words=words, date=time_element(iso)) if iso else words
    )


def with_commands(words: str) -> Span:
    """Set a text of ours in which a command stands between backticks: it is code on a page."""
    pieces = _COMMAND.split(words)
    if len(pieces) == 1:
        return text(words)
    result = EMPTY
    for number, piece in enumerate(pieces):
        if number % 2:
            result += html("<code>") + text(piece) + html("</code>")
        elif piece:
            result += text_run(piece)
    return result


def span_list(items: Iterable[Span]) -> Span:
    """Join pieces as a sentence lists them: ``A, B and C``."""
    pieces = list(items)
    places = {str(number): piece for number, piece in enumerate(pieces)}
    return sentence(list_pattern(len(pieces)), **places) if pieces else EMPTY
