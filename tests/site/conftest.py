"""A site of the bundled archive and of awkward papers, built once, and a browser to read it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from reading_archive import write_archive
from site_builds import fast, project_of
from temporary_project import build_site, new_project


@pytest.fixture(scope="session")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once; tests that use it are in one xdist group."""
    place = new_project(tmp_path_factory.mktemp("reading"))
    write_archive(place)
    return build_site(place)


@pytest.fixture(scope="session")
def address(reading: Path, serve: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    """Serve that site; gives its address, ending in a slash."""
    with serve(reading) as url:
        yield url


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a reader without a past, at a desk, who may copy."""
    opened = browser.new_context(
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    yield opened
    opened.close()


@pytest.fixture
def reader(context: BrowserContext, address: str) -> Iterator[Page]:
    """Give that reader's page; anything the page complains of, or asks of others, fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith((address, "data:", "blob:"))
            else complaints.append(f"left the site: {r.url}")
        ),
    )
    yield page
    assert complaints == []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the papers of a few months, its site built."""
    project = project_of(tmp_path_factory.mktemp("small") / "project", "1[67]*/*.md")
    fast(project)
    return project


@pytest.fixture
def own(small: Path, tmp_path: Path) -> Path:
    """Return a copy of the small project that a test may change."""
    shutil.copytree(small, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


@pytest.fixture(scope="session")
def search(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """Serve a small site with sharded search; gives the address of its search page."""
    project = project_of(tmp_path_factory.mktemp("searching") / "project", "*/*.md")
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nsearch: sharded\npage_size: 10\n")
    with serve(fast(project)) as url:
        yield url + "search/"
