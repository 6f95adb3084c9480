"""What a week's or month's page begins with: most upvoted papers, what rose, the largest organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.periods import with_empty_periods
from paper_digest.catalog.risers import Riser, rising_names
from paper_digest.catalog.topic_pairs import finest_pairs, topic_pairs
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes, program_hash
from paper_digest.render import span
from paper_digest.render.pages import sidebar
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.paper_rows import title_link
from paper_digest.render.span import Span, paragraph
from paper_digest.text.language import (
    format_decimal,
    format_number,
    gettext,
    ngettext,
)
from paper_digest.text.name_order import name_order
from paper_digest.text.noun_phrases import names_subject

#: Names in one line of a summary.
MAX_NAMES = 5
#: Pairs of topics in a summary.
MAX_PAIRS = 3
#: Papers named as most upvoted.
MAX_UPVOTED = 3
#: Months that a month is compared with, and weeks that a week is.
MONTHS_BEFORE, WEEKS_BEFORE = 12, 12
#: Papers of a period that is worth a summary.
MIN_PAPERS = 10


class Risers(NamedTuple):
    """What rose in one period; part of what its page is made from.

    ``pairs`` are pairs of topics, their names joined by a space, that were to be expected in less than
    one paper; ``before`` is with how many periods before it the period was compared.
    """

    topics: tuple[Riser, ...] = ()
    phrases: tuple[Riser, ...] = ()
    pairs: tuple[Riser, ...] = ()
    before: int = 0


class _PeriodRisers(NamedTuple):
    """What rose in a period, and the hash of what that was found from (``_window_keys``)."""

    key: bytes
    risers: Risers


def risers_by_period(catalog: Catalog) -> dict[str, Risers]:
    """Return what rose in each week and month of the archive.

    That of the last build holds for each period of which no paper, and none of the periods before it that it
    is compared with, has other topics or phrases.
    """
    # Papers have few different sets of topics.
    names = {e.topics: " ".join(catalog.topics_of(e)) for e in _of_each_set(catalog.entries)}
    phrases = catalog.phrases
    hashes = catalog.hash_by_date(
        lambda entries: "\n".join(
            [f"{names[e.topics]}\t{phrases.get(e.slug, '')}" for e in entries]
        ).encode()
    )
    keys = {
        period: key
        for periods, before in _compared(catalog)
        for period, key in _window_keys(periods, before, hashes)
    }
    named_keys = (part for period, key in keys.items() for part in (period.encode(), key))
    packed = catalog.cached_text(
        "risers", hash_bytes(*named_keys), lambda: _encode(_find_risers(catalog, keys))
    )
    return {period: one.risers for period, one in _decode(packed).items() if one.risers != Risers()}


def _of_each_set(entries: Iterable[CatalogEntry]) -> Iterable[CatalogEntry]:
    """Return a paper of each set of topics."""
    return {e.topics: e for e in entries}.values()


def _compared(catalog: Catalog) -> Iterator[tuple[Mapping[str, Sequence[CatalogEntry]], int]]:
    """Yield the papers by month and by week, each with how many periods before one it is compared with."""
    yield with_empty_periods(catalog.by_month), MONTHS_BEFORE
    yield with_empty_periods(catalog.by_week), WEEKS_BEFORE


def _window_keys(
    periods: Iterable[str], before: int, hashes: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield each period, the newest first, with a hash of its own and of those of the periods before it."""
    names, of_no_paper = [*periods], hash_bytes()
    in_order = [hashes.get(name, of_no_paper) for name in names]
    for place, name in enumerate(names):
        window = in_order[place : place + before + 1]
        yield name, hash_of_hashes((program_hash(), *window))


def _find_risers(catalog: Catalog, keys: Mapping[str, bytes]) -> dict[str, _PeriodRisers]:
    """Find what rose in the periods whose key is not that of the last build."""
    last = _last_risers(catalog)
    rising = {period: last[period] for period, key in keys.items() if _key_of(last, period) == key}
    asked = keys.keys() - rising.keys()
    for periods, before in _compared(catalog):
        topics = rising_names(periods, catalog.topics_of, before, asked)
        phrases = rising_names(periods, catalog.phrases_of, before, asked)
        pairs = rising_names(periods, partial(topic_pairs, catalog), before, asked)
        for place, period in enumerate(periods):
            if period not in topics:
                continue
            subjects = [one for one in phrases[period] if names_subject(one.name)]
            unusual = finest_pairs([p for p in pairs[period] if p.expected < 1], catalog)
            risers = Risers(
                topics[period][:MAX_NAMES], tuple(subjects[:MAX_NAMES]), tuple(unusual[:MAX_PAIRS])
            )
            if risers != Risers():
                # An archive that is young has fewer.
                risers = risers._replace(before=min(before, len(periods) - 1 - place))
            rising[period] = _PeriodRisers(keys[period], risers)
    return rising


