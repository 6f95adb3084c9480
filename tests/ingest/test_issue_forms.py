"""Issues as forms: read, trusted or not, done and answered; what strangers and fools write changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest.issue_forms.act import MAX_PAPERS, FormRequest, act_on
from paper_digest.ingest.issue_forms.answer import IssueAnswer, answer_markdown
from paper_digest.ingest.issue_forms.event import MAX_EVENT_BYTES, IssueEvent, read_event
from paper_digest.ingest.issue_forms.form import FORMS, MAX_CHARACTERS, Form, parse_form
from paper_digest.ingest.report import IngestReport
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.paper import Author, Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.store.overrides import Override, load_overrides
from paper_digest.store.proposals import load_proposals

TODAY = date(2026, 3, 5)
BOATS = Paper(
    id="arxiv:2501.00001",
    title="Boats",
    authors=(Author("Ada Loom", family="Loom"), Author("Bo Weft", orcid="0000-0002-1825-0097")),
)
KITES = Paper(id="doi:10.1234/kites", title="Kites", authors=(Author("Ada Loom"),))


def filled_in(form: str, *answers: str) -> str:
    """Write an issue as GitHub does where a form was filled in."""
    pairs = zip(FORMS[form], answers, strict=True)
    return "\n\n".join(f"### {q.label}\n\n{answer or '_No response_'}" for q, answer in pairs)


def parsed(text: str) -> Form:
    form = parse_form(text)
    assert form is not None
    return form


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Give a project of two papers."""
    (tmp_path / "archive.yml").write_text("title: Boats\n", "utf-8")
    Store(tmp_path / "archive").write([BOATS, KITES])
    return tmp_path


def done(root: Path, text: str, problems: list[Problem] | None = None) -> list[str]:
    def no_papers(names: Sequence[str]) -> IngestReport:
        return IngestReport(new=set(names))

    request = FormRequest(root, "issue 7 by ada", TODAY, no_papers)
    return act_on(parsed(text), request, [] if problems is None else problems)


def decisions(root: Path) -> dict[str, Override]:
    return load_overrides(root / "archive", load_config(root).topic_names)


LINES = st.lists(st.text("ab #`@\"'<>$;*-_[]é字", min_size=1, max_size=12), min_size=1, max_size=4)


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_what_was_typed_into_a_form_is_read_from_its_issue(name: str, data: st.DataObject) -> None:
    answers: list[str] = []
    for question in FORMS[name]:
        lines = data.draw(LINES)
        typed = "\n".join(lines if question.has_lines else lines[:1]).strip()
        answers.append(
            data.draw(st.sampled_from(question.choices)) if question.choices else typed or "a"
        )
    for ending in ("\n", "\r\n"):
        form = parsed(filled_in(name, *answers).replace("\n", ending))
        assert form.name == name
        assert list(form.answers.values()) == answers


@given(st.text(max_size=300))
def test_any_other_text_is_no_form(text: str) -> None:
    assert parse_form(text) is None


FIX = ("fix-record", "2501.00001")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (filled_in(*FIX, "title", "A", "").replace("### What is r", "## What is r"), "is no answer: title ## What"),
        (filled_in(*FIX, "title", "A", "").partition("### What is r")[0], "What is right.*missing"),
        (filled_in(*FIX, "title", "", ""), "has no answer"),
        (filled_in(*FIX, "claims", "A", ""), "is no answer: claims"),
        (filled_in("fix-record", "a\nb", "title", "A", ""), "more than one line"),
        (filled_in(*FIX, "title", "A\n\n### Paper to fix\n\ndoi:10.1/x", ""), "stands here twice"),
        (filled_in(*FIX, "title", "x" * MAX_CHARACTERS, ""), "make several of it"),
        (filled_in(*FIX, "title", "x\n" * 1000, ""), "make several of it"),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_form_that_was_edited_or_filled_with_nonsense_is_named(text: str, fault: str) -> None:
    with pytest.raises(DigestError, match=fault):
        parse_form(text)


def event(login: str, association: str, sender: str = "") -> IssueEvent:
    issue = {"number": 7, "user": {"login": login}, "author_association": association, "body": None}
    given_event = {
        "action": "opened",
        "issue": issue,
        "sender": {"login": sender or login},
        "more": 1,
    }
    return msgspec.convert(given_event, IssueEvent)


