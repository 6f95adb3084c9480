"""RIS and CSL-JSON: what reference managers write is read, and what our own site exports comes back whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Paper
from paper_digest.render.citation.csl import csl_item
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.ris import ris_record
from paper_digest.sources import csl, ris
from paper_digest.store.files import Store
from paper_digest.text.names import split_name
from paper_digest.text.tex.convert import to_unicode
from paths import DATA, SAMPLE

SAMPLES = {
    "ris": ris.parse((DATA / "ris" / "manager.ris").read_bytes(), Request("a/manager.ris")),
    "csl": csl.parse((DATA / "csl" / "manager.json").read_bytes(), Request("a/manager.json")),
}


def read_ris(text: str) -> Batch:
    return ris.parse(text.encode(), Request("list.ris"))


def read_csl(*items: object) -> Batch:
    return csl.parse(json.dumps(items).encode(), Request("list.json"))


@pytest.mark.parametrize("batch", SAMPLES.values(), ids=SAMPLES)
def test_both_formats_say_the_same_of_a_paper(batch: Batch) -> None:
    boats, kites = batch.papers
    assert not batch.problems
    assert boats.id == "doi:10.5555/boats.7"
    assert boats.title == "Folding of paper boats"
    assert boats.authors == (
        Author("Mira van der Berg", family="van der Berg"),
        Author("Jan Keller Jr.", family="Keller"),
        Author("Boat Collaboration"),
    )
    assert boats.published == "2021-03-04"
    assert boats.venue == "Journal of Small Boats"
    assert boats.journal_ref == "Journal of Small Boats 12(3), 45\N{EN DASH}67, 2021"
    assert boats.abstract == "We fold boats.\nAnd we count them."
    assert boats.keywords == ("boats", "paper")
    assert [link.url for link in boats.links] == ["https://example.org/boats;part=7"]
    assert boats.comment == ""  # a note is its reader's own
    assert kites.id == "arxiv:2511.01230"
    assert kites.published == "2025-11-20"
    assert kites.venue == ""
    assert [p.sightings[0].entry for p in batch.papers] == ["brandt2021", "lane"]
    assert {p.sightings[0].page for p in batch.papers} <= {"manager.ris", "manager.json"}


def bundled() -> list[Paper]:
    return list(Store(SAMPLE / "archive").read_all())


def comparable(paper: Paper) -> Paper:
    """Leave of a paper what citations carry, as they carry it."""
    facts = citation_facts(paper)
    return Paper(
        id=paper.id if paper.id_kind in {"arxiv", "doi", "acl", "openreview"} else "",
        title=to_unicode(paper.title),
        authors=tuple(
            Author(f"{n.given} {n.particle} {n.suffix} {n.literal}", family=n.family)
            for a in paper.authors
            if (n := split_name(a))
        ),
        published=facts.issued,
        venue=to_unicode(facts.container),
        doi=facts.doi,
    )


@pytest.mark.parametrize("form", ["ris", "csl"])
def test_what_our_site_exports_comes_back_without_loss(form: str) -> None:
    papers = bundled()
    assert papers
    keys = [f"key{number}" for number in range(len(papers))]
    if form == "ris":
        batch = read_ris("".join(map(ris_record, papers, keys)))
    else:
        batch = read_csl(*map(csl_item, papers, keys))
    assert not batch.problems
    for paper, back, key in zip(papers, batch.papers, keys, strict=True):
        assert back.sightings[0].entry == key
        assert comparable(back) == comparable(paper)
        for kind in ("volume", "issue", "pages", "arxiv_id", "year_inferred", "note"):
            assert getattr(citation_facts(back), kind) == getattr(citation_facts(paper), kind)


@given(cut=st.integers(0, 900))
def test_a_file_that_is_cut_off_says_so(cut: int) -> None:
    whole = (DATA / "ris" / "manager.ris").read_text("utf-8")
    cut = min(cut, whole.rindex("ER  -"))
    try:
        batch = read_ris(whole[:cut])
    except SourceError:
        return
    ended = whole[:cut].count("\nER  -")
    if len(batch.papers) > ended:
        assert any("at its end" in problem.what for problem in batch.problems)


def test_a_bad_record_is_named_by_its_line_and_the_others_go_on() -> None:
    batch = read_ris("TY  - JOUR\nAU  - Nobody, Ann\nER  -\n\nTY  - JOUR\nTI  - Boats\nER  -\n")
    assert [p.title for p in batch.papers] == ["Boats"]
    assert [(p.line, "no title" in p.what) for p in batch.problems] == [(1, True)]
    batch = read_csl({"id": "a", "type": "book"}, {"id": "b", "type": "book", "title": "Boats"}, 7)
    assert [p.title for p in batch.papers] == ["Boats"]
    assert sorted(p.what[:7] for p in batch.problems) == ["entry 1", "entry 3"]


@pytest.mark.parametrize(
    ("day", "year", "published"),
    [
        ("", "2019", "2019"),
        ("", "2019///", "2019"),
        ("", "2019/03//", "2019-03"),
        ("2019/03/04/Spring", "2019", "2019-03-04"),
        ("4 March 2019", "2019", "2019-03-04"),
        ("March 4, 2019", "", "2019-03-04"),
        ("2018/12/31/", "2019", "2019"),
        ("2019-03-04", "2019", "2019-03-04"),
        ("Spring 2019", "", "2019"),
        ("soon", "", ""),
        ("2019/Mar/04", "", "2019-03-04"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(day: str, year: str, published: str) -> None:
    record = f"TY  - JOUR\nTI  - Boats\nDA  - {day}\nPY  - {year}\nER  -\n"
    assert read_ris(record).papers[0].published == published


@pytest.mark.parametrize(
    "line",
    [
        "JO  - arXiv preprint arXiv:2511.01230",
        "DO  - 10.48550/arXiv.2511.01230",
        "UR  - https://arxiv.org/pdf/2511.01230v2.pdf",
        "AN  - arXiv:2511.01230",
        "M1  - arXiv:2511.01230 [cs.RO]",
        "N1  - arXiv:2511.01230 [cs]",
        "L2  - https://hf.co/papers/2511.01230",
        "SP  - arXiv:2511.01230",
        "JO  - CoRR\nVL  - abs/2511.01230",
        "PB  - arXiv\nSN  - 2511.01230",
    ],
)
def test_an_arxiv_id_is_seen_wherever_managers_put_it(line: str) -> None:
    assert read_ris(f"TY  - GEN\nTI  - Kites\n{line}\nER  -\n").papers[0].id == "arxiv:2511.01230"


@pytest.mark.parametrize(
    "fields",
    [
        {"number": "arXiv:2511.01230"},
        {"archive": "arXiv", "archive_location": "2511.01230"},
        {"container-title": "CoRR", "volume": "abs/2511.01230"},
        {"page": "arXiv:2511.01230"},
        {"note": "arXiv:2511.01230 [cs]\nRead it twice"},
        {"id": "http://arxiv.org/abs/2511.01230"},
        {"URL": "https://browse.arxiv.org/pdf/2511.01230v1.pdf"},
    ],
)
def test_an_arxiv_id_is_seen_wherever_csl_has_it(fields: dict[str, str]) -> None:
    item = {"id": "k", "type": "article", "title": "Kites", **fields}
    assert read_csl(item).papers[0].id == "arxiv:2511.01230"


@pytest.mark.parametrize(
    ("issued", "published", "says"),
    [
        ({"date-parts": [["2019", "3", "4"]]}, "2019-03-04", ""),
        ({"date-parts": [[2018, 3], [2019, 4]]}, "2018-03", ""),
        ({"year": 2019, "month": 3}, "2019-03", ""),
        ({"raw": "2018--2019"}, "2018", ""),
        ({"literal": "4 March 2019"}, "2019-03-04", ""),
        ("2019~", "2019", "uncertain"),
        ({"literal": "n.d."}, "", "no year"),
        ({"date-parts": [[None]]}, "", "no year"),
        ({"season": 1}, "", "no year"),
        ({}, "", ""),
    ],
)
def test_dates_of_csl_are_read_or_named(issued: object, published: str, says: str) -> None:
    batch = read_csl({"id": "k", "type": "article", "title": "Kites", "issued": issued})
    assert batch.papers[0].published == published
    assert [says in p.what for p in batch.problems] == [True] * bool(says)


def test_text_in_windows_encoding_is_read_with_a_problem() -> None:
    record = "TY  - JOUR\nTI  - Œuvre\nAU  - Šimek, Žofie\nER  -\n".encode("cp1252")
    batch = ris.parse(record, Request("list.ris"))
    assert (batch.papers[0].title, batch.papers[0].authors[0].name) == ("Œuvre", "Žofie Šimek")
    assert "UTF-8" in batch.problems[0].what


def test_a_folder_is_nobodys_business(tmp_path: Path) -> None:
    batch = ris.parse(b"TY  - GEN\nTI  - A\nER  -\n", Request(str(tmp_path / "a.ris")))
    assert batch.papers[0].sightings[0].page == "a.ris"


def test_html_that_managers_leave_in_titles_is_undone() -> None:
    title = "CO<sub>2</sub> &amp; <i>boats</i>"
    ris_paper = read_ris(f"TY  - JOUR\nTI  - {title}\nER  -\n").papers[0]
    csl_paper = read_csl({"id": "a", "type": "article", "title": title}).papers[0]
    assert ris_paper.title == csl_paper.title == "CO$_2$ & boats"


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ({"author": {"family": "Lane", "given": "Ada"}}, {"author": [{"family": "Lane", "given": "Ada"}]}),
        ({"author": "Ada Lane"}, {"author": ["Ada Lane"]}),
        ({"keyword": ["boats", "glue"]}, {"keyword": "boats, glue"}),
        ({"issued": 2020}, {"issued": {"date-parts": [[2020]]}}),
        ({"issued": [2020, 5]}, {"issued": {"date-parts": [[2020, 5]]}}),
        ({"issued": [[2020, 5, 6]]}, {"issued": {"date-parts": [[2020, 5, 6]]}}),
    ],
)  # fmt: skip
def test_csl_written_by_hand_loses_nothing(
    written: dict[str, object], listed: dict[str, object]
) -> None:
    item = {"id": "a", "type": "article-journal", "title": "Boats"}
    one, two = (read_csl({**item, **more}) for more in (written, listed))
    assert one == two
    assert one.papers[0] != read_csl(item).papers[0]
