"""The same archive gives the same bytes, however Python is started and wherever the project lies.

That they are the same on every version of Python is compared by CI (``.github/workflows/ci.yml``).
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from site_builds import files, project_of

pytestmark = pytest.mark.site

PAPERS = "1[47]*/*.md"


class Circumstances(NamedTuple):
    """How a build is started."""

    flags: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    umask: int = 0o022
    place: str = "project"
    is_from_elsewhere: bool = False


#: No locale but C: what Python does by itself about that is turned off (PEP 538, PEP 540).
_C = (("LC_ALL", "C"), ("PYTHONUTF8", "0"), ("PYTHONCOERCECLOCALE", "0"))
CIRCUMSTANCES = {
    "without docstrings and asserts": Circumstances(("-OO",)),
    "with other hashes": Circumstances(environment=(("PYTHONHASHSEED", "4711"),)),
    "in the C locale": Circumstances(environment=_C),
    "in a Turkish locale": Circumstances(environment=(("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR"))),
    "where it is tomorrow": Circumstances(environment=(("TZ", "Pacific/Kiritimati"),)),
    "where it is yesterday": Circumstances(environment=(("TZ", "Pacific/Pago_Pago"),)),
    "with files for nobody else": Circumstances(umask=0o077),
    "in a folder of an odd name": Circumstances(place="a folder, é [x] 日本 & %20"),
    "from another folder": Circumstances(is_from_elsewhere=True),
}  # fmt: skip


def build(place: Path, how: Circumstances) -> tuple[dict[str, bytes], set[int]]:
    """Make a project and build it; returns its site and the rights that its files have."""
    project = project_of(place / how.place, PAPERS)
    command = [sys.executable, *how.flags, "-m", "mkdocs", "build", "--strict"]
    if how.is_from_elsewhere:
        command += ["--config-file", str(project / "mkdocs.yml")]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONHASHSEED"}
    made = subprocess.run(
        command,
        cwd="/" if how.is_from_elsewhere else project,
        env={**environment, "NO_MKDOCS_2_WARNING": "1", **dict(how.environment)},
        umask=how.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    site = project / "site"
    modes = {stat.S_IMODE(p.stat().st_mode) & 0o444 for p in site.rglob("*") if p.is_file()}
    return files(site), modes


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("plain"), Circumstances())[0]


@pytest.mark.xdist_group("same-bytes")
@pytest.mark.parametrize("name", CIRCUMSTANCES)
def test_the_site_is_the_same(plain: dict[str, bytes], tmp_path: Path, name: str) -> None:
    site, modes = build(tmp_path, CIRCUMSTANCES[name])
    assert {p for p in site.keys() | plain.keys() if site.get(p) != plain.get(p)} == set()
    assert modes == {0o444}  # a web server, which is another user, may read all
