"""Saved-page papers get arXiv's word where it is certain, and a person decides where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from loopback_server import FakeTime, Server, send
from paper_digest.ingest import enrich, review
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.paper import Author, Paper
from paper_digest.sources.registry import registry
from paper_digest.store import decisions
from paper_digest.store.files import Store
from source_answers import Elsewhere, found, path_of

TODAY = date(2026, 3, 2)
TITLE = "An Invented Title of Some Length"
OURS = Paper(id="title:0123456789abcdef", title=TITLE, author_count=2, published="2025-11-04")


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def absorb(store: Store, *papers: Paper, source: str = "text") -> IngestReport:
    report = IngestReport()
    with store.lock():
        absorber = PaperWriter(store, report, TODAY)
        for paper in papers:
            absorber.ingest_paper(paper, registry().source(source), "2026-03-01", "page.txt")
        absorber.flush()
    return report


def enriched(
    root: Path, server: Server, fake: FakeTime
) -> tuple[IngestReport, list[tuple[str, str]]]:
    manners = Politeness(interval_s=0.0, max_tries=1)
    with HttpFetcher(manners, root / "answers", environment=fake.world) as fetcher:
        getter, now = Elsewhere(fetcher, server), fake.world.now()
        return enrich.enrich_store(Store(root), getter, root / "asked", now, lambda _: None)


def serve(server: Server, store: Store, *replies: bytes) -> None:
    """Answer what will be asked, in order."""
    todo = enrich.enrich_requests(store.read_all(), frozenset())
    for (request, _), reply in zip(todo, replies, strict=True):
        server.on(path_of(request.url), send(reply, Content_Type="application/atom+xml"))


def test_what_is_certain_is_filled_and_what_is_not_is_told(server: Server, tmp_path: Path) -> None:
    store, fake = Store(tmp_path), FakeTime()
    unsure = msgspec.structs.replace(OURS, title="Another Invented Title", author_count=None)
    bare = Paper(id="arxiv:2511.00007", abstract="We fold them.")
    absorb(store, OURS, unsure, bare, msgspec.structs.replace(OURS, title="Short"))
    serve(
        server,
        store,
        found(("2511.00007", "Boats of seven", ["Ada A"])),
        found(
            ("2511.00008", TITLE.lower(), ["Ada A", "Bo B"]),
            ("2511.00009", TITLE, ["Ada A", "Bo B", "Cy C"]),  # a namesake with three authors
            ("2511.00010", "Another invented title", ["Ada A"]),
            ("2511.00011", "Of another thing entirely", ["Ada A"]),
        ),
    )
    report, doubts = enriched(tmp_path, server, fake)
    assert report.problems == []
    assert (report.new, report.changed) == (set(), {"arxiv:2511.00007", "arxiv:2511.00008"})
    papers = {paper.id: paper for paper in store.read_all()}
    assert [i for i in papers if i.startswith("arxiv")] == ["arxiv:2511.00007", "arxiv:2511.00008"]
    assert papers["arxiv:2511.00007"].title == "Boats of seven"
    assert papers["arxiv:2511.00008"].categories == ("cs.RO",)
    assert papers["arxiv:2511.00008"].aliases[0].startswith("title:")
    assert [theirs for _, theirs in doubts] == ["arxiv:2511.00010"]


def test_a_stopped_run_goes_on_and_a_month_passes_before_it_asks_again(
    server: Server, tmp_path: Path
) -> None:
    store, fake = Store(tmp_path), FakeTime()
    absorb(store, *(msgspec.structs.replace(OURS, title=f"{TITLE} {n:02}") for n in range(12)))
    serve(server, store, found(), found())
    (first, second) = list(server.replies)
    good = server.replies[second]
    server.replies[second] = [send(b"", 404)]
    report, _ = enriched(tmp_path, server, fake)
    assert ["404" in p.what for p in report.problems] == [True]
    server.replies[second] = good
    server.calls.clear()
    assert enriched(tmp_path, server, fake)[0].problems == []
    assert [path for path, _ in server.calls] == [second]
    assert enriched(tmp_path, server, fake)[0].problems == []
    assert len(server.calls) == 1
    fake.sleep(timedelta(days=32).total_seconds())
    enriched(tmp_path, server, fake)
    assert [path for path, _ in server.calls] == [second, first, second]


@pytest.mark.parametrize("sent", [(), (1,), (0, 2), (0, 1, 2)])
def test_ids_that_got_no_answer_are_asked_again_by_the_next_run(
    server: Server, tmp_path: Path, sent: tuple[int, ...]
) -> None:
    """Those in a hurry get empty lists of arXiv; the problem says to ask again."""
    store, fake = Store(tmp_path), FakeTime()
    names = [f"2511.0000{n}" for n in range(1, 4)]
    absorb(store, *(Paper(id=f"arxiv:{bare}", abstract="We fold them.") for bare in names))
    answers = [(bare, f"Boats of {bare}", ["Ada A"]) for bare in names]
    serve(server, store, found(*(answers[n] for n in sent)))
    assert len(enriched(tmp_path, server, fake)[0].problems) == len(names) - len(sent)
    serve(server, store, *([found(*answers)] if len(sent) < len(names) else []))
    server.calls.clear()
    report, _ = enriched(tmp_path, server, fake)
    assert report.problems == []
    assert len(server.calls) == (len(sent) < len(names))
    assert {paper.title for paper in store.read_all()} == {title for _, title, _ in answers}


def test_titles_are_asked_as_phrases_of_plain_words(tmp_path: Path) -> None:
    store = Store(tmp_path)
    absorb(
        store, msgspec.structs.replace(OURS, title='$K$-Means: "Boats" AND (sails) OR {\\bf more}')
    )
    [(request, ids)] = enrich.enrich_requests(store.read_all(), frozenset())
    query = parse_qs(urlsplit(request.url).query)["search_query"][0]
    assert query.count('"') == 2
    assert not set(query) & set("()\\{}$")
    assert ids == [paper.id for paper in store.read_all()]


def two(store: Store) -> tuple[str, str]:
    """Put two records into a store of which nobody can be sure: arXiv's id is of the year after."""
    arxiv = Paper(id="arxiv:2601.00008", title=TITLE, authors=(Author("Ada A"), Author("Bo B")))
    absorb(store, msgspec.structs.replace(OURS, abstract="They float."))
    absorb(store, arxiv, source="arxiv")
    [pair] = review.pairs_to_review(store)
    return pair.one.id, pair.two.id