def _last_risers(catalog: Catalog) -> dict[str, _PeriodRisers]:
    try:
        return _decode(catalog.last_text("risers"))
    except (msgspec.DecodeError, UnicodeDecodeError):  # there is none, or another version's
        return {}


def _key_of(risers: Mapping[str, _PeriodRisers], period: str) -> bytes:
    return risers[period].key if period in risers else b""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, _PeriodRisers]).decode


def summary(when: str, entries: tuple[CatalogEntry, ...], risers: Risers, catalog: Catalog) -> Span:
    """Set the summary of a week or month; nothing for a period of few papers, or with nothing to say."""
    if len(entries) < MIN_PAPERS:
        return span.EMPTY
    if "W" in when:
        topics_label = ngettext(
            "Topics above their share of the week before",
            "Topics above their share of the {n} weeks before",
            risers.before,
        )
        phrases_label = ngettext(
            "Phrases above their share of the week before",
            "Phrases above their share of the {n} weeks before",
            risers.before,
        )
    else:
        topics_label = ngettext(
            "Topics above their share of the month before",
            "Topics above their share of the {n} months before",
            risers.before,
        )
        phrases_label = ngettext(
            "Phrases above their share of the month before",
            "Phrases above their share of the {n} months before",
            risers.before,
        )
    lines = [
        *_line(gettext("Most upvoted"), _upvoted(entries)),
        *_line(
            topics_label,
            (
                span.page_link(span.text(catalog.topics[r.name].title), f"topics/{r.name}.md")
                + _counted(r)
                for r in risers.topics
            ),
        ),
        *_line(
            phrases_label,
            (span.text(r.name) + _counted(r) for r in risers.phrases),
        ),
        *_line(
            gettext("Topics seldom met together before"),
            (_pair(r, catalog) + _counted(r) for r in risers.pairs),
        ),
        *_line(
            gettext("Organisations with the most papers"),
            _organisations(entries, catalog),
            sidebar.organisation_share(entries),
        ),
    ]
    return box("pd-summary", [paragraph(line, "pd-small") for line in lines])


def _line(label: str, items: Iterable[Span], note: str = "") -> Iterator[Span]:
    joined = span.join(items, " · ")
    if joined:
        end = span.text_run(f" ({note})") if note else span.EMPTY
        yield (
            span.strong(span.text(gettext("{label}:", label=label)))
            + span.text_run(" ")
            + joined
            + end
        )


def _upvoted(entries: tuple[CatalogEntry, ...]) -> Iterator[Span]:
    best = sorted((e for e in entries if e.upvotes), key=lambda e: (-(e.upvotes or 0), e.slug))
    for e in best[:MAX_UPVOTED]:
        yield title_link(e) + sidebar.count_badge(e.upvotes or 0)


def _organisations(entries: tuple[CatalogEntry, ...], catalog: Catalog) -> Iterator[Span]:
    counts = Counter(e.organisation for e in entries if e.organisation)
    several = [item for item in counts.items() if item[1] > 1]
    ranked = sorted(several, key=lambda item: (-item[1], name_order(item[0])))
    for name, number in ranked[:MAX_NAMES]:
        yield sidebar.organisation_link(name, catalog) + sidebar.count_badge(number)
    # The alphabet alone would decide which of equals are named.
    least = ranked[MAX_NAMES - 1][1] if len(ranked) > MAX_NAMES else 0
    if equals := sum(number == least for _, number in ranked[MAX_NAMES:]):
        yield span.text(
            ngettext("{n} more with {number}", "{n} more with {number}", equals, number=least)
        )


def _pair(riser: Riser, catalog: Catalog) -> Span:
    first, second = (catalog.topics[name].title for name in riser.name.split())
    return span.text(gettext("{topic} with {other}", topic=first, other=second))


def _counted(riser: Riser) -> Span:
    """Say in how many papers a name stands, and in how many it was to be expected."""
    expected = format_decimal(riser.expected).removesuffix(format_decimal(0)[1:])
    counted = gettext(
        "{number}, expected {expected}", number=format_number(riser.paper_count), expected=expected
    )
    return span.text_run(f" ({counted})")
