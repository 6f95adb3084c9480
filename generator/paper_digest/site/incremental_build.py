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
from paper_digest.render.pages.published_markdown import published
from paper_digest.render.urls import url_of
from paper_digest.settings.config import Config
from paper_digest.site import material_search, note_pages
from paper_digest.site.build_key import surroundings
from paper_digest.site.link_targets import LinkedFiles
from paper_digest.site.page_shells import Shells, headed, mkdocs_page
from paper_digest.store.notes import NOTES_FOLDER as NOTES
from paper_digest.store.notes import is_note_path

_decode = msgspec.msgpack.Decoder(list[tuple[str, str, str]]).decode
_ANCHOR = re.compile(r'\bid="([^"]+)"')

#: Objects made between searches for cycles, of which there are few: a twelfth of a build's time.
_SELDOM = (50_000, 20, 50)

log = logging.getLogger("mkdocs.plugins.paper-digest")


class Read(NamedTuple):
    """An archive as a build read it; ``in_nav`` is path, Markdown and HTML of pages in the nav."""

    key: bytes
    archive: site_plan.SiteBuild
    in_nav: list[tuple[str, str, str]]


class FastBuild:
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
        read: Read | None = None,
    ) -> None:
        """Open the kept site; MkDocs writes into its stage from here on."""
        gc.set_threshold(*_SELDOM)
        self._serving, self.read = serving, read
        self._root, self._settings, self._config = root, settings, config
        self._kept = SiteCache(Path(config.site_dir), root / site_plan.CACHE_FOLDER)
        self._site_dir, config.site_dir = config.site_dir, str(self._kept.staging)
        self._in_nav = frozenset(_named(config.nav))
        self._groups: list[site_plan.AnyOutputGroup] = []
        self._archive: site_plan.SiteBuild | None = None

    def gather(self, files: Files) -> Files:
        """Read the archive; MkDocs gets the pages of its navigation and the names of the others."""
        own = [
            f
            for f in files
            if not site_plan.is_generated(f.src_uri) and not is_note_path(f.src_uri)
        ]
        self._around = surroundings(self._config, self._settings)
        docs = Path(self._config.docs_dir)
        papers = hashing.tree_stat_hash(self._root / "archive")
        notes = hashing.tree_stat_hash(docs / NOTES)
        others = sorted(f.src_uri for f in own)
        papers_key = hash_bytes(self._around, papers, "\n".join(others).encode())
        key = hash_bytes(papers_key, notes)
        self._as_it_is: bytes | None = None
        fresh = bool(papers and notes) and self._kept.is_up_to_date(ARCHIVE_GROUP, key)
        if fresh and bool(self.read) == self._serving:
            self._kept.keep_all_groups()
            in_nav = _decode(self._kept.remembered(ARCHIVE_GROUP)[ARCHIVE_GROUP])
        elif papers and self.read and self.read.key == papers_key:
            self._kept.keep_all_groups()
            in_nav = self.read.in_nav
            self._groups, problems = self.read.archive.rebuild_notes()
            self._warn(problems)
        else:
            self._archive = site_plan.read_archive(self._root, self._settings)
            self._warn(self._archive.problems)
            in_nav = self._parted(self._archive)
            if papers and notes and not self._archive.problems:
                self._as_it_is = msgspec.msgpack.encode(in_nav)
            self.read = Read(papers_key, self._archive, in_nav) if papers else None
        own += [File.generated(self._config, path, content=text) for path, text, _ in in_nav]
        self._ready = {path: (text.partition("\n---\n\n")[2], html) for path, text, html in in_nav}
        names = sorted({*self._kept.group_names, *(g.name for g in self._groups)})
        self._linkable = hash_bytes("\n".join((*others, *names)).encode())
        self._files = LinkedFiles(own, names, self._config)
        return self._files

    def markdown(self, text: str, page: MkDocsPage) -> str:
        """Leave nothing to convert of a page whose HTML is at hand, unless a plugin changed it."""
        ready, _ = self._ready.get(page.file.src_uri, ("", ""))
        if ready.strip() != text.strip():
            self._ready.pop(page.file.src_uri, None)
            return text
        return ""

    def content(self, html: str, page: MkDocsPage) -> str:
        """Put the HTML of such a page in, and what MkDocs would have learned from converting it."""
        if page.file.src_uri not in self._ready:
            return html
        _, ready = self._ready[page.file.src_uri]
        page.toc = headed(ready)
        page.present_anchor_ids = set(_ANCHOR.findall(ready))
        return ready

    def _warn(self, problems: list[str]) -> None:
        for problem in problems:
            log.warning("%s", problem)

    def _parted(self, read: site_plan.SiteBuild) -> list[tuple[str, str, str]]:
        """Return path, Markdown and HTML of pages in the navigation; the other groups are to come."""
        in_nav = []
        for group in read.groups():
            if f"{group.name}.md" in self._in_nav:
                pages = (page for page in group.make() if isinstance(page, Page))
                in_nav += [(page.path, page.markdown(), page.html()) for page in pages]
            else:
                self._groups.append(group)
        return in_nav

    def write(self, env: jinja2.Environment, nav: Navigation) -> None:
        """Render what changed, through MkDocs' templates, and stage it."""
        # Not among what a cache in CI carries along: these files are code.
        compiled = self._root / ".cache" / "jinja"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = jinja2.FileSystemBytecodeCache(str(compiled))
        made = [group for group in self._groups if not self._is_fresh(group)]
        # What is made each time may warn, and MkDocs counts the warnings of its own process.
        own = [group for group in made if group.inputs_hash is None]
        shared = [group for group in made if group.inputs_hash is not None]
        self._share(shared, own, Shells(env, self._config, nav, self._files))
        if self._archive:
            self._archive.close()
        if self._as_it_is is not None:
            self._kept.start_group(ARCHIVE_GROUP)
            self._kept.remember(ARCHIVE_GROUP, self._as_it_is)

    def _is_fresh(self, group: site_plan.AnyOutputGroup) -> bool:
        fresh = self._kept.is_up_to_date(
            group.name, hash_bytes(self._around, group.inputs_hash or b"")
        )
        return fresh and group.inputs_hash is not None

    def _share(
        self,
        shared: list[site_plan.AnyOutputGroup],
        own: list[site_plan.AnyOutputGroup],
        shells: Shells,
    ) -> None:
        """Make the groups, some of them in forks."""

        def apart() -> None:
            self._kept.after_fork()
            if self._archive:
                self._archive.after_fork()

        def make(groups: Iterator[site_plan.AnyOutputGroup]) -> WorkerResult:
            for group in groups:
                self._kept.start_group(group.name)
                for item in group.make():
                    if isinstance(item, Page):
                        self._page(item, shells)
                    else:
                        path, data = item
                        self._kept.write(path, b"", data)
            if self._archive:
                self._archive.flush_texts()
            return self._kept.result

        if self._archive:
            self._archive.flush_texts()  # a fork may not begin with writing half done
        for work in fork_map(shared, make, own, apart)[1:]:
            self._kept.merge_worker(work)

    def _page(self, page: Page, shells: Shells) -> None:
        key = hash_bytes(self._around, page.key(), self._linkable if page.noted else b"")
        path = url_of(page.path) + "index.html"
        html = ""
        if not self._kept.is_unchanged(path, key):
            html, sure = self._html(page)
            self._kept.write(path, key if sure else b"", shells.render(page, html))
        if page.path.startswith(
            site_plan.PUBLISHED_MARKDOWN_PREFIX
        ) and not self._kept.is_unchanged(page.path, key):
            self._kept.write(page.path, key, published(page.markdown()).encode())
        if material_search.index(self._config) and not (page.meta.get("search") or {}).get(
            "exclude"
        ):
            made = mkdocs_page(page, html or self._html(page)[0], self._config)
            entries = material_search.entries(made, self._config)
            self._kept.remember(page.path, msgspec.json.encode(entries))

    def _html(self, page: Page) -> tuple[str, bool]:
        """Make a page's body; also tells whether it is to be kept, and not warned of again."""
        if not page.noted:
            return page.html(), True
        html, sure = note_pages.converted(page, self._config, self._files)
        if not sure:
            self._as_it_is = None
        return html, sure

    def index(self) -> None:
        """Add to the search index what MkDocs did not see."""
        if material_search.index(self._config):
            own = [
                (path, msgspec.json.decode(entries))
                for path, entries in self._kept.remembered().items()
                if path != ARCHIVE_GROUP
            ]
            material_search.splice(own, self._files.documentation_pages(), self._config)

    def publish(self) -> None:
        """Make the site what was staged; up to here it is the old one."""
        self._kept.adopt_external_files("mkdocs")
        done = self._kept.publish()
        log.info(
            "%s files written, %s deleted, %s unchanged", done.written, done.deleted, done.unchanged
        )
        self.close()

    def close(self) -> None:
        """Leave the site as it is now."""
        self._config.site_dir = self._site_dir
        self._kept.close()


def _named(nav: object) -> Iterator[str]:
    """Name the pages in mkdocs.yml's ``nav``, however deep."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _named(value)
    elif isinstance(nav, list):
        for value in nav:
            yield from _named(value)
