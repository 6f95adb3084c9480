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
from paper_digest.incremental.hashing import hashed
from paper_digest.incremental.manifest import ARCHIVE
from paper_digest.incremental.parallel import share
from paper_digest.incremental.site_cache import KeptSite, Work
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
    archive: site_plan.Archive
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
        self._kept = KeptSite(Path(config.site_dir), root / site_plan.CACHE)
        self._site_dir, config.site_dir = config.site_dir, str(self._kept.stage)
        self._in_nav = frozenset(_named(config.nav))
        self._groups: list[site_plan.Part] = []
        self._archive: site_plan.Archive | None = None

    def gather(self, files: Files) -> Files:
        """Read the archive; MkDocs gets the pages of its navigation and the names of the others."""
        own = [f for f in files if not site_plan.owns(f.src_uri) and not is_note_path(f.src_uri)]
        self._around = surroundings(self._config, self._settings)
        docs = Path(self._config.docs_dir)
        papers = hashing.untouched(self._root / "archive")
        notes = hashing.untouched(docs / NOTES)
        others = sorted(f.src_uri for f in own)
        papers_key = hashed(self._around, papers, "\n".join(others).encode())
        key = hashed(papers_key, notes)
        self._as_it_is: bytes | None = None
        fresh = bool(papers and notes) and self._kept.fresh(ARCHIVE, key)
        if fresh and bool(self.read) == self._serving:
            self._kept.keep()
            in_nav = _decode(self._kept.notes(ARCHIVE)[ARCHIVE])
        elif papers and self.read and self.read.key == papers_key:
            self._kept.keep()
            in_nav = self.read.in_nav
            self._groups, problems = self.read.archive.noted()
            self._warn(problems)
        else:
            self._archive = site_plan.read(self._root, self._settings)
            self._warn(self._archive.problems)
            in_nav = self._parted(self._archive)
            if papers and notes and not self._archive.problems:
                self._as_it_is = msgspec.msgpack.encode(in_nav)
            self.read = Read(papers_key, self._archive, in_nav) if papers else None
        own += [File.generated(self._config, path, content=text) for path, text, _ in in_nav]
        self._ready = {path: (text.partition("\n---\n\n")[2], html) for path, text, html in in_nav}
        names = sorted({*self._kept.names, *(g.name for g in self._groups)})
        self._linkable = hashed("\n".join((*others, *names)).encode())
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

    def _parted(self, read: site_plan.Archive) -> list[tuple[str, str, str]]:
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
        own = [group for group in made if group.inputs is None]
        shared = [group for group in made if group.inputs is not None]
        self._share(shared, own, Shells(env, self._config, nav, self._files))
        if self._archive:
            self._archive.close()
        if self._as_it_is is not None:
            self._kept.begin(ARCHIVE)
            self._kept.note(ARCHIVE, self._as_it_is)

    def _is_fresh(self, group: site_plan.Part) -> bool:
        fresh = self._kept.fresh(group.name, hashed(self._around, group.inputs or b""))
        return fresh and group.inputs is not None

    def _share(
        self, shared: list[site_plan.Part], own: list[site_plan.Part], shells: Shells
    ) -> None:
        """Make the groups, some of them in forks."""

        def apart() -> None:
            self._kept.apart()
            if self._archive:
                self._archive.apart()

        def make(groups: Iterator[site_plan.Part]) -> Work:
            for group in groups:
                self._kept.begin(group.name)
                for item in group.make():
                    if isinstance(item, Page):
                        self._page(item, shells)
                    else:
                        path, data = item
                        self._kept.put(path, b"", data)
            if self._archive:
                self._archive.keep()
            return self._kept.work

        if self._archive:
            self._archive.keep()  # a fork may not begin with writing half done
        for work in share(shared, make, own, apart)[1:]:
            self._kept.take(work)

    def _page(self, page: Page, shells: Shells) -> None:
        key = hashed(self._around, page.key(), self._linkable if page.noted else b"")
        path = url_of(page.path) + "index.html"
        html = ""
        if not self._kept.same(path, key):
            html, sure = self._html(page)
            self._kept.put(path, key if sure else b"", shells.render(page, html))
        if page.path.startswith(site_plan.BESIDE) and not self._kept.same(page.path, key):
            self._kept.put(page.path, key, published(page.markdown()).encode())
        if material_search.index(self._config) and not (page.meta.get("search") or {}).get(
            "exclude"
        ):
            made = mkdocs_page(page, html or self._html(page)[0], self._config)
            entries = material_search.entries(made, self._config)
            self._kept.note(page.path, msgspec.json.encode(entries))

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
                for path, entries in self._kept.notes().items()
                if path != ARCHIVE
            ]
            material_search.splice(own, self._files.documentation_pages(), self._config)

    def publish(self) -> None:
        """Make the site what was staged; up to here it is the old one."""
        self._kept.adopt("mkdocs")
        done = self._kept.publish()
        log.info(
            "%s files written, %s deleted, %s unchanged", done.written, done.deleted, done.kept
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
