"""What moves: gains between two looks at a source, from what each look said to the page."""

from __future__ import annotations

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.identity.merge import merge_papers
from paper_digest.model.paper import Paper, Sighting
from paper_digest.render.pages import trending
from paper_digest.sources.registry import registry


def paper(number: int, day: str, *looks: tuple[str, int]) -> Paper:
    """Merge what the looks at a paper of one day gave, each a day and its upvotes."""
    made = [
        Paper(
            id=f"arxiv:2503.{number:05}",
            title=f"Looms {number}",
            published=day,
            sightings=(Sighting("huggingface", day, seen=day, upvotes=upvotes, as_of=asked),),
        )
        for asked, upvotes in looks
    ]
    whole = made[0]
    for one in made[1:]:
        whole = merge_papers(whole, one, registry().ranking)
    return whole


def catalog(*papers: Paper) -> Catalog:
    return Catalog([catalog_entry(p, ()) for p in papers], ())


def test_every_look_is_kept_whatever_their_order() -> None:
    looks = ("2025-03-10", 3), ("2025-03-12", 9), ("2025-03-11", 5)
    [one] = paper(1, "2025-03-10", *looks).sightings
    [other] = paper(1, "2025-03-10", *reversed(looks)).sightings
    assert one == other
    assert (one.as_of, one.upvotes) == ("2025-03-12", 9)
    assert one.earlier == (("2025-03-10", 3), ("2025-03-11", 5))


def test_a_mover_is_told_by_what_it_gained_not_by_what_it_has() -> None:
    made = catalog(
        paper(1, "2025-03-01", ("2025-03-02", 100), ("2025-03-05", 110), ("2025-03-14", 112)),
        paper(2, "2025-03-02", ("2025-03-06", 10), ("2025-03-14", 60)),
        paper(3, "2025-03-13", ("2025-03-14", 20)),
        paper(4, "2025-03-01", ("2025-03-14", 50)),
        paper(5, "2025-03-01", ("2025-03-03", 9), ("2025-03-14", 9)),
        paper(6, "2025-03-01", ("2025-03-09", 4), ("2025-03-14", 7)),
    )
    gains = {e.slug: gain for e, gain in trending.upvote_gains(made, trending.WEEK_DAYS).items()}
    # Paper 4 was looked at once, paper 5 gained nothing; of paper 6 only five days are known.
    assert gains == {"2503.00002": 50, "2503.00003": 20, "2503.00006": 3, "2503.00001": 2}
    assert list(gains) == ["2503.00002", "2503.00003", "2503.00006", "2503.00001"]
    month = trending.upvote_gains(made, trending.MONTH_DAYS)
    assert [(e.slug, gain) for e, gain in month.items()][:2] == [
        ("2503.00001", 112),
        ("2503.00002", 60),
    ]


def test_the_page_shows_gains() -> None:
    made = catalog(paper(2, "2025-03-02", ("2025-03-06", 10), ("2025-03-14", 60)))
    page = trending.make_page(made).html()
    assert "Most upvotes gained in a week" in page
    assert '<span class="pd-count">50</span>' in page


def test_an_archive_without_upvotes_says_so() -> None:
    made = catalog(Paper(id="arxiv:2503.00001", title="Looms", published="2025-03-01"))
    assert trending.upvote_gains(made, trending.WEEK_DAYS) == {}
    assert "nothing to rank" in trending.make_page(made).html()


def test_one_look_at_each_paper_tells_of_no_movers_and_the_page_says_so() -> None:
    made = catalog(
        paper(1, "2025-03-10", ("2025-03-10", 7)), paper(2, "2025-03-11", ("2025-03-11", 9))
    )
    assert trending.upvote_gains(made, trending.WEEK_DAYS) == {}
    assert list(trending.trending_lists(made)) == [trending.RISING_FEED_PATH]
    page = trending.make_page(made).html()
    assert "counted on one day alone" in page
    assert "2 papers of 30 days" in page
    assert "gained" not in page


def test_a_second_look_makes_movers() -> None:
    made = catalog(
        paper(1, "2025-03-10", ("2025-03-10", 7), ("2025-03-11", 12)),
        paper(2, "2025-03-11", ("2025-03-11", 9)),
    )
    assert "1 of 2 papers was counted on more than one day" in trending.make_page(made).html()
    assert len(trending.trending_lists(made)) == 3
