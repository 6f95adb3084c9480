"""A paper that the index calls unchanged has groups made of what they were made of before."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from paper_digest.builder.dependency_index import group_names
from paper_digest.builder.site_build import SiteBuild
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Author, Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from site_builds import change, note
from temporary_project import new_project

#: More than the smallest reference set, so that a later paper changes no earlier one's related papers.
_PAPERS = 118
#: So many that each stands in few papers: else none would say what a paper is about.
_WORDS = [
    letter + word
    for letter in "bcdfghklmn"
    for word in ("oom", "arp", "eft", "eddle", "uttle", "eed", "eam", "ick", "elvage", "obbin")
]
_STEPS = 14

Step = Callable[[Path, random.Random], None]


def _paper(number: int, draw: random.Random) -> Paper:
    day = f"2024-{1 + number // 28:02}-{1 + number % 7:02}"
    words = draw.choices(_WORDS, k=12)
    paper = Paper(
        id=f"arxiv:24{1 + number // 28:02}.{number:05}",
        title=" ".join(words[:4]),
        abstract=" ".join(words),
        authors=tuple(Author(f"Ada {name}") for name in draw.sample(_WORDS, 3)),
        published=day,
        announced=day,
    )
    return attribute_fields(paper, "arxiv", "2025-11-20")


def _edit_record(project: Path, draw: random.Random, **fields: object) -> None:
    store = Store(project / "archive")
    paper = draw.choice([*store.read_all([])])
    with store.lock():
        store.write([msgspec.structs.replace(paper, **fields)])


def _add(project: Path, draw: random.Random) -> None:
    store = Store(project / "archive")
    with store.lock():
        store.write([_paper(draw.randrange(_PAPERS, 300), draw)])


def _remove(project: Path, draw: random.Random) -> None:
    store = Store(project / "archive")
    paper = draw.choice([*store.read_all([])])
    with store.lock():
        store.delete([paper.id])


def _retitle(project: Path, draw: random.Random) -> None:
    _edit_record(project, draw, title=" ".join(draw.choices(_WORDS, k=5)))


def _rename_authors(project: Path, draw: random.Random) -> None:
    _edit_record(project, draw, authors=(Author(f"Bea {draw.choice(_WORDS)}"),))


def _move_day(project: Path, draw: random.Random) -> None:
    _edit_record(project, draw, announced=f"2024-0{draw.randrange(1, 6)}-0{draw.randrange(1, 8)}")


def _unlisted_field(project: Path, draw: random.Random) -> None:
    _edit_record(project, draw, comment=f"{draw.randrange(100)} pages")


def _former_id(project: Path, draw: random.Random) -> None:
    _edit_record(project, draw, aliases=(f"arxiv:2401.{draw.randrange(20):05}",))


def _note(project: Path, draw: random.Random) -> None:
    paper = draw.choice([*Store(project / "archive").read_all([])])
    note(project, paper.slug, f"Read {draw.randrange(100)} times.")


def _delete_note(project: Path, draw: random.Random) -> None:
    notes = sorted((project / "docs").glob("notes/*.md"))
    if notes:
        draw.choice(notes).unlink()


def _override(project: Path, draw: random.Random) -> None:
    paper = draw.choice([*Store(project / "archive").read_all([])])
    place = project / "archive" / "overrides"
    place.mkdir(exist_ok=True)
    title = " ".join(draw.choices(_WORDS, k=4))
    what = draw.choice(("hide: true", f"fix: {{title: {title}}}", "pin: true", "topics: []"))
    (place / "mine.yml").write_text(f"- id: {paper.id}\n  {what}\n", "utf-8")


_CHANGES: tuple[Step, ...] = (
    *(_add, _remove, _retitle, _rename_authors, _move_day, _unlisted_field),
    *(_former_id, _note, _delete_note, _override),
)


def _first_build(project: Path, place: Path) -> dict[str, bytes | None]:
    """Name the groups of a project, with the hashes of what they are made of, as if nothing was built before."""
    shutil.copytree(project, place, ignore=shutil.ignore_patterns(".cache"), symlinks=True)
    site_build = SiteBuild(place, load_config(place))
    groups = {group.name: group.inputs_hash for group in site_build.groups()}
    site_build.close()
    return groups


@pytest.mark.parametrize("seed", range(2))
def test_whatever_changes_an_unchanged_papers_groups_are_made_of_the_same(
    tmp_path: Path, seed: int
) -> None:
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw
    project = new_project(tmp_path / "project")
    store = Store(project / "archive")
    with store.lock():
        store.write([_paper(number, draw) for number in range(_PAPERS)])
    packed, groups, spared = b"", dict[str, bytes | None](), 0
    for step in range(_STEPS):
        site_build = SiteBuild(project, load_config(project))
        unchanged = site_build.plan.unchanged_papers(packed, groups.keys())
        asked = {group.name for group in site_build.groups(unchanged)}
        now = {group.name: group.inputs_hash for group in site_build.groups()}
        names = {*group_names(unchanged)}
        assert asked.isdisjoint(names)
        assert asked | names == now.keys()
        assert {name: now[name] for name in names} == {name: groups[name] for name in names}
        if not step % 6:
            assert now == _first_build(project, tmp_path / f"first{step}")
        spared += len(unchanged)
        packed, groups = site_build.plan.packed_index(()), now
        site_build.close()
        _CHANGES[step % len(_CHANGES) if step < len(_CHANGES) else draw.randrange(10)](
            project, draw
        )
    assert spared > 2 * _PAPERS  # or the index spares nothing


def test_a_paper_whose_group_failed_is_asked_again(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    store = Store(project / "archive")
    with store.lock():
        draw = random.Random(1)  # noqa: S311 - a repeatable draw
        store.write([_paper(number, draw) for number in range(4)])
    site_build = SiteBuild(project, load_config(project))
    present = {group.name for group in site_build.groups()}
    all_slugs = {paper.slug for paper in store.read_all([])}
    failed = min(all_slugs)
    packed = site_build.plan.packed_index([f"api/papers/{failed}"])
    assert failed not in site_build.plan.unchanged_papers(packed, present)
    assert site_build.plan.unchanged_papers(site_build.plan.packed_index(()), present) == all_slugs
    lacking = present - {f"papers/{failed}"}
    again = site_build.plan.unchanged_papers(site_build.plan.packed_index(()), lacking)
    assert again == all_slugs - {failed}
    site_build.close()


def test_an_author_who_gets_a_page_is_linked_by_own_pages_alone(tmp_path: Path) -> None:
    """Lists, feeds and the pages that name a paper as related show its authors without links, and stay as they are."""
    project = new_project(tmp_path / "project")
    change(project, "topics: default", "topics: default\nauthor_pages: 2")
    store, draw = Store(project / "archive"), random.Random(3)  # noqa: S311 - a repeatable draw
    papers = [_paper(number, draw) for number in range(_PAPERS)]
    old = msgspec.structs.replace(papers[40], authors=(Author("Ida Zwirn"),))
    papers[40] = old
    with store.lock():
        store.write(papers)
    site_build = SiteBuild(project, load_config(project))
    before = {group.name: group.inputs_hash for group in site_build.groups()}
    packed = site_build.plan.packed_index(())
    related = dict(site_build.catalog.related)
    site_build.close()

    new = msgspec.structs.replace(_paper(200, draw), authors=(Author("Ida Zwirn"),))
    with store.lock():
        store.write([new])
    site_build = SiteBuild(project, load_config(project))
    unchanged = site_build.plan.unchanged_papers(packed, before.keys())
    now = {group.name: group.inputs_hash for group in site_build.groups()}
    site_build.close()

    naming = {slug for slug, near in related.items() if old.slug in {one.slug for one in near}}
    assert naming
    assert old.slug not in unchanged
    assert now[f"papers/{old.slug}"] != before[f"papers/{old.slug}"]
    assert naming - {new.slug} <= unchanged
    day, month = old.announced, old.announced[:7]
    assert not new.announced.startswith(month)
    for name in (f"api/papers/{old.slug}", f"api/dates/{day}", f"dates/{day}", f"dates/{month}"):
        assert now[name] == before[name], name
