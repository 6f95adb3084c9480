"""The Markdown published beside pages of papers and for agents, where MkDocs made these of ``docs/`` (``fast: false``)."""

from __future__ import annotations

from pathlib import Path

from paper_digest.builder.site_build import SiteBuild
from paper_digest.render.pages import agents
from paper_digest.render.pages.page import Page
from paper_digest.settings.config import Config

#: Beginnings of the names of groups whose pages have a published form; no others are made here.
_PUBLISHED_GROUPS = ("papers/", agents.PAGE_PATH.removesuffix(".md"))


def publish_markdown(root: Path, settings: Config, site: Path) -> None:
    """Write the published Markdown beside each page that has one, which MkDocs made of docs/."""
    site_build = SiteBuild(root, settings)
    for group in site_build.groups():
        if group.name.startswith(_PUBLISHED_GROUPS) and (site / group.name).is_dir():
            for page in group.make():
                if isinstance(page, Page) and page.published:
                    (site / page.path).write_bytes(page.published_markdown().encode())
    site_build.close()
