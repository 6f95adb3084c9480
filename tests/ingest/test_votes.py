"""Votes asked of a server on loopback as GitHub answers: counted, or named, and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from loopback_server import FakeTime, Server, send
from paper_digest.cli.main import cli
from paper_digest.ingest.votes import count_votes
from paper_digest.model.errors import ConfigError
from paper_digest.store.proposals import load_proposals

TOKEN = "made-up-token"  # noqa: S105 - opens nothing


def issue(number: int, votes: object) -> bytes:
    reactions = {"url": "x", "total_count": 9, "+1": votes, "-1": 1}
    return json.dumps({"number": number, "state": "open", "reactions": reactions}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


def project(root: Path, numbers: range, repository: str = "https://github.com/me/boats") -> Path:
    (root / "archive.yml").write_text(f"title: Boats\nrepository: {repository}\n", "utf-8")
    (root / "archive").mkdir()
    lines = [f"- {{paper: p{n}, issue: {n}, votes: 1}}  # ours\n" for n in numbers]
    (root / "archive" / "proposals.yml").write_text("- paper: old\n" + "".join(lines), "utf-8")
    return root


def counted(root: Path) -> list[int]:
    return [one.votes for one in load_proposals(root / "archive", [])]


def test_votes_are_counted_and_what_fails_is_named_and_costs_itself(
    tmp_path: Path, server: Server
) -> None:
    root = project(tmp_path, range(1, 8))
    other = Server("localhost")
    for number, reply in enumerate(
        (
            send(issue(1, 5)),
            send(b'{"message": "Not Found"}', 404),
            send(b"<html>no</html>"),
            send(issue(99, 5)),
            send(issue(5, "many")),
            send(b"", 301, Location=other.on("/moved", send(issue(6, 4))).url),
            send(issue(7, 1)),
        ),
        start=1,
    ):
        server.on(f"/repos/me/boats/issues/{number}", reply)
    variables = {"GITHUB_API_URL": server.base, "GITHUB_TOKEN": TOKEN}
    report = count_votes(root, variables, FakeTime().world)
    assert (report.asked, report.changed) == (7, 2)
    assert counted(root) == [0, 5, 1, 1, 1, 1, 4, 1]
    assert [int(p.where.rpartition("/")[2]) for p in report.problems] == [2, 3, 4, 5]
    assert all(problem.cure for problem in report.problems)
    assert {headers.get("Authorization") for _, headers in server.calls} == {f"Bearer {TOKEN}"}
    assert [headers.get("Authorization") for _, headers in other.calls] == [None]
    assert "# ours" in (root / "archive" / "proposals.yml").read_text("utf-8")
    other.stop()


def test_a_server_that_wants_to_be_left_alone_is(tmp_path: Path, server: Server) -> None:
    root = project(tmp_path, range(1, 5))
    server.on("/repos/me/boats/issues/1", send(issue(1, 5)))
    server.on("/repos/me/boats/issues/2", send(b"slow down", 429, Retry_After="5000"))
    report = count_votes(root, {"GITHUB_API_URL": server.base}, FakeTime().world)
    assert counted(root) == [0, 5, 1, 1, 1]
    [problem] = report.problems
    assert "left alone for 5000 s" in problem.what
    assert [path.rpartition("/")[2] for path, _ in server.calls] == ["1", "2"]
    assert not any("Authorization" in headers for _, headers in server.calls)


def test_the_command_says_what_it_did(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(tmp_path, range(1, 2), "https://forge.example/me/boats")
    monkeypatch.setenv("GITHUB_API_URL", server.base)
    monkeypatch.setenv("GITHUB_REPOSITORY", "me/kites")
    server.on("/repos/me/kites/issues/1", send(issue(1, 2)))
    ran = CliRunner().invoke(cli, ["votes", "--root", str(root)])
    assert (ran.exit_code, ran.output) == (
        0,
        "1 issue asked for; 1 proposal has other votes now.\n",
    )


@pytest.mark.parametrize("repository", ["https://forge.example/me/boats", "https://github.com/me"])
def test_a_repository_elsewhere_is_named(tmp_path: Path, repository: str) -> None:
    with pytest.raises(ConfigError, match="no repository at GitHub"):
        count_votes(project(tmp_path, range(1, 2), repository), {})


def test_without_issues_nobody_is_asked(tmp_path: Path) -> None:
    assert count_votes(project(tmp_path, range(0), '""'), {}) == (0, 0, ())
