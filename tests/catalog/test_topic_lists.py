"""Papers counted by topic, a set of topics at a time."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.periods import count_by_month
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic

TOPICS = (
    Topic("tea", "Tea"),
    Topic("green", "Green tea", parent="tea"),
    Topic("black", "Black tea", parent="tea"),
    Topic("kettles", "Kettles"),
)
CHOSEN = st.lists(st.sampled_from([topic.name for topic in TOPICS]), unique=True, max_size=3)

DATES = st.sampled_from(["", "2024", "2024-11", "2024-11-20", "2025-01", "2025-01-02", "1998"])


@given(st.lists(CHOSEN, max_size=20))
def test_the_count_is_that_of_one_paper_after_another(papers: list[list[str]]) -> None:
    entries = [
        catalog_entry(Paper(id=f"arxiv:2501.{n:05}", title="Kettles"), topics)
        for n, topics in enumerate(papers)
    ]
    catalog = Catalog(entries, TOPICS)
    one_by_one = Counter(name for e in catalog.entries for name in catalog.topics_of(e))
    # In this order, too: of topics with equally many papers the one named first is listed first.
    assert [*catalog.count_topics(catalog.entries).items()] == [*one_by_one.items()]
    assert {name: len(papers) for name, papers in catalog.by_topic.items() if papers} == one_by_one
    for name, of_topic in catalog.by_topic.items():
        assert [*catalog.topic_counts[name].items()] == [*catalog.count_topics(of_topic).items()]


@given(st.lists(st.tuples(CHOSEN, DATES), max_size=20))
def test_the_papers_of_a_topic_are_cut_and_counted_by_their_dates(
    papers: list[tuple[list[str], str]],
) -> None:
    entries = [
        catalog_entry(Paper(id=f"arxiv:2501.{n:05}", title="Kettles", published=day), topics)
        for n, (topics, day) in enumerate(papers)
    ]
    catalog = Catalog(entries, TOPICS)
    for name, of_topic in catalog.by_topic.items():
        expected = [e for e in catalog.entries if name in catalog.topics_of(e)]
        assert [*of_topic] == expected
        counts = catalog.topic_months[name]
        assert [*counts.items()] == [*count_by_month(expected).items()]
        years = catalog.topic_years[name]
        assert all(e.filing_date[:4] == year for year, some in years.items() for e in some)
