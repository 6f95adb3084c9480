"""What `mkdocs serve` does with the site: its error page, and the script that reloads pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from paper_digest.site.content_security import allow_added_script


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
