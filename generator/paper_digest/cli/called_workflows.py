"""The workflows of an archive: each is YAML, and gives those it calls the rights that their jobs ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from paper_digest.model.errors import DigestError, Problem
from paper_digest.settings.settings_file import read_settings_file
from paper_digest.text.yaml_document import YamlDocument, parse_yaml

_HERE = "./.github/workflows/"
_LEVELS = ("none", "read", "write")


def workflow_problems(root: Path) -> Iterator[Problem]:
    """Yield a problem for each workflow that is no YAML, and for each call of another that GitHub refuses.

    A workflow with such a call never starts, and nothing but GitHub's list of runs says so. It comes where one of the two
    files was changed by hand, and the other was brought up to date.

    Args:
        root: the folder of archive.yml.
    """
    documents: dict[str, YamlDocument | None] = {}
    for path in sorted((root / ".github" / "workflows").glob("*.y*ml")):
        documents[path.name] = None
        try:
            documents[path.name] = parse_yaml(read_settings_file(path), str(path))
        except DigestError as error:
            yield error.problem
    for document in filter(None, documents.values()):
        for name, job in _jobs(document.value):
            file = str(job.get("uses", ""))
            if not file.startswith(_HERE):
                continue
            file = file.removeprefix(_HERE)
            if file not in documents:
                cure = "bring it back with `digest upgrade`, or take the job out"
                place = document.place("jobs", name, "uses")
                yield Problem(place, f"calls {file}, which is not there", cure=cure)
            elif called := documents[file]:
                given = _rights(job, document.value)
                place = document.place("jobs", name, "permissions")
                yield from _right_problems(place, name, given, file, called.value)


def _right_problems(
    place: str, name: str, given: dict[Any, Any] | None, file: str, called: object
) -> Iterator[Problem]:
    """Yield a problem for each right that a called workflow asks for and the job that calls it, ``name``, has not."""
    if given is None:
        return
    lacking = {
        right: level
        for _, other in _jobs(called)
        for right, level in (_rights(other, called) or {}).items()
        if _level(level) > _level(given.get(right))
    }
    for right, level in sorted(lacking.items()):
        yield Problem(
            place,
            f"calls {file}, which needs {right}: {level}, and does not give it, so that GitHub does not start this workflow",
            cure=f"write {right}: {level} under permissions: of the job {name}",
        )


def _jobs(workflow: object) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Yield the jobs that are written as such, by their names."""
    jobs = workflow.get("jobs") if isinstance(workflow, dict) else None
    for name, job in jobs.items() if isinstance(jobs, dict) else ():
        if isinstance(job, dict):
            yield str(name), job


def _rights(job: dict[Any, Any], workflow: object) -> dict[Any, Any] | None:
    """Return a job's rights; ``None`` where settings of the repository say what they are, or one word says all."""
    everywhere = workflow.get("permissions") if isinstance(workflow, dict) else None
    rights = job.get("permissions", everywhere)
    return rights if isinstance(rights, dict) else None


def _level(level: object) -> int:
    return _LEVELS.index(level) if level in _LEVELS else 0