@pytest.mark.parametrize("association", ["OWNER", "MEMBER", "COLLABORATOR"])
def test_who_may_write_to_the_repository_is_trusted(association: str) -> None:
    assert event("ada", association).is_trusted(())
    # Whoever else edited the issue may have written any part of it.
    assert not event("ada", association, "bo").is_trusted(("bo",))


@pytest.mark.parametrize("association", ["CONTRIBUTOR", "FIRST_TIMER", "NONE", "owner", ""])
def test_nobody_else_is_unless_the_archive_names_them(association: str) -> None:
    assert not event("ada", association).is_trusted(())
    assert event("Ada", association).is_trusted(("aDA",))
    assert not event("ada", association).is_trusted(("adam", "ad"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"issue": {"number": 1}}',
        b'{"issue": {"number": "1; id", "user": {"login": "a"}}, "sender": {"login": "a"}}',
        b'{"issue": {"number": -1, "user": {"login": "a"}}, "sender": {"login": "a"}}',
        b"[" * 100_000,
        b" " * (MAX_EVENT_BYTES + 1),
    ],
    ids=range(8),
)
def test_what_is_no_event_of_an_issue_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "event.json"
    path.write_bytes(data)
    with pytest.raises(DigestError, match="event"):
        read_event(path)


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("title", "Boats:\n  *and* `kites`", "Boats: *and* `kites`"),
        ("authors", "Ada Loom\nBo Weft-Quill", ["Ada Loom", "Bo Weft-Quill"]),
        ("published", "2025-01-02", "2025-01-02"),
        ("authors", "- Ada Loom\n- Bo Weft-Quill", ["Ada Loom", "Bo Weft-Quill"]),
        ("authors", "1. Ada Loom\n\n2) Bo Weft", ["Ada Loom", "Bo Weft"]),
        ("keywords", "* kites\n* 3. looms", ["kites", "3. looms"]),
        ("keywords", "3. looms\n4. kites", ["3. looms", "4. kites"]),
        ("keywords", "- kites\nlooms", ["- kites", "looms"]),
        ("keywords", "-kites", ["-kites"]),
        ("keywords", "None", []),
        ("venue", "none", ""),
        ("venue", "None", ""),
        ("doi", "None.", ""),
        ("work_type", "thesis", "thesis"),
        ("work_type", "Journal  Article\n", "journal-article"),
        ("work_type", "None", ""),
        ("venue", "Nonesuch", "Nonesuch"),
        ("abstract", "One.\n\nTwo.", "One.\n\nTwo."),
        ("title", "!!python/object/apply:os.system [id]", "!!python/object/apply:os.system [id]"),
        ("title", "&a [*a, *a]", "&a [*a, *a]"),
        ("title", "a\u202eb\x07", "ab"),
    ],
)
def test_a_fix_is_stored_as_it_was_typed(
    archive: Path, field: str, value: str, stored: object
) -> None:
    [line] = done(archive, filled_in(*FIX, field, value, "https://a.example/\N{EN DASH}"))
    assert line == "arxiv:2501.00001 Boats: archive/overrides/2501.00001.yml"
    [override] = decisions(archive).values()
    assert override.fix == {field: stored}
    assert override.why == "issue 7 by ada: https://a.example/\N{EN DASH}"
    assert override.at == "2026-03-05"


def test_a_link_is_fixed_and_then_said_to_be_none(archive: Path) -> None:
    done(archive, filled_in(*FIX, "links.code", "https://a.example/b", ""))
    [override] = decisions(archive).values()
    assert override.fix == {"links": {"code": "https://a.example/b"}}
    done(archive, filled_in(*FIX, "links.code", "none", ""))
    [override] = decisions(archive).values()
    assert override.fix == {"links": {"code": ""}}


