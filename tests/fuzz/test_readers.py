"""Whatever bytes come to a reader of the program: never a traceback, never a hang, never a silent loss.

Each reader is given its own samples, damaged and with the worst parts of its format put in. What
it refuses it names. ``make explore`` looks for new examples (each week in CI); one that was found
goes into ``tests/data/fuzz/found/``, whose files are given to every reader for ever.
"""

from __future__ import annotations

import signal
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config as mkdocs_settings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from paper_digest.deliver.mail.log import LOG_FILE, last_steps
from paper_digest.ingest.add import locate_papers, read_names
from paper_digest.ingest.fetch.cache import AnswerCache, AnswerHeader
from paper_digest.ingest.review_file import read_verdicts
from paper_digest.model.batch import Request
from paper_digest.model.errors import DigestError, Problem
from paper_digest.render.pages.page import Page
from paper_digest.render.span import operator_markdown
from paper_digest.settings.config import archive_directives, load_config
from paper_digest.settings.services import parse_subscription
from paper_digest.site.note_pages import convert_page
from paper_digest.sources.decode import read_json, read_text, read_xml
from paper_digest.sources.registry import registry
from paper_digest.store.decisions import DECISIONS_FILE, read_decisions
from paper_digest.store.notes import Notes
from paper_digest.store.overrides import load_overrides
from paper_digest.store.record_format import decode_paper, encode_paper
from paper_digest.store.runs.log import read_runs
from paths import DATA, SAMPLE
from temporary_project import new_project

#: Processor seconds for one input of a few kilobytes, a thousand times what it takes.
MAX_CPU_S = 20

Reader = Callable[[bytes], object]


class HangError(Exception):
    """A reader did not come to an end."""


