"""The fast build gives what MkDocs gives, byte for byte, and what a first build would give."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Author, Paper
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.site.material_styles import PAGE_SHEET
from paper_digest.store.files import Store
from paper_digest.text import fields as intake
from site_builds import (
    KNOWN,
    change,
    command,
    curate,
    differing,
    edit_template,
    fast,
    files,
    new_paper,
    note,
    on_one_processor,
    own_theme,
    project_of,
    reference,
    rename_topic,
)
from temporary_project import new_project

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]


#: All that Markdown knows, and a heading that the page has as well.
NOTE = """\
---
tags: [weaving]
---
Read *first*: [another](../papers/1412.6980.md), [the list][list], ![a card](../notes/card.svg).

## Abstract

1. one & two < three, $x_1^2$
2. `code`

    indented code

> quoted

| a | b |
| --- | --- |
| 1 | <b>2</b> |

```python
print("zirconium")
```

<div markdown>
*inside*
</div>

[list]: ../topics/index.md#topics
"""


def test_both_ways_give_the_same_bytes_for_the_bundled_archive(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "*/*.md")
    change(project, 'repository: ""', "repository: https://github.com/me/papers")
    note(project, "1706.03762", NOTE)
    note(project, "1412.6980", "A second note.")
    (project / "docs" / "notes" / "card.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    curate(project)
    assert differing(fast(project), reference(project)) == []


def test_the_number_of_processors_changes_no_byte(tmp_path: Path) -> None:
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        pytest.skip("needs Linux and two processors: only there do forks share the work")
    one = project_of(tmp_path / "one", "*/*.md")
    more = shutil.copytree(one, tmp_path / "more")
    assert differing(on_one_processor(one), fast(more)) == []
    change(more, "title: ", "title: Other ")
    change(one, "title: ", "title: Other ")
    assert differing(on_one_processor(one), fast(more)) == []


def test_both_ways_give_the_same_bytes_for_real_records(corpus: Path, tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    change(project, "topics: default", "topics: default\nauthor_pages: 3")
    papers = []
    with gzip.open(corpus / "arxiv_40k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 200 == 0:
                papers.append(_paper(json.loads(line)))
    with Store(project / "archive").lock():
        assert Store(project / "archive").write(papers) == len(papers)
    assert differing(fast(project), reference(project)) == []


def test_a_second_build_touches_no_file(own: Path) -> None:
    site = fast(own)
    before = {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}
    fast(own)
    assert {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()} == before


def test_links_of_hand_written_pages_lead_to_papers(small: Path) -> None:
    about = (small / "site" / "about" / "index.html").read_text("utf-8")
    assert 'href="../papers/1706.03762/"' in about
    assert 'href="../topics/#topics"' in about


def test_a_note_stands_on_its_papers_page_and_nowhere_else(own: Path) -> None:
    note(own, "1706.03762", NOTE.replace("1412.6980", "1706.03762").replace("card.svg", ""))
    change(own, 'repository: ""', "repository: https://github.com/me/papers")
    site = fast(own)
    page = (site / "papers" / "1706.03762" / "index.html").read_text("utf-8")
    assert '<h2 id="note">Editor\'s note</h2>' in page
    assert "<p>Read <em>first</em>: " in page
    assert "https://github.com/me/papers/edit/HEAD/docs/notes/1706.03762.md" in page
    assert "> quoted" in (site / "papers" / "1706.03762.md").read_text("utf-8")
    assert not (site / "notes").exists()
    search = RankedSearch(IndexReader.open(site / "assets" / "search"))
    assert [hit.slug for hit in search.search("zirconium")] == ["1706.03762"]


def test_notes_that_are_wrong_are_told_of_in_every_build(own: Path) -> None:
    note(own, "1706.99999", "Whose?")
    note(own, "1706.03762", "[gone](../papers/1706.88888.md)")
    for _ in range(2):
        told, _ = (building := command(own, "build", "--strict", quiet=False)).communicate()
        assert building.returncode
        assert "docs/notes/1706.99999.md: is about no paper of the archive" in told
        assert "1706.88888" in told


def test_a_link_to_no_page_fails_a_strict_build_and_all_else_goes_out(own: Path) -> None:
    change(own, "papers/1706.03762.md", "papers/1706.99999.md", "docs/about.md")
    said, _ = (building := command(own, "build", "--strict", quiet=False)).communicate()
    assert building.returncode
    assert "1706.99999" in said
    assert "1706.99999" in (own / "site" / "about" / "index.html").read_text("utf-8")


def _deleted_paper(project: Path) -> None:
    Store(project / "archive").delete([KNOWN])
    shutil.rmtree(project / "archive" / "overrides")  # a decision about no paper is a fault
    change(project, "[a paper](papers/1706.03762.md), ", "", "docs/about.md")


def _note(text: str, name: str = "1706.03762") -> Callable[[Path], None]:
    return lambda project: note(project, name, text)


def _delete_note(project: Path) -> None:
    (project / "docs" / "notes" / "1706.03762.md").unlink()


def _record(**fields: object) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        store = Store(project / "archive")
        paper = store.get(KNOWN)
        assert paper is not None
        with store.lock():
            store.write([msgspec.structs.replace(paper, **fields)])

    return edit


def _edit(old: str, new: str, name: str = "archive.yml") -> Callable[[Path], None]:
    return lambda project: change(project, old, new, name)


def _override(project: Path) -> None:
    place = project / "archive" / "overrides"
    place.mkdir()
    fix = f"- id: {KNOWN}\n  fix: {{title: Decided}}\n  pin: true\n  why: a test\n"
    (place / "mine.yml").write_text(fix)


CHANGES: dict[str, tuple[Callable[[Path], None], ...]] = {
    "papers": (
        new_paper,
        _record(title="Another title"),
        _record(aliases=("arxiv:1706.00001",)),
        _record(authors=(Author("A. New Name"),), aliases=()),
        _override,
        _deleted_paper,
    ),
    "notes": (
        _note("My *word*, [about](../about.md)."),
        _record(aliases=("arxiv:1706.00001",)),
        _note("Of old.", "1706.00001"),
        _delete_note,
    ),
    "settings": (
        rename_topic,
        _edit("title: Paper digest", "title: Papers"),
        _edit("papers.example.org", "digest.example.org"),
        _edit("topics: default", "topics: default\nauthor_pages: 1"),
        _edit('repository: ""', "repository: https://example.org/papers"),
    ),
    "frame": (
        _edit("# About", "# All about", "docs/about.md"),
        _edit("- About: about.md", "- More: about.md", "mkdocs.yml"),
        edit_template,
    ),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_changes_one_by_one_end_where_a_first_build_ends(own: Path, kind: str) -> None:
    site = files(own / "site")
    for one in CHANGES[kind]:
        one(own)
        before, site = site, files(fast(own))
        assert site != before
    shutil.rmtree(own / ".cache")
    shutil.rmtree(own / "site")
    assert differing_files(files(fast(own)), site) == []


def differing_files(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(p for p in one.keys() | other.keys() if one.get(p) != other.get(p))


def test_one_word_of_the_template_changes_pages_only(own: Path) -> None:
    before = files(own / "site")
    edit_template(own)
    changed = differing_files(files(fast(own)), before)
    pages = [path for path in before if path.endswith(".html")]
    # Beside a template of the operator's, pages name Material's whole style sheet.
    assert changed == sorted([*pages, PAGE_SHEET])


@pytest.mark.parametrize("block", ["paper_head", "htmltitle"])
def test_a_template_with_other_blocks_gives_the_same_bytes(tmp_path: Path, block: str) -> None:
    """An operator's own template, or one of an older version, may say elsewhere what ours says here."""
    project = project_of(tmp_path / "own", "17*/*.md")
    main = own_theme(project) / "main.html"
    before, begin, rest = main.read_text("utf-8").partition(f"{{% block {block} %}}")
    inner, end, after = rest.partition("{% endblock %}")
    assert begin
    assert end
    kept = inner if block == "paper_head" else f"{begin}{end}"
    main.write_text(f"{before}{kept}{after}", "utf-8")
    assert differing(fast(project), reference(project)) == []


