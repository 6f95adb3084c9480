"""Muted lines: which rows of a list hold one is answered from the index, not from what a row prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paper_digest.search.document import Document
from paper_digest.search.tokenizer import STOP_WORDS
from search_documents import PAPERS

HOLD, HOLD_RESULT, FAILED = 16, 17, 13
TOPICS = {"lookup": "Lookup and memory", "sound": "Sound"}
NAMELESS = ("no such words anywhere", "Nobody Whatever", "zzz")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _holds(paper: Document, line: str) -> bool:
    """Whether a paper has a line as it stands, the plainest reading of the rule."""
    row = f" {' '.join(_words(line))} "
    texts = (paper.title, paper.text, *paper.authors, *(TOPICS[t] for t in paper.topics))
    return any(row in f" {' '.join(_words(text))} " for text in texts)


def _may_hold(paper: Document, line: str) -> bool:
    """Whether each of a line's words, or a word of its initial, is somewhere in a paper."""
    texts = (paper.title, paper.text, *paper.authors, *(TOPICS[t] for t in paper.topics))
    stems = {word.rstrip("s") for text in texts for word in _words(text)}
    return all(
        any(
            stem[: len(word)] == word if len(word) == 1 else stem == word.rstrip("s")
            for stem in stems
        )
        for word in _words(line)
    )


def _lines() -> list[str]:
    """Lines that some papers have: a word, two in a row, a name; then topics, and what nobody has."""
    lines = set(NAMELESS) | set(TOPICS.values())
    for number, paper in enumerate(PAPERS[:40]):
        words = [
            w for w in re.findall(r"[A-Za-z]{3,}", paper.text) if w.casefold() not in STOP_WORDS
        ]
        at = 7 * number % max(1, len(words))
        lines.update((words[at : at + 1] or ["zzz"])[:1])
        lines.update(re.findall(r"[A-Za-z]{4,} [A-Za-z]{4,}", paper.title)[:1])
        lines.update(paper.authors[-1:])
    return sorted(lines)


def _held(host: Callable[..., Any], site: Path, lists: list[list[str]]) -> list[set[str]]:
    papers = [{"slug": paper.slug, "date": paper.date} for paper in PAPERS]
    request = {"type": HOLD, "id": 1, "papers": papers, "lists": lists}
    [answer] = host(site, {"do": "post", "messages": [request], "together": False})
    [message] = answer["posted"]
    assert message["type"] == HOLD_RESULT
    return [set(slugs) for slugs in message["held"]]


def test_no_paper_with_a_line_is_missed_and_none_without_its_words_is_held(
    host: Callable[..., Any], site: Path
) -> None:
    lines = _lines()
    held = _held(host, site, [[line] for line in lines])
    for line, slugs in zip(lines, held, strict=True):
        assert {p.slug for p in PAPERS if _holds(p, line)} <= slugs, line
        assert slugs <= {p.slug for p in PAPERS if _may_hold(p, line)}, line
    assert sum(map(len, held)) > len(lines), "most lines are some paper's"


def test_a_list_holds_what_any_of_its_lines_does(host: Callable[..., Any], site: Path) -> None:
    lines = _lines()[:12]
    *each, together, none = _held(host, site, [*([line] for line in lines), lines, []])
    assert together == set().union(*each)
    assert none == set()


def test_a_paper_that_the_index_has_not_is_said(host: Callable[..., Any], site: Path) -> None:
    request = {"type": HOLD, "id": 1, "papers": [{"slug": "x", "date": ""}], "lists": [["a"]]}
    [answer] = host(site, {"do": "post", "messages": [request], "together": False})
    assert [message["type"] for message in answer["posted"]] == [FAILED]
