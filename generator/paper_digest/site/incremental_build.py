"""One fast build: the archive's pages made outside MkDocs' page loop, and the rest left to MkDocs."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jinja2
import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from paper_digest.builder import site_plan
from paper_digest.incremental import hashing
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.manifest import ARCHIVE_GROUP
from paper_digest.incremental.parallel import fork_map
from paper_digest.incremental.site_cache import SiteCache, WorkerResult
from paper_digest.render.pages.page import Page
from paper_digest.render.pages.published_markdown import publishable_markdown
from paper_digest.render.urls import url_from_path
from paper_digest.settings.config import Config
from paper_digest.site import material_search, note_pages
from paper_digest.site.build_key import build_key
from paper_digest.site.link_targets import FilesWithLinkTargets
from paper_digest.site.page_shells import PageShells, first_heading_toc, mkdocs_page
from paper_digest.store.notes import NOTES_FOLDER as NOTES
from paper_digest.store.notes import is_note_path

_decode_nav_pages = msgspec.msgpack.Decoder(list[tuple[str, str, str]]).decode
_ANCHOR = re.compile(r'\bid="([^"]+)"')

#: Objects made between searches for cycles, of which there are few: a twelfth of a build's time.
_GC_THRESHOLDS = (50_000, 20, 50)

log = logging.getLogger("mkdocs.plugins.paper-digest")


class LoadedArchive(NamedTuple):
    """An archive as a build read it; ``in_nav`` is path, Markdown and HTML of pages in the nav."""

    key: bytes
    site_build: site_plan.SiteBuild
    nav_pages: list[tuple[str, str, str]]


class IncrementalBuild:
    """The archive from the store to the site, in the order of MkDocs' events.

    While pages are served, what one build read is given to the next, which then makes of an
    unchanged archive only the pages with notes: large archives' search and related papers learn of
    those notes in the next build that begins anew.
    """

    def __init__(
        self,
        root: Path,
        settings: Config,
        config: MkDocsConfig,
        *,
        serving: bool = False,
        loaded: LoadedArchive | None = None,
    ) -> None:
        """Open the kept site; MkDocs writes into its stage from here on."""
        gc.set_threshold(*_GC_THRESHOLDS)
        self._serving, self.loaded = serving, loaded
        self._root, self._settings, self._config = root, settings, config
        self._site_cache = SiteCache(Path(config.site_dir), root / site_plan.CACHE_FOLDER)
        self._site_dir, config.site_dir = config.site_dir, str(self._site_cache.staging)
        self._nav_paths = frozenset(_paths_in_nav(config.nav))
        self._groups: list[site_plan.AnyOutputGroup] = []
        self._site_build: site_plan.SiteBuild | None = None

    def select_files(self, files: Files) -> Files:
        """Read the archive; MkDocs gets the pages of its navigation and the names of the others."""
        mkdocs_files = [
            f
            for f in files
            if not site_plan.is_generated(f.src_uri) and not is_note_path(f.src_uri)
        ]
        self._build_key = build_key(self._config, self._settings)
        docs = Path(self._config.docs_dir)
        papers_stat_hash = hashing.tree_stat_hash(self._root / "archive")
        notes_stat_hash = hashing.tree_stat_hash(docs / NOTES)
        others = sorted(f.src_uri for f in mkdocs_files)
        papers_key = hash_bytes(self._build_key, papers_stat_hash, "\n".join(others).encode())
        key = hash_bytes(papers_key, notes_stat_hash)
        self._packed_nav_pages: bytes | None = None
        is_up_to_date = bool(
            papers_stat_hash and notes_stat_hash
        ) and self._site_cache.is_up_to_date(ARCHIVE_GROUP, key)
        if is_up_to_date and bool(self.loaded) == self._serving:
            self._site_cache.keep_all_groups()
            nav_pages = _decode_nav_pages(self._site_cache.remembered(ARCHIVE_GROUP)[ARCHIVE_GROUP])
        elif papers_stat_hash and self.loaded and self.loaded.key == papers_key:
            self._site_cache.keep_all_groups()
            nav_pages = self.loaded.nav_pages
            self._groups, problems = self.loaded.site_build.rebuild_notes()
            self._log_problems(problems)
        else:
            self._site_build = site_plan.read_archive(self._root, self._settings)
            self._log_problems(self._site_build.problems)
            nav_pages = self._split_nav_pages(self._site_build)
            if papers_stat_hash and notes_stat_hash and not self._site_build.problems:
                self._packed_nav_pages = msgspec.msgpack.encode(nav_pages)
            self.loaded = (
                LoadedArchive(papers_key, self._site_build, nav_pages) if papers_stat_hash else None
            )
        mkdocs_files += [
            File.generated(self._config, path, content=text) for path, text, _ in nav_pages
        ]
        self._converted_pages = {
            path: (text.partition("\n---\n\n")[2], html) for path, text, html in nav_pages
        }
        names = sorted({*self._site_cache.group_names, *(g.name for g in self._groups)})
        self._link_targets_hash = hash_bytes("\n".join((*others, *names)).encode())
        self._files = FilesWithLinkTargets(mkdocs_files, names, self._config)
        return self._files

    def markdown_to_convert(self, text: str, page: MkDocsPage) -> str:
        """Leave nothing to convert of a page whose HTML is at hand, unless a plugin changed it."""
        known_markdown, _ = self._converted_pages.get(page.file.src_uri, ("", ""))
        if known_markdown.strip() != text.strip():
            self._converted_pages.pop(page.file.src_uri, None)
            return text
        return ""

    def converted_html(self, html: str, page: MkDocsPage) -> str:
        """Put the HTML of such a page in, and what MkDocs would have learned from converting it."""
        if page.file.src_uri not in self._converted_pages:
            return html
        _, body = self._converted_pages[page.file.src_uri]
        page.toc = first_heading_toc(body)
        page.present_anchor_ids = set(_ANCHOR.findall(body))
        return body

    def _log_problems(self, problems: list[str]) -> None:
        for problem in problems:
            log.warning("%s", problem)

    def _split_nav_pages(self, site_build: site_plan.SiteBuild) -> list[tuple[str, str, str]]:
        """Return path, Markdown and HTML of pages in the navigation; the other groups are to come."""
        nav_pages = []
        for group in site_build.groups():
            if f"{group.name}.md" in self._nav_paths:
                pages = (page for page in group.make() if isinstance(page, Page))
                nav_pages += [(page.path, page.markdown(), page.html()) for page in pages]
            else:
                self._groups.append(group)
        return nav_pages

    def render_changed(self, env: jinja2.Environment, nav: Navigation) -> None:
        """Render what changed, through MkDocs' templates, and stage it."""
        # Not among what a cache in CI carries along: these files are code.
        compiled = self._root / ".cache" / "jinja"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
        outdated_groups = [group for group in self._groups if not self._is_up_to_date(group)]
        # What is made each time may warn, and MkDocs counts the warnings of its own process.
        local_groups = [group for group in outdated_groups if group.inputs_hash is None]
        forked_groups = [group for group in outdated_groups if group.inputs_hash is not None]
        self._make_groups(
            forked_groups, local_groups, PageShells(env, self._config, nav, self._files)
        )
        if self._site_build:
            self._site_build.close()
        if self._packed_nav_pages is not None:
            self._site_cache.start_group(ARCHIVE_GROUP)
            self._site_cache.remember(ARCHIVE_GROUP, self._packed_nav_pages)

    def _is_up_to_date(self, group: site_plan.AnyOutputGroup) -> bool:
        up_to_date = self._site_cache.is_up_to_date(
            group.name, hash_bytes(self._build_key, group.inputs_hash or b"")
        )
        return up_to_date and group.inputs_hash is not None

    def _make_groups(
        self,
        forked_groups: list[site_plan.AnyOutputGroup],
        local_groups: list[site_plan.AnyOutputGroup],
        shells: PageShells,
    ) -> None:
        """Make the groups, some of them in forks."""

        def after_fork() -> None:
            self._site_cache.after_fork()
            if self._site_build:
                self._site_build.after_fork()

        def make_groups(groups: Iterator[site_plan.AnyOutputGroup]) -> WorkerResult:
            for group in groups:
                self._site_cache.start_group(group.name)
                for item in group.make():
                    if isinstance(item, Page):
                        self._write_page(item, shells)
                    else:
                        path, data = item
                        self._site_cache.write(path, b"", data)
            if self._site_build:
                self._site_build.flush_texts()
            return self._site_cache.result

        if self._site_build:
            self._site_build.flush_texts()  # a fork may not begin with writing half done
        for worker in fork_map(forked_groups, make_groups, local_groups, after_fork)[1:]:
            self._site_cache.merge_worker(worker)

    def _write_page(self, page: Page, shells: PageShells) -> None:
        key = hash_bytes(
            self._build_key, page.content_hash(), self._link_targets_hash if page.has_notes else b""
        )
        path = url_from_path(page.path) + "index.html"
        html = ""
        if not self._site_cache.is_unchanged(path, key):
            html, cacheable = self._body_html(page)
            self._site_cache.write(path, key if cacheable else b"", shells.render(page, html))
        if page.path.startswith(
            site_plan.PUBLISHED_MARKDOWN_PREFIX
        ) and not self._site_cache.is_unchanged(page.path, key):
            self._site_cache.write(page.path, key, publishable_markdown(page.markdown()).encode())
        if material_search.search_index(self._config) and not (page.meta.get("search") or {}).get(
            "exclude"
        ):
            mkdocs_copy = mkdocs_page(page, html or self._body_html(page)[0], self._config)
            entries = material_search.page_search_entries(mkdocs_copy, self._config)
            self._site_cache.remember(page.path, msgspec.json.encode(entries))

    def _body_html(self, page: Page) -> tuple[str, bool]:
        """Make a page's body; also tells whether it is to be kept, and not warned of again."""
        if not page.has_notes:
            return page.html(), True
        html, cacheable = note_pages.convert_page(page, self._config, self._files)
        if not cacheable:
            self._packed_nav_pages = None
        return html, cacheable

    def add_search_entries(self) -> None:
        """Add to the search index what MkDocs did not see."""
        if material_search.search_index(self._config):
            added = [
                (path, msgspec.json.decode(entries))
                for path, entries in self._site_cache.remembered().items()
                if path != ARCHIVE_GROUP
            ]
            material_search.insert_entries(added, self._files.documentation_pages(), self._config)

    def publish(self) -> None:
        """Make the site what was staged; up to here it is the old one."""
        self._site_cache.adopt_external_files("mkdocs")
        result = self._site_cache.publish()
        log.info(
            "%s files written, %s deleted, %s unchanged",
            result.written,
            result.deleted,
            result.unchanged,
        )
        self.close()

    def close(self) -> None:
        """Leave the site as it is now."""
        self._config.site_dir = self._site_dir
        self._site_cache.close()


def _paths_in_nav(nav: object) -> Iterator[str]:
    """Name the pages in mkdocs.yml's ``nav``, however deep."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _paths_in_nav(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from _paths_in_nav(value)
