"""What a citation says: where a paper appeared, when, and under which key."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.render.citation import citation_key, plain_citation
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.keys import unique_key, unique_keys
from paper_digest.text.venues import venue_kind
from paper_strategies import records

ADA = (Author("Ada Lovelace"),)


@pytest.mark.parametrize(
    ("venue", "said"),
    [
        ("Proceedings of the Ninth Loom Meeting", "conference"),
        ("ICLR 2024 poster", "conference"),
        ("Findings of the Loom Society", "conference"),
        ("Proceedings of the National Academy of Sciences", "journal"),
        ("Proceedings of the ACM on Programming Looms", "journal"),
        ("Journal of Looms", "journal"),
        ("TMLR", "journal"),
        ("Submitted to ICLR 2024", "unpublished"),
        ("CoRR 2017", "unpublished"),
        ("To appear in the Proceedings of Loom Days", "conference"),
        ("Loom Studies", ""),
    ],
)
def test_a_venue_is_what_its_name_says_or_unknown(venue: str, said: str) -> None:
    assert venue_kind(venue) == said


@pytest.mark.parametrize(
    ("whole", "short"),
    [
        ("Proceedings of the ACM on Programming Languages", "Proc. ACM Program. Lang."),
        (
            "Proceedings of the ACM on Human-Computer Interaction",
            "Proc. ACM Hum. Comput. Interact.",
        ),
        ("Proceedings of the ACM on Human-Computer Interaction", "Proc ACM Hum-Comput Interact"),
        ("Proceedings of the ACM on Management of Data", "Proc. ACM Manag. Data"),
        ("Proceedings of the ACM on Networking", "Proc. ACM Netw."),
        ("Proceedings of the ACM on Software Engineering", "Proc. ACM Softw. Eng."),
        ("Proceedings of the VLDB Endowment", "Proc. VLDB Endow."),
        ("Proceedings on Privacy Enhancing Technologies", "Proc. Priv. Enhancing Technol."),
        ("Proceedings of the Combustion Institute", "Proc. Combust. Inst."),
        ("Proceedings of the Edinburgh Mathematical Society", "Proc. Edinb. Math. Soc."),
        ("Mayo Clinic proceedings", "Mayo Clin Proc"),
        ("Transplantation proceedings", "Transplant Proc"),
    ],
)
def test_a_journal_called_proceedings_is_one_by_its_short_name_too(whole: str, short: str) -> None:
    """One source writes the name out, another shortens it: DBLP, PubMed, publishers' BibTeX."""
    assert (venue_kind(whole), venue_kind(short)) == ("journal", "journal")


@pytest.mark.parametrize(
    "venue",
    [
        "Proc. ACM CHI",
        "Proc. ACM Int. Conf. Multimedia",
        "Proceedings of the ACM International Conference on Looms",
        "Proc. ACM Network Looms Workshop",
        "Proc. ACM Interactive Looms",
        "Proc. ACM SIGMOD",
    ],
)
def test_proceedings_of_a_conference_are_no_journal(venue: str) -> None:
    assert venue_kind(venue) == "conference"


def test_a_preprint_is_dated_to_the_day() -> None:
    facts = citation_facts(
        Paper(id="arxiv:2511.00001", published="2025-11-01", categories=("cs.DS",))
    )
    assert (facts.kind, facts.issued, facts.arxiv_id, facts.primary_category) == (
        "preprint",
        "2025-11-01",
        "2511.00001",
        "cs.DS",
    )
    assert facts.url == "https://arxiv.org/abs/2511.00001"


def test_a_published_preprint_has_the_year_of_its_venue_and_no_preprints_day() -> None:
    paper = Paper(
        id="arxiv:1801.00001", published="2018-01-02", journal_ref="Loom Acta 13 (2019) 4-6"
    )
    assert citation_facts(paper).issued == "2019"
    unknown = Paper(id="arxiv:1801.00001", published="2018-01-02", venue="Journal of Looms")
    assert citation_facts(unknown).issued == "2018"


def test_the_anthology_tells_kind_and_year_even_of_an_arxiv_paper() -> None:
    paper = Paper(
        id="arxiv:1801.00001",
        published="2018-01-02",
        venue="Transactions of the Looms",
        aliases=("acl:Q19-1001",),
    )
    assert (citation_facts(paper).kind, citation_facts(paper).issued) == ("journal", "2019")
    link = Link("acl", "https://aclanthology.org/2020.acl-main.7/")
    paper = Paper(id="title:0123456789abcdef", venue="Annual Loom Days", links=(link,))
    assert (citation_facts(paper).kind, citation_facts(paper).issued) == ("conference", "2020")


