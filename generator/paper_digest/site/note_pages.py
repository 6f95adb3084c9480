"""Converts pages that hold an operator's notes, as MkDocs converts its own pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.code_blocks import close_fences
from paper_digest.render.pages.page import Page as Made
from paper_digest.render.unpaired_tags import unpaired_tags
from paper_digest.settings.page_directives import Directives
from paper_digest.site.page_elements import blocked_parts
from paper_digest.store.notes import Note

_log = logging.getLogger("mkdocs")
#: How MkDocs words a link that leads to no file.
_DEAD_LINK = late_pattern(r"contains a link '([^']*)', but the target (?:.* )?is not found")


def convert_page(
    source: Made, config: MkDocsConfig, files: Files, directives: Directives
) -> tuple[str, list[Problem]]:
    """Convert a page's Markdown.

    Returns:
        Its HTML; and what MkDocs warned of, at the note's lines, and what the policy stops.
    """
    page = Page(None, File.generated(config, source.path, content=""), config)
    page.markdown, page.meta = get_data(source.markdown())
    with _collected_warnings() as warnings:
        page.render(config, files)
    html = page.content or ""
    problems = [_note_problem(words, source.notes) for words in warnings]
    place = source.notes[0].file_name if source.notes else source.path
    problems += [blocked.problem(place) for blocked in blocked_parts(html, directives)]
    problems += [fault for note in source.notes for fault in _tag_problems(note)]
    return html, problems


def written_page_problems(
    page: Page, config: MkDocsConfig, files: Files, directives: Directives
) -> list[Problem]:
    """Convert a page that somebody wrote by hand; returns what a build would warn of."""
    with _collected_warnings() as warnings:
        page.read_source(config)
        page.render(config, files)
    note = Note(page.file.src_uri, page.file.content_string)
    problems = [_note_problem(words, (note,)) for words in warnings]
    stopped = blocked_parts(page.content or "", directives)
    return [*problems, *(blocked.problem(note.file_name) for blocked in stopped)]


@contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns of while the block runs, instead of its being logged and counted.

    Also where the build is to be quiet: it is a fault of the page, and remembered with it.
    """
    warnings: list[str] = []
    collector = logging.Handler(logging.WARNING)
    collector.emit = lambda record: warnings.append(record.getMessage())  # type: ignore[method-assign] # all it has to do
    handlers, propagates, level = _log.handlers, _log.propagate, _log.level
    _log.handlers, _log.propagate = [collector], False
    _log.setLevel(logging.WARNING)
    try:
        yield warnings
    finally:
        _log.handlers, _log.propagate = handlers, propagates
        _log.setLevel(level)


def _note_problem(words: str, notes: tuple[Note, ...]) -> Problem:
    """Make a problem of a warning; its place is the note that holds the link, and its line."""
    dead = _DEAD_LINK.search(words)
    if not dead:
        return Problem(notes[0].file_name, words, cure="correct the note")
    target = dead[1]
    note = next((note for note in notes if target in note.text), notes[0])
    line = note.first_line + note.text.partition(target)[0].count("\n")
    cure = "correct the link; paths count from the page, as in ../papers/NAME.md"
    return Problem(note.file_name, f"links to {target}, which is no page", line, cure)


def _tag_problems(note: Note) -> Iterator[Problem]:
    """Name the HTML of a note that lacks its other half; a word in angle brackets is no fault."""
    for tag in unpaired_tags(close_fences(note.text)):
        if tag.is_html:
            line = note.first_line + note.text.count("\n", 0, tag.place)
            what = f"{tag.text} has no other half in the note, and is shown as text"
            yield Problem(note.file_name, what, line, "add the other half, or write &lt; for <")
