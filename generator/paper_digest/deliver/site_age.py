"""Says whether a built site is whole, and shows its archive as it is now."""

from __future__ import annotations

from pathlib import Path

from paper_digest.builder.archive_state import archive_state
from paper_digest.builder.frame_state import FRAME_GROUP, frame_state
from paper_digest.builder.open_records import open_records
from paper_digest.deliver.built_site import check_built_site
from paper_digest.incremental.manifest import ARCHIVE_STATE_KEY, CACHE_FOLDER, Manifest
from paper_digest.model.errors import DigestError
from paper_digest.settings.config import load_config

#: What to say of a site that is.
OLDER = "is older than the archive: records, decisions, volumes, pages or settings changed since"


def check_site(root: Path) -> str:
    """See that a site is as its build made it, with the build's lock held.

    Returns:
        What to say of a site that is older than the archive; "" where it is not.

    Raises:
        SiteChangedError: files were changed or deleted, or the build was ended before its end.
    """
    check_built_site(root / "site", root / CACHE_FOLDER)
    return OLDER if is_older_than_archive(root) else ""


def is_older_than_archive(root: Path) -> bool:
    """Tell whether records, what persons decided, volumes, pages or settings changed since the site was built.

    False where nobody knows (the site was built elsewhere, or the settings cannot be read), and of a
    volume, whose site is built once.
    """
    cache = root / CACHE_FOLDER
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
        frame = manifest.group_keys().get(FRAME_GROUP)
    finally:
        manifest.close()
    if not states:
        return False
    if frame not in (None, frame_state(root)):
        return True
    with open_records(root, config) as records:
        return states != [archive_state(records, config, root / "archive")]
