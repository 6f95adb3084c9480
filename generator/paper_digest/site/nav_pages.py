"""Pages of the archive that stand in mkdocs.yml's navigation: MkDocs builds them from our HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.late_pattern import late_pattern

if TYPE_CHECKING:
    from paper_digest.builder.site_plan import AnyOutputGroup
    from paper_digest.render.pages.page import Page

_FIRST_HEADING = late_pattern(r'<h([1-6]) id="([^"]*)">')
_ANCHOR = late_pattern(r'\bid="([^"]+)"')


class NavPage(NamedTuple):
    """A page for MkDocs: its path under ``docs/``, its Markdown with front matter, its body as HTML."""

    path: str
    markdown: str
    html: str


class BuildSummary(NamedTuple):
    """What a build that changes nothing needs of the last one: its navigation's pages, its problems."""

    nav_pages: list[NavPage]
    problems: list[Problem]


decode_summary = msgspec.msgpack.Decoder(BuildSummary).decode


def make_nav_page(page: Page) -> NavPage:
    """Make both forms of a page."""
    return NavPage(page.path, page.markdown(), page.html())


def refresh_reports(
    reports: Iterable[AnyOutputGroup], nav_pages: list[NavPage], files: Files
) -> list[NavPage]:
    """Put into reports that MkDocs builds what became of the groups made since.

    Args:
        reports: groups of pages in the navigation that say what the build did.
        nav_pages: the pages in the navigation as they were made first.
        files: what MkDocs builds; the content of their pages is replaced.

    Returns:
        The pages in the navigation, the reports among them made anew.
    """
    from paper_digest.render.pages.page import Page

    made = (one for group in reports for one in group.make())
    fresh = {page.path: page for page in made if isinstance(page, Page)}
    for path, page in fresh.items():
        file = files.get_file_from_path(path)
        if file and file.page:
            file.page.content = page.html()
    return [make_nav_page(fresh[p.path]) if p.path in fresh else p for p in nav_pages]


class ConvertedPages:
    """Spares MkDocs the conversion of Markdown whose HTML is at hand."""

    def __init__(self, pages: Iterable[NavPage]) -> None:
        self._pages = {
            page.path: (page.markdown.partition("\n---\n\n")[2], page.html) for page in pages
        }

    def markdown_to_convert(self, text: str, page: MkDocsPage) -> str:
        """Return "" for a page whose HTML is at hand; its text where a plugin changed that."""
        ours, _ = self._pages.get(page.file.src_uri, ("", ""))
        if ours.strip() != text.strip():
            self._pages.pop(page.file.src_uri, None)
            return text
        return ""

    def converted_html(self, html: str, page: MkDocsPage) -> str:
        """Return the HTML at hand, and give ``page`` what MkDocs would learn from converting it."""
        if page.file.src_uri not in self._pages:
            return html
        _, body = self._pages[page.file.src_uri]
        page.toc = first_heading_toc(body)
        page.present_anchor_ids = set(_ANCHOR.findall(body))
        return body


def first_heading_toc(body: str) -> TableOfContents:
    """Make of a page's headings what templates ask for: the first."""
    heading = _FIRST_HEADING.search(body)
    return TableOfContents([AnchorLink("", heading[2], int(heading[1]))] if heading else [])


def paths_in_nav(nav: object) -> frozenset[str]:
    """Return the paths of the pages in mkdocs.yml's ``nav``, however deep.

    Raises:
        ConfigError: the home page is not among them; Material's templates link to it everywhere.
    """
    paths = frozenset(_walk_nav(nav))
    if "index.md" not in paths:
        raise ConfigError(
            "mkdocs.yml",
            "nav does not name index.md, the home page",
            "add it to nav: - Latest: index.md",
        )
    return paths


def _walk_nav(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _walk_nav(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from _walk_nav(value)
