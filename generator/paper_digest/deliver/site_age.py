"""Says whether a built site shows its archive as it is now."""

from __future__ import annotations

from pathlib import Path

from paper_digest.builder.archive_state import archive_state
from paper_digest.builder.open_records import open_records
from paper_digest.incremental.manifest import ARCHIVE_STATE_KEY, Manifest
from paper_digest.model.errors import DigestError
from paper_digest.settings.config import load_config


def is_older_than_archive(root: Path, cache: Path) -> bool:
    """Tell whether records, what persons decided, volumes or settings changed since the site was built.

    False where nobody knows (the site was built elsewhere, or the settings cannot be read), and of a
    volume, whose site is built once. Called with the build's lock held.
    """
    if not (root / "site").is_dir() or not (cache / "site.db").is_file():
        return False
    try:
        config = load_config(root)
    except DigestError:
        return False
    if config.volume:
        return False
    manifest = Manifest(cache / "site.db")
    try:
        states = [value for path, _, value in manifest.remembered() if path == ARCHIVE_STATE_KEY]
    finally:
        manifest.close()
    if not states:
        return False
    with open_records(root, config) as records:
        return states != [archive_state(records, config, root / "archive")]
