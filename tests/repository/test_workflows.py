"""The workflows: pinned, with as few rights as can be; the ingest's own steps run here, one by one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from engines import ENGINES
from loopback_server import send
from model_server import ABSTRACT, ModelServer
from paths import PACKAGE, ROOT, SAMPLE

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*\Z")
OURS = re.compile(r"\./\.github/workflows/[\w-]+\.yml\b")
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
TOKEN = "made-up-token"  # noqa: S105 - opens nothing
REMOTE = "https://github.com/me/boats.git"


def loaded(path: Path) -> dict[Any, Any]:
    """Read a workflow; YAML takes its key ``on`` for a truth value."""
    workflow: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return workflow | {"on": workflow.pop(True)}


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
    assert jobs["ingest"]["permissions"] == {"contents": "write"}
    assert jobs["keep-alive"]["permissions"] == {"actions": "write"}
    assert jobs["publish"]["uses"] == "./.github/workflows/publish.yml"
    called = loaded(ROOT / ".github" / "workflows" / "publish.yml")
    assert "workflow_call" in called["on"]
    needed = [job["permissions"] for job in called["jobs"].values()]
    for right, level in (pair for rights in needed for pair in rights.items()):
        assert jobs["publish"]["permissions"][right] == level


class Runner:
    """Runs the steps of the ingest job in a clone, as GitHub's runner does."""

    def __init__(self, place: Path, follow: Sequence[dict[str, object]], max_gap: int = 3) -> None:
        self.place = place
        self.origin = place / "origin.git"
        self.clone = place / "clone"
        self.home = place / "home"
        self.home.mkdir(parents=True)
        self.outputs: dict[str, dict[str, str]] = {}
        source = place / "source"
        (source / "generator" / "paper_digest").mkdir(parents=True)
        for name in (
            ".gitignore",
            "Makefile",
            "pyproject.toml",
            "requirements.txt",
            "generator/paper_digest/__init__.py",
        ):
            shutil.copy(ROOT / name, source / name)
        settings = f"title: Boats\ntopics: []\nmax_gap: {max_gap}\nfollow: {json.dumps(follow)}\n"
        (source / "archive.yml").write_text(settings, "utf-8")
        shutil.copy(SAMPLE / "mkdocs.yml", source / "mkdocs.yml")
        (source / "papers.bib").write_text("@misc{a, title={Boats}, year=2020, author={A. B}}\n")
        self.git("init", "--quiet", "--initial-branch=main", cwd=source)
        self.commit(source, "Begin")
        self.git("clone", "--quiet", "--bare", str(source), str(self.origin), cwd=place)
        # As actions/checkout does: the newest commit alone, and no credentials left behind.
        address = self.origin.as_uri()
        self.git("clone", "--quiet", "--depth=1", address, str(self.clone), cwd=place)
        self.git("remote", "remove", "origin", cwd=self.clone)
        # Installed as `make .venv/installed` would: newer than what it is made from.
        binaries = self.clone / ".venv" / "bin"
        binaries.mkdir(parents=True)
        (binaries / "digest").symlink_to(Path(sys.executable).with_name("digest"))
        (self.clone / ".venv" / "installed").touch()

    def git(self, *words: str, cwd: Path) -> str:
        """Run git with settings of this test's own."""
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@a.example", *words]
        ran = subprocess.run(
            command, cwd=cwd, env=self.env, capture_output=True, text=True, check=True
        )
        return ran.stdout

    def commit(self, cwd: Path, words: str) -> None:
        """Commit all there is."""
        self.git("add", "--all", cwd=cwd)
        self.git("commit", "--quiet", "--message", words, cwd=cwd)

    @property
    def env(self) -> dict[str, str]:
        """What a step finds around it; github.com is the bare repository beside the clone."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.origin.as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": REMOTE,
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "me/boats",
            "GITHUB_REF_NAME": "main",
            "GITHUB_SERVER_URL": "https://github.com",
        }

    def value(self, text: str, inputs: dict[str, str]) -> str:
        """Put in what an expression stands for."""
        known = {
            "github.token": TOKEN,
            "inputs.since": inputs.get("since", ""),
            "inputs.until": inputs.get("until", ""),
        }
        for step, said in self.outputs.items():
            known |= {f"steps.{step}.outputs.{name}": value for name, value in said.items()}
        return EXPRESSION.sub(lambda found: known.get(found[1], ""), text)

    def run(self, **inputs: str) -> list[tuple[str, int]]:
        """Run the job's scripts in order, until one fails; returns their names and exit codes."""
        done = []
        job = loaded(ROOT / ".github" / "workflows" / "ingest.yml")["jobs"]["ingest"]
        for step in (step for step in job["steps"] if "run" in step):
            self.before(step["name"])
            written = self.place / "output"
            written.write_text("")
            env = {name: self.value(text, inputs) for name, text in step.get("env", {}).items()}
            ran = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=self.clone,
                env={**self.env, **env, "GITHUB_OUTPUT": str(written)},
                capture_output=True,
                text=True,
                check=False,
            )
            self.said = ran.stdout + ran.stderr
            pairs = (line.split("=", 1) for line in written.read_text().splitlines())
            self.outputs[step.get("id", step["name"])] = dict(pairs)
            done.append((step["name"], ran.returncode))
            if ran.returncode and not step.get("continue-on-error"):
                break
        return done

    def before(self, step: str) -> None:
        """Do nothing; a test may do something."""

    @property
    def pushed(self) -> str:
        """What the publishing job asks for."""
        return self.outputs["commit"].get("pushed", "")

    def log(self) -> list[str]:
        """List the commits of the bare repository, newest first."""
        return self.git("log", "--format=%s", "main", cwd=self.origin).splitlines()

    def changed(self) -> list[str]:
        """List the files that the newest commit changed."""
        names = self.git("show", "--format=", "--name-only", "main", cwd=self.origin)
        return names.splitlines()


