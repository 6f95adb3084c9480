"""The papers of one volume, or of none (see ``volume_lists.py``), as a store of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from paper_digest.model.errors import DigestError, Problem, RecordError
from paper_digest.model.paper import Paper
from paper_digest.settings.volume_urls import VOLUME_NAME
from paper_digest.store import atomic
from paper_digest.store.files import Store
from paper_digest.store.volume_lists import (
    NAME_CURE,
    Volume,
    VolumePaper,
    linked_volumes,
    read_volumes,
    volume_path,
)

_encode = msgspec.json.Encoder().encode


def write_volume(store: Store, name: str, papers: Iterable[Paper]) -> Volume:
    """Write the list of a new volume.

    Raises:
        DigestError: the name is none, or is taken; or there is no paper.
    """
    if not VOLUME_NAME.match(name):
        raise DigestError(repr(name), "is no name of a volume", NAME_CURE)
    path = volume_path(store.root, name)
    if path.exists():
        cure = "a volume that stands is never added to: give the rest a name of its own"
        raise DigestError(str(path), "is there already", cure)
    listed = tuple(VolumePaper(p.id, p.aliases) for p in papers)
    if not listed:
        raise DigestError(name, "would hold no paper", "give a later year")
    with store.lock():
        atomic.replace_file(path, b"".join(_encode(paper) + b"\n" for paper in listed))
    return Volume(name, listed)


class VolumeStore(Store):
    """A store that lists the records of one volume alone; of the name "" those of no volume.

    A record can be read by its path wherever it belongs.
    """

    def __init__(self, root: Path, name: str, problems: list[Problem]) -> None:
        """Read the lists of the volumes.

        Raises:
            ConfigError: there is no volume of this name.
        """
        super().__init__(root)
        self._name, self.volumes = name, read_volumes(root, problems)
        #: The volumes that this site leads to.
        self.linked_volumes = linked_volumes(root, name, self.volumes)

    def relative_paths(self, problems: list[Problem] | None = None) -> Iterator[str]:
        """Name the files of the papers, in order of folder and name; see ``Store.relative_paths``."""
        listed = self._listed_paths
        is_inside = bool(self._name)
        return (path for path in super().relative_paths(problems) if (path in listed) == is_inside)

    @cached_property
    def _listed_paths(self) -> frozenset[str]:
        return frozenset(
            self.relative_path(paper.id)
            for volume in self.volumes
            if self._name in ("", volume.name)
            for paper in volume.papers
        )


def papers_until(store: VolumeStore, year: int, problems: list[Problem]) -> Iterator[Paper]:
    """Yield the papers of no volume that were announced, or else published, until the end of a year.

    Args:
        store: the current site's.
        year: the year.
        problems: gets what cannot be read; such a record stays in the current site.
    """
    for path in store.relative_paths():
        try:
            paper = store.read_paper(path)
        except RecordError as error:
            problems.append(error.problem)
            continue
        date = paper.announced or paper.published
        if date and int(date[:4]) <= year:
            yield paper
