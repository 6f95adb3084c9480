"""The navigation stands on every page, and so does what it shows of a page that changes, comes or goes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils import get_markdown_title
from paper_digest.site.nav_labels import labels_hash
from site_builds import change, differing, fast, project_of

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]

OWN, LIST = "docs/words.md", "archive/lists/kites.yml"
A_LIST = "title: {}\npapers: ['1706.03762']\n"

#: What is written where in each step (None: taken away), and what the navigation of each page then has.
STEPS: tuple[tuple[dict[str, str | None], tuple[str, str]], ...] = (
    ({OWN: "# One"}, ("One</a>", "words/")),
    ({OWN: "Two\n===\n"}, ("Two</a>", "words/")),
    ({OWN: "---\ntitle: Three\n---\n# Two\n"}, ("Three</a>", "words/")),
    ({LIST: A_LIST.format("Kites")}, ("Kites</a>", "lists/kites/")),
    ({LIST: A_LIST.format("Boats")}, ("Boats</a>", "lists/kites/")),
    ({LIST: None}, ("", "lists/kites.md")),
    ({OWN: None}, ("", "words.md")),
    ({OWN: "# One", LIST: A_LIST.format("Boats")}, ("One</a>", "words/")),
)


def test_each_page_shows_the_navigation_as_it_is_now(tmp_path: Path) -> None:
    """All but the changed page had the title of before, or a link to a page that was none yet, for good."""
    project = project_of(tmp_path / "project", "1706/*.md")
    nav = "  - words.md\n  - lists/kites.md\n"
    change(project, "  - About", f"{nav}  - About", "mkdocs.yml")
    fast(project)
    for written, (label, target) in STEPS:
        for name, text in written.items():
            path = project / name
            path.parent.mkdir(exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")
        site = fast(project)
        for page in ("papers/1706.03762/index.html", "dates/index.html", "about/index.html"):
            html = (site / page).read_text("utf-8")
            assert label in re.sub(r"\s+(?=</)", "", html), (page, written)
            assert f'/{target}"' in html, (page, written)
    shutil.rmtree(project / ".cache")
    built = (project / "site").rename(tmp_path / "built")
    assert differing(fast(project), built) == []


LINES = st.lists(st.sampled_from(["# a", "# b", "a", "", "===", "---", "## c", "    # d"]))


@given(LINES, LINES)
def test_pages_with_different_titles_have_different_hashes(
    one: list[str], other: list[str]
) -> None:
    def of(lines: list[str]) -> tuple[str | None, bytes]:
        text = "\n".join(lines)
        return get_markdown_title(text), labels_hash(["words.md"], [("words.md", text)])

    (title, labels), (other_title, other_labels) = of(one), of(other)
    assert title == other_title or labels != other_labels


def test_what_follows_the_heading_and_pages_with_a_title_in_the_navigation_count_nothing() -> None:
    def of(nav: object, text: str) -> bytes:
        return labels_hash(nav, [("words.md", text)])

    assert of(["words.md"], "# a\nb") == of(["words.md"], "# a\nc") != of(["words.md"], "# b\nc")
    assert of([{"T": "words.md"}], "# a") == of([{"T": "words.md"}], "# b")
    assert of([{"T": ["words.md"]}], "# a") != of([{"T": ["words.md"]}], "# b")
