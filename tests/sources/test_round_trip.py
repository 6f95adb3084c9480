"""What a citation of our own site holds comes back from BibTeX, RIS and CSL-JSON, whatever the paper is like."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.model.batch import Batch, Request
from paper_digest.model.paper import Author, Paper
from paper_digest.model.work_types import WORK_TYPES
from paper_digest.render.citation.bibtex import biblatex_entry, bibtex_entry
from paper_digest.render.citation.csl import csl_item
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.ris import ris_record
from paper_digest.sources import bibtex, csl, ris
from paper_digest.text.names import body, split_name
from paper_digest.text.tex.convert import to_unicode

WHY = "see arXiv:2101.00001; the proof of Lemma 3_2 {on x} is wrong; sorry"
GIVEN = ["Mira", "J. K.", "Anne-Marie", "José", "Ngọc Anh", "M.", "Md", "Md."]
FAMILY = [
    "Brandt",
    "van der Berg",
    "de la Cruz",
    "Ó Briain",
    "García López",
    "Nguyễn",
    "von Hof",
    "Ramón y Cajal",
    "de la Cruz y Vega",
]
BODIES = [
    "World Kite Organization",
    "Kite Collaboration",
    "The Boat Team",
    "Institute for Paper and Glue",
    "王小明",
    "Plato",
]

people = st.builds(
    lambda given_name, family, suffix: Author(
        f"{given_name} {family} {suffix}".strip(), family=family
    ),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from(["", "", "Jr.", "III"]),
)
unsplit = st.builds(
    lambda g, f: Author(f"{g} {f}"), st.sampled_from(GIVEN), st.sampled_from(FAMILY)
)
bodies = st.sampled_from(BODIES).map(body)
authors = st.lists(people | unsplit | bodies, max_size=5).map(tuple)

dates = st.sampled_from(["2021-03-04", "2021-03", "2021", ""])
ids = st.sampled_from([
    "arxiv:2103.01234", "arxiv:hep-th/9901001", "doi:10.5555/kites(2021)1:2<3::aid>4.0.co;2-x",
    "doi:10.5555/a_b#c%20d", "doi:10.5555/a~b--c$d$e''f&g", "acl:2021.acl-long.7", "openreview:AbCdEf_-12", "title:0123456789abcdef",
])  # fmt: skip
places = st.sampled_from([
    ("", ""),
    ("Journal of Kites", "Journal of Kites 12(3), 45\N{EN DASH}67, 2021"),
    ("Journal of Kites", "Journal of Kites 12, 45, 2021"),
    ("Journal of Kites & Boats", "Journal of Kites & Boats 7, 2021"),
    ("Journal of Physics: Conference Series", "Journal of Physics: Conference Series 91, 12001, 2021"),
    ("Optics Express", "Optics Express, 2021"),
    ("Silent Kites", ""),
    ("Kite Archive", "Kite Archive, 2021"),
    ("bioRxiv", ""),
    ("Silent Kites & Boats", "Silent Kites & Boats, 1-9, 2021"),
    ("", "J. Phys. Conf. Ser. 91:012001, 2021"),
    ("", "Optics Express (2021)"),
    ("", "EPTCS 123, 2021, pp. 1-9"),
    ("Proceedings of Kites 2021", "Proceedings of Kites 2021, 1\N{EN DASH}9, 2021"),
    ("", "In Proceedings of the 3rd Workshop on Kites, LNCS 123, pp. 1-9, 2021"),
    ("", "Proceedings of KITES 2021, LIPIcs vol. 12, pages 3:1-3:9"),
    ("", "Proc. of Kites 2021, EPTCS 123, 2021, pp. 1-9"),
    ("", "Proceedings of KITES 2021, Lecture Notes in Computer Science (LNCS) vol. 12, pages 31-39"),
    ("Kites 2021", "Kites 2021, Notes, Papers & Boats vol. 12, 3\N{EN DASH}9, 2021"),
    ("Proc. of the 3rd Workshop on Kites", "Proc. of the 3rd Workshop on Kites, 2021"),
])  # fmt: skip
titles = st.sampled_from([
    "Kites", "Kites: a <study> of 5 % & more", "On CO$_2$ and x$^2$", "Do kites fly? Yes; always",
    "On “boats” \N{EN DASH} and 王小明", "A  -  B: TY  - JOUR", "Icon² and K_{2,5} | ★", "${\\alpha}x$ {", "Über „Drachen“ im Wind",
])  # fmt: skip


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    paper_id = draw(ids)
    venue, journal_ref = draw(places)
    names = draw(authors)
    doi = (
        paper_id.removeprefix("doi:")
        if paper_id.startswith("doi:")
        # A DOI is what an archive knows a paper by before ids of the Anthology and OpenReview.
        else draw(st.sampled_from(["", "10.5555/other.1"]))
        if paper_id.startswith(("arxiv:", "title:"))
        else ""
    )
    published = draw(dates)
    work_type = draw(st.sampled_from(("", *WORK_TYPES)))
    return Paper(
        id=paper_id,
        title=draw(titles),
        authors=names,
        author_count=None if names else draw(st.sampled_from([None, 1, 13])),
        published=published,
        inferred=bool(published) and len(published) == len("2021") and draw(st.booleans()),
        venue=venue,
        journal_ref=journal_ref,
        work_type=work_type,
        organisation=draw(st.sampled_from(["", "University of Glue & Paper", "Kite Institute"])),
        doi=doi,
        keywords=draw(st.sampled_from([(), ("kites", "paper boats")])),
        comment=draw(st.sampled_from(["", "and other authors", "12 pages"])),
        withdrawn=draw(st.sampled_from(["", "withdrawn", "Retracted by its authors", WHY])),
    )


def reread(form: str, paper: Paper) -> Batch:
    if form == "ris":
        return ris.parse(ris_record(paper, "key").encode(), Request("a.ris"))
    if form in {"bibtex", "biblatex"}:
        write = bibtex_entry if form == "bibtex" else biblatex_entry
        return bibtex.parse(write(paper).encode(), Request("a.bib"))
    return csl.parse(json.dumps([csl_item(paper, "key")]).encode(), Request("a.json"))


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl"])
@example(
    paper=Paper(
        id="openreview:AbCdEf_-12", title="Kites", venue="Silent Kites", work_type="preprint"
    )
)
@given(paper=papers())
def test_a_citation_comes_back(form: str, paper: Paper) -> None:
    batch = reread(form, paper)
    assert not batch.problems
    (back,) = batch.papers
    facts, facts_back = citation_facts(paper), citation_facts(back)
    in_bibtex = form in {"bibtex", "biblatex"}
    for name in facts._fields:
        if name in {"url", "pdf", "primary_category", "title"}:
            continue
        said, back_said = getattr(facts, name), getattr(facts_back, name)
        if in_bibtex and name == "issued":
            said = said[: len("2021-03")]  # BibTeX has no day
        assert back_said == said, name
    if not paper.id.startswith("title:"):
        assert back.id == paper.id
    assert [split_name(a) for a in back.authors] == [split_name(a) for a in paper.authors]
    assert to_unicode(back.title) == to_unicode(paper.title)
    assert back.withdrawn == paper.withdrawn
    assert back.keywords == (
        paper.keywords if form == "ris" else ()
    )  # The other forms have no list of them
    assert back.author_count == paper.author_count
    assert ("and other authors" in back.comment) == ("and other authors" in paper.comment)


def test_a_list_that_ris_cuts_short_says_so() -> None:
    names = tuple(Author(f"Mira N{n}") for n in range(9))
    paper = Paper(id="arxiv:2103.01234", title="Kites", authors=names)
    back = ris.parse(ris_record(paper, "key", max_authors=3).encode(), Request("a.ris")).papers[0]
    assert len(back.authors) == 3
    assert back.comment == "and other authors"
