"""Lists for programs that read a little at a time: days by year, the papers of a day in pages, what is trending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render.exports.agent_types import (
    DailyPage,
    DailyPaper,
    DailyYear,
    Trending,
    TrendingPaper,
)
from paper_digest.render.pages import trending
from paper_digest.text.tex import convert as latex
from paper_digest.text.token_estimate import MAX_ANSWER_BYTES

DAILY_FOLDER, TRENDING_PATH = "api/daily", "api/trending.json"

_MAX_TITLE_CHARS, _MAX_NAME_CHARS, _MAX_AUTHORS, _MAX_TOPICS = 300, 80, 3, 6
_ROOM_FOR_ROWS = MAX_ANSWER_BYTES - 300  # beside date, counts and the next path


def file_groups(catalog: Catalog) -> Iterator[OutputGroup[SiteFile]]:
    """Make the lists; a day's files are made again when one of its papers changed, a year's when a number did."""
    years = {year: dict[str, int]() for year in catalog.by_year}
    for day, entries in catalog.by_day.items():
        years[day[:4]][day] = len(entries)
        stem = daily_stem(day)
        yield OutputGroup(stem, catalog.date_hashes[day], partial(_day_files, day, entries))
    for year, days in years.items():
        data = _json(DailyYear(year, len(catalog.by_year[year]), days))
        stem = f"{DAILY_FOLDER}/{year}"
        yield OutputGroup(stem, hash_bytes(data), partial(_finished, f"{stem}.json", data))
    data = _json(_trending(catalog))
    stem = TRENDING_PATH.removesuffix(".json")
    yield OutputGroup(stem, hash_bytes(data), partial(_finished, TRENDING_PATH, data))


def daily_stem(day: str) -> str:
    """Path of the first page of a day, without its ending: ``api/daily/2025/11/20``."""
    return f"{DAILY_FOLDER}/{day.replace('-', '/')}"


def split_by_size(rows: Iterable[bytes], room: int) -> Iterator[list[bytes]]:
    """Split encoded rows into pages of at most ``room`` bytes, a separator counted for each; a row is never cut."""
    page: list[bytes] = []
    size = 0
    for row in rows:
        size += len(row) + 1
        if page and size > room:
            yield page
            page, size = [], len(row) + 1
        page.append(row)
    yield page


def _day_files(day: str, entries: Sequence[CatalogEntry]) -> Iterator[SiteFile]:
    encoded = [msgspec.json.encode(_daily_paper(entry)) for entry in entries]
    pages = list(split_by_size(encoded, _ROOM_FOR_ROWS))
    stem = daily_stem(day)
    paths = [f"{stem}.json", *(f"{stem}-{number}.json" for number in range(2, len(pages) + 1)), ""]
    for path, following, rows in zip(paths, paths[1:], pages, strict=False):
        papers = tuple(msgspec.json.decode(row, type=DailyPaper) for row in rows)
        yield path, _json(DailyPage(date=day, count=len(entries), papers=papers, next=following))


def _daily_paper(entry: CatalogEntry) -> DailyPaper:
    names = [latex.to_unicode(name) for name in entry.authors[:_MAX_AUTHORS]]
    return DailyPaper(
        slug=entry.slug,
        title=_title(entry),
        authors=tuple(name[:_MAX_NAME_CHARS] for name in names),
        author_count=entry.author_count,
        topics=entry.topics[:_MAX_TOPICS],
        notice=entry.notice,
    )


def _trending(catalog: Catalog) -> Trending:
    lists = {
        stem.rpartition("/")[2]: e for stem, (_, e) in trending.trending_lists(catalog).items()
    }
    spans = {"week": trending.WEEK_DAYS, "month": trending.MONTH_DAYS}
    ranked = {
        name: tuple(
            TrendingPaper(
                e.slug,
                _title(e),
                e.upvotes or 0,
                trending.upvote_gains(catalog, spans[name])[e] if name in spans else 0,
                e.notice,
            )
            for e in entries[: trending.MAX_RANKED]
        )
        for name, entries in lists.items()
    }
    return Trending(catalog.present_day, **ranked)


def _title(entry: CatalogEntry) -> str:
    title = latex.to_unicode(entry.title)
    return title if len(title) <= _MAX_TITLE_CHARS else f"{title[:_MAX_TITLE_CHARS]}…"


def _finished(path: str, data: bytes) -> tuple[SiteFile]:
    return ((path, data),)


def _json(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"
