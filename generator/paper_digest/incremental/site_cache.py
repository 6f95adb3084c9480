"""The cached site: a build writes what changed and deletes what is stale, all of it or nothing.

A build writes its files into a staging folder. ``publish`` then either links the unchanged files
into that folder and swaps it with the site by one rename or, where a large site changed a little,
commits a list of moves and does them. A build killed before that commit leaves the old site; one
killed later is completed by the next build, before it does anything else.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, KeysView
from pathlib import Path

from paper_digest.incremental import swap
from paper_digest.incremental.build_results import PublishResult, WorkerResult
from paper_digest.incremental.hashing import hash_bytes, site_signature
from paper_digest.incremental.lock import lock_build
from paper_digest.incremental.manifest import FinishedBuild, Manifest, OutputState
from paper_digest.incremental.staged_files import changed_files, list_files, make_folder, write_file

#: A site of at most so many files is swapped whole: linking them takes a tenth of a second.
SMALL_SITE_FILES = 4_000
#: A larger site is swapped whole if more than one file in so many changed.
SWAP_IF_ONE_IN = 4


class SiteCache:
    """The files of ``site``, their manifest in ``cache``, and the staging folder of this build.

    Raises:
        LockedError: at once, if another build of the same site is running.
    """

    def __init__(self, site: Path, cache: Path) -> None:
        self.site, self.staging = site, cache / "stage"
        #: The folder of what builds reuse.
        self.folder = cache
        self._lock = lock_build(site, cache)
        self.manifest = Manifest(cache / "site.db")
        swap.finish_moves(site, self.staging, self.manifest)
        self._previous_keys = self.manifest.group_keys()
        if self._previous_keys.get("") != site_signature(site):
            self._forget_changed_files()
            self._previous_keys = self.manifest.group_keys()
        self._previous_keys.pop("", None)
        self._current_keys: dict[str, bytes] = {}
        self._open_group, self._previous_outputs = "", dict[str, OutputState]()
        self._staging_folders: set[str] = set()
        self.result = WorkerResult({}, {}, set(), set(), {})

    def is_up_to_date(self, name: str, key: bytes) -> bool:
        """Tell whether the site has this group as it would be made; if so it stays as it is."""
        self._current_keys[name] = key
        return self._previous_keys.get(name) == key

    def was_made_under(self, name: str, key: bytes) -> bool:
        """Tell whether the site has this group under this key; says nothing of the next site."""
        return self._previous_keys.get(name) == key

    def keep_groups(self, names: Iterable[str]) -> None:
        """Leave groups of the site as they are."""
        names = list(names)
        self._current_keys.update(
            zip(names, map(self._previous_keys.__getitem__, names), strict=True)
        )

    def verify_outputs(self) -> None:
        """Begin anew, as if nothing was built before, if a row about a file of the site is damaged."""
        if self.manifest.discard_if_outputs_damaged():
            self._previous_keys.clear()

    def keep_all_groups(self) -> None:
        """Leave all groups of the site as they are."""
        self._current_keys = dict(self._previous_keys)

    def after_fork(self) -> None:
        """Open the manifest anew in a forked process, and collect what it makes in ``result``."""
        self._parent_manifest = self.manifest
        self.manifest = Manifest(self.folder / "site.db", verify=False)
        self.result = WorkerResult({}, {}, set(), set(), {})

    def merge_worker(self, other: WorkerResult) -> None:
        """Add the result of a fork to this process's."""
        result = self.result
        result.group_keys.update(other.group_keys)
        result.outputs.update(other.outputs)
        result.staged.update(other.staged)
        result.stale.update(other.stale)
        result.remembered.update(other.remembered)

    @property
    def previous_group_names(self) -> KeysView[str]:
        """The groups the site has from the last build."""
        return self._previous_keys.keys()

    @property
    def group_names(self) -> Iterable[str]:
        """The groups the site will have."""
        return self._current_keys.keys()

    def start_group(self, name: str) -> None:
        """Begin to make a group; its files that are not written again will be deleted."""
        self._open_group = name
        self._previous_outputs = (
            self.manifest.outputs_of(name) if name in self._previous_keys else {}
        )
        # Not "|=": with the keys of a dictionary it copies all there is, for every group.
        self.result.stale.update(self._previous_outputs)
        self.result.group_keys[name] = self._current_keys[name]

    def abandon_group(self) -> bool:
        """Undo what was made of the open group, which then stays as it was; tells whether it was there.

        The next build makes it again, unless it is then to be made of what it was made of before.
        """
        result, name = self.result, self._open_group
        for path in [p for p, output in result.outputs.items() if output.group == name]:
            del result.outputs[path]
            if path in result.staged:
                result.staged.remove(path)
                Path(self.staging, path).unlink()
        for path in [p for p, (group, _) in result.remembered.items() if group == name]:
            del result.remembered[path]
        result.stale.difference_update(self._previous_outputs)
        del result.group_keys[name]
        return bool(self._previous_outputs)

    def is_unchanged(self, path: str, key: bytes) -> bool:
        """Tell whether the open group had this file under this key; if so it stays as it is."""
        previous = self._previous_outputs.get(path)
        if previous is None or previous.key != key:
            return False
        self.result.stale.discard(path)
        return True

    def write(self, path: str, key: bytes, data: bytes) -> None:
        """Write a file of the open group into the staging folder, unless the site has the same bytes."""
        output, previous = (
            OutputState(self._open_group, key, hash_bytes(data), len(data)),
            self._previous_outputs.get(path),
        )
        self.result.outputs[path] = output
        if previous is not None and previous.content_hash == output.content_hash:
            return
        self.result.staged.add(path)
        folder = path.rpartition("/")[0]
        if folder not in self._staging_folders:
            make_folder(f"{self.staging}/{folder}")
            self._staging_folders.add(folder)
        write_file(f"{self.staging}/{path}", data)

    def remember(self, path: str, value: bytes) -> None:
        """Store a value in the manifest for as long as the open group is not made again."""
        self.result.remembered[path] = (self._open_group, value)

    def remembered(self, group: str = "") -> dict[str, bytes]:
        """Return the values remembered by one group, or by all groups the site will have, by path."""
        from_manifest = {
            path: value
            for path, value_group, value in self.manifest.remembered()
            if value_group in self._current_keys
            and value_group not in self.result.group_keys
            and group in ("", value_group)
        }
        from_build = self.result.remembered.items()
        return from_manifest | {
            path: value for path, (whose, value) in from_build if group in ("", whose)
        }

    def adopt_external_files(self, name: str) -> None:
        """Make a group of what MkDocs and its other plugins wrote into the staging folder."""
        self._current_keys[name] = b""
        self.start_group(name)
        for path in list_files(self.staging):
            if path not in self.result.staged:
                self.write(path, b"", (self.staging / path).read_bytes())
                if path not in self.result.staged:
                    (self.staging / path).unlink()

    def publish(self) -> PublishResult:
        """Put this build in the place of the site."""
        removed_groups = self._previous_keys.keys() - self._current_keys.keys()
        for name in removed_groups:
            self.result.stale.update(self.manifest.outputs_of(name))
        self.result.stale.difference_update(self.result.outputs)
        before = self.manifest.count_outputs()
        moves: list[tuple[str, str]] = []
        changed = len(self.result.staged) + len(self.result.stale)
        may_swap = swap.may_be_renamed(self.site, self.staging)
        if (
            changed
            and may_swap
            and (before <= SMALL_SITE_FILES or changed > before // SWAP_IF_ONE_IN)
        ):
            unchanged = (
                self.manifest.content_hashes().keys() - self.result.stale - self.result.staged
            )
            try:
                moves = swap.complete_staging(self.site, self.staging, unchanged)
            except FileNotFoundError:  # a row that names a file wrongly, or somebody deleted one
                self.manifest.discard_if_outputs_damaged()
                raise
        elif changed:
            moves = [(path, swap.DELETE) for path in self.result.stale]
            moves += [(path, swap.MOVE) for path in self.result.staged]
        finished = FinishedBuild(
            self.result.group_keys,
            removed_groups,
            self.result.outputs,
            self.result.stale,
            self.result.remembered,
            moves,
        )
        self.manifest.commit(finished)
        swap.finish_moves(self.site, self.staging, self.manifest)
        self.manifest.set_site_signature(site_signature(self.site))
        unchanged_count = self.manifest.count_outputs() - len(self.result.staged)
        return PublishResult(len(self.result.staged), len(self.result.stale), unchanged_count)

    def close(self) -> None:
        """End this build, whether it was published or not."""
        self.manifest.close()
        shutil.rmtree(self.staging, ignore_errors=True)
        os.close(self._lock)

    def _forget_changed_files(self) -> None:
        """Forget the files that the site does not hold unchanged: others restored or changed it."""
        self.manifest.discard_if_outputs_damaged()
        expected = self.manifest.content_hashes()
        present = list_files(self.site) if expected else []  # else the site is replaced whole
        for path in present:
            if path not in expected:
                (self.site / path).unlink()
        self.manifest.forget_outputs(changed_files(self.site, expected))
