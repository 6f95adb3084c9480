"""Brings the files that the program wrote into an archive up to the installed version."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from importlib import resources
from pathlib import Path

import msgspec

from paper_digest import __version__
from paper_digest.cli.installed_program import WHEELS_FOLDER
from paper_digest.cli.new_archive import OPERATORS_FILES, Answers, archive_files
from paper_digest.cli.owned_files import OwnedFiles, OwnedFilesError, load_owned_files
from paper_digest.store.atomic import replace_files

#: Where the changelog lies in the package, and so in every wheel.
CHANGELOG_PATH = "cli/archive_template/CHANGELOG.md"

#: Files whose differences are no use to a person: locks and wheels.
_NO_DIFF = re.compile(rf"(requirements\.txt|{WHEELS_FOLDER}/.*)\Z")

_NO_LONGER_WRITTEN = (
    f"paper-digest {__version__} writes no such file: delete it, if you need it no more"
)


class Upgrade(msgspec.Struct):
    """What an upgrade did.

    Attributes:
        before, now: versions of the program. ``news``: what changed between them.
        written: files brought up to date. ``removed``: files that this version no longer has.
        differences: of files that the operator changed, or had before the program did, which were left as they are.
        missing: files that the operator deleted, which were left out.
    """

    before: str
    now: str
    news: str = ""
    written: list[str] = []
    removed: list[str] = []
    differences: dict[str, str] = {}
    missing: list[str] = []


def upgrade_archive(root: Path, *, dry_run: bool = False) -> Upgrade:
    """Rewrite the files that the program wrote and nobody changed.

    Args:
        root: the folder of archive.yml.
        dry_run: write nothing, and say what would be written.

    Raises:
        OwnedFilesError: the archive was not made by ``digest new``, or by a version that asked for more.
    """
    owned = load_owned_files(root)
    answers = _answers(root, owned)
    files = {p: d for p, d in archive_files(answers).items() if p not in OPERATORS_FILES}
    done = Upgrade(owned.version, __version__, changes_between(owned.version, __version__))
    hashes = OwnedFiles.of(files, {}).hashes
    writing: dict[str, bytes] = {}
    for path, data in files.items():
        present = _present(root, path, owned)
        if present is None and path in owned.hashes:
            done.missing.append(path)
        elif present is None or not owned.was_changed(path, present):
            if present != data:
                writing[path] = data
        elif present != data and hashes[path] != owned.hashes.get(path):
            done.differences[path] = _difference(path, present, data)
    done.written = sorted(writing)
    _sort_out(root, owned, owned.hashes.keys() - files.keys(), done)
    if not dry_run:
        state = OwnedFiles(__version__, owned.answers, hashes)
        writing[state.path] = state.encode()
        replace_files((root / path, data) for path, data in writing.items())
        for path in done.removed:
            (root / path).unlink()
    return done


def _sort_out(root: Path, owned: OwnedFiles, paths: Collection[str], done: Upgrade) -> None:
    """Say which of the files that this version no longer has go, and which the operator changed."""
    for path in sorted(paths):
        present = _present(root, path, owned)
        if present is not None and owned.was_changed(path, present):
            done.differences[path] = _NO_LONGER_WRITTEN
        elif present is not None:
            done.removed.append(path)


def _answers(root: Path, owned: OwnedFiles) -> Answers:
    try:
        return msgspec.convert(owned.answers, Answers)
    except msgspec.ValidationError as error:
        what = f"has answers that paper-digest {__version__} does not know, of {owned.version}: {error}"
        cure = f"install paper-digest {owned.version} or a newer one, or correct the file"
        raise OwnedFilesError(str(root / owned.path), what, cure) from error


def _present(root: Path, path: str, owned: OwnedFiles) -> bytes | None:
    """Return a file as it was written where git ended its lines otherwise, else as it is; ``None`` for none."""
    if not (root / path).is_file():
        return None
    data = (root / path).read_bytes()
    plain = data.replace(b"\r\n", b"\n")
    return data if owned.was_changed(path, plain) else plain


def changes_between(before: str, now: str, changelog: str | None = None) -> str:
    """Return the entries of a changelog, this version's unless given, for versions after ``before``, up to ``now``."""
    if changelog is None:
        changelog = (resources.files("paper_digest") / CHANGELOG_PATH).read_text("utf-8")
    parts = re.split(r"(?m)^(?=## \[)", changelog)[1:]
    wanted = []
    for part in parts:
        version = part.removeprefix("## [").partition("]")[0]
        if version == before:
            break
        if version != "Unreleased":
            wanted.append(part.strip())
    return "\n\n".join(wanted) if before != now else ""


def report_lines(done: Upgrade) -> Iterator[str]:
    """Say what an upgrade did, or would do."""
    if done.news:
        yield done.news
        yield ""
    yield f"paper-digest {done.before} -> {done.now}"
    yield from (f"written: {path}" for path in done.written)
    yield from (f"deleted: {path}" for path in done.removed)
    yield from (f"left out, as you deleted it: {path}" for path in done.missing)
    for path, difference in done.differences.items():
        yield f"left as it is, as you changed it: {path}"
        if difference:
            yield difference
    if not (done.written or done.removed or done.differences):
        yield "Every file is up to date."


def _difference(path: str, present: bytes, new: bytes) -> str:
    """Return a unified diff from the operator's file to the program's, or "" where it is no use."""
    if _NO_DIFF.match(path):
        return ""
    lines = difflib.unified_diff(
        present.decode("utf-8", "replace").splitlines(),
        new.decode().splitlines(),
        f"{path} (yours)",
        f"{path} (of paper-digest {__version__})",
        lineterm="",
    )
    return "\n".join(lines)