def test_a_copied_site_is_checked_and_mended(own: Path) -> None:
    """A checkout or a restored cache tells nothing by its times, and may lack or have too much."""
    site = own / "site"
    whole = files(site)
    (site / "papers" / "1706.03762" / "index.html").write_text("something else")
    (site / "about" / "index.html").unlink()
    (site / "stale").mkdir()
    (site / "stale" / "index.html").write_text("left over")
    assert differing_files(files(fast(own)), whole) == []


def test_a_broken_cache_is_begun_anew(own: Path) -> None:
    whole = files(own / "site")
    databases = list((own / ".cache" / "paper-digest").glob("*.db"))
    assert databases
    for path in databases:
        path.write_bytes(b"no database" * 1000)
    assert differing_files(files(fast(own)), whole) == []


def _paper(record: dict[str, object]) -> Paper:
    published = str(record["published"])
    paper = Paper(
        id=f"arxiv:{record['id']}",
        title=intake.one_line(record["title"]),
        abstract=intake.clean_block(record["abstract"]),
        authors=tuple(Author(intake.one_line(name)) for name in record["authors"]),  # type: ignore[attr-defined]
        published=published,
        announced=published,
        categories=tuple(record["categories"]),  # type: ignore[arg-type]
        comment=intake.one_line(record.get("comment")),
    )
    return attribute_fields(paper, "arxiv", "2026-11-20")
