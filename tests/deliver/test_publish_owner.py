"""A site is put over its own earlier state, and never over that of another volume or archive."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from paper_digest.deliver.publish import NAME_LIST_FILE, publish_site
from paper_digest.deliver.target_list import SiteOwner, read_list, write_list
from paper_digest.deliver.transport import PublishError
from small_sites import NEW, OLD, site_files, write_site
from temporary_project import digest

OWNERS = [
    SiteOwner(title, url, volume)
    for title in ("Boats", 'Bo"ats\n# x')
    for url in ("", "https://a.example/", "https://b.example/")
    for volume in ("", "2024", "2025")
]


@pytest.mark.parametrize("way", ["", "rclone:"])
def test_no_site_replaces_another(tmp_path: Path, way: str) -> None:
    """Of any two owners, those of one volume whose title or address is the same are one site; no address is none."""
    if not shutil.which(way.rstrip(":") or "rsync"):
        pytest.skip("the program is not installed")
    old, new = write_site(tmp_path / "old", OLD), write_site(tmp_path / "new", NEW)
    pairs = [*itertools.product(OWNERS, OWNERS)][:: 83 if way else 17]
    for number, (first, second) in enumerate(pairs):
        host = tmp_path / f"host{number}"
        publish_site(old, f"{way}{host}", first)
        is_known = first.title == second.title or (first.url != "" and first.url == second.url)
        is_one = first.volume == second.volume and is_known
        if is_one:
            publish_site(new, f"{way}{host}", second)
        else:
            before = (host / NAME_LIST_FILE).read_bytes()
            with pytest.raises(PublishError, match="give this one a folder of its own"):
                publish_site(new, f"{way}{host}", second)
            assert (host / NAME_LIST_FILE).read_bytes() == before
        assert site_files(host) == (NEW if is_one else OLD)
        publish_site(old, f"{way}{host}")  # nobody knows whose: as it always was
        assert read_list((host / NAME_LIST_FILE).read_bytes()).owner == (
            second if is_one else first
        )


def test_an_archive_without_an_address_can_take_another_title(tmp_path: Path) -> None:
    """As the refusal says: once under its former title with its address, and then under the new one."""
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed (apt install rsync)")
    project, web = tmp_path / "project", tmp_path / "web"
    write_site(project / "site", OLD)
    address = "url: https://a.example/\n"
    for settings, code in (
        ("title: Boats\n", 0),
        ("title: Kites\n", 2),
        (f"title: Kites\n{address}", 2),
        (f"title: Boats\n{address}", 0),
        (f"title: Kites\n{address}", 0),
    ):
        (project / "archive.yml").write_text(settings)
        ran = digest(project, "publish", str(web))
        assert ran.returncode == code
        assert ("publish it as “Boats” with its `url:` first" in ran.stderr) == bool(code)


def test_a_list_says_what_was_written_and_of_earlier_versions_its_names() -> None:
    for owner in (None, *OWNERS):
        for names in ((), ("api/", "index.html"), ("# site: {}",), ("# site: x", "a")):
            assert read_list(write_list(names, owner)) == (names, owner)
    assert read_list(b"api/\nindex.html\n") == (("api/", "index.html"), None)
    assert read_list(write_list(["api/"], OWNERS[1]).replace(b"api", b"apo")) == ((), None)


def test_the_folder_of_a_volume_is_not_the_main_sites(tmp_path: Path) -> None:
    """By the command, with a list that an earlier version left."""
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed (apt install rsync)")
    main, volume, web = tmp_path / "main", tmp_path / "main/volumes/2024", tmp_path / "web"
    write_site(main / "site", OLD)
    write_site(volume / "site", NEW)
    (main / "archive.yml").write_text("title: Boats\n")
    (volume / "archive.yml").write_text("title: Boats 2024\nvolume: '2024'\n")
    assert digest(main, "publish", str(web)).returncode == 0
    refused = digest(volume, "publish", str(web))
    assert refused.returncode == 2
    assert (
        "holds the site “Boats”, and this is the site “Boats 2024”, volume 2024" in refused.stderr
    )
    assert site_files(web) == OLD
    names = [name + "/" * (web / name).is_dir() for name in {n.partition("/")[0] for n in OLD}]
    (web / NAME_LIST_FILE).write_text("".join(f"{name}\n" for name in names))
    assert digest(main, "publish", str(web)).returncode == 0
    assert digest(volume, "publish", str(web)).returncode == 2
