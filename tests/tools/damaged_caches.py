"""Damage the caches of builds, a file or a region at a time, and compare the next builds with sound ones.

Usage: python tests/tools/damaged_caches.py [COUNT [SEED]]     (all there are by default, in half an hour)

After each damage the site is built twice: in turn with nothing else changed, then with a record
changed. A build makes the bytes of a sound one, or names the fault and the next does. Ends with 1
where one did not.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import forked_builds
from cache_damages import Damage, all_damages, mend_folder
from site_builds import change, files, note, project_of

PAPERS = "1[47]*/*[0-46-9].md"
#: What changes between builds; both states are built soundly first.
RECORD, OLD, NEW = "archive/papers/1706/1706.03762.md", "Attention", "Attraction"
_MAX_SHOWN = 40


class Trial:
    """A project that is built over and over in two states, its sound sites, and a count of ends."""

    def __init__(self, place: Path) -> None:
        """Make the project and build both states from nothing."""
        self.project = project_of(place / "project", PAPERS)
        note(self.project, "1412.6980", "A note with [a link](../papers/1706.03762.md).\n")
        forked_builds.load_program(self.project)
        self._said = place / "said"
        self.ends: Counter[str] = Counter()
        self.faults: list[str] = []
        self._large = False
        self.older = place / "older"
        self._is_changed = False
        self._sound = [self._sound_site()]
        shutil.copytree(self.project / ".cache", self.older / ".cache")
        self.toggle()
        self._sound.append(self._sound_site())

    def caches(self) -> list[Path]:
        """Name all files that builds keep things in."""
        return sorted(p for p in (self.project / ".cache").rglob("*") if p.is_file())

    def toggle(self) -> None:
        """Change a record, or change it back."""
        change(self.project, *((NEW, OLD) if self._is_changed else (OLD, NEW)), RECORD)
        self._is_changed = not self._is_changed

    def suffer(self, damage: Damage, number: int) -> None:
        """Do a damage, build twice, and count what came of it."""
        self._large = bool(number // 4 % 2)
        path = self.project / damage.path
        if not path.is_file():
            self.start_anew()
        damage.do(path, random.Random(number))  # noqa: S311 - a repeatable draw
        name = f"{damage.path}: {damage.name}{' (large)' * self._large}"
        for is_changed in (False, True) if number % 2 else (True,):
            if is_changed:
                self.toggle()
            end = self._end(path)
            if end != "as a sound build":
                break
        self.ends[end] += 1
        if end not in {"as a sound build", "named, then as a sound build"}:
            self.faults.append(f"{end}: {name}\n{self._said.read_text('utf-8', 'replace')[-1500:]}")
            self.start_anew()

    def _end(self, path: Path) -> str:
        code = self._build()
        said = self._said.read_text("utf-8", "replace")
        if code == forked_builds.HUNG:
            return "hang"
        if code == forked_builds.TRACEBACK or "Traceback" in said:
            return "traceback"
        if code == 0:
            return "as a sound build" if self._is_sound() else "silently wrong"
        if ".cache" not in said:
            return "failed, and named no file"
        mend_folder(path)
        return (
            "named, then as a sound build"
            if self._build() == 0 and self._is_sound()
            else "named, and not mended"
        )

    def _is_sound(self) -> bool:
        return files(self.project / "site") == self._sound[self._is_changed]

    def start_anew(self) -> None:
        """Build from nothing."""
        shutil.rmtree(self.project / ".cache", ignore_errors=True)
        shutil.rmtree(self.project / "site", ignore_errors=True)
        if self._build():
            raise SystemExit(self._said.read_text("utf-8"))

    def _sound_site(self) -> dict[str, bytes]:
        self.start_anew()
        return files(self.project / "site")

    def _build(self) -> int:
        return forked_builds.build(self.project, self._said, large=self._large)


def main(count: int = sys.maxsize, seed: int = 1) -> int:
    """Return the exit code: 0 if no damage led to a wrong site, a traceback or a hang."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    forked_builds.trust_times_at_once()
    with tempfile.TemporaryDirectory() as folder:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # no work is shared: quicker
        trial = Trial(Path(folder))
        damages = list(all_damages(trial.project, trial.caches(), trial.older))
        chosen = random.Random(seed).sample(damages, min(count, len(damages)))  # noqa: S311 - as above
        for number, damage in enumerate(chosen):
            trial.suffer(damage, number)
            if number % 100 == 99:
                click.echo(f"{number + 1:6,}  {dict(trial.ends)}", err=True)
    for end, times in sorted(trial.ends.items()):
        click.echo(f"{times:6,}  {end}")
    click.echo("".join(f"\n{fault}" for fault in trial.faults[:_MAX_SHOWN]))
    click.echo(f"{len(damages):,} damages known, {len(chosen):,} done, {len(trial.faults)} faults")
    return int(bool(trial.faults))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
