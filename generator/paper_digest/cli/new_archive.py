"""Makes an archive: a folder of the operator's own files, in which the program is a package."""

from __future__ import annotations

import json
import secrets
import string
import tempfile
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import msgspec

from paper_digest.cli.installed_program import program_requirement
from paper_digest.cli.owned_files import OwnedFiles
from paper_digest.deliver.snapshots.metadata import CITATION_NAME
from paper_digest.ingest.issue_forms.form import FORMS
from paper_digest.model.errors import ConfigError, DigestError, Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.settings.config import load_config
from paper_digest.settings.settings_file import CONFIG_FILE
from paper_digest.store.atomic import replace_files

#: What ``digest new`` writes, by path below the archive: the file of the template it comes from.
TEMPLATE_FILES = {
    "archive.yml": "archive.yml",
    "topics.yml": "topics.yml",
    "mkdocs.yml": "mkdocs.yml",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".github/workflows/ingest.yml": "workflows/ingest.yml",
    ".github/workflows/publish.yml": "workflows/publish.yml",
    ".github/workflows/email.yml": "workflows/email.yml",
    ".github/workflows/snapshot.yml": "workflows/snapshot.yml",
    ".github/workflows/issue.yml": "workflows/issue.yml",
    CITATION_NAME: CITATION_NAME,
} | {f".github/ISSUE_TEMPLATE/{name}.yml": f"forms/{name}.yml" for name in FORMS}
#: Taken as it is: the locked versions of all packages, with their hashes.
LOCK_FILE = "requirements.txt"
#: The one line that installs the program itself.
PROGRAM_FILE = "program.txt"
#: Keeps the folder of notes, which git would not hold empty.
_NOTES_PLACE = "docs/notes/.gitkeep"
#: The operator's from the first day: ``digest upgrade`` never writes them.
OPERATORS_FILES = frozenset({"archive.yml", "topics.yml", CITATION_NAME, _NOTES_PLACE})

_FOLLOW_EXAMPLE = """\
#follow:
#  - source: huggingface
#  - source: arxiv
#    categories: [cs.CL, cs.LG]"""

#: Minutes at which many schedules start; runs then come late (docs.github.com, "schedule").
_BUSY_MINUTES = {0, 15, 30, 45}


class NewArchiveError(DigestError):
    """The folder is no place for a new archive."""


class Answers(StrictStruct, frozen=True):
    """What an operator is asked; the defaults are those of ``digest new --yes``.

    Attributes:
        title: of the archive; ``description``, ``url``, ``repository``, ``contact`` and ``topics``
            are settings of archive.yml like it.
        arxiv: arXiv's categories to follow. ``huggingface``: whether to follow its daily papers.
        minutes: of the hour, when the two daily runs of the workflow start; drawn where empty.
    """

    title: str = "My papers"
    description: str = ""
    url: str = ""
    repository: str = ""
    contact: str = ""
    topics: str = "default"
    arxiv: tuple[str, ...] = ()
    huggingface: bool = False
    minutes: tuple[int, ...] = ()


class _Template(string.Template):
    """``%%{name}``: workflows have ``${{ }}`` of their own."""

    delimiter = "%%"


def new_archive(folder: Path, answers: Answers) -> list[str]:
    """Write an archive into ``folder``; returns the paths written, below it.

    Raises:
        NewArchiveError: the folder holds files already.
        ConfigError: an answer is no value for its setting. In both cases nothing was written.
    """
    taken = sorted(p.name for p in folder.iterdir() if p.name != ".git") if folder.exists() else []
    if taken:
        what = f"holds files already, {taken[0]} for one"
        raise NewArchiveError(str(folder), what, "name a new or an empty folder")
    if not answers.minutes:
        answers = msgspec.structs.replace(answers, minutes=_draw_minutes())
    files = archive_files(answers)
    with tempfile.TemporaryDirectory() as trial:
        Path(trial, CONFIG_FILE).write_bytes(files[CONFIG_FILE])
        if problem := _first_fault(Path(trial)):
            where = problem.where.removeprefix(f"{trial}/")
            raise ConfigError(where, problem.what, problem.cure)
    owned = OwnedFiles.of(
        {path: data for path, data in files.items() if path not in OPERATORS_FILES},
        msgspec.to_builtins(answers),
    )
    files[owned.path] = owned.encode()
    replace_files((folder / path, data) for path, data in files.items())
    return sorted(files)


def _first_fault(root: Path) -> Problem | None:
    """Return what is wrong with the settings that answers made, if anything is."""
    # `digest upgrade` comes here too, and needs none of what checks an archive.
    from paper_digest.cli.check import follow_problems

    try:
        config = load_config(root)
    except DigestError as error:
        return error.problem
    return next(follow_problems(root, config, datetime.now(UTC).date()), None)


def archive_files(answers: Answers) -> dict[str, bytes]:
    """Return the files of an archive as this version of the program writes them, by path."""
    template = resources.files("paper_digest.cli") / "archive_template"
    values = _template_values(answers)
    files = {
        path: _Template((template / name).read_text("utf-8")).substitute(values).encode()
        for path, name in TEMPLATE_FILES.items()
    }
    program = program_requirement()
    if program.wheel:
        files[program.wheel_path] = program.wheel
    lock = (template / LOCK_FILE).read_bytes()
    return {**files, LOCK_FILE: lock, PROGRAM_FILE: program.line.encode(), _NOTES_PLACE: b""}


def _template_values(answers: Answers) -> dict[str, str]:
    first, second = answers.minutes or (23, 53)
    texts = ("title", "description", "url", "repository", "contact")
    # JSON is YAML: every text is quoted, and none is taken for something else.
    values = {name: json.dumps(getattr(answers, name), ensure_ascii=False) for name in texts}
    return values | {
        "heading": " ".join(answers.title.split()),
        "curators": json.dumps(f"The curators of {answers.title}", ensure_ascii=False),
        "topics": answers.topics,
        "follow": _follow_setting(answers),
        "minute": str(first),
        "later_minute": str(second),
    }


def _follow_setting(answers: Answers) -> str:
    lines = ["follow:"]
    if answers.huggingface:
        lines.append("  - source: huggingface")
    if answers.arxiv:
        lines += ["  - source: arxiv", f"    categories: {json.dumps(answers.arxiv)}"]
    return "\n".join(lines) if lines[1:] else _FOLLOW_EXAMPLE


def _draw_minutes() -> tuple[int, int]:
    minutes = [minute for minute in range(60) if minute not in _BUSY_MINUTES]
    return secrets.choice(minutes), secrets.choice(minutes)
