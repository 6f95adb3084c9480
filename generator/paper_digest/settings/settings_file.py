"""Files of settings on the disk: read, or refused as settings are, and the line of a setting found again."""

from __future__ import annotations

from pathlib import Path

from paper_digest.model.errors import ConfigError, DigestError, Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import read_file
from paper_digest.text.yaml_document import Step, parse_yaml

CONFIG_FILE = "archive.yml"


def read_settings_file(path: Path) -> bytes:
    """Return the bytes of a file of settings.

    Raises:
        ConfigError: it is a folder, a link that leads nowhere, or may not be read.
    """
    try:
        return read_file(path)
    except OSError as error:
        problem = unreadable_problem(error, str(path))
        raise ConfigError(problem.where, problem.what, problem.cure) from error


def missing_settings(root: Path) -> ConfigError:
    """Return the error for a folder without ``archive.yml``; its cure names the one that was meant."""
    path = root / CONFIG_FILE
    misnamed = path.with_suffix(".yaml")
    above = (folder for folder in root.absolute().parents if (folder / CONFIG_FILE).is_file())
    if misnamed.exists():
        cure = f"rename {misnamed.name}"
    elif archive := next(above, None):
        cure = f"the archive is the folder above: cd {archive}, or give --root {archive}"
    else:
        cure = "make an archive with `digest new DIR`, or give --root"
    return ConfigError(str(path), "is missing", cure)


def place_problem(problem: Problem, root: Path, *steps: Step) -> Problem:
    """Give a problem of a setting its line.

    Args:
        problem: its ``where`` is ``archive.yml``, and what of it is meant behind a colon.
        root: folder of the project.
        steps: the path of the setting, as in ``"follow", 0``.

    Returns:
        The problem, its ``where`` as in ``archive.yml:14: source arxiv``; as it was where it is about
        another file, or the file cannot be read any more.
    """
    path = root / CONFIG_FILE
    name, _, rest = problem.where.partition(":")
    if name != CONFIG_FILE:
        return problem
    try:
        line = parse_yaml(read_settings_file(path), name).line(*steps)
    except DigestError:
        return problem
    place = f"{name}:{line}" + (f":{rest}" if rest else "")
    return Problem(place, problem.what, problem.line, problem.cure)
