"""What all tests share: the project's root, the folder of real data beside it, a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from owners_files import is_of_owner, works_on_root
from paths import ROOT, SHARED
from playwright.sync_api import Browser, expect, sync_playwright
from temporary_project import new_project, served

# How long an example takes is the machine's business: a timed test fails by chance. The examples are
# the same each time, so that no change is blamed for what chance found; the profile "explore" looks
# for new ones: pytest --hypothesis-profile=explore.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", UNTIMED, derandomize=True)
settings.register_profile("explore", UNTIMED, max_examples=2000, print_blob=True)
settings.load_profile("steady")

#: Milliseconds until a browser that does not come to what is expected counts as failed: a loaded
#: machine is slow, and a test that passes never waits so long.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)

#: What a headless Chromium needs as root, and what keeps it from asking its maker's servers.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


class _Running:
    """The test that runs now, so that what it starts can be held against its markers."""

    item: pytest.Item | None = None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Remember the test that runs."""
    _Running.item = item
    try:
        return (yield)
    finally:
        _Running.item = None


def _hold_to_markers(event: str, arguments: tuple[object, ...]) -> None:
    """Fail a test that builds a site without saying so: ``-m "not site"`` has to leave it out."""
    item = _Running.item
    if event != "subprocess.Popen" or item is None or item.get_closest_marker("site"):
        return
    programs = {Path(word).name for word in _words(arguments[1])}
    if "mkdocs" in programs and programs & {"build", "serve"}:
        raise AssertionError(f"{item.nodeid} builds a site: mark it with pytest.mark.site")


def _hold_to_sample(event: str, arguments: tuple[object, ...]) -> None:
    """Fail a test that reads the archive of this checkout: its owner may change or empty it."""
    item = _Running.item
    if item is None:
        return
    if event in {"open", "os.listdir", "os.scandir"}:
        path = arguments[0]
        is_owners = isinstance(path, str | bytes | Path) and is_of_owner(os.fsdecode(path))
    elif event == "subprocess.Popen":
        place = arguments[2] if isinstance(arguments[2], str | bytes | Path) else "."
        is_owners = works_on_root(_words(arguments[1]), os.fsdecode(place))
    else:
        return
    if is_owners:
        raise AssertionError(f"{item.nodeid} reads the archive of this checkout: use SAMPLE")


def _words(command: object) -> list[str]:
    words = command if isinstance(command, list | tuple) else [command]
    return [os.fsdecode(word) for word in words if isinstance(word, str | bytes | Path)]


sys.addaudithook(_hold_to_markers)
sys.addaudithook(_hold_to_sample)


def pytest_xdist_auto_num_workers() -> int:
    """Return half as many processes again as processors: tests wait for browsers and servers a third of the time."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return (processors or 1) * 3 // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that opens a browser, by whichever fixture."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's root."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Return the folder of saved pages; skips where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the saved pages of shared/seeds are not beside this checkout")
    return SHARED / "seeds"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real metadata; skips where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the real metadata of shared/corpus is not beside this checkout")
    return SHARED / "corpus"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium; skips where none is installed."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium is installed (make test installs it where it is root on Debian)")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start one Chromium; one process can drive no more than one at a time."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=ARGUMENTS, timeout=PATIENCE
        )
        started.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield started
        started.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make an empty project with the settings and the site frame of the sample."""
    return new_project(tmp_path / "project")


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """Return the context manager that serves a folder on loopback."""
    return served
