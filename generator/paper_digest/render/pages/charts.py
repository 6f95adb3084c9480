"""Small charts as inline SVG: papers per month, and a line beside a topic's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from paper_digest.catalog.periods import is_month
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

    ``counts`` are by month, and by year (``YYYY``) of what only that is known of. A span of over five
    years is drawn by year, and so is one in which many papers have no month; where nearly all papers
    are of its last three years, these are drawn by month, and the caption says how many came before,
    and how many of these years have no month. Each bar says its figure on hover; the colours come from
    the style sheet.
    """
    bars, older_papers, without_month = _choose_bars(counts)
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
    if without_month:
        number = format_number(without_month)
        label = gettext("{chart}; {number} without a month", chart=label, number=number)
    drawn = []
    for place, (when, count) in enumerate(bars.items()):
        if not count:
            continue
        height = HEIGHT * count / top
        drawn.append(
            f'<rect x="{place * step:.1f}" y="{HEIGHT - height:.1f}" width="{step * 0.8:.1f}" '
            f'height="{height:.1f}"><title>{format_date(when)}: {format_number(count)}</title></rect>'
        )
    first, last = format_date(next(iter(bars))), format_date(next(reversed(bars)))
    described = gettext("{chart}, {first} to {last}", chart=label, first=first, last=last)
    return html_block(
        f'<figure class="pd-chart"><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'preserveAspectRatio="none" aria-label="{escape(described)}">'
        f'{"".join(drawn)}</svg><figcaption aria-hidden="true"><span>{first}</span>'
        f"<span>{escape(label)}</span>"
        f"<span>{last}</span></figcaption></figure>"
    )


def _choose_bars(counts: Mapping[str, int]) -> tuple[dict[str, int], int, int]:
    """Choose the bars; count the papers older than the first of them, and those of no bar."""
    bars, total = counts_by_period(counts), sum(counts.values())
    months = dict(list(_fill_months(counts).items())[-RECENT_MONTHS:])
    recent = sum(months.values())
    if len(bars) > 1 and not is_month(next(iter(bars))) and recent >= MIN_RECENT_SHARE * total:
        bars = months
    first = next(iter(bars), "")
    if not is_month(first):
        return bars, 0, 0
    older = sum(n for when, n in counts.items() if when[: len(first)] < first[: len(when)])
    return bars, older, total - older - sum(bars.values())


def counts_by_period(counts: Mapping[str, int]) -> dict[str, int]:
    """Fill the gaps of counts by month, and by year of what has no month (``count_by_month``).

    More than ``MAX_BARS`` months are counted by year, and so are counts of which a good part has no month.
    """
    bars = _fill_months(counts)
    if len(bars) <= MAX_BARS and sum(bars.values()) >= MIN_RECENT_SHARE * sum(counts.values()):
        return bars
    first, last = (int(when[:4]) for when in (min(counts), max(counts)))
    years = {f"{year:04}": 0 for year in range(first, last + 1)}
    for when, count in counts.items():
        years[when[:4]] += count
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
    """Add the months without papers between the first and the last; what has no month is left out."""
    known = [*filter(is_month, counts)]
    if not known:
        return {}
    first, last = min(known), max(known)
    year, month = int(first[:4]), int(first[5:7])
    filled: dict[str, int] = {}
    while (key := f"{year:04}-{month:02}") <= last:
        filled[key] = counts.get(key, 0)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004 - December
    return filled
