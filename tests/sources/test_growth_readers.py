"""No reader takes more than time in proportion to the text, in any of its fields."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.sources.registry import registry

#: Text that hurts patterns: each is repeated until it fills the field.
_UNITS = (
    "(a) ",
    ", ",
    "; ",
    "{",
    "$a$",
    "\\",
    "<",
    "[",
    "\t",
    "and ",
    "10.1/",
    "é",
    "* ",
    "a-",
    "#",
)
_SMALL, _LARGE = 6_000, 60_000
#: Ten times the text may take ten times as long; squares take a hundred times.
_MAX_RATIO = 45
#: A reading that takes less is not compared: it is all start.
_FLOOR_S = 0.4


def _forms(text: str) -> dict[str, list[bytes]]:
    """Return, for each source, answers that hold the text in the fields of its papers."""
    csl = {"id": "a", "type": "article", "title": text, "author": [{"literal": text}], "DOI": text}
    work = {"DOI": "10.1234/a", "title": [text], "author": [{"name": text}], "abstract": text}
    record = {
        "id": "2101.00001",
        "title": text,
        "abstract": text,
        "authors": text,
        "comments": text,
    }
    preprint = {"doi": "10.1101/1", "title": text, "authors": text, "abstract": text}
    listed = {"key": text, "title": text, "authors": {"author": text}, "venue": text, "ee": text}
    item: dict[str, object] = {
        "itemType": "preprint",
        "title": text,
        "abstractNote": text,
        "extra": text,
        "date": text,
    }
    item |= {"DOI": text, "creators": [{"creatorType": "author", "name": text}]}
    safe = text.replace("<", "&lt;")
    entry = "".join(
        f"<{name}>{safe}</{name}>"
        for name in ("title", "guid", "description", "creator", "author", "identifier", "pubDate")
    )
    mail = (
        "\\\\\narXiv:2101.00001\nDate: Mon, 4 Jan 2021 00:00:00 GMT   (10kb)\n\n"
        f"Title: {text}\nAuthors: {text}\nCategories: cs.LG\nComments: {text}\n\\\\\n  {text}\n\\\\\n"
    )
    answers: dict[str, list[str]] = {
        "bibtex": [f"@misc{{k, {name}={{{text}}}}}" for name in ("title", "author", "doi", "note")],
        "ris": [f"TY  - JOUR\nTI  - {text}\nAU  - {text}\nDO  - {text}\nER  - \n"],
        "csl": [json.dumps([csl])],
        "pubmed": [f"PMID- 1\nTI  - {text}\nFAU - {text}\nAID - {text}\nDP  - {text}\n"],
        "crossref": [json.dumps({"message-type": "work", "message": work})],
        "arxiv": [json.dumps(record), mail],
        "jsonl": [json.dumps({**record, "id": "arxiv:2101.00001"})],
        "biorxiv": [json.dumps({"messages": [{"status": "ok"}], "collection": [preprint]})],
        "dblp": [json.dumps({"result": {"hits": {"@total": "1", "hit": [{"info": listed}]}}})],
        "zotero": [json.dumps([{"key": "A", "data": item}])],
        "feed": [f"<rss><channel><item>{entry}</item></channel></rss>"],
        "huggingface": [json.dumps([{"paper": {**record, "summary": text}}])],
    }
    return {name: [form.encode() for form in forms] for name, forms in answers.items()}


def _cpu_s(source_name: str, data: bytes) -> float:
    start = time.process_time()
    with suppress(SourceError):
        registry().source(source_name).parse(data, Request("made-up"))
    return time.process_time() - start


@pytest.mark.parametrize("source_name", sorted(registry().by_name))
@pytest.mark.parametrize("unit", _UNITS)
def test_reading_grows_with_the_text(source_name: str, unit: str) -> None:
    def answers(size: int) -> list[bytes]:
        text = unit * (size // len(unit)) + "x"
        return [text.encode(), *_forms(text).get(source_name, ())]

    for small, large in zip(answers(_SMALL), answers(_LARGE), strict=True):
        small_s = _cpu_s(source_name, small)
        assert small_s < _FLOOR_S * 10, "so slow that a larger one is not tried"
        if (large_s := _cpu_s(source_name, large)) > _FLOOR_S:
            small_s = max(small_s, *(_cpu_s(source_name, small) for _ in range(2)))
            assert large_s / small_s < _MAX_RATIO
