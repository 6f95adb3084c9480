"""The files that a site will have once a build under way is published."""

from __future__ import annotations

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.site_cache import SiteCache
from paper_digest.incremental.staged_files import list_files


class ComingSite:
    """All files as far as they are made by now; ``paths`` names them.

    ``state_hash`` differs between sites of which a file that some group made differs.
    """

    def __init__(self, cache: SiteCache) -> None:
        self._cache = cache
        manifest, result = cache.manifest, cache.result
        removed = cache.previous_group_names - {*cache.group_names}
        gone = result.stale.union(*(manifest.outputs_of(name) for name in removed))
        hashes = {p: h for p, h in manifest.content_hashes().items() if p not in gone}
        hashes |= {path: output.content_hash for path, output in result.outputs.items()}
        self.paths = {*hashes, *list_files(cache.staging)}
        parts = (part for path in sorted(hashes) for part in (path.encode(), hashes[path]))
        self.state_hash = hash_bytes(*parts)

    def read(self, path: str) -> bytes:
        """Return the bytes that a file will have."""
        staged = self._cache.staging / path
        return (staged if staged.exists() else self._cache.site / path).read_bytes()
