"""The command that keeps an archive as one file: snapshot."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION, parse_day
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values
from paper_digest.model.counted import counted

if TYPE_CHECKING:
    from paper_digest.model.errors import Problem

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.option("--date", metavar="YYYY-MM-DD", help="The snapshot's day; today by default.")
@click.option("--output", type=_FILE, help="The file to write; snapshots/DAY.zip by default.")
@click.option("--check", "checked", type=_FILE, help="Check a snapshot instead of making one.")
@click.option(
    "--restore",
    type=(_FILE, click.Path(file_okay=False, path_type=Path)),
    metavar="FILE DIR",
    help="Write the archive of a snapshot into a new folder.",
)
@output_options
@ROOT_OPTION
def snapshot(
    date: str | None,
    output: Path | None,
    checked: Path | None,
    restore: tuple[Path, Path] | None,
    root: Path,
) -> None:
    """Put the archive, its dump and its built site into one file, with checksums and how to cite it."""
    if checked and restore:
        raise click.UsageError("--check and --restore exclude one another; --restore checks too")
    if (checked or restore) and (date or output):
        raise click.UsageError("--date and --output are about a snapshot that is made")
    if checked:
        from paper_digest.deliver.snapshots.read import check_snapshot

        result = check_snapshot(checked)
        set_values(files=result.files, own_files=result.own_files)
        say(f"{checked}: {counted(result.files, 'file')}, all as when it was made.")
    elif restore:
        from paper_digest.deliver.snapshots.read import restore_snapshot

        count = restore_snapshot(*restore)
        set_values(own_files=count)
        say(
            f"{counted(count, 'file')} restored into {restore[1]}; build the site: mkdocs build --strict"
        )
    else:
        _make(root, date, output)


def _make(root: Path, date: str | None, output: Path | None) -> None:
    from paper_digest.deliver.site_age import check_site
    from paper_digest.deliver.snapshots.write import write_snapshot
    from paper_digest.incremental.lock import build_lock
    from paper_digest.incremental.manifest import CACHE_FOLDER
    from paper_digest.model.errors import DigestError
    from paper_digest.settings.config import load_config

    day = str(parse_day(date, "--date") or datetime.now(UTC).date())
    target = output or root / "snapshots" / f"{day}.zip"
    problems: list[Problem] = []
    config = load_config(root)
    with build_lock(root / "site", root / CACHE_FOLDER):
        if age := check_site(root):
            raise DigestError(str(root / "site"), age, "build it: mkdocs build --strict")
        written = write_snapshot(root, config, day, target, problems)
    set_values(path=str(target), bytes=written.size, own_files=written.own_files)
    megabytes = written.size / 1e6
    say(
        f"{target}: {counted(written.own_files, 'file')} of the archive and its site, {megabytes:,.1f} MB."
    )
    exit_on_problems(problems, "left out of the snapshot")
