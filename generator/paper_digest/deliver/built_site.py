"""Sees that a site is as its last build wrote it, before it goes out."""

from __future__ import annotations

from pathlib import Path

from paper_digest.incremental.manifest import Manifest
from paper_digest.incremental.staged_files import changed_files
from paper_digest.model.errors import DigestError

_MAX_NAMED = 5


class SiteChangedError(DigestError):
    """The site is not what its build made."""


def check_built_site(site: Path, cache: Path) -> None:
    """Compare all files of ``site`` with what the build recorded in ``cache``.

    A site without such a record (built elsewhere, or with ``fast: false``) is not checked. Called
    with the build's lock held. The next build makes anew what was changed.

    Raises:
        SiteChangedError: files were changed or deleted, or the build was ended before its end.
    """
    if not site.is_dir() or not (cache / "site.db").is_file():
        return
    manifest = Manifest(cache / "site.db")
    try:
        if manifest.pending_moves():
            cure = "build again, which completes it; then publish"
            raise SiteChangedError(str(site), "was not built to the end", cure)
        changed = sorted(changed_files(site, manifest.content_hashes()))
        if changed:
            manifest.forget_outputs(changed)
    finally:
        manifest.close()
    if changed:
        named = ", ".join(changed[:_MAX_NAMED])
        more = f" and {len(changed) - _MAX_NAMED:,} more" * (len(changed) > _MAX_NAMED)
        what = f"holds other files than its build made: {named}{more} changed since or are gone"
        cure = "build again, which makes them anew; then publish. What you write yourself belongs into docs/"
        raise SiteChangedError(str(site), what, cure)
