"""API, dump and citation files, as one run makes them."""

from __future__ import annotations

import gzip
import json
from itertools import chain, pairwise

import jsonschema
import msgspec
import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis.strategies import dates, dictionaries, integers
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.render import exports
from paper_digest.render.exports import api_lists, api_types, bibliography
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.dump import DUMP_PATH, Dump
from paper_digest.settings.config import Config
from paper_digest.sources import jsonl
from paper_strategies import claims, records


def test_every_file_lies_where_a_build_may_delete(made: dict[str, bytes]) -> None:
    # What lies beside a paper's page is among the paths of pages.
    assert {path.partition("/")[0] for path in made} == {*exports.GENERATED, "papers"}


def test_no_path_is_written_twice_and_two_runs_agree(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    one = list(exports.files_of_papers(catalog, papers, config))
    two = list(exports.files_of_papers(catalog, iter(papers), config))
    assert one == two
    assert len({path for path, _ in one}) == len(one)


def test_a_paper_the_catalog_hides_is_in_no_file(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    seen = Catalog([e for e in catalog.entries if e.id != "arxiv:2510.00002"], config.topics)
    for path, data in exports.files_of_papers(seen, papers, config):
        text = gzip.decompress(data) if path.endswith(".gz") else data
        assert b"2510.00002" not in text, path


def test_a_record_is_the_paper_and_what_follows_from_it(
    made: dict[str, bytes], papers: tuple[Paper, ...]
) -> None:
    paper = next(p for p in papers if p.id == "arxiv:2511.00001")
    said = json.loads(made["api/papers/2511.00001.json"])
    assert said.pop("url") == "https://looms.example/digest/papers/2511.00001/"
    assert said.pop("topics") == ["jacquard"]
    assert said.pop("citation")["id"] == "lovelace2025weaving"
    without = msgspec.structs.replace(paper, claims=())
    assert paper.claims
    assert msgspec.json.decode(json.dumps(said), type=Paper) == without


def test_every_record_follows_the_schema(made: dict[str, bytes]) -> None:
    schema = json.loads(made["api/schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "https://looms.example/digest/api/schema.json"
    records_made = [data for path, data in made.items() if path.startswith("api/papers/")]
    assert len(records_made) == 4
    for data in records_made:
        jsonschema.validate(json.loads(data), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "arxiv:1", "title": 1}, schema)
    jsonschema.validate({"id": "arxiv:1", "added_later": 1}, schema)


def test_the_index_counts(made: dict[str, bytes]) -> None:
    index = json.loads(made["api/index.json"])
    assert index["papers"] == 4
    assert index["dates"] == {"2025-11-03": 1, "2025-10-02": 1}
    assert {t["name"]: t["papers"] for t in index["topics"]} == {
        "looms": 3,
        "jacquard": 1,
        "empty": 0,
    }


def test_days_and_topics_list_slugs_and_titles(made: dict[str, bytes]) -> None:
    assert json.loads(made["api/dates/2025-11-03.json"]) == {
        "date": "2025-11-03",
        "papers": [
            {"slug": "2511.00001", "title": "Weaving O(n²) patterns & <more>", "date": "2025-11-03"}
        ],
    }
    looms = json.loads(made["api/topics/looms.json"])
    assert (looms["count"], looms["children"]) == (3, ["jacquard"])
    assert looms["papers"][0]["slug"] == "2511.00001"


def test_a_big_topic_is_cut_by_year(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_lists, "MAX_PAPERS_UNSPLIT", 2)
    some = [
        Paper(id=f"arxiv:2{y}01.0000{n}", published=f"202{y}-01-01") for y in (4, 5) for n in (1, 2)
    ]
    some.append(Paper(id="title:0123456789abcdef"))
    catalog = Catalog([catalog_entry(p, ["big"]) for p in some], [Topic("big", "Big")])
    made = dict(item for group in api_lists.file_groups(catalog, config) for item in group.make())
    assert json.loads(made["api/topics/big.json"])["years"] == {"2025": 2, "2024": 2, "undated": 1}
    assert len(json.loads(made["api/topics/big/2024.json"])["papers"]) == 2
    undated = json.loads(made["api/topics/big/undated.json"])
    assert len(undated["papers"]) == 1
    schema = json.loads(made["api/schema.json"])
    jsonschema.validate(undated, {"$defs": schema["$defs"], "$ref": "#/$defs/Year"})


def test_the_dump_rebuilds_every_record(made: dict[str, bytes], papers: tuple[Paper, ...]) -> None:
    batch = jsonl.parse(gzip.decompress(made[DUMP_PATH]), Request("https://looms.example/dump"))
    assert batch.problems == ()
    assert batch.papers == papers
    assert made[DUMP_PATH][4:8] == b"\0\0\0\0", "no time of writing stands in it"


@given(records(), claims())
def test_any_record_comes_back_from_the_dump(paper: Paper, claim: object) -> None:
    paper = msgspec.structs.replace(paper, claims=(claim,))
    dump = Dump()
    dump.add(paper)
    assert msgspec.json.decode(gzip.decompress(dump.finish()[1]), type=Paper) == paper


def test_citations_of_topics_and_months(made: dict[str, bytes]) -> None:
    listed = {path for path in made if path.startswith("exports/")}
    assert listed == {
        f"exports/{stem}.{ending}"
        for stem in ("topics/looms", "topics/jacquard", "months/2025-11", "months/2025-10", "months/1999-04", "months/1999-04--2025-11")
        for ending in ("bib", "json", "ris", *(["slugs.json"] if "months" in stem else []))
    } | {"exports/months/spans.json"}  # fmt: skip
    assert json.loads(made["exports/months/spans.json"]) == [["1999-04", "2025-11"]]
    months = ("2025-11", "2025-10", "1999-04")
    slugs = [json.loads(made[f"exports/months/{month}.slugs.json"]) for month in months]
    assert json.loads(made["exports/months/1999-04--2025-11.slugs.json"]) == [*chain(*slugs)]
    library = parse_string(made["exports/topics/looms.bib"].decode())
    items = json.loads(made["exports/topics/looms.json"])
    assert library.failed_blocks == []
    assert [e.key for e in library.entries] == [item["id"] for item in items]
    assert len(items) == 3


@given(dictionaries(dates().map("{:%Y-%m}".format), integers(1, 500), min_size=1))
def test_spans_take_in_neighbours_of_few_papers_and_each_month_once(counts: dict[str, int]) -> None:
    spans = bibliography.month_spans({month: range(count) for month, count in counts.items()})
    joined = [month for months in spans for month in months]
    assert joined == sorted(set(joined))
    single = [[month] for month in counts.keys() - set(joined)]
    shards = sorted((*map(list, spans), *single))
    assert [*chain(*shards)] == sorted(counts)
    sizes = [sum(counts[month] for month in months) for months in shards]
    assert all(size <= 200 for size, months in zip(sizes, shards, strict=True) if len(months) > 1)
    assert all(one + other > 200 for one, other in pairwise(sizes)), "two that would have fitted"


def test_keys_in_one_file_differ_and_a_long_file_says_what_it_leaves_out(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bibliography, "MAX_PAPERS_PER_FILE", 2)
    some = [
        Paper(id=f"arxiv:2501.0000{n}", title="Looms", author_count=1, published="2025-01-01")
        for n in (1, 2, 3)
    ]
    same = [msgspec.structs.replace(p, title="Looms {all}") for p in some]
    catalog = Catalog([catalog_entry(p, ["t"]) for p in same], [Topic("t", "T")])
    made = dict(exports.files_of_papers(catalog, same, config))
    library = parse_string(made["exports/topics/t.bib"].decode())
    assert len({e.key for e in library.entries}) == len(library.entries) == 2
    assert made["exports/topics/t.bib"].startswith(b"The newest 2 of 3 papers.\n")


def test_without_an_address_no_file_claims_one(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    bare = msgspec.structs.replace(config, url="")
    made = dict(exports.files_of_papers(catalog, papers, bare))
    assert not {"sitemap.xml", "opensearch.xml"} & made.keys()
    assert json.loads(made["api/papers/2511.00001.json"])["url"] == "../../papers/2511.00001/"
    assert exports.config_warnings(bare)
    assert not exports.config_warnings(config)


@pytest.mark.parametrize(
    ("path", "seen_from", "said"),
    [
        ("index.md", "robots.txt", "./"),
        ("index.md", "api/index.json", "../"),
        ("papers/x.md", "feeds/topics/t.atom", "../../papers/x/"),
        ("api/schema.json", "api/schema.json", "schema.json"),
        ("topics/index.md", "llms.txt", "topics/"),
    ],
)
def test_a_relative_address_leads_there(path: str, seen_from: str, said: str) -> None:
    assert site_url(path, Config(title="T"), seen_from) == said


def test_the_schema_names_every_field_of_a_paper(config: Config) -> None:
    schema = json.loads(api_types.json_schema(config))
    named = {f.name for f in msgspec.structs.fields(api_types.Record)}
    assert set(schema["$defs"]["Record"]["properties"]) == named - {"claims"}
    assert "claims" in schema["$defs"]["Paper"]["properties"]


def test_the_setting_puts_abstracts_into_the_lists(
    made: dict[str, bytes], papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    assert b"abstract" not in made["exports/topics/looms.bib"] + made["exports/topics/looms.json"]
    more = msgspec.structs.replace(config, export_abstracts=True)
    files = dict(exports.files_of_papers(catalog, papers, more))
    items = json.loads(files["exports/topics/looms.json"])
    with_abstract = {item["id"] for item in items if item.get("abstract")}
    assert with_abstract
    library = parse_string(files["exports/topics/looms.bib"].decode())
    assert {e.key for e in library.entries if "abstract" in e.fields_dict} == with_abstract
