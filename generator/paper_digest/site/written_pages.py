"""What a build would say of the pages and notes that people wrote, seen without building the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page

from paper_digest.builder.generated import is_generated
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.render.pages.page import Page as Made
from paper_digest.render.span import operator_markdown
from paper_digest.settings.config import Config, archive_directives
from paper_digest.settings.mkdocs_file import setting_place
from paper_digest.site.handwritten_files import usable_files_of
from paper_digest.site.link_targets import FilesWithLinkTargets
from paper_digest.site.mkdocs_settings import OPERATORS_THEME, complete_settings
from paper_digest.site.nav_pages import paths_in_nav
from paper_digest.site.note_pages import convert_page, written_page_problems
from paper_digest.site.template_faults import template_faults
from paper_digest.store.notes import Note

#: Folders of pages of which every name is known without a build.
_KNOWN = ("papers/", "topics/")
#: Plugins that change no page: with others, only a build knows what a page says in the end.
_PLAIN_PLUGINS = frozenset({"search", "material/search", "paper-digest"})


def written_faults(
    root: Path, settings: Config, notes: Iterable[tuple[str, Note]], slugs: AbstractSet[str]
) -> Iterator[Problem]:
    """Yield what is wrong in pages, other files and notes, in the words of a build.

    Of links to pages of the archive those to papers and topics are looked at: which days, authors and others have a
    page, a build finds out.

    Args:
        root: the project's folder.
        settings: those of the archive.
        notes: each with the path under ``docs/`` of the page that it stands on.
        slugs: those that papers of this site have, or had.

    Raises:
        ConfigError: MkDocs cannot use ``mkdocs.yml``.
    """
    frame_file = root / "mkdocs.yml"
    config, problems = _mkdocs_settings(frame_file)
    yield from problems
    complete_settings(config, root)
    env = config.theme.get_env()
    env.add_extension("jinja2.ext.i18n")  # which MkDocs adds too, with its translations
    yield from template_faults(root / OPERATORS_THEME, env)
    own, faults = usable_files_of(get_files(config), config, settings)
    yield from faults
    known = [f"papers/{slug}" for slug in slugs]
    known += (f"topics/{name}" for name in ("index", *settings.topic_names))
    files, directives = _LikelyTargets(own, known, config), archive_directives(settings)
    yield from _nav_faults(frame_file, config, files)
    for path, note in notes:
        made = Made(path, {}, operator_markdown(note.text), notes=(note,))
        yield from convert_page(made, config, files, directives)[1]
    if _PLAIN_PLUGINS.issuperset(config.plugins) and not config.hooks:
        for file in own:
            if file.is_documentation_page() and file.abs_src_path:
                page = Page(None, file, config)
                yield from written_page_problems(page, config, files, directives)


def _nav_faults(frame_file: Path, config: MkDocsConfig, files: Files) -> Iterator[Problem]:
    """Name the pages of the navigation that are none."""
    try:
        paths = sorted(paths_in_nav(config.nav))
    except ConfigError as error:
        yield error.problem
        return
    where, cure = setting_place(frame_file, "nav"), "correct it, or take it out"
    for path in paths:
        if not files.get_file_from_path(path) and not urlsplit(path).scheme:
            yield Problem(where, f"nav names {path}, which is no page", cure=cure)


class _LikelyTargets(FilesWithLinkTargets):
    """The files that people wrote, and every path where the archive may have a page."""

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at ``path``, there or to be made."""
        file = super().get_file_from_path(path)
        name = PurePath(path).as_posix()
        if file or not is_generated(name) or name.startswith(_KNOWN):
            return file
        return File.generated(self._config, name, content="")


def _mkdocs_settings(path: Path) -> tuple[MkDocsConfig, list[Problem]]:
    """Read ``mkdocs.yml`` as MkDocs does; returns also what that warns of, for which a strict build fails.

    Raises:
        ConfigError: naming file, line and setting.
    """
    config = MkDocsConfig(config_file_path=str(path))
    cure = "see https://www.mkdocs.org/user-guide/configuration/"
    try:
        with path.open("rb") as file:
            config.load_file(file)
        errors, warnings = config.validate()
    except ConfigurationError as error:
        raise ConfigError(str(path), str(error), cure) from error
    for name, wrong in errors:
        raise ConfigError(setting_place(path, name), f"{name}: {_words(wrong)}", cure)
    # Files that nobody wrote want to know which plugin is at work; outside of MkDocs' events there is none.
    config.plugins.on_startup(command="build", dirty=False)
    return config, [
        Problem(setting_place(path, name), f"{name}: {said}", cure=cure) for name, said in warnings
    ]


def _words(error: Exception) -> str:
    return str(error.args[0] if isinstance(error, ValidationError) and error.args else error)
