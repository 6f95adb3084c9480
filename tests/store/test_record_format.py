"""A record survives its file, whatever it holds, and a broken file says where and why."""

from __future__ import annotations

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import RecordError
from paper_digest.model.paper import Author, Claim, Paper
from paper_digest.store import record_format
from paper_strategies import claims, records


@given(records(), st.lists(claims(), max_size=2))
def test_load_and_save_give_the_same_record_and_the_same_bytes(
    paper: Paper, said: list[Claim]
) -> None:
    paper = msgspec.structs.replace(paper, claims=tuple(said))
    data = record_format.encode_paper(paper)
    again = record_format.decode_paper(data, "x.md")
    assert again == paper
    assert record_format.encode_paper(again) == data


def test_a_record_without_a_kind_of_work_stays_as_it_was() -> None:
    data = b'---\nid: "arxiv:2503.00010"\ntitle: "Kites"\nvenue: "Loom Acta"\n---\n'
    paper = record_format.decode_paper(data, "x.md")
    assert paper.work_type == ""
    assert record_format.encode_paper(paper) == data


@pytest.mark.parametrize("place", ["work_type", "claims"])
def test_a_kind_of_work_that_nobody_knows_is_named_with_all_there_are(place: str) -> None:
    claim = b'claims:\n- {"source":"ris","differs":{"work_type":"thesys"}}\n'
    line = claim if place == "claims" else b'work_type: "thesys"\n'
    with pytest.raises(RecordError) as error:
        record_format.decode_paper(b'---\nid: "arxiv:2503.00010"\n%s---\n' % line, "x.md")
    assert error.value.where == "x.md:3"
    assert "work_type" in error.value.what
    assert "cannot be 'thesys'" in error.value.what
    assert place == "claims" or "thesis" in error.value.cure


@given(records())
def test_any_yaml_reader_reads_the_same_record(paper: Paper) -> None:
    head = record_format.encode_paper(paper).decode().split("\n---\n")[0].removeprefix("---\n")
    fields = yaml.safe_load(head)
    assert fields.get("title", "") == paper.title
    assert fields["id"] == paper.id
    assert [a if isinstance(a, str) else a["name"] for a in fields.get("authors", [])] == [
        a.name for a in paper.authors
    ]


def test_a_record_edited_by_hand_into_other_yaml_is_read() -> None:
    data = (
        b"---\nid: arxiv:2503.00010\ntitle: 'By hand'\nauthors: [Ada, {name: Kurt}]\n---\n\nText\n"
    )
    paper = record_format.decode_paper(data, "x.md")
    assert paper == Paper(
        id="arxiv:2503.00010",
        title="By hand",
        authors=(Author("Ada"), Author("Kurt")),
        abstract="Text",
    )


@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        (b"", "x.md:1", "does not begin with a line of ---"),
        (b'---\nid: "arxiv:2503.00010"\ntit', "x.md:3", "ends in the middle of a line"),
        (b'---\nid: "arxiv:2503.00010"\n', "x.md:2", "ends before its front matter does"),
        (b'---\nid: "arxiv:2503.00010"\ntitle: a: b\n---\n', "x.md:3", "is not YAML"),
        (
            b'---\nid: "arxiv:2503.00010"\ntitle: 2503.10\n---\n',
            "x.md:3",
            "title is a number and should be a text",
        ),
        (b'---\nid: "arxiv:2503.00010"\ntitel: "x"\n---\n', "x.md:3", "has an unknown key titel"),
        (b'---\nid: "arxiv:2503.00010"\npublished: "2025-13-01"\n---\n', "x.md:3", "no ISO date"),
        (b'---\nid: "arxiv:../../etc"\n---\n', "x.md:2", "is no id"),
        (b'---\ntitle: "x"\n---\n', "x.md:1", "lacks id:"),
        (b'---\nid: "\xff"\n---\n', "x.md:2", "is not UTF-8"),
        (b"---\n- a\n---\n", "x.md:2", "has no fields"),
    ],
)
def test_a_broken_file_names_line_and_cure(data: bytes, place: str, what: str) -> None:
    with pytest.raises(RecordError) as error:
        record_format.decode_paper(data, "x.md")
    assert error.value.where == place
    assert what in error.value.what
    assert error.value.cure


@given(st.binary(max_size=80))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    try:
        paper = record_format.decode_paper(b"---\n" + data, "x.md")
    except RecordError:
        return
    assert record_format.decode_paper(record_format.encode_paper(paper), "x.md") == paper
