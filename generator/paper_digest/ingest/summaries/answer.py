"""A model's answer made a digest, or refused with the reason: nothing of it is believed unseen."""

from __future__ import annotations

import re

import msgspec

from paper_digest.ingest.fetch.chat import ChatAnswer
from paper_digest.ingest.summaries.facts import SourceText
from paper_digest.ingest.summaries.prompt import (
    INSTRUCTIONS,
    PROMPT_VERSION,
    PaperText,
    visible_line,
)
from paper_digest.model.counted import counted
from paper_digest.model.paper import Digest
from paper_digest.model.quoting import quote_outside
from paper_digest.settings.summaries import Summaries
from paper_digest.text.scripts import EAST_ASIAN_SIGNS

#: Words of all four fields together.
MAX_WORDS = 60
#: Characters of a field: as many as 60 long words have.
MAX_FIELD_CHARACTERS = 800
#: Facts named in a refusal.
_MAX_FACTS_NAMED = 3
#: So many words in a row that stand in the instructions too are no digest.
_MAX_ECHOED_WORDS = 7

_WORD = re.compile(rf"[{EAST_ASIAN_SIGNS}]|[^\W_]+(?:[-'\u2019.,][^\W_]+)*")
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN_SIGNS}]")
_MARKUP = re.compile(r"<[A-Za-z/!?]|\]\(|`|\$|\\|\{\{|\*\*|__|^#", re.MULTILINE)
_ADDRESS = re.compile(
    r"://|\bwww\.|(?<=\w)\.(?:com|org|net|io|ai|co|dev|app|xyz|example|info)\b|\w@\w|(?<!\w)@\w",
    re.IGNORECASE,
)
_TO_READER = re.compile(
    r"\b(?:you|your|yours|click|visit|subscribe|i am|i'm|i cannot|i can't|me|my|sorry|please|as an ai|instructions?|system prompt)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:groundbreaking|ground-breaking|revolutionary|landmark|brilliant|masterpiece|must-read|amazing|"
    r"outstanding|excellent|phenomenal|game-chang\w+|world-class|seminal|best paper|unparalleled|"
    r"strong accept|should be accepted|accept this|highly recommend\w*|award)\b",
    re.IGNORECASE,
)


#: What a digest has nothing of, and what a refusal says of it.
_UNWANTED = (
    (_ADDRESS, "holds an address"),
    (_MARKUP, "holds markup"),
    (_TO_READER, "speaks to the reader"),
    (_PRAISE, "praises"),
)


class ModelFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The JSON object that is asked for: four strings, no more and no less."""

    claim: str
    how: str
    result: str
    limits: str


class RefusedAnswerError(Exception):
    """An answer that becomes no digest; the message says why, in a few words."""


def make_digest(content: str, text: PaperText, settings: Summaries, today: str) -> Digest:
    """Make a digest of what a model answered.

    Args:
        content: the answer's text, which should be the JSON object that was asked for.
        text: what the model was given.
        settings: of the archive.
        today: ISO day.

    Raises:
        RefusedAnswerError: it is no such object; too long, or empty; holds markup, an address, praise, words to
            the reader or of the instructions, or a number or name that does not stand in the text.
    """
    try:
        fields = msgspec.json.decode(content, type=ModelFields)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RefusedAnswerError(
            f"no JSON object of the form asked for: {quote_outside(str(error))}"
        ) from error
    values = [" ".join(value.split()) for value in msgspec.structs.astuple(fields)]
    whole = "\n".join(values)
    if not values[0]:
        raise RefusedAnswerError("says nothing of what the paper claims")
    if any(len(value) > MAX_FIELD_CHARACTERS for value in values):
        raise RefusedAnswerError(f"has a field of more than {MAX_FIELD_CHARACTERS:,} characters")
    if any(visible_line(value) != value for value in values):
        raise RefusedAnswerError("holds characters that no reader sees")
    if (count := count_words(whole)) > MAX_WORDS:
        raise RefusedAnswerError(f"has {counted(count, 'word')}, not {MAX_WORDS} at most")
    for pattern, what in _UNWANTED:
        if match := pattern.search(whole):
            raise RefusedAnswerError(f"{what}: {quote_outside(match[0])}")
    if _echoes_instructions(whole):
        raise RefusedAnswerError("repeats the instructions")
    if unsupported := SourceText(text.whole).unsupported(whole, settings.language):
        named = ", ".join(quote_outside(fact) for fact in unsupported[:_MAX_FACTS_NAMED])
        raise RefusedAnswerError(f"not in title or abstract: {named}")
    filled = [(label, value) for label, value in zip(settings.labels, values, strict=True) if value]
    return Digest(
        text="\n\n".join(_as_sentence(value) for _, value in filled),
        by=settings.model,
        at=today,
        model=True,
        labels=tuple(label for label, _ in filled),
        prompt=PROMPT_VERSION,
        text_hash=text.hash,
    )


def answered_digest(answer: ChatAnswer, text: PaperText, settings: Summaries, today: str) -> Digest:
    """Make a digest of an answer of the service; see ``make_digest``.

    Raises:
        RefusedAnswerError: as there, and where the model declined or its answer was cut.
    """
    if answer.refusal or answer.finish_reason == "content_filter":
        raise RefusedAnswerError("the model declined to answer")
    if answer.finish_reason == "length":
        raise RefusedAnswerError("the answer was cut at its greatest length")
    return make_digest(answer.content, text, settings, today)


def count_words(text: str) -> int:
    """Count words; two Chinese or Japanese signs are one."""
    signs = len(_EAST_ASIAN.findall(text))
    return len(_WORD.findall(text)) - signs + (signs + 1) // 2


def _echoes_instructions(text: str) -> bool:
    words, known = _WORD.findall(text.lower()), " ".join(_WORD.findall(INSTRUCTIONS.lower()))
    runs = (words[n : n + _MAX_ECHOED_WORDS] for n in range(len(words) - _MAX_ECHOED_WORDS + 1))
    return any(" ".join(run) in known for run in runs)


def _as_sentence(text: str) -> str:
    """Begin with a capital and end with a stop, unless the first word has capitals of its own."""
    first = text.split(maxsplit=1)[0]
    start = text[0].upper() + text[1:] if first.islower() and first.isalpha() else text
    return start if start[-1] in ".!?\u3002\uff01\uff1f" else start + "."
