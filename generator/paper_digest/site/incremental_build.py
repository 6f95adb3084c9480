"""One incremental build, event by event: MkDocs builds a few pages itself, we make all others.

What reads the archive and makes pages is loaded where it is first needed: it is most of the
program, and a build with nothing to do needs none of it.
"""

from __future__ import annotations

import logging
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import msgspec
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from paper_digest.builder.frame_state import frame_state, remember_frame
from paper_digest.incremental.coming_site import ComingSite
from paper_digest.incremental.file_times import file_times
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.manifest import ARCHIVE_GROUP, CACHE_FOLDER
from paper_digest.incremental.site_cache import SiteCache
from paper_digest.incremental.staged_files import PUBLIC_UMASK
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config, archive_directives
from paper_digest.site import material_search
from paper_digest.site.build_key import build_key
from paper_digest.site.compiled_templates import CheckedBytecodeCache
from paper_digest.site.cycle_search import CycleSearch
from paper_digest.site.dependency_index_file import NO_OUTPUT_GROUPS, DependencyIndexFile
from paper_digest.site.group_faults import remembered_faults
from paper_digest.site.handwritten_files import usable_files_of
from paper_digest.site.link_targets import FilesWithLinkTargets
from paper_digest.site.loaded_archive import LoadedArchive
from paper_digest.site.lost_topics import warn_of_lost_topics
from paper_digest.site.nav_labels import archive_labels_changed, labels_hash
from paper_digest.site.nav_pages import (
    BuildSummary,
    ConvertedPages,
    NavPage,
    decode_summary,
    make_nav_page,
    paths_in_nav,
    refresh_reports,
)
from paper_digest.site.offline import write_offline_files
from paper_digest.store.notes import NOTES_FOLDER

if TYPE_CHECKING:
    from paper_digest.builder.site_build import SiteBuild
    from paper_digest.builder.site_plan import AnyOutputGroup

log = logging.getLogger("mkdocs.plugins.paper-digest")


