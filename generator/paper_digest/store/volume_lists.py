"""Lists of volumes: parts of an archive whose papers have a site of their own, each a list of papers that is never changed.

``archive/volumes/NAME.jsonl`` has one object a line: the id of a paper, and the ids it had when the
list was made. A paper that no list names is in the current site. A paper that comes late, however old
it is, goes there too: a list that stands is not added to, so its site need never be built again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.ids import is_paper_id
from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.settings.volume_urls import VOLUME_NAME
from paper_digest.store.folders import folder_files
from paper_digest.store.json_lines import read_lines

VOLUMES_FOLDER = "volumes"
VOLUME_ENDING = ".jsonl"

NAME_CURE = "give a digit, then a-z, digits and hyphens, as in 2024 or 1991-2010"


class VolumePaper(StrictStruct, frozen=True, omit_defaults=True):
    """A paper of a volume: its id, and the ids it had before."""

    id: str
    former: tuple[str, ...] = ()


class Volume(StrictStruct, frozen=True):
    """A volume: its name, which is its folder beside the current site, and its papers by id."""

    name: str
    papers: tuple[VolumePaper, ...]


_decode = msgspec.json.Decoder(VolumePaper).decode


def read_volumes(archive: Path, problems: list[Problem]) -> tuple[Volume, ...]:
    """Read the lists of all volumes, in order of their names.

    Args:
        archive: the folder ``archive/``.
        problems: gets one for each line that names no paper, or one that an earlier line has, and for each list
            whose name no volume can have; it is passed over.
    """
    lists = []
    for path in folder_files(archive / VOLUMES_FOLDER):
        if path.suffix == VOLUME_ENDING:
            if VOLUME_NAME.match(path.stem):
                lists.append(path)
            else:
                problems.append(Problem(str(path), "has no name of a volume", cure=NAME_CURE))
    taken: dict[str, str] = {}
    return tuple(Volume(path.stem, tuple(_read_papers(path, taken, problems))) for path in lists)


def linked_volumes(archive: Path, name: str, volumes: tuple[Volume, ...]) -> tuple[Volume, ...]:
    """Return the volumes that the site of a name leads to: the current site ("") to all, a volume to none.

    Raises:
        ConfigError: there is no volume of this name.
    """
    if name and not any(volume.name == name for volume in volumes):
        where = f"{archive}/{VOLUMES_FOLDER}"
        raise ConfigError(where, f"has no volume {name}", "make one: digest volumes --close")
    return () if name else volumes


def volume_path(archive: Path, name: str) -> Path:
    """Name the file of a volume's list, whether it exists or not."""
    return archive / VOLUMES_FOLDER / f"{name}{VOLUME_ENDING}"


def volume_by_id(archive: Path) -> dict[str, str]:
    """Return the name of the volume of each paper that is in one, by the ids that its list has."""
    return {
        one: volume.name
        for volume in read_volumes(archive, [])
        for paper in volume.papers
        for one in (paper.id, *paper.former)
    }


def volume_of(paper: Paper, volumes: Mapping[str, str]) -> str:
    """Return the name of the volume that a paper is in, or ""; ``volumes`` is what ``volume_by_id`` returns."""
    return next((volumes[one] for one in (paper.id, *paper.aliases) if one in volumes), "")


def _read_papers(
    path: Path, taken: dict[str, str], problems: list[Problem]
) -> Iterator[VolumePaper]:
    for number, line in read_lines(path, problems):
        where = f"{path}:{number}"
        try:
            paper = _decode(line)
        except msgspec.DecodeError as error:
            problems.append(Problem(where, f"is no paper: {error}", cure="take the line out"))
            continue
        if not all(map(is_paper_id, (paper.id, *paper.former))):
            problems.append(Problem(where, "holds no paper's id", cure="take the line out"))
        elif paper.id in taken:
            what = f"{paper.id} is in volume {taken[paper.id]} already"
            problems.append(Problem(where, what, cure="take one line out"))
        else:
            taken[paper.id] = path.stem
            yield paper
