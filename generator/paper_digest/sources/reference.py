"""The manual's tables of sources and their options, in Markdown, made from what sources say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paper_digest.sources.options import (
    BASE_URL_OPTION,
    FILE_OPTIONS,
    FILTER_OPTIONS,
    SourceOption,
)
from paper_digest.sources.source import Source


def source_table(sources: Iterable[Source]) -> str:
    """Return a table of all sources: name, what their files are, and the options of ``follow:``."""
    rows = (
        (f"`{s.name}`", s.title, s.files_help, ", ".join(f"`{o.name}`" for o in s.options) or "files only")
        for s in sources
    )  # fmt: skip
    return _table(("Name", "Source", "`digest ingest NAME FILE...`", "Options in `follow:`"), rows)


def option_table(sources: Iterable[Source]) -> str:
    """Return a table of every option of every source, those that all have at its end."""
    sources = tuple(sources)
    rows = [_option_row(f"`{source.name}`", one) for source in sources for one in source.options]
    homes = [f"`{source.base_url}`" for source in sources if source.base_url]
    rows.append(_option_row("every source with a service", BASE_URL_OPTION))
    rows[-1] = (
        *rows[-1][:2],
        f"{rows[-1][2]}: a mirror, or a new home; {', '.join(homes)} unless given",
    )
    rows += (_option_row("every source", one) for one in (*FILE_OPTIONS, *FILTER_OPTIONS))
    return _table(("Source", "Option", "What it asks for"), rows)


def _option_row(source: str, option: SourceOption) -> tuple[str, str, str]:
    more = [f"one of {', '.join(f'`{c}`' for c in option.choices)}"] if option.choices else []
    more += [f"`{option.default}` unless given"] if option.default else []
    words = "; ".join((option.help, *more))
    return source, f"`{option.name}: {option.example}`", words


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_lines(head, rows)) + "\n"


def _lines(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
