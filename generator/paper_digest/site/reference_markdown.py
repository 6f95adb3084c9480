"""Papers' published Markdown beside the pages that MkDocs made of ``docs/`` (``fast: false``)."""

from __future__ import annotations

from pathlib import Path

from paper_digest.builder.site_build import SiteBuild
from paper_digest.render.pages.page import Page
from paper_digest.settings.config import Config


def publish_markdown(root: Path, settings: Config, site: Path) -> None:
    """Write each paper's published Markdown beside its page, which MkDocs made of docs/."""
    site_build = SiteBuild(root, settings)
    for group in site_build.groups():
        if group.name.startswith("papers/") and (site / group.name).is_dir():
            for page in group.make():
                if isinstance(page, Page) and page.published:
                    (site / page.path).write_bytes(page.published_markdown().encode())
    site_build.close()
