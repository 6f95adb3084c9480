"""Everything an operator writes, checked without building: settings, decisions, notes, workflows, records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from datetime import date
from pathlib import Path
from shlex import quote

from paper_digest.builder.curated import CuratedReader
from paper_digest.builder.monitors import monitor_problems
from paper_digest.builder.records import ArchiveRecords
from paper_digest.cli.called_workflows import workflow_problems
from paper_digest.cli.passed_over import misnamed_files, missing_files, unused_names
from paper_digest.deliver.mail.log import read_steps
from paper_digest.incremental.reading_cache import RECORDS_CACHE, reading_cache
from paper_digest.ingest.follow_filter import FollowFilter, split_filters
from paper_digest.ingest.project_files import split_file_options
from paper_digest.model import ids
from paper_digest.model.counted import counted
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.settings.config import Config, load_config
from paper_digest.settings.mkdocs_file import check_frame_file
from paper_digest.settings.settings_file import place_problem
from paper_digest.sources.registry import registry
from paper_digest.store import overrides
from paper_digest.store.changes import read_changes
from paper_digest.store.curated_lists import CuratedList
from paper_digest.store.decisions import read_decisions
from paper_digest.store.files import Store
from paper_digest.store.folders import unreadable_folders
from paper_digest.store.notes import NOTES_FOLDER, Note, Notes
from paper_digest.store.paper_override import unused_overrides
from paper_digest.store.refused_digests import read_refused_keys
from paper_digest.store.runs import log
from paper_digest.store.strays import find_strays
from paper_digest.store.twice_recorded import twice_recorded
from paper_digest.store.volume_lists import volume_path
from paper_digest.store.volumes import VolumeStore
from paper_digest.text import fields
from paper_digest.text.language import language_problems

_PLUGIN = "paper-digest"

#: The id of a DOI with the query of an address at its end (``?utm_source=rss``).
_TAILED_DOI = late_pattern(r"doi:[^?]+\?[A-Za-z][\w.-]*=")

#: Folders whose files are taken for absent by whatever looks for them, where they cannot be listed.
_FOLDERS = ("archive", "docs", f"docs/{NOTES_FOLDER}", "theme", ".github/workflows")


def check_archive(root: Path, today: date) -> list[Problem]:
    """Return all that is wrong in the archive at ``root``, each with its file, line and cure.

    Records that did not change since the last check or build are not read again.
    """
    problems: list[Problem] = []
    archive = root / "archive"

    def add(new: Iterable[Problem]) -> None:
        """Add problems; what ends a look at one thing is a finding, and the other looks go on."""
        try:
            problems.extend(new)
        except DigestError as error:
            problems.append(error.problem)
        except OSError as error:
            problems.append(unreadable_problem(error, str(error.filename or root)))

    config = None
    try:
        config = load_config(root)
    except DigestError as error:
        problems.append(error.problem)
    add(unreadable_folders(root / folder for folder in _FOLDERS))
    frame_problems = [*_frame_problems(root)]
    add(frame_problems)
    add(misnamed_files(root))
    add(workflow_problems(root))
    if config:
        add(follow_problems(root, config, today))
        add(missing_files(root, config))
        add(language_problems(config.language))
        add(monitor_problems(config, root))
        add(_record_problems(root, config, reads_pages=not frame_problems))
    add(_run_problems(archive, today))
    for read in (read_changes, read_refused_keys):
        add(_problems_of(read, archive))
    for read_whole in (read_steps, read_decisions):
        add(_faults_of(read_whole, archive))
    add(_problems_of(_strays, archive))
    return [*dict.fromkeys(problems)]


def _problems_of(
    read: Callable[[Path, list[Problem]], Iterable[object]], archive: Path
) -> Iterator[Problem]:
    """Read something of the archive, and yield what is wrong in it."""
    problems: list[Problem] = []
    list(read(archive, problems))
    yield from problems


def _faults_of(read: Callable[[Path], Iterable[object]], archive: Path) -> Iterator[Problem]:
    """Read a log of which no line is passed over: a mail would go out twice, or two papers be united.

    Raises:
        RecordError: it cannot be read.
    """
    list(read(archive))
    yield from ()


def _run_problems(archive: Path, today: date) -> Iterator[Problem]:
    """Read the log of runs; what a clock that was ahead wrote there is passed over by all else until that day comes."""
    problems: list[Problem] = []
    runs = list(log.read_runs(archive, problems))
    yield from problems
    past = {*map(id, log.runs_of_the_past(runs, today))}
    ahead = Counter(run.started[:7] for run in runs if id(run) not in past)
    for month, number in sorted(ahead.items()):
        what = f"holds {counted(number, 'run')} of days after today ({today}), which fill no gap"
        cure = "delete their lines, which a clock that was ahead wrote; if it was right, set the clock here"
        yield Problem(str(archive / "runs" / f"{month}.jsonl"), what, cure=cure)


def _strays(archive: Path, problems: list[Problem]) -> Iterator[None]:
    for stray in find_strays(archive, problems):
        problems.append(stray.problem)
        yield


def _frame_problems(root: Path) -> Iterator[Problem]:
    """Look at mkdocs.yml, of which only MkDocs knows every setting."""
    path = root / "mkdocs.yml"
    if not path.exists() and not path.is_symlink():
        cure = "make one with `digest new`, and copy it from there"
        yield Problem(str(path), "is missing", cure=cure)
    else:
        try:
            data = check_frame_file(path)
        except DigestError as error:
            yield error.problem
        else:
            if _PLUGIN.encode() not in data:
                cure = f"write it under plugins: - {_PLUGIN}"
                yield Problem(str(path), f"does not name the plugin {_PLUGIN}", cure=cure)


def follow_problems(root: Path, config: Config, today: date) -> Iterator[Problem]:
    """Check the options and filters of each entry of ``follow:``, as an ingest would."""
    for number, entry in enumerate(config.follow):
        try:
            source = registry().source(str(entry["source"]))
            options = {name: value for name, value in entry.items() if name != "source"}
            asking, filters = split_filters(source, options)
            FollowFilter(source, filters, config.topics)
            files, _, asking = split_file_options(asking, source.name, root)
            if asking or not files:
                source.requests(asking, today, today)
        except DigestError as error:
            yield place_problem(error.problem, root, "follow", number)


def _volume_problems(
    root: Path, config: Config, known: AbstractSet[str], broken: AbstractSet[str]
) -> Iterator[Problem]:
    """Check the lists of volumes: that each paper is one, and that the volume of this folder has a list."""
    problems: list[Problem] = []
    try:
        volumes = VolumeStore(root / "archive", config.volume, problems).volumes
    except DigestError as error:
        problems.append(error.problem)
        volumes = ()
    yield from problems
    for volume in volumes:
        where = str(volume_path(root / "archive", volume.name))
        for paper in volume.papers:
            ids_of_paper = {paper.id, *paper.former}
            if not ids_of_paper & known and not {ids.slug(i) for i in ids_of_paper} & broken:
                cure = "bring its record back, or write a decision for it with removed: true"
                yield Problem(where, f"{paper.id} is not in the archive", cure=cure)


def _tailed_dois(
    store: Store, paper_ids: Iterable[str], known: AbstractSet[str]
) -> Iterator[Problem]:
    """Name the papers whose DOI has the end of an address in it: its link leads nowhere."""
    for paper_id in paper_ids:
        doi = paper_id.removeprefix("doi:")
        right = fields.parse_doi(f"https://doi.org/{doi}") if _TAILED_DOI.match(paper_id) else ""
        if right and right != doi:
            unite = f"digest same doi:{right} {quote(paper_id)}"
            cure = unite if f"doi:{right}" in known else f"digest add {right}, then {unite}"
            what = f"{paper_id} has the end of an address in its DOI"
            yield Problem(str(store.path(paper_id)), what, cure=f"run: {cure}")


def _record_problems(root: Path, config: Config, *, reads_pages: bool) -> Iterator[Problem]:
    """Check the records, that every override and note is about one of them, and what people wrote for pages."""
    store = Store(root / "archive")
    broken_overrides: list[Problem] = []
    by_id: dict[str, overrides.Override] = {}
    try:
        by_id = overrides.load_overrides(store.root, config.topic_names, broken_overrides)
    except DigestError as error:
        broken_overrides.append(error.problem)
    yield from broken_overrides
    notes = Notes(root / "docs")
    problems: list[Problem] = []
    with reading_cache(root) as cache:
        records = ArchiveRecords(store, by_id, notes, config.topics, cache / RECORDS_CACHE)
        with closing(records):
            problems += records.problems
            known = records.all_ids()
            curated = CuratedReader(store.root, (), records, config, problems)
            lists = curated.read().lists.all
            problems += curated.hidden
            problems += twice_recorded(store, (one.ids for one in records.unplaced_summaries))
            problems += _tailed_dois(
                store, (one.entry.id for one in records.unplaced_summaries), known
            )
            hidden = {ids.slug(i) for i in records.hidden_ids}
            entries = (one.entry for one in records.unplaced_summaries)
            for steps, problem in unused_names(config, entries):
                problems.append(place_problem(problem, root, *steps))
    yield from problems
    broken = {path.stem for path in store.paths()} - {ids.slug(i) for i in known}
    yield from unused_overrides(store, by_id, config.topic_names)
    yield from _volume_problems(root, config, known, broken)
    removed = {id_ for id_, one in by_id.items() if one.removed}
    slugs = {path.stem for path in store.paths()} | {ids.slug(i) for i in known - removed}
    yield from (*notes.problems, *notes.unmatched(slugs))
    if reads_pages:
        texts = [*_texts(notes.of_slugs(slugs - hidden), lists)]
        from paper_digest.site.written_pages import written_faults  # loads MkDocs

        yield from written_faults(root, config, texts, slugs | hidden)


def _texts(notes: Iterable[Note], lists: Iterable[CuratedList]) -> Iterator[tuple[str, Note]]:
    """Yield what people wrote for the pages of papers and lists, each with its page."""
    yield from ((f"papers/{Path(note.path).name}", note) for note in notes)
    for one in lists:
        if one.about:
            yield one.page_path, Note(one.file_name, one.about, one.about_line)
