"""Workflows as they are read, and their steps run one by one in a clone of a made-up repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from paths import ROOT

EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
TOKEN = "made-up-token"  # noqa: S105 - opens nothing
REMOTE = "https://github.com/me/boats.git"


def loaded(path: Path) -> dict[Any, Any]:
    """Read a workflow; YAML takes its key ``on`` for a truth value."""
    workflow: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return workflow | {"on": workflow.pop(True)}


class Runner:
    """Runs the steps of a workflow's first job in a clone, as GitHub's runner does.

    Of conditions it knows those that ask what a step answered, and whether an issue was opened just now.
    """

    workflow = "ingest.yml"
    action = "opened"

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
        frame = "site_name: Boats\ntheme: {name: material}\nplugins: [search, paper-digest]\n"
        (source / "mkdocs.yml").write_text(frame, "utf-8")
        (source / "docs").mkdir()
        (source / "docs" / "sails.md").write_text("# Sails\n", "utf-8")
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

    def value(self, text: str, inputs: Mapping[str, str]) -> str:
        """Put in what an expression stands for."""
        known = {"github.token": TOKEN, **inputs}
        for step, said in self.outputs.items():
            known |= {f"steps.{step}.outputs.{name}": value for name, value in said.items()}
        return EXPRESSION.sub(lambda found: known.get(found[1], ""), text)

    def run(self, inputs: Mapping[str, str] = MappingProxyType({})) -> list[tuple[str, int]]:
        """Run the job's scripts in order, until one fails; returns their names and exit codes."""
        done = []
        job, *_ = loaded(ROOT / ".github" / "workflows" / self.workflow)["jobs"].values()
        for step in job["steps"]:
            if "run" not in step or not self.is_due(step):
                continue
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

    def is_due(self, step: Mapping[str, Any]) -> bool:
        """Tell whether a step's condition holds."""
        condition = step.get("if", "")
        if "github.event.action != 'opened'" in condition and self.action == "opened":
            return False
        if "outcome" not in condition:
            return "failure()" not in condition
        wanted = re.findall(r"steps\.(\w+)\.outputs\.outcome (==|!=) '(\w+)'", condition)
        return any(
            (self.outputs[name].get("outcome") == value) == (sign == "==")
            for name, sign, value in wanted
        )

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
