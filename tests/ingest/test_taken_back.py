"""A withdrawal that its source takes back is gone, whatever is read in which order; what cannot say so takes none back."""

from __future__ import annotations

import json
import random
import tempfile
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store

WITHDRAWN = "This paper has been withdrawn by the author due to a knot"


class Version(NamedTuple):
    """A version at arXiv: its number is its place, a month lies between two."""

    number: int
    comment: str

    @property
    def day(self) -> str:
        """The day on which it came out."""
        return f"2024-{self.number:02}-05"


def api_answer(version: Version) -> bytes:
    comment = f"<arxiv:comment>{version.comment}</arxiv:comment>" if version.comment else ""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>http://arxiv.org/api/x</id><title>ArXiv Query</title>
<entry><id>http://arxiv.org/abs/2401.00011v{version.number}</id><updated>{version.day}T00:00:00Z</updated>
<published>2024-01-05T00:00:00Z</published><title>Kites, edition {version.number}</title><summary>Of kites.</summary>
<author><name>Zoe Quill</name></author>{comment}<category term="cs.CL"/></entry></feed>""".encode()


def announcement(version: Version) -> bytes:
    kind = "replace" if version.number > 1 else "new"
    return f"""<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
<channel><title>cs updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs</link>
<pubDate>{date.fromisoformat(version.day):%a, %d %b %Y} 00:00:00 -0500</pubDate>
<item><title>Kites, edition {version.number}</title><link>https://arxiv.org/abs/2401.00011</link>
<description>arXiv:2401.00011v{version.number} Announce Type: {kind} Abstract: Of kites.</description>
<guid isPermaLink="false">oai:arXiv.org:2401.00011v{version.number}</guid><category>cs.CL</category>
<arxiv:announce_type>{kind}</arxiv:announce_type><dc:creator>Zoe Quill</dc:creator></item></channel></rss>""".encode()


def read(root: Path, source: str, *answers: bytes, day: str = "") -> Paper:
    store = Store(root)
    with store.lock():
        writer = PaperWriter(store, IngestReport(), date(2026, 3, 2))
        for data in answers:
            request = Request("x.json", as_of=day)
            batch = registry().by_name[source].parse(data, request)
            assert not batch.problems
            writer.ingest_batch(batch, registry().by_name[source], request)
        writer.finish()
    [paper] = store.read_all()
    return paper


def any_life(chance: random.Random) -> list[Version]:
    comments = chance.choices(("", "9 pages", WITHDRAWN), k=chance.choice((2, 3, 4)))
    return [Version(n, comment) for n, comment in enumerate(["", *comments], 1)]


@pytest.mark.parametrize("seed", range(12))
def test_the_newest_version_says_whether_a_paper_is_withdrawn_in_every_order(seed: int) -> None:
    life = any_life(random.Random(seed))  # noqa: S311 - cases, no secrets
    outcomes = set()
    for order in permutations(life):
        with tempfile.TemporaryDirectory() as place:
            paper = read(Path(place), "arxiv", *map(api_answer, order))
            assert paper.withdrawn == (WITHDRAWN if life[-1].comment == WITHDRAWN else ""), order
            assert paper.withdrawn or paper.comment != WITHDRAWN, order
            record = next(Path(place).rglob("*.md"))
            outcomes.add(record.read_text())
            read(Path(place), "arxiv", *map(api_answer, life))
            assert record.read_text() in outcomes, "said again, it writes nothing"
            before = [version for version in life if version.comment == WITHDRAWN]
            assert all(WITHDRAWN in text for text in outcomes) or not before, "nothing said is lost"
    assert len(outcomes) == 1


def test_a_list_of_announcements_takes_no_withdrawal_back(tmp_path: Path) -> None:
    withdrawn, replaced = Version(2, WITHDRAWN), Version(3, WITHDRAWN)
    read(tmp_path, "arxiv", api_answer(withdrawn), day="2024-02-06")
    assert read(tmp_path, "arxiv", announcement(replaced), day="2024-03-06").withdrawn == WITHDRAWN
    assert read(tmp_path, "arxiv", api_answer(Version(3, "")), day="2024-03-07").withdrawn == ""


def submission(*, withdrawn: bool) -> bytes:
    group = "KiteConf.org/2024/Conference"
    content = {
        "title": "Kites in a Storm",
        "authors": ["Zoe Quill"],
        "venueid": f"{group}/Withdrawn_Submission" if withdrawn else group,
    }
    note = {"id": "kites", "forum": "kites", "cdate": 1_704_412_800_000}
    note["content"] = {name: {"value": value} for name, value in content.items()}
    return json.dumps({"notes": [note]}).encode()


def data_set(*, withdrawn: bool) -> bytes:
    title = "RETRACTED: Kites in a Storm" if withdrawn else "Kites in a Storm"
    attributes = {"doi": "10.5555/kites", "titles": [{"title": title}], "creators": [{"name": "Quill, Zoe"}]}  # fmt: skip
    return json.dumps({"data": {"id": "10.5555/kites", "type": "dois", "attributes": attributes}}).encode()  # fmt: skip


def preprint(*, withdrawn: bool) -> bytes:
    number = 2 if withdrawn else 3
    record = {
        "doi": "10.1101/2024.01.05.000001",
        "title": "WITHDRAWN: Kites in a Storm" if withdrawn else "Kites in a Storm",
        "authors": "Quill, Z.",
        "date": f"2024-0{number}-05",
        "version": str(number),
        "server": "biorxiv",
    }
    return json.dumps({"messages": [{"status": "ok"}], "collection": [record]}).encode()


@pytest.mark.parametrize(
    ("source", "answer"),
    [("openreview", submission), ("datacite", data_set), ("biorxiv", preprint)],
)
def test_what_is_asked_live_and_withdrawn_no_more_stands_again(
    source: str, answer: object, tmp_path: Path
) -> None:
    assert callable(answer)
    for day, withdrawn in (("2024-02-10", True), ("2024-03-10", False)):
        paper = read(tmp_path, source, answer(withdrawn=withdrawn), day=day)
        assert bool(paper.withdrawn) == withdrawn
    if source != "biorxiv":  # which says itself when
        paper = read(tmp_path, source, answer(withdrawn=True), day="2024-03-10")
        assert paper.withdrawn, "of one day the later reading wins"
