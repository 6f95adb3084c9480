"""A build replaces a site whole, whatever the folder of the site is, and never leaves less than there was."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.incremental import swap
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.site_cache import SiteCache
from site_builds import files

Files = dict[str, bytes]
TREES = st.dictionaries(
    st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "c/index.html", "d.json"]),
    st.sampled_from([b"one", b"two", b"three"]),
    min_size=1,
)


def _build(site: Path, cache: Path, made: Files) -> None:
    """Build a site of one group."""
    site_cache = SiteCache(site, cache)
    try:
        site_cache.is_up_to_date("all", hash_bytes(repr(sorted(made.items())).encode()))
        site_cache.start_group("all")
        for path, data in made.items():
            site_cache.write(path, b"", data)
        site_cache.publish()
    finally:
        site_cache.close()


def _linked(place: Path) -> Path:
    (place / "elsewhere").mkdir()
    (place / "site").symlink_to("elsewhere")
    return place / "site"


def _plain(place: Path) -> Path:
    return place / "site"


@settings(max_examples=25, deadline=None)
@given(
    TREES,
    TREES,
    st.sampled_from([_plain, _linked]),
    st.sampled_from([swap._exchange, lambda *_: False]),
)
def test_a_site_is_what_the_last_build_made(
    first: Files,
    second: Files,
    site_of: Callable[[Path], Path],
    exchange: Callable[[Path, Path], bool],
) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        # Other systems cannot exchange folders, and none can where one is a mount.
        patch.setattr(swap, "_exchange", exchange)
        site = site_of(Path(name))
        was_link = site.is_symlink()
        for made in (first, second):
            _build(site, Path(name, "cache"), made)
            assert files(site) == made
            assert site.is_symlink() == was_link
        assert files(site.resolve()) == second


@settings(max_examples=25, deadline=None)
@given(TREES, TREES, st.integers(0, 6))
def test_a_build_killed_while_it_moves_files_is_completed_by_the_next(
    first: Files, second: Files, calls: int
) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        site, cache = Path(name, "site"), Path(name, "cache")
        patch.setattr(swap, "_exchange", lambda *_: False)
        _build(site, cache, first)
        left, rename = [calls], Path.replace

        def replace(source: Path, target: Path) -> Path:
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return rename(source, target)

        with pytest.MonkeyPatch.context() as killing, suppress(KeyboardInterrupt):
            killing.setattr(Path, "replace", replace)
            # Nothing that a killed process would not do: neither the lock nor the staging folder is tidied up.
            killing.setattr(SiteCache, "close", lambda self: os.close(self._lock))
            _build(site, cache, second)
        assert first.keys() & second.keys() <= files(site).keys()
        _build(site, cache, second)
        assert files(site) == second


def test_a_site_behind_a_link_is_deleted_and_the_link_stays(tmp_path: Path) -> None:
    site = _linked(tmp_path)
    _build(site, tmp_path / "cache", {"index.html": b"one", "a/b/index.html": b"two"})
    (site / "link").symlink_to(tmp_path / "cache")
    for _ in range(2):
        swap.delete_folder(site)
        assert site.is_symlink()
        assert [*site.iterdir()] == []
    assert (tmp_path / "cache" / "site.db").exists()


def test_a_site_is_deleted_once_or_was_never_there(tmp_path: Path) -> None:
    site = _plain(tmp_path)
    _build(site, tmp_path / "cache", {"a/index.html": b"one"})
    for _ in range(2):
        swap.delete_folder(site)
        assert not site.exists()
