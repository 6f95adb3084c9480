"""Decisions written by a command: read back as they were meant, and nobody's own file is rewritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Paper
from paper_digest.store.override_editor import change_override
from paper_digest.store.overrides import OVERRIDES_FOLDER, Override, load_overrides

PAPER = Paper(id="arxiv:2511.01234", title="Slow rivers", aliases=("doi:10.1000/a",))
TOPICS = ("rivers", "boats")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
CHANGES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(dict, hide=st.sampled_from([True, None])),
    st.builds(dict, topics=st.sampled_from([["rivers"], ["boats", "rivers"], [], None])),
    st.builds(dict, fix=st.builds(dict, title=st.one_of(TEXTS, st.just(""), st.none()))),
    st.builds(dict, fix=st.builds(dict, authors=st.one_of(st.lists(TEXTS), st.none()))),
    st.builds(dict, why=st.one_of(TEXTS, st.none())),
)


def read(archive: Path) -> Override | None:
    return load_overrides(archive, TOPICS).get(PAPER.id)


@given(changes=st.lists(CHANGES, max_size=6))
def test_what_is_read_is_the_sum_of_what_was_changed(
    changes: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive = tmp_path_factory.mktemp("archive")
    hide, topics, fix, why = False, None, dict[str, Any](), ""
    for change in changes:
        path = change_override(archive, PAPER, TOPICS, change)
        hide = bool(change.get("hide", hide))
        topics = change.get("topics", topics)
        why = change.get("why", why) or ""
        fix |= change.get("fix", {})
        fix = {name: value for name, value in fix.items() if value is not None}
        decided = hide or topics is not None or fix
        assert (path is not None and path.exists()) == bool(decided)
        if not decided:
            why = ""  # it went with the file
            assert read(archive) is None
            continue
        wanted = topics if topics is None else tuple(topics)
        assert read(archive) == Override(PAPER.id, fix=fix, hide=hide, topics=wanted, why=why)


FIXES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(dict, title=st.sampled_from(["Boats", "Rivers", ""])),
    st.builds(dict, links=st.dictionaries(st.sampled_from(["code", "pdf"]), st.sampled_from(["", "https://a.example/b"]), min_size=1)),
)  # fmt: skip
DECISIONS = st.one_of(CHANGES, st.builds(dict, fix=FIXES))


@given(before=st.lists(DECISIONS, max_size=4), switches=st.permutations(range(3)), data=st.data())
def test_what_is_taken_back_leaves_the_file_as_it_was(
    before: list[dict[str, Any]],
    switches: list[int],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """In any order, and again: the day too, which readers see with a fixed field."""
    archive = tmp_path_factory.mktemp("archive")
    for day, change in enumerate(before, 1):
        change_override(archive, PAPER, TOPICS, change | {"at": f"2026-01-0{day}"})
    path = archive / OVERRIDES_FOLDER / f"{PAPER.slug}.yml"
    stood, override = path.exists() and path.read_bytes(), read(archive)
    taken: list[dict[str, Any]] = [
        *([{"hide": True}] if not (override and override.hide) else []),
        *([{"topics": ["boats"]}] if override is None or override.topics is None else []),
        *([{"fix": {"venue": "Quay"}}] if not (override and override.fix) else []),
    ]
    changes = [taken[place] for place in switches if place < len(taken)]
    for change in data.draw(st.permutations(changes + changes)):
        change_override(archive, PAPER, TOPICS, change | {"at": "2026-02-01"})
    for change in data.draw(st.permutations(changes + changes)):
        back = {
            name: dict.fromkeys(value) if isinstance(value, dict) else None
            for name, value in change.items()
        }
        change_override(archive, PAPER, TOPICS, back | {"at": "2026-02-02"})
    again = path.exists() and path.read_bytes()
    if {"fix": {"venue": "Quay"}} in changes and stood and again:
        assert override
        assert read(archive) == msgspec.structs.replace(override, at="2026-02-01")
    else:
        assert again == stood


def test_the_day_of_a_fix_stays_when_something_else_is_decided(tmp_path: Path) -> None:
    for change in (
        {"fix": {"title": "Slow boats", "venue": "Quay"}, "at": "2026-01-02"},
        {"topics": ["boats"], "at": "2026-02-03"},
        {"fix": {"venue": None}, "at": "2026-02-04"},
        {"fix": {"title": "Slow boats"}, "at": "2026-02-05"},
    ):
        change_override(tmp_path, PAPER, TOPICS, change)
        assert [one.at for one in load_overrides(tmp_path, TOPICS).values()] == ["2026-01-02"]
    change_override(tmp_path, PAPER, TOPICS, {"fix": {"venue": "Pier"}, "at": "2026-02-06"})
    assert [one.at for one in load_overrides(tmp_path, TOPICS).values()] == ["2026-02-06"]


def test_one_link_is_not_taken_out_of_a_list_of_links(tmp_path: Path) -> None:
    fix = {"links": [{"kind": "code", "url": "https://a.example/b"}]}
    path = change_override(tmp_path, PAPER, TOPICS, {"fix": fix})
    assert path
    stood = path.read_bytes()
    for links in ({"code": None}, {"pdf": "https://a.example/c"}):
        with pytest.raises(ConfigError, match="links is a list"):
            change_override(tmp_path, PAPER, TOPICS, {"fix": {"links": links}})
        assert path.read_bytes() == stood


@pytest.mark.parametrize(
    "change",
    [
        {"fix": {"titel": "Slow rivers"}},
        {"fix": {"published": "spring"}},
        {"fix": {"doi": "https://doi.org/10.1000/b"}},
        {"topics": ["bridges"]},
        {"pin": True, "hide": True},
    ],
)
@pytest.mark.parametrize("before", [{}, {"fix": {"title": "Slow boats"}}])
def test_what_cannot_be_used_is_not_written(
    change: dict[str, Any], before: dict[str, Any], tmp_path: Path
) -> None:
    if before:
        change_override(tmp_path, PAPER, TOPICS, before)
    stood = read(tmp_path)
    with pytest.raises(ConfigError, match=r"2511\.01234\.yml:\d+"):
        change_override(tmp_path, PAPER, TOPICS, change)
    assert read(tmp_path) == stood


@pytest.mark.parametrize(
    "text",
    [
        "# asked by its authors\n- id: arxiv:2511.01234\n  hide: true\n",
        "- id: arxiv:2511.01234\n  hide: true\n- id: arxiv:2511.09999\n  hide: true\n",
        "- id: arxiv:2511.09999\n  hide: true\n- id: doi:10.1000/a\n  pin: true\n",
        '[{"id": "arxiv:2511.01234", "hide": true}, {"id": "arxiv:2511.09999", "hide": true}]',
    ],
)
def test_a_persons_own_file_stays_as_it_is_and_the_line_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / OVERRIDES_FOLDER / "hidden.yml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"hidden\.yml:\d+: (?s:.)*why: new") as caught:
        change_override(tmp_path, PAPER, TOPICS, {"why": "new"})
    assert "id: " in caught.value.cure
    assert path.read_text("utf-8") == text


def test_a_file_of_one_decision_is_rewritten_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / OVERRIDES_FOLDER / "rivers.yml"
    path.parent.mkdir()
    path.write_text("- {id: 'doi:10.1000/a', hide: true}\n", "utf-8")
    assert change_override(tmp_path, PAPER, TOPICS, {"why": "said so"}) == path
    [override] = load_overrides(tmp_path, TOPICS).values()
    assert override == Override("doi:10.1000/a", hide=True, why="said so")


def test_of_two_overrides_none_is_written(tmp_path: Path) -> None:
    """They were of two records that are one now; the first by name was written, and the other was read."""
    folder = tmp_path / OVERRIDES_FOLDER
    folder.mkdir()
    texts = {"a.yml": "- {id: 'doi:10.1000/a', pin: true}\n", "b.yml": f"- {{id: '{PAPER.id}', topics: [boats]}}\n"}  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"b\.yml:1: .*whose other is in .*a\.yml:1"):
        change_override(tmp_path, PAPER, TOPICS, {"hide": True})
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == texts


def test_a_file_that_cannot_be_read_hinders_nobody(tmp_path: Path) -> None:
    path = tmp_path / OVERRIDES_FOLDER / "broken.yml"
    path.parent.mkdir()
    path.write_text("- {id: [\n", "utf-8")
    change_override(tmp_path, PAPER, TOPICS, {"hide": True})
    override = load_overrides(tmp_path, TOPICS, []).get(PAPER.id)
    assert override
    assert override.hide


def test_a_name_that_is_taken_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / OVERRIDES_FOLDER / "2511.01234.yml"
    path.parent.mkdir()
    path.write_text("- {id: 'arxiv:2511.09999', hide: true}\n", "utf-8")
    with pytest.raises(ConfigError, match="another name"):
        change_override(tmp_path, PAPER, TOPICS, {"hide": True})
    assert "09999" in path.read_text("utf-8")
