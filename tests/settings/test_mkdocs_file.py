"""A frame in which notes would be passed over, or links lead nowhere, is refused by check and build alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.errors import ConfigError
from paper_digest.settings.mkdocs_file import SiteFrame, check_frame, check_frame_file

REFUSED = {
    "docs_dir: pages": "docs_dir",
    "docs_dir: .": "docs_dir",
    "docs_dir: /elsewhere/docs": "docs_dir",
    "docs_dir: docs/own": "docs_dir",
    "site_dir: public": "site_dir",
    "site_dir: .": "site_dir",
    "site_dir: /elsewhere/site": "site_dir",
    "site_dir: ../site": "site_dir",
    **{f"use_directory_urls: {off}": "use_directory_urls" for off in ("false", "no", "Off")},
}
TAKEN = (
    "docs_dir: docs",
    "docs_dir: ./docs/",
    "docs_dir: linked",
    "docs_dir: !ENV [FOLDER, docs]",
    "site_dir: site",
    "site_dir: ./linked/../site/",
    "site_dir: disk",
    "site_dir:",
    "site_dir: !ENV [FOLDER, site]",
    "use_directory_urls: true",
    "use_directory_urls: !ENV [ADDRESSES, true]",
    'use_directory_urls: "false"',  # MkDocs refuses a text
    "extra: {docs_dir: pages, use_directory_urls: false}",
    "- docs_dir: pages",
    "? [docs_dir]\n: pages",
    "",
)


def _check(root: Path, text: str) -> None:
    (root / "docs").mkdir()
    (root / "linked").symlink_to("docs")
    (root / "disk").mkdir()
    (root / "site").symlink_to("disk")
    file = root / "mkdocs.yml"
    file.write_text(f"# A frame.\n{text}\n", "utf-8")
    assert check_frame_file(file) == file.read_bytes()


@pytest.mark.parametrize("text", REFUSED)
def test_another_folder_and_other_addresses_are_refused_with_their_line(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        _check(tmp_path, text)
    assert refused.value.problem.where == f"{tmp_path / 'mkdocs.yml'}:2"
    assert refused.value.problem.what.startswith(REFUSED[text])


@pytest.mark.parametrize("text", TAKEN)
def test_the_folder_by_any_name_is_taken(tmp_path: Path, text: str) -> None:
    _check(tmp_path, text)


def test_what_an_option_of_mkdocs_says_has_no_line(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Looms\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        check_frame(tmp_path / "mkdocs.yml", SiteFrame(folder_addresses=False))
    assert refused.value.problem.where == str(tmp_path / "mkdocs.yml")
