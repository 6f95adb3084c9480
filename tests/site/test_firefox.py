"""The site in a second browser: its pages run their scripts, marks stay, and the search answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bidi import Firefox

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.xdist_group("searching")]

#: Waits for an element, as long as the test may last.
_FIND = """new Promise((done) => {
  const look = () => {
    const element = document.querySelector(%r);
    if (element) done(%s);
    else requestAnimationFrame(look);
  };
  look();
})"""


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    """Start Firefox with a new profile, where it is installed."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("no Firefox is installed: python .ci/debian.py installs Debian's")
    browser = Firefox(program, tmp_path)
    yield browser
    browser.close()


def test_home_paper_search_and_star(firefox: Firefox, search: str) -> None:
    home = search.removesuffix("search/")
    firefox.goto(home)
    star = ".pd-list [data-action=star]"
    firefox.evaluate(_FIND % (star, "element.click()"))
    assert firefox.evaluate(_FIND % (f"{star}[aria-pressed=true]", "true"))
    link = str(firefox.evaluate(_FIND % (".pd-list .pd-title a", "element.href")))
    firefox.goto(link)
    assert firefox.evaluate(
        _FIND % (".pd-user-marks [data-action=star][aria-pressed=true]", "true")
    )
    firefox.goto(f"{search}?q=attention")
    found = str(firefox.evaluate(_FIND % (".pd-list .pd-title a", "element.textContent")))
    assert "ttention" in found
