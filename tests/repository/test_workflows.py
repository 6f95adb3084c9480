"""The workflows: pinned, with as few rights as can be; the ingest's own steps run here, one by one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from engines import ENGINES
from loopback_server import send
from model_server import ABSTRACT, ModelServer
from paths import PACKAGE, ROOT
from workflow_runner import TOKEN, Runner, loaded

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*\Z")
OURS = re.compile(r"\./\.github/workflows/[\w-]+\.yml\b")


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    ran = subprocess.run(
        [zizmor, "--offline", "--no-progress", *WORKFLOWS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_site_over_its_budget_is_stopped_before_it_leaves_the_machine() -> None:
    steps = loaded(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]["build"]["steps"]
    runs = [step.get("run", step.get("uses", "")) for step in steps]
    [weighed] = [n for n, run in enumerate(runs) if run.endswith("digest size")]
    leaves = [n for n, run in enumerate(runs) if "upload-pages" in run or "publish" in run]
    assert len(leaves) == 2
    assert weighed < min(leaves)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_run_can_be_run_again_whole_or_from_where_it_failed(path: Path) -> None:
    """Each attempt names its artifacts for itself, and takes those of the attempt that made them."""
    jobs, ours, made = loaded(path)["jobs"], "${{ github.run_attempt }}", set()
    for name, job in jobs.items():
        for step in job.get("steps", ()):
            if "/upload-" in step.get("uses", ""):
                artifact = step["with"]["name"]
                assert artifact.endswith(f"-{ours}"), artifact
                assert job["outputs"]["attempt"] == ours
                made.add(artifact.replace("github.run_attempt", f"needs.{name}.outputs.attempt"))
    taken = {
        step["with"].get("artifact_name", step["with"].get("name"))
        for job in jobs.values()
        for step in job.get("steps", ())
        if re.search("/download-artifact|/deploy-pages", step.get("uses", ""))
    }
    assert taken == made


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_rights_are_given_job_by_job(path: Path) -> None:
    used = re.findall(r"\buses: (.*)", path.read_text("utf-8"))
    assert all(PINNED.match(text) or OURS.match(text) for text in used), used
    workflow = loaded(path)
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        assert "permissions" in job, name
        assert "timeout-minutes" in job or "uses" in job, name
        for step in job.get("steps", ()):
            assert "${{" not in step.get("run", ""), "an expression in a script can be injected"
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


def _commands(job: dict[str, Any]) -> str:
    return "\n".join(str(step.get("run", "")) for step in job.get("steps", ()))


@pytest.mark.parametrize("folder", [ROOT / ".github" / "workflows", PACKAGE / "cli" / "archive_template" / "workflows"], ids=["ours", "an archive's"])  # fmt: skip
def test_where_something_can_be_written_or_told_only_locked_packages_run(folder: Path) -> None:
    """A job that may write, sign or read a secret installs by version and hash, or nothing."""
    trusted = 0
    for path in sorted(folder.glob("*.yml")):
        for name, job in loaded(path)["jobs"].items():
            rights = {*job["permissions"].values()}
            if "write" not in rights and "secrets." not in str(job):
                continue
            trusted += 1
            commands = _commands(job).replace("make .venv/installed", "").replace("make site", "")
            for line in re.split(r"\n|&&", commands):
                installs = re.search(r"\b(?:pip|pipx|uv|npm|npx|curl|wget)\b|\bmake\b", line)
                locked = "--require-hashes" in line or "--no-deps -r program.txt" in line
                assert not installs or locked, f"{path.name}: {name}: {line}"
    assert trusted >= 5
    lines = (ROOT / "Makefile").read_text("utf-8").split(".venv/installed:")[1].split("\n\n")[0]
    for line in lines.splitlines():
        if "$(INSTALL)" in line:
            assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-release.txt"])  # fmt: skip
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8"))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 20
    for entry in packages:
        assert re.match(r"[\w.\[\]-]+==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_what_is_signed_was_built_by_a_job_that_cannot_sign() -> None:
    for name in ("release.yml", "publish.yml"):
        jobs = loaded(ROOT / ".github" / "workflows" / name)["jobs"]
        assert jobs["build"]["permissions"] == {"contents": "read"}
        [signing] = [job for job in jobs.values() if "attest-build" in str(job)]
        assert signing["permissions"]["attestations"] == "write"
        assert signing["needs"] == "build"
        assert "checkout" not in str(signing["steps"])
        assert "cache" not in str(jobs["build"]) or name != "release.yml"


def test_the_same_action_is_pinned_to_the_same_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for name, pin in re.findall(r"uses: ([\w./-]+)@(.*)", path.read_text("utf-8")):
            pins.setdefault(name, set()).add(pin)
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


def test_the_ingest_runs_off_the_hour_and_by_hand_and_has_the_site_published() -> None:
    workflow = loaded(ROOT / ".github" / "workflows" / "ingest.yml")
    minutes = [entry["cron"].split()[0] for entry in workflow["on"]["schedule"]]
    assert len(minutes) == 2
    assert not {"0", "15", "30", "45"} & {*minutes}
    assert set(workflow["on"]["workflow_dispatch"]["inputs"]) == {"since", "until"}
    assert workflow["concurrency"] == {"group": "ingest", "cancel-in-progress": False}
    jobs = workflow["jobs"]
    assert jobs["ingest"]["permissions"] == {"contents": "write", "issues": "read"}
    assert jobs["keep-alive"]["permissions"] == {"actions": "write"}
    assert jobs["publish"]["uses"] == "./.github/workflows/publish.yml"
    called = loaded(ROOT / ".github" / "workflows" / "publish.yml")
    assert "workflow_call" in called["on"]
    needed = [job["permissions"] for job in called["jobs"].values()]
    for right, level in (pair for rights in needed for pair in rights.items()):
        assert jobs["publish"]["permissions"][right] == level


GH = """#!/bin/sh
# Answers what the test wrote for a workflow, and writes down what it is asked to enable.
case "$*" in
  *"--method PUT"*) echo "$4" >> "$STATES/enabled" ;;
  *) cat "$STATES/$(basename "$2" .yml)" 2>/dev/null || { echo "Not Found"; exit 1; } ;;
