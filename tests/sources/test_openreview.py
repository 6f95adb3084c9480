"""OpenReview: one submission by its forum id."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Digest, Link, Paper
from paper_digest.sources import openreview
from paths import DATA

FIXTURES = DATA / "openreview"
NOTE = json.loads((FIXTURES / "submission.json").read_text(encoding="utf-8"))["notes"][0]


def answer(note: object) -> bytes:
    """Wrap a note as the API does."""
    return json.dumps({"notes": [note], "count": 1}).encode()


def read(note: dict[str, Any]) -> Paper:
    """Return the paper of a note."""
    return openreview.parse(answer(note), Request("x")).papers[0]


def test_a_submission_is_read_whole() -> None:
    batch = openreview.parse((FIXTURES / "submission.json").read_bytes(), Request("x"))
    assert batch.problems == ()
    (paper,) = batch.papers
    assert paper.id == "openreview:aBcD_eF-12"
    assert paper.title == "Kites of order $n^2$"
    assert paper.authors == (Author("Zoë de Quill"), Author("Bo Moan"))
    assert paper.abstract == "First line\nsecond $k$ line"
    assert paper.published == "2024-09-10"
    assert paper.keywords == ("kites", "moons")
    assert paper.venue == "Made-Up 2025 Poster"
    assert paper.licence == "CC BY 4.0"
    assert paper.digest == Digest("Kites fly.", by="the authors")
    assert paper.withdrawn == ""
    assert paper.links == (
        Link("openreview", "https://openreview.net/forum?id=aBcD_eF-12"),
        Link("pdf", "https://openreview.net/pdf?id=aBcD_eF-12"),
        Link("code", "https://github.com/quill/kites"),
    )


def test_the_older_api_does_not_wrap_its_values() -> None:
    plain = {name: field["value"] for name, field in NOTE["content"].items()}
    old = {**NOTE, "content": plain, "invitation": "Made.up/2025/Conference/-/Blind_Submission"}
    del old["invitations"]
    assert read(old) == read(NOTE)


@pytest.mark.parametrize(
    "change",
    [
        {"invitations": ["Made.up/2025/Conference/-/Withdrawn_Submission"]},
        {"invitation": "Made.up/2025/Conference/-/Withdrawn_Submission"},
        {"content": NOTE["content"] | {"venueid": {"value": "M/2025/Withdrawn_Submission"}}},
    ],
)
def test_a_withdrawn_submission_says_so(change: dict[str, Any]) -> None:
    assert read(NOTE | change).withdrawn == "withdrawn"


def test_rejection_is_no_withdrawal() -> None:
    content = NOTE["content"] | {"venueid": {"value": "M/2025/Desk_Rejected_Submission"}}
    assert read({**NOTE, "content": content}).withdrawn == ""


def test_nobody_is_called_anonymous() -> None:
    content = NOTE["content"] | {"authors": {"value": ["Anonymous"]}}
    assert read({**NOTE, "content": content}).authors == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(NOTE)), json_values),
    st.dictionaries(st.sampled_from(sorted(NOTE["content"])), json_values),
)
def test_no_note_makes_it_stumble(note: dict[str, Any], content: dict[str, Any]) -> None:
    try:
        paper = read({**NOTE, "content": NOTE["content"] | content, **note})
    except SourceError:
        return  # no submission any more, which is refused
    assert paper.title


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>Checking your browser</html>",
        b'{"notes": [{"id": "aBcD_eF-12", "con',
        b'{"notes": [], "count": 0}',
        b'{"name": "ForbiddenError", "message": "You are not allowed"}',
        b"7",
        answer({**NOTE, "forum": "another1"}),
        answer({**NOTE, "ddate": 1726000000001}),
        answer({**NOTE, "content": {}}),
        answer({**NOTE, "id": "../x"}),
        answer([]),
    ],
)
def test_what_is_no_submission_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        openreview.parse(data, openreview.request_for("aBcD_eF-12"))
    assert "api2.openreview.net" in caught.value.where
    assert caught.value.cure


def test_submissions_are_asked_for_by_id_or_address() -> None:
    day = date(2026, 1, 1)
    ids = ["aBcD_eF-12", "https://openreview.net/forum?id=aBcD_eF-13"]
    assert [r.url for r in openreview.SOURCE.requests({"ids": ids}, day, day)] == [
        "https://api2.openreview.net/notes?id=aBcD_eF-12",
        "https://api2.openreview.net/notes?id=aBcD_eF-13",
    ]
    with pytest.raises(ConfigError, match="no forum id"):
        openreview.SOURCE.requests({"ids": ["a b"]}, day, day)


def test_a_venue_is_asked_for_and_read_page_by_page() -> None:
    day = date(2026, 1, 1)
    [request] = openreview.SOURCE.requests({"venues": ["Made.up/2025/Conference"]}, day, day)
    assert request.url == (
        "https://api2.openreview.net/notes?content.venueid=Made.up%2F2025%2FConference"
        "&limit=1000&offset=0"
    )
    batch = openreview.parse((FIXTURES / "venue.json").read_bytes(), request)
    assert [paper.id for paper in batch.papers] == ["openreview:aBcD_eF-12", "openreview:bBcD_eF-13"]  # fmt: skip
    assert [problem.what[:7] for problem in batch.problems] == ["entry 3"]
    assert batch.next_requests == ()
    full = json.dumps({"notes": [NOTE] * 1000}).encode()
    [second] = openreview.parse(full, request).next_requests
    assert second.url == request.url.replace("offset=0", "offset=1000")
    assert openreview.parse(b'{"notes": [], "count": 0}', request).papers == ()
    # A page that is short of what was asked for is no end while more are stated.
    short = json.dumps({"notes": [NOTE] * 999, "count": 1001}).encode()
    [rest] = openreview.parse(short, request).next_requests
    assert rest.url == request.url.replace("offset=0", "offset=999")
    whole = json.dumps({"notes": [NOTE] * 2, "count": 1001}).encode()
    assert openreview.parse(whole, rest).next_requests == ()
    assert openreview.parse(b'{"notes": [], "count": 1001}', rest).next_requests == ()
    for wrong in ("ICLR", "../x", "a/b?c=d"):
        with pytest.raises(ConfigError, match="no venue's id"):
            openreview.SOURCE.requests({"venues": [wrong]}, day, day)


@pytest.mark.parametrize(
    ("venue_id", "reason"),
    [
        ("JKITE/Retracted_Acceptance", "retracted"),
        ("JKITE/Withdrawn_Submission", "withdrawn"),
        ("JKITE/Withdrawn", "withdrawn"),
        ("JKITE/Desk_Rejected", ""),
        ("JKITE", ""),
    ],
)
def test_what_authors_took_back_from_a_journal_says_so(venue_id: str, reason: str) -> None:
    content = {**NOTE["content"], "venueid": {"value": venue_id}, "venue": {"value": "JKITE"}}
    assert read({**NOTE, "content": content}).withdrawn == reason


def test_a_record_of_arxiv_has_no_venue() -> None:
    places = {"venue": {"value": "CoRR 2025"}, "venueid": {"value": "dblp.org/journals/CORR/2025"}}
    html = {"html": {"value": "http://arxiv.org/abs/2301.00001"}}
    paper = read({**NOTE, "content": {**NOTE["content"], **places, **html}})
    assert (paper.venue, paper.same_as) == ("", ("arxiv:2301.00001",))
    # A paper that a venue took may name any address.
    assert read({**NOTE, "content": {**NOTE["content"], **html}}).same_as == ()


def test_authors_with_institutions_are_named() -> None:
    listed = [{"fullname": "Ada Lund", "username": "~Ada_Lund1"}, {"fullname": "Bo Quist"}, {}]
    paper = read({**NOTE, "content": {**NOTE["content"], "authors": {"value": listed}}})
    assert paper.authors == (Author("Ada Lund"), Author("Bo Quist"))


def test_a_record_of_dblp_is_of_a_year() -> None:
    """DBLP knows no day, and OpenReview writes the first of January."""
    content = {**NOTE["content"], "venueid": {"value": "dblp.org/journals/CORR/2021"}}
    note = {**NOTE, "cdate": 1_609_459_200_000}
    assert read({**note, "content": content}).published == "2021"
    assert read(note).published == "2021-01-01"


@pytest.mark.parametrize("form", ["value", "plain"])
@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("Ada Quill, Bo Moan", ["Ada Quill", "Bo Moan"]),
        ("Ada Quill, Bo Moan, and Kit Lark", ["Ada Quill", "Bo Moan", "Kit Lark"]),
        ("Ada Quill; Bo Moan;", ["Ada Quill", "Bo Moan"]),
        ("Ada Quill", ["Ada Quill"]),
        ("Quill, Ada", ["Quill, Ada"]),
        ("Anonymous", []),
        ("Anonymous Author(s)", []),
        ("", []),
    ],
)
def test_names_in_one_text_are_read(form: str, written: str, listed: list[str]) -> None:
    """Each venue makes its own form of submission, where a list may be a line."""
    value = {"value": written} if form == "value" else written
    note = {**NOTE, "content": {**NOTE["content"], "authors": value}}
    assert [author.name for author in read(note).authors] == listed


@pytest.mark.parametrize("written", ["kites, moons, kites", "kites; moons;", " kites ,moons"])
def test_keywords_in_one_text_are_read(written: str) -> None:
    note = {**NOTE, "content": {**NOTE["content"], "keywords": {"value": written}}}
    assert read(note).keywords == ("kites", "moons")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Kites &amp; Winds", "Kites & Winds"),
        ("O&#39;Hara&rsquo;s kites", "O'Hara\N{RIGHT SINGLE QUOTATION MARK}s kites"),
        ("CO<sub>2</sub> in <i>E. coli</i>", "CO$_2$ in E. coli"),
        (
            "Kites with <think> and $a<b$, $c>d$ & more",
            "Kites with <think> and $a<b$, $c>d$ & more",
        ),
        ("<b></b>", "<b></b>"),
    ],
)
@pytest.mark.parametrize("name", ["title", "TLDR", "TL;DR"])
def test_html_in_titles_is_read_as_such(written: str, plain: str, name: str) -> None:
    content = {key: NOTE["content"][key] for key in ("title", "authors")}
    paper = read({**NOTE, "content": content | {name: {"value": written}}})
    assert (paper.title if name == "title" else paper.digest and paper.digest.text) == plain


def test_html_in_abstracts_is_read_as_such_and_lines_without_it_stay() -> None:
    for written, plain in (
        ("<p>Kites &lt; moons.</p><p>They <em>fly</em>.</p>", "Kites < moons.\n\nThey fly."),
        ("- one &amp; two\n- three\n\nmore", "- one & two\n- three\n\nmore"),
        ("first\nsecond <answer>", "first\nsecond <answer>"),
    ):
        content = NOTE["content"] | {"abstract": {"value": written}}
        assert read({**NOTE, "content": content}).abstract == plain
