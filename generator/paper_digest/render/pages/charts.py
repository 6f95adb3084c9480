"""Small charts as inline SVG: papers per month, and a line beside a topic's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from paper_digest.render import span
from paper_digest.render.span import EMPTY, Span, html_block
from paper_digest.text.dates import format_date
from paper_digest.text.language import (
    format_number,
    gettext,
)

WIDTH, HEIGHT = 720, 96

#: More bars than this are drawn by year.
MAX_BARS = 60

#: Months drawn alone where years would be one bar: at least ``MIN_RECENT_SHARE`` of all papers are of them.
RECENT_MONTHS, MIN_RECENT_SHARE = 36, 0.8

#: Months of a sparkline.
SPARKLINE_MONTHS = 12


def bar_chart(counts: Mapping[str, int], label: str) -> Span:
    """Draw one bar a month from the first to the last; nothing for fewer than two months.

    A span of over five years is drawn by year; where nearly all papers are of its last three
    years, these are drawn by month, and the caption says how many came before. Each bar says its
    figure on hover; the colours come from the style sheet.
    """
    bars, older_papers = _choose_bars(counts)
    if len(bars) < 2:  # noqa: PLR2004 - one bar is no chart
        return html_block("")
    top, step = max(bars.values()), WIDTH / len(bars)
    most = format_number(top)
    if len(next(iter(bars))) == len("YYYY"):
        label = gettext("{papers}, at most {most} a year", papers=label, most=most)
    else:
        label = gettext("{papers}, at most {most} a month", papers=label, most=most)
    if older_papers:
        earlier = format_number(older_papers)
        label = gettext("{chart}; {number} earlier", chart=label, number=earlier)
    drawn = []
    for number, (when, count) in enumerate(bars.items()):
        if not count:
            continue
        height = HEIGHT * count / top
        drawn.append(
            f'<rect x="{number * step:.1f}" y="{HEIGHT - height:.1f}" width="{step * 0.8:.1f}" '
            f'height="{height:.1f}"><title>{format_date(when)}: {format_number(count)}</title></rect>'
        )
    first, last = format_date(next(iter(bars))), format_date(next(reversed(bars)))
    described = gettext("{chart}, {first} to {last}", chart=label, first=first, last=last)
    return html_block(
        f'<figure class="pd-chart"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'preserveAspectRatio="none" aria-label="{escape(described)}">'
        f"{''.join(drawn)}</svg><figcaption><span>{first}</span><span>{escape(label)}</span>"
        f"<span>{last}</span></figcaption></figure>"
    )


def _choose_bars(counts: Mapping[str, int]) -> tuple[dict[str, int], int]:
    """Choose the bars, and count the papers older than the first of them."""
    bars, total = counts_by_period(counts), sum(counts.values())
    months = dict(list(_fill_months(counts).items())[-RECENT_MONTHS:])
    recent = sum(months.values())
    if (
        len(bars) > 1
        and len(next(iter(bars))) == len("YYYY")
        and recent >= MIN_RECENT_SHARE * total
    ):
        return months, total - recent
    return bars, 0


def counts_by_period(counts: Mapping[str, int]) -> dict[str, int]:
    """Fill the gaps of counts by month; more than ``MAX_BARS`` months are counted by year."""
    bars = _fill_months(counts)
    if len(bars) <= MAX_BARS:
        return bars
    years: dict[str, int] = {}
    for month, count in bars.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def sparkline(values: Sequence[int]) -> Span:
    """Draw values as a line the size of a word; nothing where all are zero."""
    top = max(values, default=0)
    if not top or len(values) < 2:  # noqa: PLR2004 - one point is no line
        return EMPTY
    step = 60 / (len(values) - 1)
    points = " ".join(f"{n * step:.0f},{15 - 14 * v / top:.0f}" for n, v in enumerate(values))
    return span.html(
        '<svg class="pd-sparkline" viewBox="0 0 60 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<polyline points="{points}"></polyline></svg>'
    )


def recent_counts(
    counts: Mapping[str, int], last: str, month_count: int = SPARKLINE_MONTHS
) -> list[int]:
    """Take the counts of the ``month_count`` months up to ``last`` (``YYYY-MM``), oldest first."""
    number = int(last[:4]) * 12 + int(last[5:7]) - 1
    wanted = (divmod(n, 12) for n in range(number - month_count + 1, number + 1))
    return [counts.get(f"{year:04}-{month + 1:02}", 0) for year, month in wanted]


def _fill_months(counts: Mapping[str, int]) -> dict[str, int]:
    """Add the months without papers between the first and the last."""
    if not counts:
        return {}
    first, last = min(counts), max(counts)
    year, month = int(first[:4]), int(first[5:7])
    filled: dict[str, int] = {}
    while (key := f"{year:04}-{month:02}") <= last:
        filled[key] = counts.get(key, 0)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - December
    return filled
