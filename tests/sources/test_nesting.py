"""One unit that is nested too deeply costs itself alone: what stands before and behind it is read."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.sources.registry import registry

_DEPTHS = (100, 3_000, 20_000)
_PREPRINT = "<entry><id>http://arxiv.org/abs/{0}v1</id><title>{1}</title><summary>A</summary><author><name>Ada</name></author><published>2021-01-04T00:00:00Z</published></entry>"  # fmt: skip


def _read(source: str, text: str) -> Batch:
    return registry().source(source).parse(text.encode(), Request("boats"))


def _titles(batch: Batch) -> set[str]:
    return {paper.title for paper in batch.papers}


@pytest.mark.parametrize("depth", _DEPTHS)
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_one_deep_value_of_json_is_left_out_by_name(depth: int, opening: str, closing: str) -> None:
    deep = opening * depth + "1" + closing * depth
    items = [f'{{"type": "book", "id": "{n}", "title": "Boats {n}"}}' for n in (1, 3)]
    odd = f'{{"type": "book", "id": "2", "title": "Boats 2", "custom": {deep}}}'
    batch = _read("csl", f"[{items[0]},\n{odd},\n{items[1]}]")
    assert _titles(batch) == {"Boats 1", "Boats 2", "Boats 3"}
    if depth > 1_000:  # what Python's reader can take is no matter
        [problem] = [p for p in batch.problems if "nested" in p.what]
        assert problem.where == "boats:2"


@pytest.mark.parametrize("depth", _DEPTHS)
@pytest.mark.parametrize("field", ["title", "authors", "unknown"])
def test_one_deep_line_of_json_costs_itself(depth: int, field: str) -> None:
    good = [json.dumps({"id": f"arxiv:2101.0000{n}", "title": f"Boats {n}"}) for n in (1, 3)]
    odd = f'{{"id": "arxiv:2101.00002", "{field}": {"[" * depth}{"]" * depth}}}'
    batch = _read("jsonl", "\n".join((good[0], odd, good[1])))
    assert {"Boats 1", "Boats 3"} <= _titles(batch)
    assert batch.problems


@pytest.mark.parametrize("depth", _DEPTHS)
@pytest.mark.parametrize("name", ["title", "summary", "name"])
def test_one_deep_entry_of_a_feed_costs_itself(depth: int, name: str) -> None:
    entries = [_PREPRINT.format(f"2101.0000{n}", f"Boats {n}") for n in (1, 2, 3)]
    deep = "<b>" * depth + "x" + "</b>" * depth
    entries[1] = entries[1].replace(f"<{name}>", f"<{name}>{deep}", 1)
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/a</id>{"".join(entries)}</feed>'
    assert {"Boats 1", "Boats 3"} <= _titles(_read("arxiv", feed))


@pytest.mark.parametrize("depth", _DEPTHS)
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("{", "}"), ("\\emph{", "}"), ("\\'{", "}"), ("$\\sqrt{", "}$"), ("<sub>", "</sub>"), ("\\left(", "\\right)")],
)  # fmt: skip
def test_one_deep_title_costs_itself(depth: int, opening: str, closing: str) -> None:
    deep = opening * depth + "x" + closing * depth
    ris = [f"TY  - JOUR\nTI  - {title}\nER  - \n" for title in ("Boats 1", deep, "Boats 3")]
    assert {"Boats 1", "Boats 3"} <= _titles(_read("ris", "".join(ris)))
    bib = [
        f"@misc{{k{n}, title={{{title}}}}}\n"
        for n, title in enumerate(("Boats 1", deep, "Boats 3"))
    ]
    assert {"Boats 1", "Boats 3"} <= _titles(_read("bibtex", "".join(bib)))
