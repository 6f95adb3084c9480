"""A site that is not as its build made it does not go out, and the next build mends it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_digest.deliver.built_site import SiteChangedError, check_built_site
from paper_digest.deliver.target_list import SiteOwner, read_list, write_list
from paper_digest.incremental.site_cache import SiteCache

PAGES = {f"papers/{n}/index.html": f"page {n}".encode() * 50 for n in range(20)}


def build(place: Path) -> dict[str, bytes]:
    cache = SiteCache(place / "site", place / "cache")
    for path, data in PAGES.items():
        if not cache.is_up_to_date(path, b"key"):
            cache.start_group(path)
            cache.write(path, b"", data)
    cache.publish()
    cache.close()
    site = place / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _in_place(path: Path) -> None:
    """Change a letter; length and times stay."""
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"a", b"o", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a letter": _in_place,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "empty": lambda path: path.write_bytes(b""),
    "deleted": Path.unlink,
    "a pipe": _pipe,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_page_is_named_and_the_next_build_mends_it(tmp_path: Path, change: str) -> None:
    assert build(tmp_path) == PAGES
    check_built_site(tmp_path / "site", tmp_path / "cache")
    changed = random.Random(change).sample(sorted(PAGES), 3)  # noqa: S311 - a repeatable draw
    for path in changed:
        CHANGES[change](tmp_path / "site" / path)
    with pytest.raises(SiteChangedError) as caught:
        check_built_site(tmp_path / "site", tmp_path / "cache")
    assert all(path in str(caught.value) for path in changed)
    assert build(tmp_path) == PAGES
    check_built_site(tmp_path / "site", tmp_path / "cache")


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_restart_or_in_a_copy_finds_it(tmp_path: Path, change: str) -> None:
    build(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "copy")  # as a restored cache, or a new machine
    CHANGES[change](tmp_path / "copy" / "site" / "papers" / "7" / "index.html")
    assert build(tmp_path / "copy") == PAGES


def test_a_site_without_a_record_is_not_checked(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    check_built_site(tmp_path / "site", tmp_path / "cache")
    check_built_site(tmp_path / "none", tmp_path / "cache")


@pytest.mark.parametrize("owner", [None, SiteOwner("Boats", "https://a.example/", "2024")])
def test_a_damaged_list_of_names_names_nothing_that_was_not_in_it(owner: SiteOwner | None) -> None:
    names = ("api/", "index.html", "papers/")
    data = write_list(names, owner)
    assert read_list(data) == (names, owner)
    assert read_list(b"api/\nindex.html\n") == (("api/", "index.html"), None)
    owner_line = data.count(b"# ") - 1
    for at in range(len(data)):
        for bit in range(8):
            damaged = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
            read = {*read_list(damaged).names}
            assert read & {"app/", "paperz/"} == set()
            hash_is_gone = data.rindex(b"# ") in (at, at - 1)
            assert len(read - {*names}) <= hash_is_gone * (1 + owner_line)
