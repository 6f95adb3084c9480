"""A build that is killed leaves the old site or the new one, whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from paper_digest.incremental.site_cache import SiteCache
from site_builds import command, edit_template, fast, files, new_paper

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_build_leaves_the_old_site_or_the_new(own: Path, seed: int) -> None:
    old = files(own / "site")
    edit_template(own)
    new_paper(own)
    chance = random.Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
    building = command(own, "build", "--strict")
    time.sleep(chance.uniform(0, 3))
    building.kill()
    building.communicate()
    left = files(own / "site")
    whole = files(fast(own))
    assert left in (old, whole)


#: Publishes a site, killed by the system after a number of calls that change the disk.
PUBLISH = """
import os, shutil, sys
from pathlib import Path
from paper_digest.incremental import site_cache

def counted(real):
    def call(*words, **more):
        if not left[0]:
            os.kill(os.getpid(), 9)
        left[0] -= 1
        return real(*words, **more)
    return call

site, cache, small, steps, *wanted = sys.argv[1:]
left = [int(steps)]
site_cache.SMALL_SITE_FILES, site_cache.SWAP_IF_ONE_IN = int(small), 1
for owner, names in (
    (os, ("open", "link", "rename", "rmdir", "makedirs")),
    (shutil, ("move", "rmtree")),
    (Path, ("unlink", "mkdir", "replace")),
):
    for name in names:
        setattr(owner, name, counted(getattr(owner, name)))
build = site_cache.SiteCache(Path(site), Path(cache))
for path, text in (word.split("=") for word in wanted):
    if not build.is_up_to_date(path, text.encode()):
        build.start_group(path)
        build.write(path, b"", text.encode())
build.publish()
build.close()
"""


@pytest.mark.parametrize("small", ["0", "4000"])
def test_publishing_killed_at_any_step_is_completed(tmp_path: Path, small: str) -> None:
    """Both ways of bringing a build about: moving single files, and swapping the folder."""

    def publish(name: int, steps: int, *wanted: str) -> int:
        place = [str(tmp_path / f"site{name}"), str(tmp_path / f"cache{name}")]
        words = [sys.executable, "-c", PUBLISH, *place, small, str(steps), *wanted]
        return subprocess.run(words, check=False).returncode

    new = {"a": b"1", "d": b"4", "f/g": b"6", "e": b"5"}
    ends = []
    for steps in range(60):
        assert publish(steps, 10_000, "a=1", "b/c=2", "d=3", "e=5") == 0
        site = tmp_path / f"site{steps}"
        old = files(site)
        ended = publish(steps, steps, "a=1", "d=4", "f/g=6", "e=5")
        SiteCache(site, tmp_path / f"cache{steps}").close()
        ends.append(files(site))
        assert ends[-1] in (old, new)
        if not ended:
            break
    assert ends[0] == old
    assert ends[-1] == new
