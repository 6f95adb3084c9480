"""The site kept between builds: writes what changed, deletes what is stale, all of it or nothing.

A build puts its files into a stage. ``publish`` then either swaps the whole stage in by one
rename, the unchanged files linked into it, or, where a large site changed a little, notes which
files move and moves them. A build killed before that note was complete leaves the old site; one
killed later is completed by the next, before it does anything else.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from paper_digest.incremental import swap
from paper_digest.incremental.hashing import fingerprint, hashed
from paper_digest.incremental.manifest import Done, Manifest, Output
from paper_digest.incremental.parallel import share
from paper_digest.model.errors import LockedError

#: Up to so many files a site is swapped whole: linking them takes a tenth of a second.
SMALL = 4_000
#: A larger site is swapped whole if more than one file in so many changed.
SHARE = 4

_MARK = "\0site"


class Published(NamedTuple):
    """What a build did to the site: files written, deleted and left alone."""

    written: int
    deleted: int
    kept: int


class Work(NamedTuple):
    """What one process has made of a build: groups, files, those in the stage, stale ones, notes."""

    remade: dict[str, bytes]
    made: dict[str, Output]
    staged: set[str]
    stale: set[str]
    notes: dict[str, tuple[str, bytes]]


class KeptSite:
    """The files of ``site``, what is known of them in ``cache``, and the stage of the next build.

    Raises:
        LockedError: at once, if another build of the same site is running.
    """

    def __init__(self, site: Path, cache: Path) -> None:
        self.site, self.stage = site, cache / "stage"
        self._cache = cache
        cache.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(cache / "lock", site)
        self.manifest = Manifest(cache / "site.db")
        swap.finish(site, self.stage, self.manifest)
        if self.manifest.groups().get("") != fingerprint(site):
            self._compare()
        self._groups = self.manifest.groups()
        self._groups.pop("", None)
        self._current: dict[str, bytes] = {}
        self._owner, self._known = "", dict[str, Output]()
        self._folders: set[str] = set()
        self.work = Work({}, {}, set(), set(), {})

    def fresh(self, name: str, key: bytes) -> bool:
        """Tell whether the site has this group as it would be made; if so it stays as it is."""
        self._current[name] = key
        return self._groups.get(name) == key

    def keep(self) -> None:
        """Leave all groups of the site as they are."""
        self._current = dict(self._groups)

    def apart(self) -> None:
        """Go on in a fork: what is made from here on is ``work``, for the first process to take."""
        self._inherited = self.manifest
        self.manifest = Manifest(self._cache / "site.db")
        self.work = Work({}, {}, set(), set(), {})

    def take(self, other: Work) -> None:
        """Take over what a fork has made."""
        mine = self.work
        mine.remade.update(other.remade)
        mine.made.update(other.made)
        mine.staged.update(other.staged)
        mine.stale.update(other.stale)
        mine.notes.update(other.notes)

    @property
    def names(self) -> Iterable[str]:
        """The groups the site will have."""
        return self._current.keys()

    def begin(self, name: str) -> None:
        """Make a group: what it had and is not put again goes."""
        self._owner = name
        self._known = self.manifest.of(name) if name in self._groups else {}
        # Not "|=": with the keys of a dictionary it copies all there is, for every group.
        self.work.stale.update(self._known)
        self.work.remade[name] = self._current[name]

    def same(self, path: str, key: bytes) -> bool:
        """Tell whether the group had this file under this key; if so it stays as it is."""
        known = self._known.get(path)
        if known is None or known.key != key:
            return False
        self.work.stale.discard(path)
        return True

    def put(self, path: str, key: bytes, data: bytes) -> None:
        """Stage one file of the group, unless the site holds the same bytes."""
        made, known = Output(self._owner, key, hashed(data), len(data)), self._known.get(path)
        self.work.made[path] = made
        if known is not None and known.content == made.content:
            return
        self.work.staged.add(path)
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            _made(f"{self.stage}/{folder}")
            self._folders.add(folder)
        _write(f"{self.stage}/{path}", data)

    def note(self, path: str, value: bytes) -> None:
        """Keep a value for as long as the group stays as it is."""
        self.work.notes[path] = (self._owner, value)

    def notes(self, owner: str = "") -> dict[str, bytes]:
        """Return what was noted for the site as it will be, by one group or by all."""
        kept = {
            path: value
            for path, whose, value in self.manifest.notes()
            if whose in self._current and whose not in self.work.remade and owner in ("", whose)
        }
        made = self.work.notes.items()
        return kept | {path: value for path, (whose, value) in made if owner in ("", whose)}

    def adopt(self, name: str) -> None:
        """Take over, as a group, what others wrote into the stage: MkDocs and its other plugins."""
        self._current[name] = b""
        self.begin(name)
        for path in _files(self.stage):
            if path not in self.work.staged:
                self.put(path, b"", (self.stage / path).read_bytes())
                if path not in self.work.staged:
                    (self.stage / path).unlink()

    def publish(self) -> Published:
        """Make the site what this build made it."""
        ended = self._groups.keys() - self._current.keys()
        for name in ended:
            self.work.stale.update(self.manifest.of(name))
        self.work.stale.difference_update(self.work.made)
        before = self.manifest.count()
        moves: list[tuple[str, str]] = []
        changed = len(self.work.staged) + len(self.work.stale)
        if changed and (before <= SMALL or changed > before // SHARE):
            kept = self.manifest.outputs().keys() - self.work.stale - self.work.staged
            moves = swap.swap(self.site, self.stage, kept)
        elif changed:
            moves = [(path, swap.DELETE) for path in self.work.stale]
            moves += [(path, swap.MOVE) for path in self.work.staged]
        done = Done(
            self.work.remade, ended, self.work.made, self.work.stale, self.work.notes, moves
        )
        self.manifest.commit(done)
        swap.finish(self.site, self.stage, self.manifest)
        self.manifest.mark(fingerprint(self.site))
        kept_count = self.manifest.count() - len(self.work.staged)
        return Published(len(self.work.staged), len(self.work.stale), kept_count)

    def close(self) -> None:
        """End this build, whether it was published or not."""
        self.manifest.close()
        shutil.rmtree(self.stage, ignore_errors=True)
        os.close(self._lock)

    def _compare(self) -> None:
        """Keep of what is known only what the site holds: it came from a cache, or was touched."""
        known, there = self.manifest.outputs(), _files(self.site)
        for path in there:
            if path not in known:
                (self.site / path).unlink()
        ours = [path for path in there if path in known]
        found = share(ours, lambda paths: [p for p in paths if self._holds(p, known[p])])
        self.manifest.forget(known.keys() - {path for part in found for path in part})

    def _holds(self, path: str, content: bytes) -> bool:
        with open(f"{self.site}/{path}", "rb") as file:  # noqa: PTH123 - a third of the time of Path
            return hashed(file.read()) == content


@contextmanager
def at_rest(site: Path, cache: Path) -> Iterator[None]:
    """Keep builds from writing ``site`` for a while.

    Raises:
        LockedError: at once, if a build is running.
    """
    cache.mkdir(parents=True, exist_ok=True)
    lock = _locked(cache / "lock", site)
    try:
        yield
    finally:
        os.close(lock)


def _files(folder: Path) -> list[str]:
    """List the files below a folder, by their paths in it."""
    top = len(str(folder)) + 1
    return [f"{place}/{name}"[top:] for place, _, names in os.walk(folder) for name in names]


def _made(folder: str) -> None:
    """Make a folder: most are new and lie in one that is there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - a third of the time of Path
    except FileExistsError:
        pass
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)


def _write(path: str, data: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        while data:  # a full disk takes a part and says nothing; it refuses the rest
            data = data[os.write(opened, data) :]
    finally:
        os.close(opened)


def _locked(path: Path, site: Path) -> int:
    opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(opened)
        cure = "wait until it ends, then build again"
        raise LockedError(str(site), "another build is writing it", cure) from error
    return opened
