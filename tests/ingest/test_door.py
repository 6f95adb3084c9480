"""The archive's door: what could not be read again is refused, named, and the run goes on."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingested_answer import ingest_answer
from paper_digest.ingest.door import composed
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.model.errors import RecordError
from paper_digest.model.ids import is_paper_id, slug
from paper_digest.model.paper import Author, Paper
from paper_digest.render.citation import biblatex_entry, csl_item, head_html, ris_record
from paper_digest.sources import jsonl
from paper_digest.sources.registry import registry
from paper_digest.store import record_format
from paper_digest.store.files import Store
from paper_digest.text import fields
from paper_digest.text.entities import plain_fields
from paper_strategies import records

KINDS = ("arxiv", "acl", "doi", "openreview", "title", "isbn", "")
id_texts = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(KINDS), st.text(max_size=30)),
    st.builds("{}:{}".format, st.sampled_from(KINDS), st.from_regex(r"[0-9A-Za-z_./-]{1,30}")),
    st.from_regex(r"acl:[0-9]{4}\.[a-z_]{1,5}-[a-z_]{1,5}\.[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"doi:10\.[0-9]{4}/\S{1,20}", fullmatch=True),
    st.from_regex(r"arxiv:([0-9]{4}\.[0-9]{4,5}|[a-z-]{1,9}(\.[A-Z]{2})?/[0-9]{7})\n?"),
    st.text(max_size=20),
)


def loads(paper: Paper, folder: Path) -> bool:
    """Tell whether the loader takes a file that holds a paper, whoever wrote it."""
    try:
        read = record_format.decode_paper(record_format.encode_paper(paper), str(folder))
    except (RecordError, UnicodeEncodeError):
        return False
    return read == paper


def writes(paper: Paper, folder: Path) -> bool:
    """Tell whether the store lets a paper in."""
    try:
        Store(folder).check(paper)
    except RecordError:
        return False
    return True


@given(id_texts)
def test_an_id_is_written_exactly_where_it_is_read(paper_id: str) -> None:
    paper, folder = Paper(id=paper_id, title="A"), Path("archive")
    assert writes(paper, folder) == loads(paper, folder) == is_paper_id(paper_id)


@given(records(), st.data())
def test_any_field_is_written_exactly_where_it_is_read(paper: Paper, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(["published", "updated", "aliases", "same_as", "title"]))
    value: object = data.draw(st.text(max_size=12))
    value = (value,) if field in {"aliases", "same_as"} else value
    changed = msgspec.structs.replace(paper, **{field: value})
    assert writes(changed, Path("archive")) == loads(changed, Path("archive"))


@given(st.text(max_size=40))
def test_what_a_reader_makes_of_a_text_is_an_id(text: str) -> None:
    parsers: dict[str, Callable[[object], str]] = {
        "acl": fields.parse_acl_id,
        "doi": fields.parse_doi,
        "openreview": lambda t: fields.parse_openreview_id(f"https://openreview.net/forum?id={t}"),
        "arxiv": lambda t: fields.parse_arxiv_id(t)[0],
    }
    for kind, parse in parsers.items():
        for place in (text, f"10.1000/{text}", f"2020.{text}-a.1", f"math.{text}/9901001"):
            bare = parse(place)
            assert bare == "" or is_paper_id(f"{kind}:{bare}")


@pytest.mark.parametrize(
    ("text", "parse"),
    [
        ("2020.my_venue-1.3", fields.parse_acl_id),
        ("10.1000/" + "a" * 5000, fields.parse_doi),
    ],
)
def test_no_reader_makes_what_the_store_refuses(text: str, parse: Callable[[object], str]) -> None:
    assert parse(text) == ""


def ingest(store: Store, *papers: Paper) -> IngestReport:
    """Take papers as a source read them."""
    report = IngestReport()
    with store.lock():
        writer = PaperWriter(store, report)
        for paper in papers:
            writer.ingest_paper(paper, registry().by_name["bibtex"], "2026-01-01", "refs.bib")
        writer.finish()
    return report


BAD_PAPERS = [
    Paper(id="acl:2020.my_venue-1.3", title="Underscore"),
    Paper(id="acl:" + "a" * 300, title="Long"),
    Paper(id="doi:10.1000/\ud800", title="Half a letter"),
    Paper(id="arxiv:2511.00009", title="A title with half a letter \ud800"),
    Paper(id="arxiv:2511.00008", title="A year", published="20x6"),
    Paper(id="arxiv:2511.00007", title="An author", authors=(Author(name="\udfff"),)),
    Paper(id="arxiv:2511.00006", title="A former id", aliases=("title:../../up",)),
]


@pytest.mark.parametrize("bad", BAD_PAPERS, ids=lambda paper: paper.title)
def test_a_record_that_could_not_be_read_is_refused_and_the_run_goes_on(
    tmp_path: Path, bad: Paper
) -> None:
    store = Store(tmp_path / "archive")
    report = ingest(store, bad, Paper(id="arxiv:2511.00001", title="A good one"))
    assert [paper.id for paper in store.read_all()] == ["arxiv:2511.00001"]
    [problem] = report.problems
    assert problem.where == "refs.bib"
    assert "was not taken" in problem.what
    assert report.new == {"arxiv:2511.00001"}


def same_slug() -> tuple[str, str]:
    """Find two DOIs whose readable parts and short hashes are the same, with the birthday's luck."""
    seen: dict[str, str] = {}
    for number in range(200_000):
        one = f"doi:10.1000/{'a' * 60}{number}"
        other = seen.setdefault(slug(one), one)
        if other != one:
            return other, one
    raise AssertionError("no two")


