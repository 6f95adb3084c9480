"""The command that shows the site on this computer: serve."""

from __future__ import annotations

from pathlib import Path

import click

from paper_digest.cli.common_options import ROOT_OPTION


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@ROOT_OPTION
def serve(port: int, root: Path) -> None:
    """Build the site and show it at http://localhost:8000, reloading on changes."""
    from paper_digest.cli.local_port import check_port
    from paper_digest.deliver.mkdocs_run import serve_site

    check_port(port)
    raise SystemExit(serve_site(root, port))
