"""A build makes the groups whose inputs changed, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.incremental.manifest import CACHE_FOLDER, Manifest
from site_builds import fast, files, new_paper, own_theme, rename_topic

# The same group as test_fast.py: both use one built site.
pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]


def test_a_new_paper_touches_its_own_files_and_its_dates(own: Path) -> None:
    before = _keys(own)
    new_paper(own)
    fast(own)
    made = _changed(before, _keys(own))
    assert {n for n in made if n.startswith("api/papers/")} == {"api/papers/1706.09999"}
    assert {n for n in made if n.startswith("dates/")} <= {
        *("dates/index", "dates/2017", "dates/2017-06", "dates/2017-06-12", "dates/2017-W24"),
    }
    # It speaks of no topic, and its author is unknown.
    assert not [n for n in made if n.startswith(("topics/", "authors/", "feeds/topics/"))]


def test_a_renamed_topic_touches_what_shows_its_name(own: Path) -> None:
    before, site = _keys(own), files(own / "site")
    rename_topic(own)
    changed = {path for path, data in files(fast(own)).items() if site.get(path) != data}
    # The settings are part of every key; what is made again and is the same is not written.
    assert _changed(before, _keys(own)) >= {"papers/1706.03762", "topics/reasoning"}
    shown = {path for path in changed if path.endswith(".html")}
    assert shown == {p for p in shown if b"Thinking" in (own / "site" / p).read_bytes()}
    assert not {path for path in changed if path.startswith(("dates/index", "about/"))}


def test_another_colour_touches_one_style_sheet(own: Path) -> None:
    theme = own_theme(own)
    fast(own)
    before, site = _keys(own), files(own / "site")
    sheet = theme / "assets" / "stylesheets" / "paper-digest.css"
    sheet.write_text(sheet.read_text("utf-8") + "\n:root { --pd-accent: teal; }\n", "utf-8")
    after = files(fast(own))
    changed = {path for path, data in after.items() if site.get(path) != data}
    assert changed == {"assets/stylesheets/paper-digest.css"}
    assert _changed(before, _keys(own)) <= {"index"}


@pytest.mark.parametrize(("name", "is_made_again"), [("pylatexenc", True), ("made_up", False)])
def test_another_version_of_a_package_that_renders_has_all_made_again(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, is_made_again: bool
) -> None:
    site = files(own / "site")
    before = _keys(own)
    package = tmp_path / "more" / f"{name}-99.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 99.0\n")
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    assert files(fast(own)) == site
    assert _changed(before, _keys(own)) == (before.keys() if is_made_again else set())


def _keys(project: Path) -> dict[str, bytes]:
    """Return the key of each group of the archive, by name."""
    manifest = Manifest(project / CACHE_FOLDER / "site.db")
    keys = manifest.group_keys()
    manifest.close()
    # The site as a whole, the archive as a whole, and what MkDocs writes have keys of other kinds.
    return {
        name: key for name, key in keys.items() if name and "\0" not in name and name != "mkdocs"
    }


def _changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)}
