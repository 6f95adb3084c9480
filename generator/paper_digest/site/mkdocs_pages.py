"""Pages as MkDocs has them once their Markdown is converted, for its templates and plugins."""

from __future__ import annotations

from copy import copy
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.pages.page import Page as Made
from paper_digest.site import material_search
from paper_digest.site.nav_pages import first_heading_toc

_SEARCH_ATTRIBUTES = late_pattern(r'\s?data-search-\w+="[^"]+"')


class MkDocsPages:
    """Makes MkDocs' pages of ours.

    Each is a copy of one that MkDocs made: it works out the day of the build, and normalises the path,
    for every page anew.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._file = File.generated(config, "page.md", content="")
        self._page = Page(None, copy(self._file), config)

    def make(self, source: Made, body: str) -> Page:
        """Make the page of one of ours; ``body`` is its content as HTML."""
        file, page = copy(self._file), copy(self._page)
        file.src_uri, file.page, page.file = source.path, page, file
        if self._config.site_url:
            page.canonical_url = urljoin(self._config.site_url, page.url)
            page.abs_url = urlsplit(page.canonical_url).path
        page.markdown, page.meta = "", source.front_matter()
        page.content = body
        if "data-search-" in body and material_search.search_index(self._config):
            page.content = _SEARCH_ATTRIBUTES.sub("", body)
        page.toc = first_heading_toc(body)
        page.active = True
        return page
