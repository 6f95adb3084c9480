"""The folder that a volume's site is built in: the archive as it stands, with settings that name the volume."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from paper_digest.deliver.mkdocs_run import build_site
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.errors import Problem
from paper_digest.model.regular_file import read_file
from paper_digest.settings.config import Config
from paper_digest.settings.settings_file import CONFIG_FILE
from paper_digest.settings.volume_urls import current_path, volume_url
from paper_digest.store.volume_lists import Volume
from paper_digest.text.yaml_document import parse_yaml

#: Below the project's folder; git ignores it.
SITES_FOLDER = "volumes"

#: What a volume shares with the current site.
_SHARED = ("archive", "docs", "theme", "topics.yml", "mkdocs.yml")
#: Written once a volume's site stands, with a hash of what it is a site of.
_BUILT_MARKER = "built"


def make_volume_project(root: Path, volume: Volume, config: Config) -> Path:
    """Make or refresh the folder of a volume, and return it; it is a project like the archive's own.

    Raises:
        ConfigError: ``archive.yml`` cannot be read.
        OSError: the folder cannot be written.
    """
    place = root / SITES_FOLDER / volume.name
    place.mkdir(parents=True, exist_ok=True)
    for name in _SHARED:
        link, original = place / name, (root / name).resolve()
        if link.is_symlink():
            link.unlink()
        if original.exists():
            link.symlink_to(original)
    (place / CONFIG_FILE).write_bytes(_volume_settings(root, volume, config))
    return place


def _volume_settings(root: Path, volume: Volume, config: Config) -> bytes:
    """Return the archive's settings as a volume has them, in JSON, which is YAML too."""
    settings = parse_yaml(read_file(root / CONFIG_FILE), str(root / CONFIG_FILE)).value
    assert isinstance(settings, dict)  # noqa: S101 - else it would have given no config
    settings = {name: value for name, value in settings.items() if name != "volumes_url"}
    settings |= {
        "title": f"{config.title} {volume.name}",
        "url": volume_url(volume.name, config),
        "volume": volume.name,
        "current_site": current_path(volume.name, config),
    }
    return msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n"


def delete_volume_projects(root: Path) -> None:
    """Delete the folders of volumes, built or not; what else somebody put beside them stays.

    Raises:
        OSError: a folder cannot be deleted.
    """
    folder = root / SITES_FOLDER
    for place in folder.iterdir() if folder.is_dir() else ():
        # What ``make_volume_project`` made; links are deleted, and not what they lead to.
        if (place / "archive").is_symlink() and (place / CONFIG_FILE).is_file():
            shutil.rmtree(place)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def is_built(place: Path, volume: Volume) -> bool:
    """Tell whether the site in a volume's folder was built of this volume, whatever else changed since."""
    marker = place / _BUILT_MARKER
    return (
        (place / "site" / "index.html").is_file()
        and marker.is_file()
        and marker.read_text("utf-8") == _identity(volume)
    )


def build_volume(place: Path, volume: Volume) -> Iterator[Problem]:
    """Build the site of a volume, only what changed where there is one; yields a problem where MkDocs names any."""
    cure = "see `mkdocs build --strict` in this folder, then build it again by its name"
    problems = build_site(place, cure)
    if not problems:
        (place / _BUILT_MARKER).write_text(_identity(volume), "utf-8")
    yield from problems


def _identity(volume: Volume) -> str:
    return hash_bytes(msgspec.json.encode(volume)).hex()
