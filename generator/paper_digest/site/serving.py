"""What `mkdocs serve` needs of the site: its frame, where it is, its error page, and the script that reloads pages."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig

from paper_digest.settings.mkdocs_file import SiteFrame
from paper_digest.site.content_security import allow_added_script

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer


def site_folder(config: MkDocsConfig) -> Path:
    """Name the folder of the site as mkdocs.yml does."""
    return Path(config.config_file_path).parent / (mkdocs_setting(config, "site_dir") or "site")


def site_frame(config: MkDocsConfig) -> SiteFrame:
    """Return the frame that MkDocs builds; the site's folder by the file alone, as an option may name another for once."""
    return SiteFrame(config.docs_dir, str(site_folder(config)), bool(config.use_directory_urls))


def mkdocs_setting(config: MkDocsConfig, name: str) -> str | None:
    """Look a setting up in mkdocs.yml: `mkdocs serve` puts others in the place of some."""
    with warnings.catch_warnings():
        # MkDocs means to take it out, and prints a stack for each look; nothing else has what the file says.
        warnings.simplefilter("ignore", DeprecationWarning)
        [written] = config.user_configs[:1] or [{}]
    value = written.get(name)
    return None if value is None else str(value)


def error_page_reader(site: Path) -> Callable[[int], bytes | None]:
    """Return a function that reads the site's page for an HTTP status, if it has one."""

    def read_page(code: int) -> bytes | None:
        page = site / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    return read_page


def open_policy_for_reload(server: LiveReloadServer) -> None:
    """Have the policy of each served page allow the script that MkDocs puts into it, by its hash.

    The script differs in every answer, so the site's own files do not know it.
    """
    add_script = server._inject_js_into_html  # noqa: SLF001 - MkDocs has no event for served pages

    def add_allowed_script(content: bytes, epoch: int) -> bytes:
        return allow_added_script(content, add_script(content, epoch))  # type: ignore[no-untyped-call] # MkDocs types it not

    server._inject_js_into_html = add_allowed_script  # type: ignore[method-assign] # noqa: SLF001 - as above
