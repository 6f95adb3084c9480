"""Converts pages that hold an operator's notes, as MkDocs converts its own pages."""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from mkdocs.utils.meta import get_data

from paper_digest.render.pages.page import Page as Made

_log = logging.getLogger("mkdocs")


def convert_page(source: Made, config: MkDocsConfig, files: Files) -> tuple[str, bool]:
    """Convert a page's Markdown; returns its HTML, and whether MkDocs warned of nothing in it."""
    page = Page(None, File.generated(config, source.path, content=""), config)
    page.markdown, page.meta = get_data(source.markdown())
    warning_counter = CountHandler()
    warning_counter.setLevel(logging.WARNING)
    _log.addHandler(warning_counter)
    try:
        page.render(config, files)
    finally:
        _log.removeHandler(warning_counter)
    return page.content or "", not warning_counter.get_counts()
