"""The command that serves an archive to programs of language models."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.model.errors import DigestError

if TYPE_CHECKING:
    from paper_digest.deliver.agents.site_files import SiteFiles


@click.command()
@click.argument("address", required=False, metavar="[ADDRESS]")
@ROOT_OPTION
def mcp(address: str | None, root: Path) -> None:
    """Answer programs over stdio (Model Context Protocol) about the built site, or the one at ADDRESS.

    Needs the package `mcp`: pip install 'paper-digest[mcp]'. It only reads.
    """
    from paper_digest.deliver.agents.published_archive import PublishedArchive
    from paper_digest.deliver.agents.site_files import FolderFiles, WebFiles
    from paper_digest.deliver.volume_sites import SITES_FOLDER

    try:
        from paper_digest.deliver.agents.mcp_server import make_server
    except ImportError as error:
        cure = "run: pip install 'paper-digest[mcp]'"
        raise DigestError("digest mcp", f"a package is missing: {error.name}", cure) from error
    with ExitStack() as stack:
        files: SiteFiles
        if address:
            cache = stack.enter_context(tempfile.TemporaryDirectory(prefix="paper-digest-"))
            files = stack.enter_context(WebFiles(address, Path(cache)))
        else:
            files = FolderFiles(root / "site", root / SITES_FOLDER)
        make_server(PublishedArchive(files)).run("stdio")
