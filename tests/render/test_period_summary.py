"""What weeks and months begin with, how a topic lived, and how fast a paper gained."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.periods import count_by_month, iso_week, with_empty_periods
from paper_digest.model.paper import Paper, Sighting
from paper_digest.model.sightings import upvotes_per_day
from paper_digest.model.topic import Topic
from paper_digest.render.pages import dates
from paper_digest.render.pages.period_summary import Risers, risers_by_period, summary
from paper_digest.render.pages.sidebar import topics_section
from paper_digest.render.pages.topics import topic_life
from paper_digest.render.span import Span

TOPICS = (Topic("kettles", "Kettles"), Topic("tea", "Tea"))


def catalog_of(*months: tuple[str, int, int]) -> Catalog:
    """Make an archive with so many papers on kettles and on tea in each month."""
    entries = []
    for month, kettles, tea in months:
        for n in range(kettles + tea):
            paper = Paper(
                id=f"arxiv:{month[2:4]}{month[5:]}.{n:05}",
                title=f"Paper <{n}>",
                published=f"{month}-{1 + n % 28:02}",
                organisation="Loom & Lab" if n % 4 == 0 else "",
                sightings=(Sighting("huggingface", month, upvotes=n, as_of=f"{month}-28"),),
            )
            entries.append(catalog_entry(paper, ["kettles" if n < kettles else "tea"]))
    catalog = Catalog(entries, TOPICS)
    catalog.phrases = {e.slug: "handle|spout" for e in catalog.by_month[months[-1][0]]}
    return catalog


def test_a_month_says_what_was_read_what_rose_and_who_wrote() -> None:
    catalog = catalog_of(("2025-01", 10, 40), ("2025-02", 10, 40), ("2025-03", 40, 40))
    risers = risers_by_period(catalog)
    [topic] = risers["2025-03"].topics
    assert (topic.name, topic.paper_count, topic.expected) == ("kettles", 40, 16.0)
    assert [phrase.name for phrase in risers["2025-03"].phrases] == ["handle", "spout"]
    assert "2025-01" not in risers
    html = summary("2025-03", catalog.by_month["2025-03"], risers["2025-03"], catalog).html
    for text in (
        "Paper &lt;79&gt;",
        "Topics above their share of the 2 months before",
        "(40, expected 16)",
        "Loom &amp; Lab",
        "20 of 80 papers name one",
        "handle",
    ):
        assert text in html, text


@pytest.mark.parametrize(
    ("months_before", "words"),
    [
        (1, "the month before"),
        (2, "the 2 months before"),
        (12, "the 12 months before"),
        (15, "the 12 months before"),
    ],
)
def test_a_month_is_compared_with_as_many_as_the_archive_has(
    months_before: int, words: str
) -> None:
    last = 24_300  # months from year 0: 2025-01
    names = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(last - months_before, last + 1)]
    catalog = catalog_of(*((name, 20, 80) for name in names[:-1]), (names[-1], 60, 20))
    risers = risers_by_period(catalog)[names[-1]]
    html = summary(names[-1], catalog.by_month[names[-1]], risers, catalog).html
    assert f"Topics above their share of {words}:" in html
    assert f"Phrases above their share of {words}:" in html


def test_a_period_of_few_papers_or_without_a_past_claims_nothing() -> None:
    catalog = catalog_of(("2025-01", 3, 4))
    assert not summary("2025-01", catalog.by_month["2025-01"], Risers(), catalog)
    catalog = catalog_of(("2025-01", 30, 4))
    html = summary("2025-01", catalog.by_month["2025-01"], Risers(), catalog).html
    assert "Topics above" not in html
    assert "Most upvoted" in html


def test_topics_that_were_seldom_met_together_are_named() -> None:
    catalog = catalog_of(("2025-02", 30, 30), ("2025-03", 30, 30))
    entries = [
        replace(e, topics=("tea", "kettles")) if e.slug.endswith("0") and "2503" in e.slug else e
        for e in catalog.entries
    ]
    catalog = Catalog(entries, TOPICS)
    risers = risers_by_period(catalog)["2025-03"]
    [pair] = risers.pairs
    assert (pair.name, pair.paper_count, pair.expected) == ("kettles tea", 6, 0.0)
    html = summary("2025-03", catalog.by_month["2025-03"], risers, catalog).html
    assert "Kettles with Tea (6, expected 0)" in html


def test_topics_count_what_their_pages_list() -> None:
    """The papers of subtopics are those of the topic above too, in what rose as in the column beside."""
    topics = (Topic("kettles", "Kettles"), Topic("spouts", "Spouts", parent="kettles"), TOPICS[1])
    plain = catalog_of(("2025-02", 10, 40), ("2025-03", 0, 40))
    entries = [
        replace(e, topics=("spouts", "tea")) if e.slug.startswith("2503") and n % 2 else e
        for n, e in enumerate(plain.entries)
    ]
    catalog = Catalog(entries, topics)
    of_month = {*catalog.by_month["2025-03"]}
    risers = risers_by_period(catalog)["2025-03"]
    assert [one.name for one in risers.topics] == ["spouts", "kettles"]
    for one in risers.topics:
        assert one.paper_count == len({*catalog.by_topic[one.name]} & of_month) == 20
    # Kettles with tea would say the same of the same papers.
    assert [pair.name for pair in risers.pairs] == ["spouts tea"]
    section = topics_section(catalog.count_topics(catalog.by_month["2025-03"]), catalog)
    shown = "".join(part.html for part in section)
    for name in ("Kettles", "Spouts"):
        assert re.search(rf'{name}</a>&nbsp;<span class="pd-count">20</span>', shown), name


@given(st.sets(st.integers(0, 60), min_size=1))
def test_the_time_before_is_counted_by_the_calendar(months: set[int]) -> None:
    """Months that the archive has nothing of are months all the same."""
    named = {f"{2020 + n // 12}-{n % 12 + 1:02}": n for n in months}
    filled = [*with_empty_periods(dict.fromkeys(sorted(named, reverse=True), ()))]
    numbers = [int(name[:4]) * 12 + int(name[5:]) - 1 - 2020 * 12 for name in filled]
    assert numbers == [*range(max(months), min(months) - 1, -1)]
    days = [date(2020, 1, 6) + timedelta(7 * n) for n in months]
    weeks = {iso_week(day.isoformat()) for day in days}
    filled = [*with_empty_periods(dict.fromkeys(sorted(weeks, reverse=True), ()))]
    assert filled == [
        iso_week((max(days) - timedelta(7 * n)).isoformat())
        for n in range(max(months) - min(months) + 1)
    ]


def test_a_time_before_with_fewer_papers_than_the_period_tells_nothing() -> None:
    risers = risers_by_period(catalog_of(("2025-02", 0, 60), ("2025-03", 50, 20)))
    assert "2025-03" not in risers
    assert "2025-03" in risers_by_period(catalog_of(("2025-02", 0, 60), ("2025-03", 50, 10)))


def test_organisations_that_the_alphabet_alone_leaves_out_are_counted() -> None:
    entries = [
        replace(e, organisation=f"Lab {n // 2 if n < 16 else 0}")
        for n, e in enumerate(catalog_of(("2025-03", 20, 0)).entries)
    ]
    catalog = Catalog(entries, TOPICS)
    html = summary("2025-03", catalog.by_month["2025-03"], Risers(), catalog).html
    assert "3 more with 2" in html
    assert "(20 of 20 papers name one)" in html


def test_only_phrases_that_name_a_subject_rise() -> None:
    catalog = catalog_of(("2025-02", 0, 60), ("2025-03", 0, 40))
    catalog.phrases = {
        e.slug: "evaluating|new benchmark|handle" for e in catalog.by_month["2025-03"]
    }
    assert [one.name for one in risers_by_period(catalog)["2025-03"].phrases] == ["handle"]


def test_what_rose_is_part_of_what_a_page_is_made_from() -> None:
    """A paper of January changes what March's page says, so it changes the hash of that page."""

    def hashes(*months: tuple[str, int, int]) -> dict[str, bytes | None]:
        groups = dates.page_groups(catalog_of(*months), 50)
        return {group.name: group.inputs_hash for group in groups}

    one = hashes(("2025-01", 10, 40), ("2025-02", 10, 40), ("2025-03", 40, 40))
    other = hashes(("2025-01", 11, 40), ("2025-02", 10, 40), ("2025-03", 40, 40))
    assert one["dates/2025-03"] != other["dates/2025-03"]
    assert one["dates/2025-03-05"] == other["dates/2025-03-05"]


