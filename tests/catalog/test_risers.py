"""What rose: by more than chance would have it, and never by what is not known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.entry import CatalogEntry, catalog_entry
from paper_digest.catalog.risers import MIN_DEVIATIONS, Riser, deviations, rising_names
from paper_digest.model.paper import Paper


def entries(*topics: str) -> tuple[CatalogEntry, ...]:
    """Make a paper for each topic, or for each of several joined by a space."""
    return tuple(
        catalog_entry(Paper(id=f"arxiv:2503.{n:05}"), names.split())
        for n, names in enumerate(topics)
    )


def topics_of(entry: CatalogEntry) -> tuple[str, ...]:
    return entry.topics


def test_a_topic_that_doubled_rises_and_one_that_is_always_large_does_not() -> None:
    periods = {
        "2025-03": entries(*["kettles"] * 20, *["tea"] * 40),
        "2025-02": entries(*["kettles"] * 5, *["tea"] * 55),
        "2025-01": entries(*["kettles"] * 5, *["tea"] * 55),
    }
    rising = rising_names(periods, topics_of, 12)
    assert rising["2025-03"] == (Riser("kettles", 20, 5.0),)
    assert rising["2025-02"] == ()
    assert rising["2025-01"] == ()  # nothing is known of the time before


def test_what_was_seen_twice_after_never_does_not_rise() -> None:
    periods = {
        "2025-03": entries("spouts", "spouts", *["tea"] * 58),
        "2025-02": entries(*["tea"] * 60),
    }
    assert rising_names(periods, topics_of, 12)["2025-03"] == ()


def test_only_so_many_periods_before_count() -> None:
    many, few = entries(*["tea"] * 50, *["kettles"] * 50), entries(*["tea"] * 100)
    periods = {"2025-04": many, "2025-03": few, "2025-02": few, "2025-01": many}
    [riser] = rising_names(periods, topics_of, 2)["2025-04"]
    assert (riser.name, riser.expected) == ("kettles", 0.0)
    [riser] = rising_names(periods, topics_of, 3)["2025-04"]
    assert round(riser.expected, 3) == round(50 / 3, 3)


_periods = st.lists(st.lists(st.sampled_from(["a", "b", "a b", "c"]), max_size=90), max_size=6)


@given(_periods, st.integers(1, 4))
def test_a_riser_is_above_what_the_time_before_says(drawn: list[list[str]], before: int) -> None:
    periods = {str(9 - n): entries(*names) for n, names in enumerate(drawn)}
    for place, (period, risers) in enumerate(
        sorted(rising_names(periods, topics_of, before).items(), reverse=True)
    ):
        earlier = [e for one in list(periods.values())[place + 1 : place + 1 + before] for e in one]
        for riser in risers:
            share = sum(riser.name in e.topics for e in earlier) / len(earlier)
            assert riser.expected == share * len(periods[period])
            assert riser.paper_count == sum(riser.name in e.topics for e in periods[period])
            assert riser.paper_count > riser.expected
            assert deviations(riser.paper_count, riser.expected) >= MIN_DEVIATIONS


@given(_periods, st.integers(1, 4), st.sets(st.sampled_from("456789")))
def test_what_rose_in_some_periods_is_what_is_found_with_all(
    drawn: list[list[str]], before: int, asked: set[str]
) -> None:
    periods = {str(9 - n): entries(*names) for n, names in enumerate(drawn)}
    every = rising_names(periods, topics_of, before)
    some = rising_names(periods, topics_of, before, asked)
    assert some == {period: risers for period, risers in every.items() if period in asked}
