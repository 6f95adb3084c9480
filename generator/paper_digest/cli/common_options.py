"""What commands of several modules take: the folder of the project, and days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

ROOT_OPTION = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the project (where archive.yml lies); the current one by default.",
)


def parse_day(text: str | None, option: str) -> date | None:
    """Read the day given for an option; ``None`` where none is.

    Raises:
        BadParameter: it is no ISO date.
    """
    if not text:
        return None
    from paper_digest.text.dates import iso_day

    if iso_day(text) != text:
        raise click.BadParameter(f"{text!r} is no day; write 2025-11-20", param_hint=option)
    return date.fromisoformat(text)
