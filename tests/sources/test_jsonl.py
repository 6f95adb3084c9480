"""Our own dump: what goes out comes back, and what does not is named with its line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.cli.explain import explain_paper
from paper_digest.ingest.files import ingest_files
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import (
    CLAIMED_FIELDS,
    Author,
    Claim,
    Digest,
    Link,
    Paper,
    Sighting,
    Version,
)
from paper_digest.settings.config import Config
from paper_digest.sources import jsonl
from paper_digest.store.files import Store
from paper_digest.text import fields

FULL = Paper(
    id="arxiv:2511.01230",
    title="Kites & “Moons”",
    authors=(Author("Zoë Quill", family="Quill", orcid="0000-0002-1825-0097"),),
    published="2025-11",
    updated="2025-11-04",
    announced="2025-11-03",
    versions=(Version(1, "2025-11-02"), Version(2)),
    categories=("cs.CL",),
    doi="10.1234/kites",
    digest=Digest("Short.", by="a model", model=True),
    links=(Link("code", "https://github.com/quill/kites", stars=3, as_of="2025-12-01"),),
    aliases=("doi:10.1234/kites", "title:0123456789abcdef", "acl:P18-1001", "openreview:aBc_1"),
    sightings=(Sighting("huggingface", "2025-11-03", seen="2025-11-03", upvotes=7),),
    claims=(
        Claim(
            "bibtex",
            at="2025-12-01",
            agrees=("title",),
            differs={"venue": "x", "authors": [{"name": "Z. Quill"}]},
        ),
    ),
    abstract="First line\nsecond line\n",
)


def lines(*papers: Paper) -> list[bytes]:
    """Write a dump."""
    return [msgspec.json.encode(paper) + b"\n" for paper in papers]


def test_what_goes_out_comes_back_claims_and_all() -> None:
    batch = jsonl.parse(b"".join(lines(FULL)), Request("dump.jsonl"))
    assert batch.papers == (FULL,)
    assert batch.problems == ()


@settings(deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_any_text_survives(titles: list[str]) -> None:
    papers = [
        Paper(id=f"arxiv:2511.{n:05}", title=fields.one_line(title), abstract=title, comment=title)
        for n, title in enumerate(titles, 1)
    ]
    papers.append(FULL)
    assert list(jsonl.parse(b"".join(lines(*papers)), Request("d")).papers) == papers


def test_a_bad_line_is_a_problem_with_its_number_and_the_rest_is_kept() -> None:
    bad = [
        b'{"id": "arxiv:2511.00001", "tittle": "x"}\n',
        b'{"title": "no id"}\n',
        b'{"id": "arxiv:2511.00002", "title": 7}\n',
        b'{"id": "arxiv:2511.00003", "ti\n',
        b"[]\n",
        b"\xff\n",
        b'{"id": "arxiv:2511.00004", "claims": ' + b"[" * 100_000 + b"\n",
    ]
    dump = [b"\xef\xbb\xbf" + lines(FULL)[0], b"\n", *bad, *lines(Paper(id="acl:P18-1001"))]
    batch = jsonl.parse(b"".join(dump), Request("dump.jsonl"))
    assert [p.id for p in batch.papers] == [FULL.id, "acl:P18-1001"]
    assert [p.line for p in batch.problems] == [3, 4, 5, 6, 7, 8, 9]
    assert {p.where for p in batch.problems} == {"dump.jsonl"}
    assert "tittle" in batch.problems[0].what


def test_a_title_is_put_on_one_line() -> None:
    dump = b"".join(lines(Paper(id="acl:P99-1001", title=" Two\nlines\u2028")))
    assert jsonl.parse(dump, Request("d")).papers[0].title == "Two lines"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "arxiv:../../etc/passwd"},
        {"id": "arxiv:2511.1"},
        {"id": "title:../x"},
        {"id": "doi:10.1234/<script>"},
        {"id": "doi:10.1234/UPPER"},
        {"id": "openreview:../x"},
        {"id": "acl:p18-1001"},
        {"id": "2511.01230"},
        {"aliases": ("arxiv:..",)},
        {"published": "2025-13"},
        {"updated": "yesterday"},
        {"announced": "2025-02-30"},
        {"sightings": (Sighting("x", "y", seen="../.."),)},
        {"versions": (Version(1, "2025-11"),)},
        {"links": (Link("code", "javascript:alert(1)"),)},
        {"links": (Link("virus", "https://example.org/"),)},
        {"links": (Link("code", "https://example.org/", stars=-1),)},
        {"links": (Link("code", "https://example.org/", stars=10**25),)},
        {"sightings": (Sighting("x", "y", upvotes=10**25),)},
        {"sightings": (Sighting("x", "y", earlier=(("2025-11-03", -1),)),)},
        {"versions": (Version(-1),)},
        {"author_count": -1},
        {"updated": "2025"},
        {"announced": "2025-11"},
        {"digest": Digest("Short.", by="a", at="soon")},
        {"claims": (Claim("x", at="soon", agrees=("title",)),)},
    ],
)
def test_a_value_that_would_do_harm_is_refused(change: dict[str, object]) -> None:
    paper = msgspec.structs.replace(FULL, **change)
    batch = jsonl.parse(b"".join(lines(FULL, paper)), Request("dump.jsonl"))
    assert batch.papers == (FULL,)
    assert [p.line for p in batch.problems] == [2]


#: Values that no claimed field, or only some, can hold.
ODD_VALUES: tuple[object, ...] = (
    "soon", "2025", 5, -5, True, 10**25, ["x"], [[1]], [{"name": "A"}], [{"nam": "A"}],
    {"text": "a", "by": "b"}, {"model": 1},
)  # fmt: skip


@pytest.mark.parametrize("field", [*CLAIMED_FIELDS, "truncated", "inferred", "nonsense"])
def test_a_claim_is_merged_or_is_a_problem_of_its_entry_alone(field: str, tmp_path: Path) -> None:
    """No value of a claim stops an ingest, and what was taken can be read again and explained."""
    store = Store(tmp_path / "archive")
    dump = lines(FULL)
    for number, value in enumerate(ODD_VALUES, 1):
        claim = Claim("crossref", differs={field: value})
        paper = Paper(id=f"arxiv:2512.{number:05}", title="Kites", claims=(claim,))
        dump += lines(paper, msgspec.structs.replace(paper, comment="again"))
    report = ingest_files(store, jsonl.SOURCE, iter([("dump.jsonl", io.BytesIO(b"".join(dump)))]))
    stored = list(store.read_all())
    assert FULL.id in {paper.id for paper in stored}
    assert report.entries + len(report.problems) == len(dump)
    assert all(f"claim of 'crossref': {field}: " in str(p) for p in report.problems)
    assert report.problems
    for paper in stored:
        assert list(explain_paper(store, Config("A"), paper.id))


def test_a_long_dump_streams() -> None:
    read = 0

    def dump() -> Iterator[bytes]:
        nonlocal read
        for n in range(1, 2001):
            read += 1
            yield lines(Paper(id=f"arxiv:2511.{n:05}"))[0]

    batches = jsonl.parse_lines(dump(), Request("dump.jsonl"))
    first = next(batches)
    assert len(first.papers) == read == jsonl.MAX_BATCH_ENTRIES
    assert sum(len(batch.papers) for batch in batches) == 2000 - jsonl.MAX_BATCH_ENTRIES


@pytest.mark.parametrize(
    "data", [b"", b"\n \n", b"<!doctype html>", b'[{"id": "arxiv:2511.00001"}]', b"\x1f\x8b\x08\0"]
)
def test_what_is_no_dump_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        jsonl.parse(data, Request("dump.jsonl"))
    assert caught.value.cure


def test_dumps_can_be_followed() -> None:
    day = date(2026, 1, 1)
    url = "https://papers.example.org/api/papers.jsonl"
    assert jsonl.SOURCE.requests({"urls": url}, day, day) == (Request(url),)
    with pytest.raises(ConfigError):
        jsonl.SOURCE.requests({"url": url}, day, day)