@contextmanager
def ending() -> Iterator[None]:
    """Fail what takes more processor time than any input of this size can need."""

    def stop(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_CPU_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _in_folder(read: Callable[[Path], object], name: str) -> Reader:
    """Make a reader of bytes of one that reads a file of this name below a folder."""

    def read_bytes(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            return read(Path(folder))

    return read_bytes


def _read_run_log(root: Path) -> list[Problem]:
    problems: list[Problem] = []
    list(read_runs(root, problems))
    return problems


def _read_topics(root: Path) -> object:
    (root / "archive.yml").write_text("title: A\n", "utf-8")
    return load_config(root)


def _read_names(data: bytes) -> list[Problem]:
    problems: list[Problem] = []
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line != "-"]
    list(locate_papers(read_names(lines, problems), problems))
    return problems


def _read_verdict_file(data: bytes) -> list[Problem]:
    return read_verdicts(data.decode("utf-8", "replace"), "pairs.txt")[1]


def _read_record(data: bytes) -> None:
    paper = decode_paper(data, "a.md")
    assert decode_paper(encode_paper(paper), "a.md") == paper


def _read_answer_cache(data: bytes) -> object:
    """Read a kept answer that is damaged: as the file is, and as what it holds unpacked."""
    url = "https://a.example/"
    with tempfile.TemporaryDirectory() as folder:
        answers = AnswerCache(Path(folder))
        answers.write(AnswerHeader(url=url, fetched="2026-01-01T00:00:00+00:00"), b"body")
        [path] = Path(folder).iterdir()
        for content in (data, zlib.compress(data)):
            path.write_bytes(content)
            kept = answers.read(url, ignore_broken=True)
            assert kept is None or kept[0].url == url
        return answers.read(url)


@cache
def _site_settings() -> MkDocsConfig:
    """Return MkDocs' settings of the sample, as our plugin completes them."""
    project = new_project(Path(tempfile.mkdtemp()))
    settings = mkdocs_settings(str(project / "mkdocs.yml"))
    return settings.plugins.on_config(settings)


def _convert_notes(root: Path) -> list[Problem]:
    """Read the notes below a folder, and make HTML of each as a build does."""
    notes, settings = Notes(root), _site_settings()
    problems = notes.problems
    for note in notes.for_paper(["arxiv:2503.00010"]):
        page = Page("papers/2503.00010.md", {}, operator_markdown(note.text), notes=(note,))
        html, faults = convert_page(
            page, settings, Files([]), archive_directives(load_config(SAMPLE))
        )
        assert isinstance(html, str)
        problems += faults
    return problems


RECORDS = tuple(path.read_bytes() for path in sorted((SAMPLE / "archive" / "papers").rglob("*.md"))[:6])  # fmt: skip
YAML = (b"- id: arxiv:2503.00010\n  why: x\n  fix: {title: B, authors: [A]}\n", b"- {name: reasoning, title: T}\n")  # fmt: skip
SETTINGS = (
    (SAMPLE / "archive.yml").read_bytes(),
    b"title: A\nfollow:\n  - source: arxiv\n    categories: [cs.CL]\ncsp: {img-src: ['https://a.example']}\n",
    b"title: A\nmail: {from: a@example.org, host: smtp.example.org}\nanalytics: {provider: umami, id: a}\n",
)
NAMES = (b"2511.01234\nhttps://arxiv.org/abs/2511.01234v2\n10.1145/12345\n2024.acl-long.1\n", b"https://huggingface.co/papers/2511.01234\nhttps://openreview.net/forum?id=aBcD_eF-12\narXiv:hep-th/9901001v1\ndoi:10.5281/zenodo.12345")  # fmt: skip
NOTES = (
    b"---\ntitle: A\n---\nA [b](c.md), [d](../papers/2503.00010.md#x) and ![e](f.png){ .g }\n\n- h\n\n    1. i\n",
    b'!!! note "J"\n    $k^2$ and $$l$$\n\n| m | n |\n| - | - |\n| o | `p` |\n\n```python\nq\n```\n\n[^r]: s\n\nt[^r]\n',
)
ANSWER = b'{"url":"https://a.example/","fetched":"2026-01-01T00:00:00+00:00"}\nbody'
RUN = b'{"source":"arxiv","query":"{}","started":"2026-01-01T00:00:00Z","since":"2026-01-01","until":"2026-01-01","ok":true}\n'
STEP = b'{"period":"2026-01-01","state":"begun","at":"2026-01-01T00:00:00Z"}\n'
DECISION = b'{"one":"arxiv:2511.01234","two":"doi:10.1145/12345","says":"same"}\n'

#: Every reader that is not a source's: by name, with samples.
READERS: dict[str, tuple[Reader, tuple[bytes, ...]]] = {
    "text": (lambda data: read_text(data, "a", "text"), NAMES),
    "json": (lambda data: read_json(data, "a", "JSON"), (b'[{"a": ["b", null, 1e3]}]',)),
    "xml": (lambda data: read_xml(data, "a", "XML"), (b"<?xml version='1.0'?><a b='c'><d/>e</a>",)),
    "record": (_read_record, RECORDS),
    "overrides": (_in_folder(lambda root: load_overrides(root, ["reasoning"]), "overrides/a.yml"), YAML),
    "notes": (_in_folder(_convert_notes, "notes/2503.00010.md"), NOTES),
    "settings": (_in_folder(load_config, "archive.yml"), SETTINGS),
    "topics": (_in_folder(_read_topics, "topics.yml"), YAML),
    "subscribe": (lambda data: parse_subscription(data.decode("utf-8", "replace")), (b"buttondown:a", b"listmonk:https://a.example#b")),
    "run log": (_in_folder(_read_run_log, "runs/2026-01.jsonl"), (RUN * 3,)),
    "mail log": (_in_folder(last_steps, LOG_FILE), (STEP * 3,)),
    "decisions": (_in_folder(read_decisions, DECISIONS_FILE), (DECISION * 3,)),
    "verdict file": (_read_verdict_file, (b"same arxiv:2511.01234 doi:10.1145/12345\n",)),
    "names to add": (_read_names, NAMES),
    "answers": (_read_answer_cache, (ANSWER, zlib.compress(ANSWER))),
}  # fmt: skip
SOURCES = sorted(registry().by_name)


def _source_reader(name: str) -> Reader:
    parse = registry().by_name[name].parse
    return lambda data: parse(data, Request("https://a.example/a"))


for _name in SOURCES:
    _files = [path for path in sorted((DATA / _name).rglob("*")) if path.is_file()]
    READERS[_name] = (
        _source_reader(_name),
        tuple(p.read_bytes()[:20_000] for p in _files) or (b"",),
    )


#: The parts of formats that break readers.
PARTS = (
    *(b'"', b"'", b"{", b"}", b"[", b"]", b"(", b")", b"<", b">", b"&", b"\\", b"%", b"#", b"@", b"\0"),
    *(b"\n", b"\r\n", b"\t", b": ", b"- ", b"---\n", b"...", b"|", b">-\n", b"!!python/object:os.system", b"&a [*a]", b"<<: *a"),
    *(b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\u2028\u202e\x85".encode(), "é".encode("latin-1")),
    *(b"null", b"NaN", b"-1", b"1e999", b"9" * 400, b"true", b"0x1", b"2026-13-45", b"0000-00-00", b"9999-12-31"),
    *(b"{" * 300, b"[" * 300, b"(a) " * 300, b"<a>" * 300, b"$" * 300, b"\\frac" * 100, b"- " * 300, b", " * 300, b" and " * 300),
    *(b"@string{a = b # b}", b"@comment{", b"crossref = {a},", b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"<![CDATA[", b"<!---->" * 40),
    *(b"\\u0000", b"\\ud800", b"&#0;", b"&#xFFFFFFFF;", b"javascript:alert(1)", b"<script>alert(1)</script>"),
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, samples: tuple[bytes, ...]) -> bytes:
    """Draw a sample with up to six places cut out, doubled, or filled with a bad part."""
    data = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        stop = min(len(data), start + draw(st.integers(0, 60)))
        middle = draw(st.sampled_from([b"", data[start:stop] * 2, *PARTS]) | st.binary(max_size=6))
        data = data[:start] + middle + data[stop:]
    return data


def read_or_refuse(read: Reader, data: bytes) -> None:
    """Run a reader; it ends, and what it refuses is said with place, fault and cure."""
    refusals: list[Problem | str] = []
    with ending():
        try:
            result = read(data)
            refusals += result if isinstance(result, list) else getattr(result, "problems", ())
        except DigestError as error:
            refusals.append(getattr(error, "problem", str(error)))
    for refusal in refusals:
        assert str(refusal).strip()
        if isinstance(refusal, Problem):
            assert refusal.where
            assert refusal.what


@given(draw=st.data())
@settings(max_examples=40)
@pytest.mark.parametrize("name", READERS)
def test_no_input_stops_a_reader(name: str, draw: st.DataObject) -> None:
    read, samples = READERS[name]
    read_or_refuse(read, draw.draw(damaged(samples), "input"))


@pytest.mark.parametrize("name", READERS)
def test_no_part_alone_stops_a_reader(name: str) -> None:
    for part in PARTS:
        read_or_refuse(READERS[name][0], part)


@pytest.mark.parametrize(
    "path",
    sorted((DATA / "fuzz" / "found").iterdir()),
    ids=lambda path: path.name,
)
def test_what_once_broke_one_reader_is_given_to_all(path: Path) -> None:
    data = path.read_bytes()
    for read, _ in READERS.values():
        read_or_refuse(read, data)


def test_every_source_is_here() -> None:
    assert set(SOURCES) <= READERS.keys()
