"""Every module under sources/ keeps the contract, whatever bytes it is given."""

from __future__ import annotations

import gzip
import importlib
import pkgutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_digest import sources
from paper_digest.identity.claim_cells import ClaimedValue
from paper_digest.identity.claim_ranking import ranked_claims
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.ids import is_arxiv_id
from paper_digest.model.paper import CLAIMED_FIELDS, Paper
from paper_digest.sources.options import FILE_OPTIONS
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source
from paths import DATA

FIXTURES = DATA
WHERE = "https://example.org/answer"
DAY = date(2026, 1, 1)

MODULES = [
    importlib.import_module(f"{sources.__name__}.{found.name}")
    for found in pkgutil.iter_modules(sources.__path__)
]
SOURCES = list(registry().by_name.values())
STREAMS = [source for source in SOURCES if source.parse_lines]
SAMPLES = [
    (source, path)
    for source in SOURCES
    for path in sorted((FIXTURES / source.name).rglob("*"))
    if path.is_file()
]

#: What services, proxies and broken discs really send, and what an attacker would.
HOSTILE = {
    "empty": b"",
    "blank": b" \n\t\r\n",
    "web page": b"<!DOCTYPE html>\n<html><body>Please log in</body></html>",
    "web page, UTF-16": "<html><body>Please log in</body></html>".encode("utf-16"),
    "gzip": gzip.compress(b"[]"),
    "gzip, cut": gzip.compress(b"[1, 2, 3]" * 99)[:20],
    "zeros": bytes(64),
    "image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "JSON, cut": b'[{"paper": {"id": "2511.01230", "title": "Cut',
    "JSON, Latin-1": '[{"id": "2511.01230", "title": "Ecole polytechnique é"}]'.encode("latin-1"),
    "JSON, deep": b"[" * 100_000,
    "JSON, deep and whole": b"[" * 50_000 + b"]" * 50_000,
    "JSON, long number": b'[{"id": ' + b"9" * 5_000 + b"}]",
    "JSON, no number": b'[{"id": NaN, "paper": Infinity}]',
    "JSON, null": b"null",
    "JSON, text": b'"text"',
    "JSON, wrong object": b'{"status": "success", "data": []}',
    "JSON, error": b'{"error": "Invalid date"}',
    "JSON, wrong entries": b'[null, 1, "x", [], {"id": 2503.1}]',
    "XML, cut": b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>',
    "XML, Latin-1": "<feed><title>é</title></feed>".encode("latin-1"),
    "XML, unknown encoding": b'<?xml version="1.0" encoding="x-none"?><feed/>',
    "XML, other codec": b'<?xml version="1.0" encoding="idna"?><feed/>',
    "XML, entity": b'<!DOCTYPE feed [<!ENTITY a "b">]><feed><title>&a;</title></feed>',
    "XML, deep": b"<feed>" * 50_000 + b"</feed>" * 50_000,
    "XML, wrong root": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "XML, bare": b"<feed/>",
    "RSS, bare": b"<rss/>",
    "OAI, bare": b"<OAI-PMH/>",
    "lone surrogate": b'[{"paper": {"id": "2511.01230", "title": "\\ud800", "summary": "\\udfff"}}]',
}


def named(source: Source) -> str:
    return source.name


def check(read: Callable[[], Batch], where: str) -> Batch | None:
    """Run a reader: papers and problems, or one error; both say where, what and how to mend it."""
    batch = Batch()
    faults: list[SourceError | Problem] = []
    try:
        batch = read()
    except SourceError as error:
        faults.append(error)
    refused = bool(faults)
    for fault in (*faults, *batch.problems):
        assert fault.where.startswith(where)
        assert fault.what
        assert fault.cure
        assert "\n" not in str(fault)
    for paper in batch.papers:
        check_paper(paper)
    return None if refused else batch


def check_paper(paper: Paper) -> None:
    """What every paper of every source keeps to."""
    assert paper.bare_id
    assert paper.id_kind != "arxiv" or is_arxiv_id(paper.bare_id)
    assert paper.title == " ".join(paper.title.split())
    for text in (paper.title, paper.abstract, *(author.name for author in paper.authors)):
        text.encode()  # no lone surrogate, which no file can hold


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_module_says_what_it_does(module: ModuleType) -> None:
    doc = (module.__doc__ or "").strip()
    assert doc.partition("\n")[0].endswith("."), "the first line is one sentence"


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_source_says_what_is_needed_of_it(source: Source) -> None:
    assert (source.parse.__doc__ or "").strip()
    assert source.files_help.startswith("Read ")
    assert source.title
    assert bool(source.start) == bool(source.options)
    assert source.carries <= set(CLAIMED_FIELDS)
    assert source.rank_by_field.keys() <= source.carries | {"venue"}
    names = [option.name for option in (*source.options, *FILE_OPTIONS)]
    assert len(set(names)) == len(names)


