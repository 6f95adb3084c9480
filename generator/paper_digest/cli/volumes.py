"""The command for an archive that outgrows one site: volumes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say, say_step, set_values
from paper_digest.model.counted import counted

if TYPE_CHECKING:
    from paper_digest.model.errors import Problem
    from paper_digest.settings.config import Config
    from paper_digest.store.volume_lists import Volume
    from paper_digest.store.volumes import VolumeStore


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--close", "closed", metavar="NAME", help="Give the papers up to --until a volume of this name."
)
@click.option("--until", "year", type=click.IntRange(1000, 9999), help="Its last year.")
@output_options
@ROOT_OPTION
def volumes(names: tuple[str, ...], closed: str | None, year: int | None, root: Path) -> None:
    """Split an archive into sites: build the volumes that were never built, or those named.

    With --close, papers of past years leave the current site for a volume, for good: their old addresses lead there.
    Each site lies in volumes/NAME/site; `digest publish --root volumes/NAME` uploads it.
    """
    from paper_digest.settings.config import load_config
    from paper_digest.store.volumes import VolumeStore

    if (closed is None) != (year is None) or (closed and names):
        raise click.UsageError("--close and --until go together, and with no NAME")
    problems: list[Problem] = []
    config = load_config(root)
    if config.volume:
        raise click.UsageError(f"{root} is the folder of a volume; run this in the archive's own")
    store = VolumeStore(root / "archive", "", problems)
    unknown = {*names} - {volume.name for volume in store.volumes}
    if unknown:
        raise click.UsageError(f"no volume of this name: {', '.join(sorted(unknown))}")
    if closed and year:
        _close(store, closed, year, problems)
    else:
        _build(store.volumes, names, config, root, problems)
    exit_on_problems(problems, "met; what is named above is built")


def _close(store: VolumeStore, name: str, year: int, problems: list[Problem]) -> None:
    """Write the list of a new volume."""
    from paper_digest.store.volumes import papers_until, write_volume

    volume = write_volume(store, name, papers_until(store, year, problems))
    set_values(volume=name, papers=len(volume.papers))
    say(
        f"{counted(len(volume.papers), 'paper')} until {year} {'is' if len(volume.papers) == 1 else 'are'} volume {name} from now on."
    )
    say("Commit archive/volumes/, then build it: digest volumes")


def _build(
    all_volumes: tuple[Volume, ...],
    names: tuple[str, ...],
    config: Config,
    root: Path,
    problems: list[Problem],
) -> None:
    """Build the volumes named; without names those that have no site."""
    from paper_digest.deliver import size, volume_sites

    sites = {}
    for volume in all_volumes:
        place = volume_sites.make_volume_project(root, volume, config)
        if volume.name in names or not (names or volume_sites.is_built(place, volume)):
            say_step(f"building {volume.name}")
            failed = list(volume_sites.build_volume(place, volume))
            problems += failed
            if failed:
                continue
        elif not volume_sites.is_built(place, volume):
            continue
        site_size = size.measure_site(place / "site")
        problems += size.budget_problems(site_size, config.budget * 1_000_000)
        sites[volume.name] = site_size.total
        megabytes = site_size.total / 1e6
        say(
            f"{volume.name}: {counted(len(volume.papers), 'paper')}, {megabytes:,.1f} MB in {place}/site"
        )
    set_values(site_bytes=sites)
    if not all_volumes:
        say("The archive has no volume; `digest volumes --close NAME --until YEAR` makes one.")