@pytest.mark.parametrize("runs", [1, 2])
def test_an_address_that_another_id_holds_is_refused_and_both_are_named(
    tmp_path: Path, runs: int
) -> None:
    first, second = same_slug()
    store = Store(tmp_path / "archive")
    papers = Paper(id=first, title="Boats and tides"), Paper(id=second, title="A theory of glue")
    if runs == 1:
        report = ingest(store, *papers)
    else:
        ingest(store, papers[0])
        report = ingest(store, papers[1])
    assert [paper.title for paper in store.read_all()] == ["Boats and tides"]
    [problem] = report.problems
    assert first in str(problem)
    assert second in str(problem)


def test_addresses_that_differ_by_case_only_are_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive")
    report = ingest(
        store,
        Paper(id="acl:P18-1001", title="Boats and tides"),
        Paper(id="acl:p18-1001", title="A theory of glue"),
    )
    assert len(list(store.read_all())) == 1
    assert "acl:P18-1001" in str(report.problems[0])


def test_old_addresses_stay() -> None:
    expected = {
        "doi:10.1000/a_b": "doi-10.1000-a-b-",
        "openreview:x_Y": "openreview-x-Y-",
        "arxiv:hep-th/9901001": "hep-th-9901001",
        "acl:P18-1001": "acl-P18-1001",
    }
    for paper_id, start in expected.items():
        assert slug(paper_id).startswith(start)
    assert len(slug("doi:10.1000/a_b")) == len("doi-10.1000-a-b-") + 6
    assert len(slug("isbn:1")) == len("isbn-1-") + 16


def test_jsonl_ids_are_those_of_the_store(tmp_path: Path) -> None:
    dump = tmp_path / "dump.jsonl"
    ids = ["arxiv:math.AG/9901001", "acl:2020.my_v-1.1", "arxiv:2511.00001"]
    dump.write_text("\n".join(json.dumps({"id": one, "title": "T"}) for one in ids))
    batch = jsonl.parse(dump.read_bytes(), Request("dump.jsonl"))
    assert [paper.id for paper in batch.papers] == ["arxiv:2511.00001"]
    assert len(batch.problems) == 2


@given(records())
def test_what_enters_is_composed(paper: Paper) -> None:
    paper = plain_fields(paper)
    loose = _spelled(paper, "NFD")
    assert composed(loose) == _spelled(paper, "NFC")


def test_one_name_in_two_spellings_is_written_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    papers = [
        Paper(
            id="arxiv:2601.00001",
            title=f"Looms of Gen{letter}ve",
            authors=(Author(f"Zo{other} Loom"),),
        )
        for letter, other in (("e\u0300", "e\u0308"), ("\u00e8", "\u00eb"))
    ]
    with store.lock():
        writer = PaperWriter(store, IngestReport())
        for paper in papers:
            writer.ingest_paper(paper, registry().source("bibtex"), "2026-03-01", "looms.bib")
        writer.finish()
    [path] = store.paths()
    text = path.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "Gen\u00e8ve" in text


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("ris", "TY  - JOUR\nTI  - 织布机\nAU  - 王, 小明\nPY  - 2020\nER  - \n"),
        (
            "csl",
            '[{"id": "w", "type": "article", "title": "织布机", "author": [{"family": "王", "given": "小明"}]}]',
        ),
        ("bibtex", "@article{w, title={织布机}, author={王, 小明}, year={2020}}"),
    ],
)
def test_a_chinese_name_is_stored_in_its_own_order(tmp_path: Path, source: str, data: str) -> None:
    store = Store(tmp_path)
    ingest_answer(store, source, data.encode())
    [paper] = store.read_all()
    assert paper.authors == (Author("王小明", family="王"),)
    assert "王, 小明" in ris_record(paper)
    assert "王, 小明" in biblatex_entry(paper)
    assert csl_item(paper)["author"] == [{"family": "王", "given": "小明"}]
    assert "王, 小明" in head_html(paper, "")


def _spelled(paper: Paper, form: Literal["NFC", "NFD"]) -> Paper:
    text = msgspec.json.encode(paper).decode()
    return msgspec.json.decode(unicodedata.normalize(form, text), type=Paper)