def test_one_paper_is_united_and_stays_so(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = two(store)
    assert "holds both" in review.decide(store, other, one, "same", TODAY)
    [paper] = store.read_all()
    assert (paper.id, paper.aliases) == (one, (other,))
    assert list(review.pairs_to_review(store)) == []
    absorb(store, msgspec.structs.replace(OURS, abstract="They float."))
    assert [p.id for p in store.read_all()] == [one]


def test_two_papers_stay_two_whatever_comes_later(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = two(store)
    assert "stay two" in review.decide(store, one, other, "different", TODAY)
    assert list(review.pairs_to_review(store)) == []
    dated = Paper(
        id=one, title=TITLE, authors=(Author("Ada A"), Author("Bo B")), published="2025-11-04"
    )
    absorb(store, dated, source="arxiv")  # now every rule would say they are one
    absorb(store, msgspec.structs.replace(OURS, abstract="They float."))
    assert sorted(p.id for p in store.read_all()) == [one, other]


def test_a_wrong_union_is_undone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = two(store)
    review.decide(store, one, other, "same", TODAY)
    assert "of its own again" in review.decide(store, other, one, "different", TODAY)
    assert {p.id: p.aliases for p in store.read_all()} == {one: (), other: ()}
    absorb(store, msgspec.structs.replace(OURS, abstract="They float."))
    assert {p.id: p.aliases for p in store.read_all()} == {one: (), other: ()}
    absorb(store)
    assert len(list(store.read_all())) == 2


def test_a_pair_left_for_later_is_off_the_list_and_not_decided(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = two(store)
    review.decide(store, one, other, "later", TODAY)
    assert list(review.pairs_to_review(store)) == []
    [pair] = review.pairs_to_review(store, with_postponed=True)
    assert (pair.one.id, pair.two.id) == (one, other)
    assert "holds both" in review.decide(store, one, other, "same", TODAY)


def test_a_verdict_waits_for_a_record_that_is_not_here_yet(tmp_path: Path) -> None:
    store = Store(tmp_path)
    absorb(store, OURS)
    [ours] = [paper.id for paper in store.read_all()]
    assert "when its record comes in" in review.decide(
        store, ours, "arxiv:2511.00077", "same", TODAY
    )
    absorb(
        store, Paper(id="arxiv:2511.00077", title="Under another title altogether"), source="arxiv"
    )
    assert [(p.id, p.aliases) for p in store.read_all()] == [("arxiv:2511.00077", (ours,))]


def test_a_former_id_means_the_record_that_has_it(tmp_path: Path) -> None:
    """They were to be united when its record comes in, which it never does: it is there."""
    store = Store(tmp_path / "archive")
    boats, rafts, kayaks = (f"arxiv:2501.0000{n}" for n in (1, 2, 3))
    store.write(
        [Paper(id=boats, title="Boats", aliases=(rafts,)), Paper(id=kayaks, title="Kayaks")]
    )
    assert review.decide(store, boats, rafts, "same", TODAY) == f"{boats} holds both already."
    review.decide(store, boats, rafts, "different", TODAY)
    assert "when its record comes in" in review.decide(store, rafts, kayaks, "same", TODAY)
    assert review.decide(store, boats, rafts, "same", TODAY) == f"{boats} holds both already."
    said = review.decide(store, rafts, kayaks, "same", TODAY)
    assert said == f"{boats} holds both; {rafts}, {kayaks} leads to it."
    [paper] = store.read_all()
    assert (paper.id, *paper.aliases) == (boats, rafts, kayaks)


def test_verdicts_about_nothing_are_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(DigestError, match="not in the archive"):
        review.decide(store, "arxiv:2511.00001", "arxiv:2511.00002", "same", TODAY)
    with pytest.raises(DigestError, match="twice"):
        review.decide(store, "arxiv:2511.00001", "arxiv:2511.00001", "same", TODAY)
    (tmp_path / decisions.DECISIONS_FILE).write_text("{}\n")
    with pytest.raises(DigestError, match=r"verdicts\.jsonl:1"):
        list(review.pairs_to_review(store))


def test_problems_are_a_persons_to_read() -> None:
    assert str(Problem("a.bib", "has no title", 7, "add one")) == "a.bib:7: has no title; add one"