def test_what_rose_is_found_anew_for_the_periods_that_a_changed_paper_counts_in() -> None:
    """Whatever paper changes, weeks and months say what they would say without the last build's findings."""
    kept: dict[str, bytes] = {}

    def keep(name: str, _: bytes, make: Callable[[], bytes]) -> bytes:
        kept[name] = make()
        return kept[name]

    months = [(f"{2023 + n // 12}-{n % 12 + 1:02}", 10 + n % 3, 40) for n in range(20)]
    for changed in (None, 0, 7, 19):
        if changed is not None:
            month, kettles, tea = months[changed]
            months[changed] = (month, kettles + 30, tea)
        catalog = catalog_of(*months)
        catalog.cached_text, catalog.last_text = keep, lambda name: kept.get(name, b"")
        found = risers_by_period(catalog)
        assert found == risers_by_period(catalog_of(*months)), changed
        assert found


def test_organisations_are_named_once_on_a_page() -> None:
    groups = dates.page_groups(catalog_of(("2025-01", 10, 40), ("2025-02", 3, 4)), 50)
    bodies = {group.name: next(iter(group.make())).body for group in groups}
    with_summary, without = bodies["dates/2025-01"], bodies["dates/2025-02"]
    assert isinstance(with_summary, Span)
    assert isinstance(without, Span)
    assert "Organisations with the most papers:" in with_summary.html
    assert 'id="organisations"' not in with_summary.html
    assert 'id="organisations"' in without.html


