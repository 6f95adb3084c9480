"""What a newer version changes: read from an index on loopback, with real pip, before it is installed."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from loopback_server import Server, send
from paper_digest import __version__
from paper_digest.cli.installed_program import program_origin
from paper_digest.cli.make_archive import _newest_lines
from paper_digest.cli.newest_release import NewestRelease, newest_release
from paper_digest.cli.upgrade import CHANGELOG_PATH

CHANGELOG = f"""# Changelog

## [Unreleased]

- Not out.

## [9.9.0]

- Kites fly.

## [9.8.0]

- Tethers hold.

## [{__version__}]

- Known.
"""


def wheel(files: dict[str, str]) -> bytes:
    """Make a wheel of version 9.9.0 that pip takes."""
    info = "paper_digest-9.9.0.dist-info/"
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        metadata = "Metadata-Version: 2.1\nName: paper-digest\nVersion: 9.9.0\n"
        for name, text in {
            **files,
            f"{info}METADATA": metadata,
            f"{info}WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}RECORD": "",
        }.items():
            file.writestr(name, text)
    return made.getvalue()


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Server:
    """Set pip to an index on loopback that has this version and 9.9.0."""
    server = Server()
    names = [f"paper_digest-{v}-py3-none-any.whl" for v in (__version__, "9.9.0")]
    page = "".join(f'<a href="/{name}">{name}</a>' for name in names)
    server.on("/simple/paper-digest/", send(page.encode(), Content_Type="text/html"))
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.base}/simple/")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    return server


def offer(server: Server, data: bytes) -> None:
    server.on("/paper_digest-9.9.0-py3-none-any.whl", send(data))


def test_the_changes_are_read_from_the_wheel_of_the_newest_version(index: Server) -> None:
    offer(index, wheel({f"paper_digest/{CHANGELOG_PATH}": CHANGELOG}))
    newest = newest_release("")
    assert newest == NewestRelease(
        "9.9.0", "## [9.9.0]\n\n- Kites fly.\n\n## [9.8.0]\n\n- Tethers hold."
    )
    said = "\n".join(_newest_lines(newest, __version__))
    assert "9.9.0, which is not installed" in said
    assert "- Tethers hold." in said
    assert "Known." not in said


def test_what_is_not_known_is_said(index: Server) -> None:
    offer(index, wheel({}))
    without = newest_release("")
    assert (without.version, without.changes) == ("9.9.0", "")
    assert "holds no changelog" in "\n".join(_newest_lines(without, __version__))
    offer(index, b"no wheel")
    assert "could not be had" in newest_release("").problem
    index.stop()
    silent = newest_release("")
    assert silent.version == ""
    assert "is not known: the index did not say" in "\n".join(_newest_lines(silent, __version__))


def test_of_a_program_from_elsewhere_no_index_is_asked(index: Server) -> None:
    newest = newest_release("https://example.org/paper-digest.git")
    assert newest.version == ""
    assert "https://example.org/paper-digest.git" in newest.problem
    assert newest_release().version == "", "a checkout came from no index"
    assert index.calls == []


def test_what_a_build_leaves_in_a_checkout_is_no_origin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``python -m build`` leaves a folder of metadata beside the package, and it is met first."""
    left = tmp_path / "paper_digest.egg-info"
    left.mkdir()
    text = f"Metadata-Version: 2.1\nName: paper-digest\nVersion: {__version__}\n"
    (left / "PKG-INFO").write_text(text, "utf-8")
    before = program_origin()
    assert before
    monkeypatch.syspath_prepend(tmp_path)
    assert program_origin() == before


def test_of_the_newest_version_nothing_is_said() -> None:
    assert [*_newest_lines(NewestRelease(__version__), __version__)] == []
