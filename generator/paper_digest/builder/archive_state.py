"""One hash of what a site shows, by which a site older than its archive is known."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from paper_digest.builder.records import ArchiveRecords
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.regular_file import read_file
from paper_digest.settings.config import Config
from paper_digest.store.curated_lists import LISTS_FOLDER
from paper_digest.store.meetings import MEETINGS_FOLDER
from paper_digest.store.overrides import OVERRIDES_FOLDER
from paper_digest.store.picks import PICKS_FILE
from paper_digest.store.proposals import PROPOSALS_FILE
from paper_digest.store.volume_lists import VOLUMES_FOLDER

_FILES = (PICKS_FILE, PROPOSALS_FILE)
_FOLDERS = (LISTS_FOLDER, MEETINGS_FOLDER, OVERRIDES_FOLDER, VOLUMES_FOLDER)


def archive_state(records: ArchiveRecords, config: Config, archive: Path) -> bytes:
    """Hash settings, topics, the records shown with their notes, and what persons wrote into ``archive``.

    The logs of runs and mails are left out: they grow after a build, and no page of a paper or list shows them.
    """
    paths = [archive / name for name in _FILES]
    for folder in _FOLDERS:
        paths += sorted((archive / folder).glob("*"))
    files = (hash_bytes(os.fsencode(path.name), _content(path)) for path in paths)
    settings = msgspec.json.encode(config, enc_hook=repr, order="sorted")
    return hash_bytes(settings, records.records_hash, *files)


def _content(path: Path) -> bytes:
    """Return what a file holds; b"" where it is none (a pipe has no end), or cannot be read."""
    try:
        return read_file(path)
    except OSError:
        return b""
