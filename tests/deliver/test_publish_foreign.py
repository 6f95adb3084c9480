"""What lies at a target and was put there by somebody else is neither replaced nor deleted, whatever its name is."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from paper_digest.deliver.publish import NAME_LIST_FILE, publish_site
from paper_digest.deliver.transport import PublishError
from small_sites import NEW, OLD, site_files, write_site

WAYS = ("", "rclone:")

#: Names at the top of the old site, of the new one alone, and of neither; as files, folders and what lies in them.
FOREIGN = (
    "papers/mine.pdf",
    "papers/1/index.html",
    "papers",
    "index.html",
    "feed.xml/mine",
    "[x]*.html",
    "look-2.css",
    "look-2.css/mine",
    "other/papers/mine",
    "[x]1.html",
    "über uns/mine",
)
SETS = [(name,) for name in FOREIGN] + [
    pair for pair in itertools.combinations(FOREIGN, 2) if not pair[1].startswith(f"{pair[0]}/")
]


@pytest.mark.parametrize("way", WAYS)
def test_no_run_touches_what_somebody_else_put_there(tmp_path: Path, way: str) -> None:
    """A first run, and one of a site that has other names; both refused, or done beside it."""
    if not shutil.which(way.rstrip(":") or "rsync"):
        pytest.skip("the program is not installed")
    sites = write_site(tmp_path / "old", OLD), write_site(tmp_path / "new", NEW)
    tops = [{name.partition("/")[0] for name in files} for files in (OLD, NEW)]
    for number, names in enumerate(SETS[::2] if not way else SETS[::9]):
        if any(f"{b}/" in a for a, b in itertools.permutations(names, 2)):
            continue
        host = tmp_path / f"host{number}"
        foreign = {name: f"mine: {name}" for name in names}
        write_site(host, foreign)
        for site, files, top in zip(sites, (OLD, NEW), tops, strict=True):
            before = site_files(host)
            if top & {name.partition("/")[0] for name in names}:
                with pytest.raises(PublishError, match="no `digest publish` put there"):
                    publish_site(site, f"{way}{host}")
                assert site_files(host) == before, names
            else:
                publish_site(site, f"{way}{host}")
                assert site_files(host) == files | foreign, names
            assert site_files(host).items() >= foreign.items()


@pytest.mark.parametrize("way", WAYS)
def test_a_first_run_that_was_stopped_is_gone_on_with(tmp_path: Path, way: str) -> None:
    """Its files are its own though the run never came to its end; so are those of a site whose list is damaged."""
    if not shutil.which(way.rstrip(":") or "rsync"):
        pytest.skip("the program is not installed")
    old, new = write_site(tmp_path / "old", OLD), write_site(tmp_path / "new", NEW)
    host = tmp_path / "host"
    host.mkdir()
    (host / "feed.xml").mkdir()
    (host / "feed.xml" / "x").write_text("in the way of a file")
    with pytest.raises(PublishError, match=r"feed\.xml; move it away"):
        publish_site(old, f"{way}{host}")
    shutil.rmtree(host / "feed.xml")
    publish_site(old, f"{way}{host}")
    names = (host / NAME_LIST_FILE).read_bytes()
    for left in ("papers", "index.html"):  # what a run that was stopped had not sent
        path = host / left
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    publish_site(new, f"{way}{host}")
    assert site_files(host) == NEW
    (host / NAME_LIST_FILE).write_bytes(names.replace(b"papers", b"paperz"))
    publish_site(new, f"{way}{host}")
    assert site_files(host) == NEW
