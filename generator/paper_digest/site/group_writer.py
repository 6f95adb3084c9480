"""Makes the groups of a site that changed, in several processes, and writes their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from typing import NamedTuple

import msgspec
from mkdocs.config.defaults import MkDocsConfig

from paper_digest.builder.site_build import SiteBuild
from paper_digest.builder.site_plan import AnyOutputGroup
from paper_digest.incremental.build_results import WorkerResult
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.incremental.site_cache import SiteCache
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.render.pages.page import Page
from paper_digest.render.urls import url_from_path
from paper_digest.settings.page_directives import Directives
from paper_digest.site import material_search, note_pages
from paper_digest.site.group_faults import remember_faults, remembered_faults
from paper_digest.site.link_targets import FilesWithLinkTargets
from paper_digest.site.mkdocs_pages import MkDocsPages
from paper_digest.site.page_shells import PageShells


class RenderKeys(NamedTuple):
    """Hashes of what pages are made from apart from their content.

    ``common`` is of settings, templates and program; ``link_targets`` of all paths that the links
    of a note may lead to.
    """

    common: bytes
    link_targets: bytes


class GroupWork(NamedTuple):
    """What one process made of its share of the groups, and which of them it could not make."""

    result: WorkerResult
    failures: list[Problem]
    failed_groups: set[str]


class GroupWriter:
    """Writes groups into the staging folder of the next site.

    ``failures`` are the faults of ``failed_groups``, which could not be made: the site keeps what it had
    of them.
    """

    def __init__(
        self,
        site_cache: SiteCache,
        keys: RenderKeys,
        files: FilesWithLinkTargets,
        config: MkDocsConfig,
        directives: Directives,
    ) -> None:
        self._directives = directives
        self._site_cache, self._keys, self._files = site_cache, keys, files
        self._config, self._mkdocs_pages = config, MkDocsPages(config)
        self.failures: list[Problem] = []
        self.failed_groups: set[str] = set()
        self._site_build: SiteBuild | None = None

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

        def write(own_share: Iterator[AnyOutputGroup]) -> GroupWork:
            for group in own_share:
                self._write_group(group, shells)
            if site_build:
                site_build.flush()
            return GroupWork(self._site_cache.result, self.failures, self.failed_groups)

        self._site_build = site_build
        outdated = [group for group in groups if not self._is_up_to_date(group)]
        local_groups = [g for g in outdated if g.inputs_hash is None and not g.is_report]
        forked_groups = [group for group in outdated if group.inputs_hash is not None]
        if site_build:
            site_build.flush()  # or each fork would write it once more
        for worker in fork_map(forked_groups, write, local_groups, after_fork)[1:]:
            self._site_cache.merge_worker(worker.result)
            self.failures += worker.failures
            self.failed_groups |= worker.failed_groups
        if site_build:
            site_build.group_faults += self.faults()
        for report in (group for group in outdated if group.is_report):
            self._write_group(report, shells)

    def faults(self) -> list[Problem]:
        """Return what groups could not be made, and what is wrong in those that were, now or earlier."""
        return [*self.failures, *remembered_faults(self._site_cache)]

    def _is_up_to_date(self, group: AnyOutputGroup) -> bool:
        link_targets = self._keys.link_targets if group.has_free_links else b""
        key = hash_bytes(self._keys.common, group.inputs_hash or b"", link_targets)
        # Asked in any case: it tells the cache that the site has the group.
        up_to_date = self._site_cache.is_up_to_date(group.name, key)
        return up_to_date and group.inputs_hash is not None

    def _write_group(self, group: AnyOutputGroup, shells: PageShells) -> None:
        """Make a group; where that fails the site keeps what it had of it."""
        self._site_cache.start_group(group.name)
        failures: list[Problem] = []
        warnings: list[Problem] = []
        build = self._site_build
        place = partial(build.failed_place, group.name) if build else group.name
        with contained(failures, place), build.reading_together() if build else nullcontext():
            for item in group.make():
                if isinstance(item, Page):
                    warnings += self._write_page(item, shells)
                else:
                    path, data = item
                    self._site_cache.write(path, b"", data)
        if failures:
            self.failed_groups.add(group.name)
            was_there = self._site_cache.abandon_group()
            end = "; the site keeps it as it was" if was_there else "; the site lacks it"
            self.failures += (
                msgspec.structs.replace(failure, what=failure.what + end) for failure in failures
            )
        elif warnings:
            remember_faults(self._site_cache, group.name, warnings)

    def _write_page(self, page: Page, shells: PageShells) -> list[Problem]:
        """Write a page and what stands beside it; returns what is wrong with its notes."""
        link_targets = self._keys.link_targets if page.has_notes else b""
        key = hash_bytes(self._keys.common, page.content_hash(), link_targets)
        path = url_from_path(page.path) + "index.html"
        html, warnings = "", list[Problem]()
        if page.has_notes or not self._site_cache.is_unchanged(path, key):
            html, warnings = self._body_html(page)
            self._site_cache.write(path, key, shells.render(page, html))
        if page.published and not self._site_cache.is_unchanged(page.path, key):
            self._site_cache.write(page.path, key, page.published_markdown().encode())
        excluded = (page.meta.get("search") or {}).get("exclude")
        if material_search.search_index(self._config) and not excluded:
            mkdocs_copy = self._mkdocs_pages.make(page, html or self._body_html(page)[0])
            entries = material_search.page_search_entries(mkdocs_copy, self._config)
            self._site_cache.remember(page.path, msgspec.json.encode(entries))
        return warnings

    def _body_html(self, page: Page) -> tuple[str, list[Problem]]:
        """Return a page's body, and what MkDocs warned of in its notes."""
        if not page.has_notes:
            return page.html(), []
        return note_pages.convert_page(page, self._config, self._files, self._directives)
