"""Projects of real records for a bench: as many as asked, repeated with other ids where they end."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from made_up_records import made_up_records
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.paper import Author, Paper
from paper_digest.store.files import Store
from paper_digest.text import fields

ROOT = Path(__file__).resolve().parents[3]
#: Settings of its own, so that figures do not hang on the archive of the checkout.
SAMPLE = ROOT / "tests" / "data" / "sample"
CORPUS = ROOT.parent / "shared" / "corpus" / "arxiv_40k.jsonl.gz"
RECORDS = 40_000
#: A step through the records that visits each once, so that few papers have the mix of all.
STRIDE = 7_919


def project(place: Path) -> Path:
    """Make an empty project with the settings and the site frame of the sample."""
    place.mkdir(parents=True)
    for name in ("archive.yml", "mkdocs.yml"):
        shutil.copy(SAMPLE / name, place / name)
    (place / "generator").symlink_to(ROOT / "generator")
    (place / "docs").mkdir()
    return place


def fill(place: Path, first: int, count: int, day: str = "", *, made_up: bool = False) -> None:
    """Write the papers numbered ``first`` up to ``first + count`` into a project's archive.

    ``day`` is when all of them were submitted and announced, where it is not said by the records.
    ``made_up`` takes made-up records also where real ones lie beside the checkout.
    """
    store = Store(place / "archive")
    with store.lock():
        store.write(_papers(first, count, day, made_up=made_up))


def write_dump(path: Path, first: int, count: int, day: str, *, made_up: bool = False) -> None:
    """Write the papers that ``fill`` would write as a dump, for ``digest ingest jsonl``."""
    papers = _papers(first, count, day, made_up=made_up)
    path.write_bytes(b"".join(msgspec.json.encode(paper) + b"\n" for paper in papers))


def real_papers(count: int) -> list[Paper]:
    """Return so many papers of the records, as they go into an archive."""
    return list(_papers(0, count, ""))


def _records(*, made_up: bool) -> list[str]:
    """Return the real records, or as many made-up ones where these do not lie beside the checkout."""
    if CORPUS.exists() and not made_up:
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            return list(lines)
    return [json.dumps(record) for record in made_up_records(RECORDS)]


def _papers(first: int, count: int, day: str, *, made_up: bool = False) -> Iterator[Paper]:
    records = _records(made_up=made_up)
    for number in range(first, first + count):
        again, place = divmod(number, RECORDS)
        record = json.loads(records[place * STRIDE % RECORDS])
        if day:
            record |= {"published": day, "updated": day}
        # The same month, and a number that none of its papers has; of the day's month none is there.
        month = record["published"][2:4] + record["published"][5:7]
        free = number % 100_000 if day else again * RECORDS + place
        bare = f"{month}.{free:05}" if again or day else record["id"]
        yield _paper(record, f"arxiv:{bare}")


def _paper(record: dict[str, Any], paper_id: str) -> Paper:
    paper = Paper(
        id=paper_id,
        title=fields.one_line(record["title"]),
        abstract=fields.clean_block(record["abstract"]),
        authors=tuple(Author(fields.one_line(name)) for name in record["authors"]),
        published=record["published"],
        announced=record["published"],
        updated=record.get("updated") or "",
        categories=tuple(dict.fromkeys((record["primary_category"], *record["categories"]))),
        comment=fields.one_line(record.get("comment")),
        doi=fields.parse_doi(record.get("doi")),
        journal_ref=fields.one_line(record.get("journal_ref")),
    )
    return attribute_fields(paper, "arxiv", "2026-11-20")