def test_a_submission_is_no_publication() -> None:
    facts = citation_facts(
        Paper(id="openreview:abcdEFGH", venue="Submitted to ICLR 2024", published="2023-09-28")
    )
    assert (facts.kind, facts.container, facts.issued) == ("preprint", "", "2023-09-28")


def test_what_no_field_can_say_stands_in_the_note() -> None:
    assert citation_facts(Paper(id="arxiv:2511.00001", withdrawn="withdrawn")).note == "Withdrawn"
    counted = citation_facts(Paper(id="arxiv:2511.00001", author_count=13))
    assert counted.authors == ()
    assert counted.note == "13 authors, names not recorded"


@pytest.mark.parametrize(
    ("paper", "made"),
    [
        (
            Paper(
                id="arxiv:2511.00001",
                title="On the Art of Weaving",
                authors=ADA,
                published="2025-11-01",
            ),
            "lovelace2025art",
        ),
        (
            Paper(id="arxiv:2511.00001", title="$k$-Looms", authors=(Author("Jan van der Bérg"),)),
            "berglooms",
        ),
        (
            Paper(
                id="arxiv:2511.00001",
                title="Über Łooms",
                authors=(Author("Åse Øst"),),
                published="2025",
            ),
            "ost2025uber",
        ),
        (
            Paper(
                id="arxiv:2511.00001", title="Looms", authors=(Author("王小明"),), published="2025"
            ),
            "2025looms-2511.00001",
        ),
        (
            Paper(id="arxiv:2511.00001", title="织机", authors=ADA, published="2025"),
            "lovelace2025-2511.00001",
        ),
        (Paper(id="arxiv:2511.00001"), "2511.00001"),
        (
            Paper(id="arxiv:2511.00001", title="The Loom's Way", authors=(Author("Hal O'Weaver"),)),
            "oweaverlooms",
        ),
    ],
)
def test_a_key_is_family_year_and_word(paper: Paper, made: str) -> None:
    assert citation_key(paper) == made


@given(records())
def test_a_key_is_ascii_that_bibtex_takes(paper: Paper) -> None:
    assert re.fullmatch(r"[A-Za-z0-9.-]+", citation_key(paper))


def test_a_key_that_is_taken_gets_the_slug() -> None:
    taken: set[str] = set()
    assert unique_key("a2025b", "2511.00001", taken) == "a2025b"
    assert unique_key("a2025b", "2511.00002", taken) == "a2025b-2511.00002"


def test_in_plain_words() -> None:
    paper = Paper(
        id="arxiv:2511.00001",
        title="Do $n^2$ looms weave?",
        authors=tuple(Author(f"Ann Weaver{n}") for n in range(9)),
        published="2025-11-01",
        categories=("cs.DS",),
    )
    assert plain_citation(paper) == (
        "Ann Weaver0, Ann Weaver1, Ann Weaver2, Ann Weaver3, Ann Weaver4, Ann Weaver5 and 3 others. "
        "Do n² looms weave? arXiv:2511.00001 [cs.DS], 2025. https://arxiv.org/abs/2511.00001"
    )
    journal = Paper(
        id="doi:10.1234/x",
        title="Looms",
        authors=ADA,
        published="2007-05-01",
        venue="Loom Acta",
        journal_ref="Loom Acta 3(1), 4-9, 2007",
        doi="10.1234/x",
    )
    assert plain_citation(journal) == (
        "Ada Lovelace. Looms. Loom Acta 3(1), 4\N{EN DASH}9, 2007. https://doi.org/10.1234/x"
    )
    assert plain_citation(Paper(id="title:0123456789abcdef", author_count=3)) == (
        "3 authors. title:0123456789abcdef. 3 authors, names not recorded."
    )


@given(records())
def test_in_plain_words_is_one_line(paper: Paper) -> None:
    assert len(plain_citation(paper).splitlines()) == 1


days = st.dates(date(2024, 1, 1), date(2024, 2, 1)).map(date.isoformat)


@given(
    st.lists(st.tuples(days, st.uuids().map(str), st.sampled_from("ab"))),
    st.lists(st.tuples(days, st.uuids().map(str), st.sampled_from("ab"))),
)
def test_papers_that_come_later_change_no_key(
    first: list[tuple[str, str, str]], more: list[tuple[str, str, str]]
) -> None:
    later = [(f"2025{day[4:]}", slug, key) for day, slug, key in more]

    def keys_of(papers: list[tuple[str, str, str]]) -> dict[str, str]:
        days_by_slug = {slug: day for day, slug, _ in papers}
        return unique_keys({slug: key for _, slug, key in papers}, days_by_slug.__getitem__)

    before, after = keys_of(first), keys_of([*later, *first])
    assert {slug: after[slug] for slug in before} == before
    assert len(set(after.values())) == len(after)
    assert list(before) == [slug for _, slug, _ in first]