esac
"""


@pytest.mark.parametrize(
    ("email", "snapshot", "enabled"),
    [
        ("active", "disabled_inactivity", ["ingest", "email", "snapshot"]),
        ("disabled_manually", "active", ["ingest", "snapshot"]),
        ("disabled_fork", "", ["ingest"]),
    ],
)
def test_all_schedules_outlast_a_rest_but_those_switched_off(
    tmp_path: Path, email: str, snapshot: str, enabled: list[str]
) -> None:
    jobs = loaded(ROOT / ".github" / "workflows" / "ingest.yml")["jobs"]
    [step] = jobs["keep-alive"]["steps"]
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    for name, state in (("email", email), ("snapshot", snapshot)):
        if state:
            (tmp_path / name).write_text(f"{state}\n", "utf-8")
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "STATES": str(tmp_path)}
    subprocess.run(["bash", "-e", "-c", step["run"]], env=env | {"REPOSITORY": "a/b"}, check=True)
    asked = (tmp_path / "enabled").read_text("utf-8").splitlines()
    assert asked == [f"repos/a/b/actions/workflows/{name}.yml/enable" for name in enabled]
    scheduled = {path.stem for path in TEMPLATES.glob("*.yml") if "schedule:" in path.read_text()}
    assert scheduled == {"ingest", "email", "snapshot"}


GOOD: dict[str, object] = {"source": "bibtex", "files": ["papers.bib"]}
STEPS = [
    "Install",
    "Check",
    "Ingest",
    "Summarise",
    "Count votes",
    "Commit",
    "Fail if a source has failed for too long",
]


def test_what_came_is_committed_and_nothing_else(tmp_path: Path) -> None:
    runner = Runner(tmp_path, [GOOD])
    (runner.clone / "papers.bib").write_text("@misc{b, title={Kites}, year=2021, author={C. D}}\n")
    (runner.clone / "stray.txt").write_text("not ours")
    assert runner.run() == [(name, 0) for name in STEPS]
    assert runner.pushed == "true"
    assert re.match(r"Ingest of \d{4}-\d{2}-\d{2}\Z", runner.log()[0])
    changed = runner.changed()
    assert {name.split("/")[1] for name in changed} == {"papers", "runs"}
    assert all(name.startswith("archive/") for name in changed)
    assert TOKEN not in (runner.clone / ".git" / "config").read_text()


def test_days_given_by_hand_reach_the_command(tmp_path: Path) -> None:
    runner = Runner(tmp_path, [GOOD])
    assert runner.run({"inputs.since": "2026-01-02", "inputs.until": "2026-01-03"})[-1] == (
        STEPS[-1],
        0,
    )
    [diary] = [name for name in runner.changed() if "/runs/" in name]
    record = runner.git("show", f"main:{diary}", cwd=runner.origin)
    assert '"since":"2026-01-02","until":"2026-01-03"' in record
    hostile = Runner(tmp_path / "hostile", [GOOD])
    hostile.run({"inputs.since": '"; touch owned; echo "'})
    assert not (hostile.clone / "owned").exists()
    assert hostile.outputs["ingest"]["code"] == "2"


def test_a_source_that_fails_lets_the_job_fail_after_the_rest_is_committed(tmp_path: Path) -> None:
    entries: list[dict[str, object]] = [{"source": "bibtex", "files": ["gone.bib"]}, GOOD]
    patient = Runner(tmp_path / "patient", entries)
    assert patient.run()[-1] == (STEPS[-1], 0)
    runner = Runner(tmp_path / "strict", entries, max_gap=0)
    assert runner.run()[-1] == (STEPS[-1], 1)
    assert "BibTeX (files: gone.bib): failing for 0 days" in runner.said
    assert runner.pushed == "true"
    assert any(name.startswith("archive/papers/title/") for name in runner.changed())


def test_settings_that_cannot_be_read_let_the_job_fail(tmp_path: Path) -> None:
    runner = Runner(tmp_path, [GOOD])
    (runner.clone / "archive.yml").write_text("title: [\n")
    assert runner.run()[-1] == (STEPS[-1], 1)
    assert "exit code 2" in runner.said
    assert (runner.pushed, runner.log()) == ("", ["Begin"])


def test_an_archive_that_follows_nothing_commits_nothing(tmp_path: Path) -> None:
    runner = Runner(tmp_path, [])
    assert runner.run() == [(name, 0) for name in STEPS]
    assert (runner.pushed, runner.log()) == ("", ["Begin"])


def test_a_push_meanwhile_is_no_reason_to_lose_what_came(tmp_path: Path) -> None:
    class Busy(Runner):
        def before(self, step: str) -> None:
            if step == "Commit":
                other = self.place / "other"
                address = self.origin.as_uri()
                self.git("clone", "--quiet", address, str(other), cwd=self.place)
                (other / "about.md").write_text("somebody else's")
                self.commit(other, "Elsewhere")
                self.git("push", "--quiet", cwd=other)

    runner = Busy(tmp_path, [GOOD])
    assert runner.run() == [(name, 0) for name in STEPS]
    assert runner.pushed == "true"
    assert runner.log()[1:] == ["Elsewhere", "Begin"]
    assert all(name.startswith("archive/") for name in runner.changed())


def test_the_models_key_is_known_to_one_step_and_its_fault_makes_the_run_red(
    tmp_path: Path,
) -> None:
    for folder in (ROOT / ".github" / "workflows", TEMPLATES):
        texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.yml")}
        assert [name for name, text in texts.items() if "DIGEST_MODEL_KEY" in text] == [
            "ingest.yml"
        ]
        [step] = [
            s
            for s in loaded(folder / "ingest.yml")["jobs"]["ingest"]["steps"]
            if "MODEL_KEY" in str(s)
        ]
        assert step["name"] == "Summarise"
    with ModelServer() as server:
        runner = Runner(tmp_path / "good", [GOOD])
        settings = f"summaries: {{url: {server.url}, model: kettle-7b}}\n"
        with (runner.clone / "archive.yml").open("a") as file:
            file.write(settings)
        (runner.clone / "papers.bib").write_text(
            f"@misc{{b, title={{Kettles}}, year=2021, author={{C. D}}, abstract={{{ABSTRACT}}}}}\n"
        )
        assert runner.run() == [(name, 0) for name in STEPS]
        assert len(server.bodies) == 1
        [record] = [name for name in runner.changed() if "/papers/" in name]
        assert "kettle-7b" in runner.git("show", f"main:{record}", cwd=runner.origin)
        server.replies = [send(b"{}", 401)]
        runner = Runner(tmp_path / "bad", [GOOD])
        with (runner.clone / "archive.yml").open("a") as file:
            file.write(settings)
        (runner.clone / "papers.bib").write_text(
            f"@misc{{b, title={{Kettles}}, year=2021, author={{C. D}}, abstract={{{ABSTRACT}}}}}\n"
        )
        assert runner.run()[-1] == (STEPS[-1], 1)
        assert "digest summarise ended with exit code 2" in runner.said
        assert runner.pushed == "true"


@pytest.mark.parametrize(
    ("does", "code"), [("exit 0", 0), ("exit 1", 1), ("exit 2", 2), ("sleep 30", 1)]
)
def test_a_slow_model_is_stopped_before_the_job_is(tmp_path: Path, does: str, code: int) -> None:
    """The job commits after this step, and loses what the ingest brought where its own time runs out."""
    (tmp_path / "archive.yml").write_text("summaries: {}\n")
    program = tmp_path / ".venv" / "bin" / "digest"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/bash\n{does}\n")
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    for number, folder in enumerate((ROOT / ".github" / "workflows", TEMPLATES)):
        steps = loaded(folder / "ingest.yml")["jobs"]["ingest"]["steps"]
        [script] = [step["run"] for step in steps if step.get("name") == "Summarise"]
        output = tmp_path / f"output{number}"
        ran = subprocess.run(
            ["bash", "-e", "-c", script.replace(" 15m ", " 1s ")],
            cwd=tmp_path,
            env={**environment, "GITHUB_OUTPUT": str(output)},
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
        assert output.read_text() == f"code={code}\n"
        assert ("was stopped after 15 minutes" in ran.stdout) == (does == "sleep 30")


def test_each_engine_has_a_row_of_its_own() -> None:
    job = loaded(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["engines"]
    assert job["strategy"]["matrix"]["engine"] == list(ENGINES)


#: What a workflow of this repository does with make, and one of an archive with the package.
IN_AN_ARCHIVE = {
    "make .venv/installed INSTALL_OPTIONS=--no-compile": "python -m pip install --quiet --no-compile --require-hashes -r requirements.txt && "
    "python -m pip install --quiet --no-deps -r program.txt",
    "make site": "mkdocs build --strict",
    ".venv/bin/digest": "digest",
    'cron: "23 11': 'cron: "%%{minute} 11',
    'cron: "53 21': 'cron: "%%{later_minute} 21',
}
TEMPLATES = PACKAGE / "cli" / "archive_template" / "workflows"


@pytest.mark.parametrize(
    "name", ["email.yml", "ingest.yml", "issue.yml", "publish.yml", "snapshot.yml"]
)
def test_a_new_archive_has_the_golden_workflows_of_this_one(name: str) -> None:
    """``make golden`` writes the template's anew."""
    text = (ROOT / ".github" / "workflows" / name).read_text("utf-8")
    for ours, theirs in IN_AN_ARCHIVE.items():
        text = text.replace(ours, theirs)
    if os.environ.get("UPDATE_GOLDENS"):
        (TEMPLATES / name).write_text(text, "utf-8")
    assert (TEMPLATES / name).read_text("utf-8") == text
    assert "make " not in text
    assert ".venv" not in text


def test_the_default_branch_is_published_whatever_its_name_and_no_other() -> None:
    for folder in (ROOT / ".github" / "workflows", TEMPLATES):
        workflow = loaded(folder / "publish.yml")
        assert workflow["on"]["push"] == {"branches": ["**"]}
        wanted = "github.ref_name == github.event.repository.default_branch"
        condition = workflow["jobs"]["build"]["if"].removeprefix("${{ ").removesuffix(" }}")
        assert wanted in condition
        # What publishes nothing takes no turn of what does: of runs that wait in a group only the last one stays.
        group = workflow["concurrency"]["group"]
        assert group == f"${{{{ ({condition}) && 'pages' || github.ref }}}}"
        for name, job in workflow["jobs"].items():
            assert name == "build" or "build" in str(job["needs"]), name
