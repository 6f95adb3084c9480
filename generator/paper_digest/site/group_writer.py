"""Makes the groups of a site that changed, in several processes, and writes their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from mkdocs.config.defaults import MkDocsConfig

from paper_digest.builder.site_build import SiteBuild
from paper_digest.builder.site_plan import AnyOutputGroup
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.incremental.site_cache import SiteCache, WorkerResult
from paper_digest.render.pages.page import Page
from paper_digest.render.urls import url_from_path
from paper_digest.site import material_search, note_pages
from paper_digest.site.link_targets import FilesWithLinkTargets
from paper_digest.site.page_shells import PageShells, mkdocs_page


class RenderKeys(NamedTuple):
    """Hashes of what pages are made from apart from their content.

    ``common`` is of settings, templates and program; ``link_targets`` of all paths that the links
    of a note may lead to.
    """

    common: bytes
    link_targets: bytes


class GroupWriter:
    """Writes groups into the staging folder of the next site.

    ``has_warnings`` tells whether MkDocs warned of a page, which is then made again in every build.
    """

    def __init__(
        self,
        site_cache: SiteCache,
        keys: RenderKeys,
        files: FilesWithLinkTargets,
        config: MkDocsConfig,
    ) -> None:
        self._site_cache, self._keys, self._files = site_cache, keys, files
        self._config, self.has_warnings = config, False

    def write_groups(
        self, groups: Sequence[AnyOutputGroup], shells: PageShells, site_build: SiteBuild | None
    ) -> None:
        """Make those of the groups that are not up to date.

        Args:
            groups: the groups, the heaviest first.
            shells: renders pages.
            site_build: what the groups read from, where they read anything but notes.
        """

        def after_fork() -> None:
            self._site_cache.after_fork()
            if site_build:
                site_build.after_fork()

        def write(own_share: Iterator[AnyOutputGroup]) -> WorkerResult:
            for group in own_share:
                self._write_group(group, shells)
            if site_build:
                site_build.flush()
            return self._site_cache.result

        outdated = [group for group in groups if not self._is_up_to_date(group)]
        # What is made in every build may warn, and MkDocs counts the warnings of its own process.
        local_groups = [group for group in outdated if group.inputs_hash is None]
        forked_groups = [group for group in outdated if group.inputs_hash is not None]
        if site_build:
            site_build.flush()  # or each fork would write it once more
        for worker in fork_map(forked_groups, write, local_groups, after_fork)[1:]:
            self._site_cache.merge_worker(worker)

    def _is_up_to_date(self, group: AnyOutputGroup) -> bool:
        key = hash_bytes(self._keys.common, group.inputs_hash or b"")
        # Asked in any case: it tells the cache that the site has the group.
        up_to_date = self._site_cache.is_up_to_date(group.name, key)
        return up_to_date and group.inputs_hash is not None

    def _write_group(self, group: AnyOutputGroup, shells: PageShells) -> None:
        self._site_cache.start_group(group.name)
        for item in group.make():
            if isinstance(item, Page):
                self._write_page(item, shells)
            else:
                path, data = item
                self._site_cache.write(path, b"", data)

    def _write_page(self, page: Page, shells: PageShells) -> None:
        link_targets = self._keys.link_targets if page.has_notes else b""
        key = hash_bytes(self._keys.common, page.content_hash(), link_targets)
        path = url_from_path(page.path) + "index.html"
        html = ""
        if not self._site_cache.is_unchanged(path, key):
            html, cacheable = self._body_html(page)
            self._site_cache.write(path, key if cacheable else b"", shells.render(page, html))
        if page.published and not self._site_cache.is_unchanged(page.path, key):
            self._site_cache.write(page.path, key, page.published_markdown().encode())
        excluded = (page.meta.get("search") or {}).get("exclude")
        if material_search.search_index(self._config) and not excluded:
            mkdocs_copy = mkdocs_page(page, html or self._body_html(page)[0], self._config)
            entries = material_search.page_search_entries(mkdocs_copy, self._config)
            self._site_cache.remember(page.path, msgspec.json.encode(entries))

    def _body_html(self, page: Page) -> tuple[str, bool]:
        """Return a page's body, and whether it may be cached: MkDocs warned of nothing in it."""
        if not page.has_notes:
            return page.html(), True
        html, cacheable = note_pages.convert_page(page, self._config, self._files)
        self.has_warnings |= not cacheable
        return html, cacheable