def test_a_topic_has_a_birth_a_peak_and_a_half_life() -> None:
    catalog = catalog_of(("2024-11", 2, 0), ("2025-01", 30, 0), ("2025-03", 28, 0))
    archive = count_by_month(catalog.entries) | {"2024-10": 9, "2025-05": 40}
    assert topic_life(catalog.topic_months["kettles"], archive, "2025-05-09") == (
        "First paper Nov 2024 · most in Jan 2025 (30 of 30 papers) · half of the 60 dated papers since "
        "Jan 2025, 5 months · half of all papers since Mar 2025"
    )
    assert topic_life(catalog.topic_months["tea"], archive, "2025-05-09") == ""


def test_the_life_of_a_topic_knows_papers_of_which_only_the_year_is_known() -> None:
    """A topic of 1998 began with the first paper whose month was known, and half of it was younger than it is."""
    counts = {"1998": 2, "2024": 1, "2024-11": 12, "2025-01": 5}
    archive = {**counts, "2025-01": 40, "2025-02": 1}
    assert topic_life(counts, archive, "2025-02") == (
        "First paper 1998 · most in Nov 2024 (12 of 12 papers) · half of the 20 dated papers since "
        "Nov 2024, 4 months · half of all papers since Jan 2025"
    )
    counts = {"1998": 6, "2024": 6, "2025-01": 1}
    assert topic_life(counts, counts, "2025-01") == (
        "First paper 1998 · half of the 13 dated papers since 2024, 13 months · half of all papers since 2024"
    )
    assert topic_life({"1998": 10}, {"1998": 10}, "1998") == (
        "First paper 1998 · half of the 10 dated papers since 1998, 1 month · half of all papers since 1998"
    )
    # A topic of issues alone that are dated ahead has no span back from now.
    assert "half of the 10 dated papers since Mar 2027, 1 month ·" in topic_life(
        {"2027-03": 10}, {"2026-11": 90, "2027-03": 10}, "2026-11-28"
    )


def test_velocity_needs_two_counts() -> None:
    assert upvotes_per_day(()) == 0
    assert upvotes_per_day((("2025-03-01", 9),)) == 0
    assert upvotes_per_day((("2025-03-01", 1), ("2025-03-02", 9), ("2025-03-06", 19))) == 2.5
    assert upvotes_per_day((("2025-03-01", 9), ("2025-03-03", 7))) == 0