def test_the_sources_are_found() -> None:
    assert {"acl", "arxiv", "huggingface", "text"} <= set(registry().by_name)


def test_no_two_sources_find_a_paper_in_the_same_order() -> None:
    orders = [source.locator.order for source in SOURCES if source.locator]
    assert len(set(orders)) == len(orders)


def test_whoever_is_asked_for_a_paper_has_a_name() -> None:
    """A format has no service: where it finds papers, it says whose."""
    for source in SOURCES:
        if source.locator and not source.base_url:
            assert source.locator.asks, source.name
            assert source.asked_title == source.locator.asks
    assert registry().by_name["bibtex"].asked_title == "the ACL Anthology"


@pytest.mark.parametrize(
    ("field", "order"),
    [
        ("title", ["arxiv", "acl", "openreview", "crossref", "bibtex", "huggingface", "text", "", "gone", "jsonl"]),
        *(
            (field, ["acl", "crossref", "openreview", "bibtex", "arxiv", "huggingface", "text", "", "gone", "jsonl"])
            for field in ("doi", "journal_ref", "venue")
        ),
    ],
)  # fmt: skip
def test_whom_to_believe_stays_as_archives_were_merged(field: str, order: list[str]) -> None:
    cells = {(field, name, ""): (ClaimedValue(0, "", f'"{name}"'),) for name in (*order, "editor")}
    ranked = ranked_claims(field, cells, registry().ranking)
    assert [name for name, _ in ranked] == ["editor", *order]


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_an_option_that_is_unknown_is_refused_with_the_likeliest(source: Source) -> None:
    for option in source.options:
        with pytest.raises(ConfigError, match="unknown option") as fault:
            source.requests({option.name + "x": ["a"]}, DAY, DAY)
        assert f"did you mean {option.name}?" in fault.value.cure
        assert source.name in fault.value.where


@pytest.mark.parametrize(
    ("source", "path"), SAMPLES, ids=[f"{s.name}-{p.name}" for s, p in SAMPLES]
)
def test_samples_claim_only_what_the_source_can_carry(source: Source, path: Path) -> None:
    batch = check(lambda: source.parse(path.read_bytes(), Request(WHERE)), WHERE) or Batch()
    claimed = {field for paper in batch.papers for field in CLAIMED_FIELDS if getattr(paper, field)}
    assert claimed <= source.carries


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_hostile_bytes_never_crash(source: Source, data: bytes) -> None:
    check(lambda: source.parse(data, Request(WHERE)), WHERE)


@pytest.mark.parametrize("source", SOURCES, ids=named)
@pytest.mark.parametrize("kind", ["empty", "web page", "gzip, cut", "image", "XML, wrong root"])
def test_what_is_no_answer_is_an_error(source: Source, kind: str) -> None:
    with pytest.raises(SourceError):
        source.parse(HOSTILE[kind], Request(WHERE))


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("source", STREAMS, ids=named)
def test_hostile_lines_never_crash(source: Source, data: bytes) -> None:
    parse_lines = source.parse_lines
    assert parse_lines

    def read() -> Batch:
        batches = list(parse_lines(data.splitlines(keepends=True), Request(WHERE)))
        return Batch(problems=tuple(p for batch in batches for p in batch.problems))

    check(read, WHERE)


@given(data=st.binary(max_size=200))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_random_bytes_never_crash(source: Source, data: bytes) -> None:
    check(lambda: source.parse(data, Request(WHERE)), WHERE)


@pytest.mark.parametrize(
    ("source", "path"), SAMPLES, ids=[f"{s.name}-{p.name}" for s, p in SAMPLES]
)
def test_samples_are_read_alike_each_time(source: Source, path: Path) -> None:
    data = path.read_bytes()
    first = check(lambda: source.parse(data, Request(WHERE)), WHERE)
    assert first == check(lambda: source.parse(data, Request(WHERE)), WHERE)


@given(draw=st.data())
@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize(
    ("source", "path"), SAMPLES, ids=[f"{s.name}-{p.name}" for s, p in SAMPLES]
)
def test_damaged_samples_never_crash(source: Source, path: Path, draw: st.DataObject) -> None:
    whole = path.read_bytes()
    start = draw.draw(st.integers(0, len(whole)), "first byte lost")
    stop = draw.draw(st.integers(start, len(whole)), "first byte kept again")
    damaged = whole[:start] + draw.draw(st.binary(max_size=8), "in its place") + whole[stop:]
    check(lambda: source.parse(damaged, Request(WHERE)), WHERE)