GOOD: dict[str, object] = {"source": "bibtex", "files": ["papers.bib"]}
STEPS = [
    "Install",
    "Check",
    "Ingest",
    "Summarise",
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
    assert runner.run(since="2026-01-02", until="2026-01-03")[-1] == (STEPS[-1], 0)
    [diary] = [name for name in runner.changed() if "/runs/" in name]
    record = runner.git("show", f"main:{diary}", cwd=runner.origin)
    assert '"since":"2026-01-02","until":"2026-01-03"' in record
    hostile = Runner(tmp_path / "hostile", [GOOD])
    hostile.run(since='"; touch owned; echo "')
    assert not (hostile.clone / "owned").exists()
    assert hostile.outputs["ingest"]["code"] == "2"


def test_a_source_that_fails_lets_the_job_fail_after_the_rest_is_committed(tmp_path: Path) -> None:
    entries: list[dict[str, object]] = [{"source": "bibtex", "files": ["gone.bib"]}, GOOD]
    patient = Runner(tmp_path / "patient", entries)
    assert patient.run()[-1] == (STEPS[-1], 0)
    runner = Runner(tmp_path / "strict", entries, max_gap=0)
    assert runner.run()[-1] == (STEPS[-1], 1)
    assert "bibtex: failing for 0 days" in runner.said
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


def test_each_engine_has_a_row_of_its_own() -> None:
    job = loaded(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["engines"]
    assert job["strategy"]["matrix"]["engine"] == list(ENGINES)


#: What a workflow of this repository does with make, and one of an archive with the package.
IN_AN_ARCHIVE = {
    "make .venv/installed": "python -m pip install --quiet --require-hashes -r requirements.txt && "
    "python -m pip install --quiet --no-deps -r program.txt",
    "make site": "mkdocs build --strict",
    ".venv/bin/digest": "digest",
    'cron: "23 11': 'cron: "%%{minute} 11',
    'cron: "53 21': 'cron: "%%{later_minute} 21',
}
TEMPLATES = PACKAGE / "cli" / "archive_template" / "workflows"


@pytest.mark.parametrize("name", ["email.yml", "ingest.yml", "publish.yml", "snapshot.yml"])
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
        assert wanted in workflow["jobs"]["build"]["if"]
        for name, job in workflow["jobs"].items():
            assert name == "build" or "build" in str(job["needs"]), name
