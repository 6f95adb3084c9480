"""The forms for issues and the workflow that acts on them, its steps run here with made-up events."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from paper_digest.cli.new_archive import TEMPLATE_FILES
from paper_digest.ingest.issue_forms.form import FORMS
from paper_digest.model.paper import Paper
from paper_digest.render.pages.report_links import LINKED_FORMS
from paper_digest.store.files import Store
from paths import PACKAGE, ROOT
from workflow_runner import TOKEN, Runner

TEMPLATES = PACKAGE / "cli" / "archive_template"
#: Writes down what `gh` was asked, and the file it was to post: there is no other end here.
GH = """#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word" >> "$GH_LOG"; done
echo --- >> "$GH_LOG"
[ "$1 $2" != "pr list" ] || echo "$GH_OPEN"
[ -z "$GH_FAILS" ] || [ "$1" != pr ]
"""
FIX = "### Paper to fix\n\nBoats\n\n### What is wrong?\n\ntitle\n\n### What is right?\n\n{}\n"
HIDE = "### Paper to hide\n\nBoats\n\n### What is to be done?\n\nhide it\n"


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_asks_what_its_reader_expects(name: str) -> None:
    text = (ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text("utf-8")
    form = yaml.safe_load(text)
    assert {"name", "description", "title", "body"} == form.keys()
    for field, question in zip(form["body"], FORMS[name], strict=True):
        assert field["attributes"]["label"] == question.label
        assert tuple(field["attributes"].get("options", ())) == question.choices
        assert field["validations"]["required"] == question.is_needed
        kind = "dropdown" if question.choices else "textarea" if question.has_lines else "input"
        assert field["type"] == kind
    ids = [field["id"] for field in form["body"]]
    assert all(field in ids for _, linked, _, field in LINKED_FORMS if linked == name)
    path = f".github/ISSUE_TEMPLATE/{name}.yml"
    assert (TEMPLATES / TEMPLATE_FILES[path]).read_text("utf-8") == text


def test_no_two_forms_begin_with_the_same_question() -> None:
    first = [questions[0].label for questions in FORMS.values()]
    assert len({*first}) == len(first)


class IssueRunner(Runner):
    """Runs the workflow of issues; ``gh`` writes down what it is asked."""

    workflow = "issue.yml"
    open_requests = ""

    def __init__(self, place: Path, *, gh_fails: bool = False) -> None:
        super().__init__(place, [])
        self._gh_fails = gh_fails
        self._log = place / "gh.log"
        programs = place / "programs"
        programs.mkdir()
        (programs / "gh").write_text(GH, "utf-8")
        (programs / "gh").chmod(0o755)
        Store(self.clone / "archive").write([Paper(id="arxiv:2501.00001", title="Boats")])
        self.commit(self.clone, "Boats")
        self.git("push", "--quiet", self.origin.as_uri(), "HEAD:main", cwd=self.clone)

    @property
    def env(self) -> dict[str, str]:
        """What a step finds around it: the made-up ``gh`` and event, too."""
        own = {
            "PATH": f"{self.place / 'programs'}:{os.environ['PATH']}",
            "GITHUB_EVENT_PATH": str(self.place / "event.json"),
            "GH_LOG": str(self.place / "gh.log"),
            "GH_OPEN": self.open_requests,
            "GH_FAILS": "yes" if getattr(self, "_gh_fails", False) else "",
        }
        return {**super().env, **own}

    def act(self, body: str | None, association: str = "NONE", sender: str = "ada") -> list[str]:
        """Run the job for an issue; returns the names of the steps that ran well."""
        issue = {"number": 7, "title": "$(touch owned)", "body": body, "state": "open"}
        issue |= {"user": {"login": "ada"}, "author_association": association}
        event = {"action": self.action, "issue": issue, "sender": {"login": sender}}
        (self.place / "event.json").write_text(json.dumps(event), "utf-8")
        facts = {
            "github.event.issue.number": "7",
            "github.repository": "me/boats",
            "github.event.repository.default_branch": "main",
        }
        return [name for name, code in self.run(facts) if not code]

    @property
    def asked_of_gh(self) -> list[list[str]]:
        """The calls of ``gh``, as lists of words."""
        calls = self._log.read_text("utf-8").split("---\n") if self._log.exists() else []
        return [call.splitlines() for call in calls if call]

    @property
    def answer(self) -> str:
        """What was answered in the issue."""
        return (self.clone / ".cache" / "answer.md").read_text("utf-8")

    def branches(self) -> list[str]:
        """List the branches of the bare repository."""
        return self.git("branch", "--format=%(refname:short)", cwd=self.origin).split()


def test_what_a_collaborator_asks_is_done_answered_and_closed(tmp_path: Path) -> None:
    runner = IssueRunner(tmp_path)
    steps = runner.act(FIX.format("Ships"), "COLLABORATOR")
    assert steps == ["Install", "Act", "Commit", "Answer", "Close"]
    assert runner.pushed == "true"
    assert runner.log()[0] == "Issue 7"
    change, override = sorted(runner.changed())
    assert change.startswith("archive/changes/")
    assert override == "archive/overrides/2501.00001.yml"
    assert runner.asked_of_gh == [
        ["issue", "comment", "7", "--body-file", ".cache/answer.md"],
        ["issue", "close", "7"],
    ]
    assert "+    title: Ships" in runner.answer
    assert TOKEN not in (runner.clone / ".git" / "config").read_text()


def test_what_a_form_did_another_form_takes_back(tmp_path: Path) -> None:
    """The last decision about a paper takes its file along: there is nothing in its place to see."""
    runner = IssueRunner(tmp_path)
    for words, back in (("hide it", "show it again"), ("pin it", "take the pin away")):
        label = f"Paper to {words.removesuffix(' it')}"
        for answer in (words, back):
            body = f"### {label}\n\nBoats\n\n### What is to be done?\n\n{answer}\n"
            steps = runner.act(body, "OWNER")
            assert steps == ["Install", "Act", "Commit", "Answer", "Close"]
            assert runner.changed() == ["archive/overrides/2501.00001.yml"]
            assert runner.answer.startswith("Done.")


PROPOSE = "### Paper to propose\n\nBoats\n\n### Why should it be read?\n\nIt\nfloats.\n"


def test_a_proposal_is_written_and_its_issue_stays_open_for_votes(tmp_path: Path) -> None:
    runner = IssueRunner(tmp_path)
    assert runner.act(PROPOSE, "MEMBER") == ["Install", "Act", "Commit", "Answer"]
    assert runner.changed() == ["archive/proposals.yml"]
    written = yaml.safe_load((runner.clone / "archive" / "proposals.yml").read_text("utf-8"))
    [entry] = written
    assert entry == {"paper": "arxiv:2501.00001", "by": "ada", "because": "It floats.", "issue": 7}
    assert "stays open" in runner.answer
    # Edited, it is left to people, and stays open as well.
    assert runner.act(PROPOSE + "Well.", "MEMBER") == ["Install", "Act", "Answer"]
    stranger = IssueRunner(tmp_path / "stranger")
    steps = ["Install", "Act", "Propose", "Open a pull request", "Answer"]
    assert stranger.act(PROPOSE) == steps
    assert "For #7, which stays open." in stranger.answer
    assert "Closes" not in stranger.answer


def test_what_a_stranger_asks_becomes_a_branch_and_a_pull_request(tmp_path: Path) -> None:
    runner = IssueRunner(tmp_path)
    steps = runner.act(HIDE, "NONE")
    assert steps == ["Install", "Act", "Propose", "Open a pull request", "Answer"]
    assert runner.outputs.get("commit", {}) == {}
    assert (runner.log()[0], runner.branches()) == ("Boats", ["issue-7", "main"])
    [opened, answered] = runner.asked_of_gh
    assert opened[:4] == ["pr", "create", "--head", "issue-7"]
    assert answered[:2] == ["issue", "comment"]
    assert "https://github.com/me/boats/compare/issue-7" in runner.answer
    assert "Closes #7." in runner.answer
    # The issue is edited, and the proposal with it.
    runner.git("reset", "--quiet", "--hard", "HEAD~1", cwd=runner.clone)
    runner.act(FIX.format("Barges"), "OWNER", sender="mallory")
    [proposed] = runner.git("log", "--format=%s", "main..issue-7", cwd=runner.origin).splitlines()
    assert proposed == "Issue 7"
    assert "Barges" in runner.git("show", "issue-7", cwd=runner.origin)
    assert runner.log()[0] == "Boats"


@pytest.mark.parametrize(
    "body", [None, "Never mind.", HIDE.replace("Boats", "Ships"), HIDE.replace("hide it", "show it again")]
)  # fmt: skip
def test_what_an_edited_issue_asks_for_no_longer_is_no_open_pull_request(
    tmp_path: Path, body: str | None
) -> None:
    runner = IssueRunner(tmp_path)
    runner.act(HIDE)
    runner.git("reset", "--quiet", "--hard", "HEAD~1", cwd=runner.clone)
    runner.action, runner.open_requests = "edited", "12"
    assert runner.act(body)[-1] == "Withdraw an earlier proposal"
    listed, closed = [call for call in runner.asked_of_gh if call[0] == "pr"][1:]
    assert listed[:4] == ["pr", "list", "--head", "issue-7"]
    assert closed[:3] == ["pr", "close", "12"]
    # One that asks for something else is proposed anew, in the same pull request.
    assert "Withdraw an earlier proposal" not in runner.act(FIX.format("Barges"))


#: Texts of issues that change nothing, and the steps that follow.
HOSTILE_OR_NOTHING = [
    (None, []),
    ("It crashes.\n\n### Paper to hide\n\nBoats", []),
    ("### Paper to hide\n\n`$(touch owned)`\n\n### What is to be done?\n\nhide it", ["Answer"]),
    ("### Paper to hide\n\n../../owned\n\n### What is to be done?\n\nhide it", ["Answer"]),
    ("### Paper to hide\n\nBoats", ["Answer"]),
    ("### Papers to add\n\n/etc/passwd\n-\n.cache/x\nfile:///etc/passwd\nhttp://127.0.0.1/", ["Answer"]),
    (FIX.format("x" * 65_500), ["Answer"]),
    (FIX.format("a: &a [x]\n" * 600), ["Answer"]),
    (HIDE.replace("hide it", "show it again"), ["Answer", "Close"]),
]  # fmt: skip


def test_what_is_hostile_faulty_or_no_form_changes_nothing(tmp_path: Path) -> None:
    runner = IssueRunner(tmp_path)
    for body, steps in HOSTILE_OR_NOTHING:
        assert runner.act(body, "OWNER") == ["Install", "Act", *steps]
        assert (runner.log()[0], runner.branches()) == ("Boats", ["main"])
        assert not list(tmp_path.rglob("owned*"))
        assert "root:" not in runner.answer


def test_where_no_pull_request_can_be_opened_the_answer_names_the_branch(tmp_path: Path) -> None:
    runner = IssueRunner(tmp_path, gh_fails=True)
    assert runner.act(HIDE)[-2:] == ["Open a pull request", "Answer"]
    assert "issue-7" in runner.branches()
