"""Asks every followed source, writes what comes, notes each run; no source stops another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from paper_digest.ingest import parse
from paper_digest.ingest.files import Absorber, Report, named, problem, take_file
from paper_digest.ingest.parse import Getter
from paper_digest.ingest.plan import Plan, source
from paper_digest.model.errors import ConfigError, DigestError, SourceError
from paper_digest.model.paper import Problem, Request
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run
from paper_digest.text.fields import iso_day


class Heard(msgspec.Struct):
    """How one entry of ``follow:`` went: answers that came, those that were old, all well or not."""

    answers: int = 0
    stale: int = 0
    ok: bool = True


def fill(
    root: Path,
    plans: Iterable[Plan],
    opened: Callable[[str], AbstractContextManager[Getter]],
    now: datetime,
    tell: Callable[[str], None],
    *,
    noted: bool = True,
) -> tuple[list[Run], list[Problem]]:
    """Ask for all that is planned; the archive is locked by the caller.

    Args:
        root: the project's folder.
        plans: what to ask.
        opened: makes the getter of one source, which it has to itself: a slow source cannot use
            up the time of the others.
        now: when this run began (UTC).
        tell: is told what is being done.
        noted: write each run into the diary as soon as its source is done.

    Returns:
        The runs, and problems of the archive's own files.
    """
    store = Store(root / "archive")
    done: list[Run] = []
    asked: set[str] = set()
    getters: dict[str, Getter] = {}
    with ExitStack() as stack:
        absorber = Absorber(store, Report(), now.date())
        for part in plans:
            absorber.report = Report()
            if part.source not in getters:
                getters[part.source] = stack.enter_context(opened(part.source))
            heard = _ask(absorber, part, root, _once(getters[part.source], asked), tell)
            absorber.finish()
            run = _run(part, heard, absorber.report, now)
            if noted:
                log.append_runs(store.root, [run])
            done.append(run)
    return done, absorber.broken


def _once(getter: Getter, asked: set[str]) -> Callable[[Request], Any]:
    """Make a way to ask that answers ``None`` for an address that was asked before."""

    def get(request: Request) -> Any:  # noqa: ANN401 - fetch.Answer
        if request.url in asked:
            return None
        asked.add(request.url)
        return getter.get(request)

    return get


def _ask(
    absorber: Absorber,
    part: Plan,
    root: Path,
    get: Callable[[Request], Any],
    tell: Callable[[str], None],
) -> Heard:
    heard, problems = Heard(), absorber.report.problems
    try:
        module = source(part.source)
        files, saved, options = _files(part, root)
        # An entry that names files asks the web only if it has options for that, too.
        waiting = deque(_start(module, options, part) if options or not files else ())
    except DigestError as error:
        problems.append(problem(error))
        return Heard(ok=False)
    for path in files:
        tell(f"{part.source} {path.name}")
        heard.ok &= _take(absorber, module, path, root, saved)
        heard.answers += 1
    while waiting:
        request = waiting.popleft()
        tell(f"{part.source} {request.url} ({len(waiting)} more)")
        try:
            answer = get(request)
            if answer is None:
                continue
            at = answer.fetched[:10]
            batch = parse.answer(module, answer.data, Request(request.url, at))
        except SourceError as error:
            problems.append(problem(error))
            heard.ok = False
            continue
        heard.answers += 1
        heard.stale += answer.unchanged
        waiting.extend(batch.next_requests)
        problems.extend(batch.problems)
        for paper in batch.papers:
            absorber.take(paper, part.source, at, request.url)
        absorber.finish()
    heard.ok &= not absorber.report.lost
    return heard


def _run(part: Plan, heard: Heard, report: Report, now: datetime) -> Run:
    return Run(
        source=part.source,
        query=part.query,
        started=now.isoformat(timespec="seconds"),
        since=part.since.isoformat(),
        until=part.until.isoformat(),
        ok=heard.ok,
        answers=heard.answers,
        stale=heard.stale,
        entries=report.entries,
        new=len(report.new),
        changed=len(report.changed),
        newest=report.newest,
        problems=len(report.problems),
        said=tuple(str(p) for p in report.problems[: log.MAX_PROBLEMS_WRITTEN]),
    )


def _start(module: ModuleType, options: Mapping[str, object], part: Plan) -> tuple[Request, ...]:
    if not hasattr(module, "start"):
        where, what = f"archive.yml: source {part.source}", "reads files, and none are named"
        raise ConfigError(where, what, "write files: followed by a list of them")
    return tuple(module.start(options, part.since, part.until))


def _take(absorber: Absorber, module: ModuleType, path: Path, root: Path, saved: str) -> bool:
    """Take one file of the project; tells whether it could be read."""
    name = str(path.relative_to(root))
    try:
        with path.open("rb") as stream:
            return take_file(absorber, module, name, stream, saved)
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        absorber.report.problems.append(Problem(name, what, cure="correct its name in archive.yml"))
        return False


def _files(part: Plan, root: Path) -> tuple[list[Path], str, dict[str, object]]:
    """Take ``files`` and ``date`` out of the options of an entry.

    Returns:
        The files, relative to the project and inside it; the ISO day they were saved, or ""; and
        the options that are left, which are the source's own.

    Raises:
        ConfigError: for anything else than a list of names, and a day.
    """
    options = dict(part.options)
    if "files" not in options:
        return [], "", options
    where = f"archive.yml: source {part.source}"
    given, saved = options.pop("files"), str(options.pop("date", ""))
    if saved and iso_day(saved) != saved:
        raise ConfigError(where, f"option “date” holds {saved!r}", "write it as 2025-11-20")
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not names:
        raise ConfigError(where, "option “files” is no list of files", "write files: [papers.bib]")
    return list(_inside(names, root, where)), saved, options


def _inside(names: Iterable[object], root: Path, where: str) -> Iterator[Path]:
    for name in names:
        path = root / str(name)
        if not isinstance(name, str) or not path.resolve().is_relative_to(root.resolve()):
            what = f"option “files” holds {name!r}, which lies outside the project"
            raise ConfigError(where, what, "copy the file into the project")
        yield from named([path])
