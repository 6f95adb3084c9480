"""Papers counted by topic, a set of topics at a time."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic

TOPICS = (
    Topic("tea", "Tea"),
    Topic("green", "Green tea", parent="tea"),
    Topic("black", "Black tea", parent="tea"),
    Topic("kettles", "Kettles"),
)
CHOSEN = st.lists(st.sampled_from([topic.name for topic in TOPICS]), unique=True, max_size=3)


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