@pytest.mark.parametrize(
    "text",
    [
        filled_in("fix-record", "../../etc/passwd", "title", "A", ""),
        filled_in("fix-record", "arxiv:../../../etc/passwd", "title", "A", ""),
        filled_in("fix-record", "title:" + "a" * 5000, "title", "A", ""),
        filled_in("fix-record", "doi:10.1/" + "../" * 2000, "title", "A", ""),
        filled_in("fix-record", "$(touch owned)", "title", "A", ""),
        filled_in(*FIX, "title", "none", ""),
        filled_in(*FIX, "title", "None", ""),
        filled_in(*FIX, "published", "tomorrow", ""),
        filled_in(*FIX, "doi", "http://10.1234", ""),
        filled_in(*FIX, "work_type", "thesys", ""),
        filled_in(*FIX, "links.code", "javascript:alert(1)", ""),
        filled_in("same-paper", "arxiv:2501.00001", "2501.00001", "one paper", ""),
        filled_in("same-paper", "arxiv:9901.00001", "arxiv:9901.00002", "one paper", ""),
        filled_in("hide-paper", "Nothing", "hide it", ""),
        filled_in("add-papers", "\n".join(f"arxiv:2501.{n:05}" for n in range(MAX_PAPERS + 1))),
        filled_in("author-name", "Nobody", "Ada", "", "all"),
        filled_in("author-name", "Ada Loom", "Ada", "", "-\n* \n--"),
        filled_in("add-papers", "- "),
        filled_in("author-name", "Ada Loom", "Ada", "", "\n".join("abc" for _ in range(99))),
    ],
    ids=range(19),
)  # fmt: skip
def test_what_cannot_be_done_is_refused_and_changes_nothing(archive: Path, text: str) -> None:
    before = _files(archive)
    with pytest.raises(DigestError):
        done(archive, text)
    assert _files(archive) == before


def _files(root: Path) -> dict[Path, bytes]:
    paths = (path for path in root.rglob("*") if path.is_file() and path.name != ".lock")
    return {path: path.read_bytes() for path in paths}


def test_something_else_is_left_to_a_person(archive: Path) -> None:
    assert done(archive, filled_in(*FIX, "something else", "The figures are mixed up.", "")) == []
    assert decisions(archive) == {}


def test_hiding_and_pinning_are_done_and_undone(archive: Path) -> None:
    done(archive, filled_in("hide-paper", "10.1234/kites", "hide it", "It is\nno paper."))
    done(archive, filled_in("pin-paper", "Boats", "pin it", ""))
    kites, boats = decisions(archive)["doi:10.1234/kites"], decisions(archive)["arxiv:2501.00001"]
    assert (kites.hide, kites.why, boats.pin) == (True, "issue 7 by ada: It is no paper.", True)
    done(archive, filled_in("hide-paper", "Kites", "show it again", ""))
    done(archive, filled_in("pin-paper", "2501.00001", "take the pin away", ""))
    assert decisions(archive) == {}


def test_two_records_are_united_and_taken_apart(archive: Path) -> None:
    store = Store(archive / "archive")
    done(archive, filled_in("same-paper", "Kites", "arxiv:2501.00001", "one paper", ""))
    assert [paper.id for paper in store.read_all()] == ["arxiv:2501.00001"]
    pair = ("arxiv:2501.00001", "doi:10.1234/kites")
    [line] = done(archive, filled_in("same-paper", *pair, "two papers", ""))
    assert "two papers" in line


def test_a_name_is_corrected_where_it_is_printed_and_other_facts_stay(archive: Path) -> None:
    orcid = "https://orcid.org/0000-0001-5109-3700"
    lines = done(archive, filled_in("author-name", "Ada Loom", "Ada Loom-Reed", orcid, "All"))
    assert len(lines) == 2
    found = decisions(archive)
    ada = {"name": "Ada Loom-Reed", "orcid": "0000-0001-5109-3700"}
    bo = {"name": "Bo Weft", "orcid": "0000-0002-1825-0097"}
    assert found["arxiv:2501.00001"].fix == {"authors": [ada, bo]}
    assert found["doi:10.1234/kites"].fix == {"authors": [ada]}
    # A second correction sees the first.
    problems: list[Problem] = []
    text = filled_in("author-name", "Ada Loom-Reed", "A. Reed", "", "- Kites\n- Gone\n")
    assert len(done(archive, text, problems)) == 1
    assert [problem.where for problem in problems] == ["Gone"]
    assert decisions(archive)["doi:10.1234/kites"].fix == {
        "authors": [{"name": "A. Reed", "orcid": "0000-0001-5109-3700"}]
    }