class IncrementalBuild:
    """The archive from the store to the site; its methods are called in the order of MkDocs' events.

    While pages are served, what one build read is given to the next (``loaded``), which then makes
    only the pages with notes if the archive did not change. Search and related papers learn of
    those notes in the first build of the next process.
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
        """Open the cached site; from here on MkDocs writes into the staging folder.

        Raises:
            ConfigError: the navigation does not name the home page.
            LockedError: another build of the same site is running.
        """
        self._nav_paths = paths_in_nav(config.nav)
        self._serving, self.loaded = serving, loaded
        self._root, self._settings, self._config = root, settings, config
        self._site_cache = SiteCache(Path(config.site_dir), root / CACHE_FOLDER)
        self._site_dir, config.site_dir = config.site_dir, str(self._site_cache.staging)
        self._directives = archive_directives(settings)
        self._groups: list[AnyOutputGroup] = []
        self._site_build: SiteBuild | None = None
        self._is_repeatable = False
        self._nav_reports: list[AnyOutputGroup] = []
        self.faults: list[Problem] = []
        self._umask, self._cycle_search = os.umask(PUBLIC_UMASK), CycleSearch()

    @property
    def staging(self) -> Path:
        """The folder that the new site is written into."""
        return self._site_cache.staging

    def select_files(self, files: Files) -> Files:
        """Read the archive where it changed.

        Returns:
            What MkDocs builds: the handwritten files, and the pages of the archive in the
            navigation. Links may lead to all others.
        """
        self._frame_state = frame_state(self._root)  # before MkDocs reads any of it
        mkdocs_files, page_faults = usable_files_of(files, self._config, self._settings)
        self.faults += page_faults
        others = sorted(f.src_uri for f in mkdocs_files)
        own_pages = (f for f in mkdocs_files if f.is_documentation_page())
        in_nav = ((f.src_uri, f.content_string) for f in own_pages if f.src_uri in self._nav_paths)
        labels = labels_hash(self._config.nav, in_nav)
        common_key = hash_bytes(build_key(self._config, self._settings), labels)
        faults_key = msgspec.json.encode(page_faults)
        nav_pages = self._load(hash_bytes(common_key, "\n".join(others).encode(), faults_key))
        mkdocs_files += [
            File.generated(self._config, page.path, content=page.markdown) for page in nav_pages
        ]
        self._nav_pages = nav_pages
        self.converted_pages = ConvertedPages(nav_pages)
        groups = {*self._site_cache.group_names, *(g.name for g in self._groups)}
        names = sorted(groups - NO_OUTPUT_GROUPS)
        common_key = hash_bytes(common_key, self._archive_labels(nav_pages))
        self._keys = common_key, hash_bytes("\n".join((*others, *names)).encode())
        self._files = FilesWithLinkTargets(mkdocs_files, names, self._config)
        return self._files

    def _load(self, other_inputs: bytes) -> list[NavPage]:
        """Read as little as what changed since the last build allows; sets the groups to make.

        Args:
            other_inputs: a hash of all that the site is made from but the archive and its notes.
        """
        times = file_times(self._root / "archive")
        notes_times = file_times(Path(self._config.docs_dir) / NOTES_FOLDER)
        is_certain = times.is_certain and notes_times.is_certain
        papers_key = hash_bytes(other_inputs, times.hash())
        key = hash_bytes(papers_key, notes_times.hash())
        is_up_to_date = is_certain and self._site_cache.is_up_to_date(ARCHIVE_GROUP, key)
        if is_up_to_date and bool(self.loaded) == self._serving:
            self._site_cache.keep_all_groups()
            last_build = decode_summary(self._site_cache.remembered(ARCHIVE_GROUP)[ARCHIVE_GROUP])
            self.faults += last_build.problems
            return last_build.nav_pages
        loaded = self.loaded if times.is_certain else None
        if loaded and loaded.is_of_site(papers_key, self._site_cache.previous_group_names):
            self._site_cache.keep_all_groups()
            self._groups, problems = loaded.site_build.rebuild_notes()
            self.faults += problems
            return loaded.nav_pages
        from paper_digest.builder.site_build import SiteBuild

        self._site_cache.verify_outputs()
        self._site_build = SiteBuild(self._root, self._settings, times)
        self._site_build.group_faults += self.faults
        self._index_file = DependencyIndexFile(self._site_cache, other_inputs)
        nav_pages = self._split_nav_pages(self._site_build)
        warn_of_lost_topics(self._site_cache.previous_group_names, self._settings.topic_names)
        self._is_repeatable = is_certain
        self.loaded = (
            LoadedArchive(papers_key, self._site_build, nav_pages) if times.is_certain else None
        )
        return nav_pages

    def _split_nav_pages(self, site_build: SiteBuild) -> list[NavPage]:
        """Return the pages in the navigation; all other groups but those of unchanged papers are made later."""
        from paper_digest.render.pages.page import Page

        nav_pages: list[NavPage] = []
        unchanged = self._index_file.keep_unchanged(site_build, self._nav_paths)
        for group in site_build.groups(unchanged):
            if f"{group.name}.md" not in self._nav_paths:
                self._groups.append(group)
                continue
            with contained(site_build.group_faults, partial(site_build.failed_place, group.name)):
                nav_pages += [make_nav_page(p) for p in group.make() if isinstance(p, Page)]
                self._nav_reports += [group] if group.is_report else []
        if archive_labels_changed(self._site_cache, self._archive_labels(nav_pages)):
            self._groups += site_build.plan.page_groups_of(unchanged)
        return nav_pages

    def _archive_labels(self, nav_pages: list[NavPage]) -> bytes:
        return labels_hash(self._config.nav, ((page.path, page.markdown) for page in nav_pages))

    def render_changed(self, env: jinja2.Environment, nav: Navigation) -> None:
        """Render what changed through MkDocs' templates, into the staging folder."""
        # Not in the folder that CI caches between runs: these files are code.
        env.bytecode_cache = CheckedBytecodeCache(self._root / ".cache" / "jinja", env)
        if not (self._groups or self._site_build):
            self.faults += remembered_faults(self._site_cache)
            return
        from paper_digest.site.group_writer import GroupWriter, RenderKeys
        from paper_digest.site.page_shells import PageShells

        shells = PageShells(env, self._config, nav, self._files, self._directives)
        keys = RenderKeys(*self._keys)
        writer = GroupWriter(self._site_cache, keys, self._files, self._config, self._directives)
        if self._site_build:
            env.globals["first_search_files"] = self._site_build.plan.first_search_files
        writer.write_groups(self._groups, shells, self._site_build)
        if not self._site_build:
            self.faults += writer.faults()
            return
        if self.loaded:
            self.loaded.group_names = {*self._site_cache.group_names} - NO_OUTPUT_GROUPS
        self.faults = list(self._site_build.faults)
        self._nav_pages = refresh_reports(self._nav_reports, self._nav_pages, self._files)
        self._index_file.write(self._site_build, writer.failed_groups)
        self._site_build.close()
        if self._is_repeatable and not writer.failures:
            summary = BuildSummary(self._nav_pages, self._site_build.problems)
            self._site_cache.start_group(ARCHIVE_GROUP)
            self._site_cache.remember(ARCHIVE_GROUP, msgspec.msgpack.encode(summary))

    def add_search_entries(self) -> None:
        """Add to Material's search index the pages that MkDocs did not build."""
        if material_search.search_index(self._config):
            added = [
                (path, msgspec.json.decode(entries))
                for path, entries in self._site_cache.remembered().items()
                if not path.startswith("\0")
            ]
            material_search.insert_entries(added, self._files.documentation_pages(), self._config)

    def publish(self) -> None:
        """Turn the staging folder into the site; up to here the site is the old one."""
        if self._settings.offline:
            write_offline_files(self.staging, self._settings.title, ComingSite(self._site_cache))
        remember_frame(self._site_cache, self._frame_state)
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
        """Leave the site as it is now, and MkDocs' settings and Python's as they were."""
        os.umask(self._umask)
        self._cycle_search.end()
        self._config.site_dir = self._site_dir
        self._site_cache.close()
