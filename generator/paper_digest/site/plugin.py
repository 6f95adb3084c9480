"""The MkDocs plugin: carries archive.yml into MkDocs, and makes a build fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jinja2
from mkdocs.config import config_options
from mkdocs.config.base import Config as PluginConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from paper_digest.incremental.sqlite import discard_damaged
from paper_digest.model.errors import ConfigError, DigestError
from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.settings.config import Config, load_config
from paper_digest.settings.content_use import content_use_context
from paper_digest.settings.mkdocs_file import check_frame
from paper_digest.settings.services import services_context
from paper_digest.settings.settings_file import CONFIG_FILE
from paper_digest.settings.taxonomy import TOPICS_FILE
from paper_digest.site import serving
from paper_digest.site.assets import slim_assets
from paper_digest.site.group_faults import report_faults
from paper_digest.site.incremental_build import IncrementalBuild
from paper_digest.site.loaded_archive import LoadedArchive
from paper_digest.site.material_search import put_titles_first
from paper_digest.site.mkdocs_settings import (
    OPERATORS_THEME,
    SEARCH_PAGE,
    complete_settings,
    theme_folders,
    volumes_context,
)
from paper_digest.site.offline import write_offline_files
from paper_digest.site.secured_pages import SecuredPages
from paper_digest.site.template_faults import raised_fault
from paper_digest.site.trim import list_visible_templates, remove_unused_files, trim_templates
from paper_digest.text.language import ENGLISH, gettext, ngettext, pgettext, set_language

if TYPE_CHECKING:  # what serves takes long to load, and most runs do not
    from mkdocs.livereload import LiveReloadServer

FIRST, LAST = 100, -100


class Options(PluginConfig):  # type: ignore[no-untyped-call] # MkDocs types it not
    """What mkdocs.yml may say of the plugin; everything else is in archive.yml.

    ``fast: false`` has MkDocs build docs/, as ``digest build`` wrote it, page by page: slow, and
    the reference that tests compare the fast build with.
    """

    fast = config_options.Type(bool, default=True)


class PaperDigestPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call] # as above
    """Named ``paper-digest`` in mkdocs.yml."""

    _serving = False
    _uses_stock_search = True
    _root = Path()
    _archive_config: Config
    _build: IncrementalBuild | None = None
    _loaded: LoadedArchive | None = None
    _nav: Navigation

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note which command runs: pages are built or served."""
        del dirty
        self._serving = command == "serve"

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set the site's name, address and description from archive.yml, and what pages need."""
        try:
            self._root = root = Path(config.config_file_path).parent
            self._archive_config = settings = load_config(root)
            check_frame(Path(config.config_file_path), serving.site_frame(config))
        except ConfigError as error:
            raise Abort(str(error)) from error
        config.site_name = settings.title
        config.site_description = settings.description or config.site_description
        config.site_url = settings.url or config.site_url
        if self._serving and self.config.fast:
            # Served pages are those of the site, so that they need not be built twice.
            config.site_url = settings.url or serving.mkdocs_setting(config, "site_url")
            config.site_dir = str(serving.site_folder(config))
        config.repo_url = settings.repository or config.repo_url
        config.edit_uri = ""
        services = services_context(settings.subscribe, settings.comments, settings.analytics)
        config.extra |= {"services": services, "offline": settings.offline}
        config.extra |= content_use_context(settings)
        self._secured_pages = SecuredPages(settings)
        set_language(settings.language)
        complete_settings(config, root)
        list_visible_templates(config.theme)
        put_titles_first(config, choose_provider=self.config.fast)
        config.extra |= volumes_context(root, settings)
        self._use_own_search(config)
        return config

    def _use_own_search(self, config: MkDocsConfig) -> None:
        """Have the archive's own worker answer Material's search box, or else its search page."""
        scripts = config.extra.get("material_scripts")
        self._uses_stock_search = not scripts
        if scripts:
            scripts["worker"] = f"{INDEX_FOLDER}/worker.js"
        else:
            config.extra["search_page"] = SEARCH_PAGE

    @event_priority(LAST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Have MkDocs write into a staging folder; without this it would empty the site first."""
        if self.config.fast:
            try:
                inputs = self._root, self._archive_config, config
                self._build = IncrementalBuild(*inputs, serving=self._serving, loaded=self._loaded)
            except DigestError as error:
                raise Abort(str(error)) from error

    @event_priority(FIRST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take the archive's pages out of MkDocs' page loop, and unused files out of the theme."""
        remove_unused_files(files, keep_stock_search=self._uses_stock_search)
        slim_assets(files, config, use_cache=self.config.fast)
        try:
            return self._build.select_files(files) if self._build else files
        except DigestError as error:
            raise PluginError(str(error)) from error

    @event_priority(LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for the pages to come."""
        del config, files
        self._nav = nav
        return nav

    @event_priority(LAST)
    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Spare MkDocs the conversion of Markdown whose HTML is at hand."""
        del config, files
        build = self._build
        return build.converted_pages.markdown_to_convert(markdown, page) if build else markdown

    @event_priority(FIRST)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Use that HTML."""
        del config, files
        build = self._build
        return build.converted_pages.converted_html(html, page) if build else html

    @event_priority(LAST)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Render the archive's pages, after all plugins have changed the template environment."""
        waits = bool(config.extra.get("material_scripts"))
        trim_templates(env, material_script_waits=waits)
        env.globals |= {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}
        if self._build:
            self._build.render_changed(env, self._nav)
        else:
            from paper_digest.site.early_search import first_search_files

            env.globals["first_search_files"] = lambda: first_search_files(files)
        return env

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the Content-Security-Policy into a page, after all plugins have changed it."""
        del config
        return self._secured_pages.page(output, page)

    @event_priority(LAST)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Do so with 404.html, which is no page's."""
        del config
        return self._secured_pages.template(output_content, template_name)

    @event_priority(FIRST)
    def _on_indexing(self, *, config: MkDocsConfig) -> None:
        del config
        if self._build:
            self._build.add_search_entries()

    @event_priority(LAST)
    def _on_published(self, *, config: MkDocsConfig) -> None:
        if self._build:
            self._build.publish()
            faults = sorted(map(str, self._build.faults))
            self._loaded, self._build = self._build.loaded, None
            set_language(ENGLISH)
            report_faults(faults, serving=self._serving)
        else:
            from paper_digest.site.reference_markdown import publish_markdown

            publish_markdown(self._root, self._archive_config, Path(config.site_dir))
            if self._archive_config.offline:
                write_offline_files(Path(config.site_dir), self._archive_config.title)
            set_language(ENGLISH)

    on_post_build = CombinedEvent(_on_indexing, _on_published)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Serve the cached site, and build again when a record, a setting or a template changes."""
        del builder
        serving.open_policy_for_reload(server)
        if self.config.fast:
            server.root = str(serving.site_folder(config))
            server.error_handler = serving.error_page_reader(serving.site_folder(config))
        settings = (self._root / CONFIG_FILE, self._root / TOPICS_FILE)
        for watched in (self._root / "archive", *settings, *theme_folders(config)):
            if watched.exists():
                server.watch(str(watched))
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old site in place, and say what the machine or the settings refuse.

        Raises:
            Abort: with file and cure, in the place of MkDocs' traceback.
        """
        place = str(self._build.staging) if self._build else "this computer"
        set_language(ENGLISH)
        # Before the staging folder is deleted: a disk is full no more then.
        problem = raised_fault(error, self._root / OPERATORS_THEME, place)
        if self._build:
            self._build.close()
            self._loaded = self._build = None
        if problem:
            raise Abort(str(problem)) from error
        if isinstance(error, sqlite3.DatabaseError):
            raise Abort(str(discard_damaged(error))) from error
        if isinstance(error, DigestError):
            raise Abort(str(error)) from error