@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "orcid.org/{}",
        "https://orcid.org/{}",
        "https://orcid.org/{}/",
        " http://orcid.org/{} ",
    ],
)
def test_an_orcid_is_stored_or_refused_and_never_left_out(archive: Path, written: str) -> None:
    def asked(orcid: str) -> Form:
        return parsed(filled_in("author-name", "Ada Loom", "Ada Reed", orcid, "Kites"))

    request, problems = (
        FormRequest(archive, "issue 7", TODAY, lambda _: IngestReport()),
        list[Problem](),
    )
    for wrong in ("0000-0001-5109-370", "0000-0001-5109-3701", f"{written}s", f"{written}/works"):
        assert act_on(asked(wrong.format("0000-0001-5109-3700")), request, problems) == []
        assert "is no ORCID" in problems.pop().what
        assert decisions(archive) == {}
    assert len(act_on(asked(written.format("0000-0002-1694-233x")), request, problems)) == 1
    [override] = decisions(archive).values()
    assert override.fix == {"authors": [{"name": "Ada Reed", "orcid": "0000-0002-1694-233X"}]}
    assert not problems


def test_papers_are_added_by_what_stands_in_the_lines(archive: Path) -> None:
    lines = done(archive, filled_in("add-papers", "- arxiv:2501.00002\n\n* 10.1234/looms"))
    assert lines == ["new: 10.1234/looms", "new: arxiv:2501.00002"]
    numbered = done(archive, filled_in("add-papers", "1. arxiv:2501.00002\n2. 10.1234/looms"))
    assert numbered == lines


@given(st.lists(st.text(max_size=60), max_size=4), st.text("`~@#<a\n+-", max_size=60))
def test_no_word_of_others_leaves_its_block_of_code(done: list[str], difference: str) -> None:
    lines = ["@everyone closes #1", "````", "``` </details>", *done]
    text = answer_markdown(IssueAnswer("proposed", lines, [], f"+ x{difference}"), 7, "issue-7")
    outside, fence = [], ""
    for line in text.split("\n"):
        if fence:
            fence = "" if line == fence else fence
        elif line.startswith("```"):
            fence = line.rstrip("abcdefghijklmnopqrstuvwxyz")
        else:
            outside.append(line)
    assert not fence
    assert [line for line in outside if line] == [
        "Proposed as a pull request, which a curator of this archive looks at: issue-7",
        "Closes #7.",
    ]


def test_an_answer_is_short_enough_for_a_comment() -> None:
    many = [f"new: {'x' * 1000}" for _ in range(5000)]
    problems = [Problem("x" * 1000, "y" * 1000)] * 5000
    text = answer_markdown(IssueAnswer("done", many, problems, "+" * 10**6), 7, "")
    assert len(text) < 65_536
    assert "and 4,940 more" in text
    assert "The rest is in the commit." in text


def test_a_paper_is_proposed_once_and_its_issue_says_so_again(archive: Path) -> None:
    text = filled_in("propose-paper", "Boats", "")
    first = done(archive, text)
    assert first == ["arxiv:2501.00001 Boats: archive/proposals.yml"]
    written = (archive / "archive" / "proposals.yml").read_text("utf-8")
    assert done(archive, filled_in("propose-paper", "2501.00001", "Edited.")) == first
    assert (archive / "archive" / "proposals.yml").read_text("utf-8") == written
    elsewhere = FormRequest(archive, "issue 9", TODAY, lambda _: IngestReport(), 9, "bo")
    with pytest.raises(DigestError, match="is proposed already"):
        act_on(parsed(text), elsewhere, [])
    with pytest.raises(DigestError):
        done(archive, filled_in("propose-paper", "nowhere", ""))


def test_votes_of_one_issue_are_for_one_paper(archive: Path) -> None:
    """An issue that is edited to name another paper would lend its thumbs up to both."""

    def propose(paper: str, issue: int) -> None:
        request = FormRequest(archive, "issue", TODAY, lambda _: IngestReport(), issue, "bo")
        act_on(parsed(filled_in("propose-paper", paper, "")), request, [])

    propose("Boats", 7)
    before = _files(archive)
    with pytest.raises(DigestError, match=r"issue 7 proposes arxiv:2501\.00001 already"):
        propose("Kites", 7)
    assert _files(archive) == before
    propose("Kites", 8)
    assert [one.issue for one in load_proposals(archive / "archive", [])] == [7, 8]
