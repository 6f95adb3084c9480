"""What a source is: all that the program has to know of it, said by the source itself.

A module or folder of ``sources`` that ends in ``SOURCE = Source(...)`` is a source, and known
everywhere by that alone: the command line, ``follow:``, the merging of records, pages, the manual.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from paper_digest.identity.source_ranking import UNRANKED
from paper_digest.model.announcements import AnnouncementCalendar
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError
from paper_digest.model.follow import UNASKED_NAMES
from paper_digest.model.paper import Sighting
from paper_digest.sources.options import (
    BASE_URL_OPTION,
    SourceOption,
    check_options,
    config_place,
)


class SourceQuery(msgspec.Struct, frozen=True):
    """What one entry of ``follow:`` asks a source for.

    Attributes:
        options: the values of the options given, checked against what the source declares.
        since, until: the days to fill, inclusive.
        base_url: where the source's service lies: its own, or a mirror.
    """

    options: Mapping[str, tuple[str, ...]]
    since: date
    until: date
    base_url: str

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of an option, none where it was left out."""
        return self.options.get(name, ())

    def value(self, option: SourceOption) -> str:
        """Return the value of an option that has one, or its default."""
        return next(iter(self.values(option.name)), option.default)


class Locator(msgspec.Struct, frozen=True, kw_only=True):
    """How a source finds one paper by what a person has of it, for ``digest add``.

    Attributes:
        order: who is asked first takes a text that two would take; the smallest number first.
        forms: the forms known, as a phrase (``a DOI (10.1145/12345)``).
        hosts: hosts of addresses that people copy without ``https://``.
        find: returns the request for the paper's record, or ``None`` for any other text.
        find_last: the same for texts that another source takes first: asked where that one knows no
            such paper. A DOI does not say which agency registered it.
        join: makes of such requests few that ask for the same papers together.
        asks: who is asked, as people write it, where that is not the source itself: a format has no service.
    """

    order: int
    forms: str
    hosts: tuple[str, ...] = ()
    find: Callable[[str], Request | None]
    find_last: Callable[[str], Request | None] | None = None
    join: Callable[[Iterable[Request]], Iterable[Request]] | None = None
    asks: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One source: what it says of itself, and its pure functions; it opens nothing.

    Attributes:
        name: its module's name; in ``archive.yml``, claims, sightings, and on the command line.
        title: its name as people write it (``Hugging Face``).
        phrase: the same inside a sentence (``a BibTeX file``); the title unless given.
        files_help: what ``digest ingest NAME FILE...`` reads, a sentence.
        parse: reads one answer or file. A bad entry is a problem of the batch; bytes that are not
            this source's at all raise ``SourceError``. Papers come without ``claims``.
        parse_lines: the same, line by line in batches, for files too large to hold.
        start: names the addresses that answer a query; ``None`` where only files are read.
        options: the options of a ``follow:`` entry.
        asks_for_days: an entry without options asks for all of the days to fill.
        base_url: where its service lies, unless an entry's option ``base_url`` names another place.
        rate_limits: least seconds between two calls of a host and all hosts below it, together.
        rank: belief; the source of the smallest rank is believed. ``rank_by_field``: claimed
            fields for which it is another.
        carries: claimed fields that its formats can hold; it says nothing of others by silence.
        states_whole_entries: each of its formats can hold all of ``carries``, so that a field left out
            of a newer reading of an entry was removed there.
        shows_withdrawal_with: a claimed field that each reading gives in which a withdrawal would stand:
            a newer one of an entry that gives it and no withdrawal takes an earlier withdrawal back.
        dated_by: claimed fields that say how new a reading is, the first that is a whole day
            before the others; without them it is as new as the day it was fetched or saved.
        loses_tex: its titles and abstracts lack signs of TeX.
        counts_upvotes: its sightings have upvotes.
        keeps_claims: its papers bring their claims along, and their ids are settled.
        refetch_span: days not older than this are asked for again, because figures settle late.
        calendar: when it has news, where that is on fixed days.
        locator: finds single papers.
        sighting_phrase: says where a paper was seen; the phrase unless given.
    """

    name: str
    title: str
    phrase: str = ""
    files_help: str
    parse: Callable[[bytes, Request], Batch]
    parse_lines: Callable[[Iterable[bytes], Request], Iterator[Batch]] | None = None
    start: Callable[[SourceQuery], Iterable[Request]] | None = None
    options: tuple[SourceOption, ...] = ()
    asks_for_days: bool = False
    base_url: str = ""
    rate_limits: Mapping[str, float] = {}
    rank: int = UNRANKED
    rank_by_field: Mapping[str, int] = {}
    carries: frozenset[str]
    states_whole_entries: bool = False
    shows_withdrawal_with: str = ""
    dated_by: tuple[str, ...] = ()
    loses_tex: bool = False
    counts_upvotes: bool = False
    keeps_claims: bool = False
    refetch_span: timedelta | None = None
    calendar: AnnouncementCalendar | None = None
    locator: Locator | None = None
    sighting_phrase: Callable[[Sighting], str] | None = None

    def requests(
        self, options: Mapping[str, object], since: date, until: date
    ) -> tuple[Request, ...]:
        """Return the addresses to read first for one entry of ``follow:``.

        Raises:
            ConfigError: an option is unknown or wrong, or nothing is asked for.
        """
        place = config_place(self.name)
        if self.start is None:
            what, cure = (
                "reads files, and none are named",
                "write files: followed by a list of them",
            )
            raise ConfigError(place, what, cure)
        base_url, options = self._split_base_url(options)
        checked = check_options(self.name, options, self.options)
        asking = {option.name: option for option in self.options if option.asks}
        if not (self.asks_for_days or checked.keys() & asking.keys()):
            first = next(iter(asking.values()))
            what = f"one of its options is needed: {', '.join(asking)}"
            raise ConfigError(place, what, f"write {first.name}: {first.example}")
        return tuple(self.start(SourceQuery(checked, since, until, base_url)))

    def request_at(self, base_url: str, request: Request) -> Request:
        """Return a request to the source's own service as one to another place of it."""
        if not (base_url and self.base_url and request.url.startswith(self.base_url)):
            return request
        path = request.url.removeprefix(self.base_url)
        return msgspec.structs.replace(request, url=base_url.rstrip("/") + path)

    @property
    def asked_title(self) -> str:
        """Who is asked for single papers, as people write it."""
        return (self.locator.asks if self.locator else "") or self.title

    def asks_by_day(self, options: Mapping[str, object]) -> bool:
        """Tell whether an entry of ``follow:`` asks for days, so that it can have gaps."""
        by_days = {option.name for option in self.options if option.by_days}
        given = options.keys() - UNASKED_NAMES
        return bool(given & by_days) or (self.asks_for_days and not given)

    def _split_base_url(self, options: Mapping[str, object]) -> tuple[str, dict[str, object]]:
        """Take the address of the service out of the options; it is the source's own unless given."""
        others = {name: v for name, v in options.items() if name != BASE_URL_OPTION.name}
        if not self.base_url or len(others) == len(options):
            return self.base_url, dict(options)
        given = {BASE_URL_OPTION.name: options[BASE_URL_OPTION.name]}
        [base_url] = check_options(self.name, given, (BASE_URL_OPTION,))[BASE_URL_OPTION.name]
        return base_url.rstrip("/"), others
