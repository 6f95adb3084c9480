"""All sources there are: those that lie in this folder, found by reading it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping
from functools import cache

from paper_digest import sources as package
from paper_digest.identity.source_ranking import EDITOR, SourceRanking
from paper_digest.model.announcements import AnnouncementCalendar
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Sighting
from paper_digest.sources.paper_addresses import advice_for, clean_reference
from paper_digest.sources.source import Source
from paper_digest.text.language import gettext
from paper_digest.text.suggestion import suggestion

#: Names in claims that are no source's, and what they are called in a sentence.
OTHER_PHRASES = {
    EDITOR: "this archive's editors",
    "summarise": "a language model that this archive asks",
    "sample": "the sample's records, checked against arXiv's metadata",
}


class Registry:
    """The sources, and what follows from all of them together.

    Attributes:
        by_name: the sources, those believed first before the others.
        ranking: whom to believe; handed to ``identity``.
        names_losing_tex: sources whose abstracts lack signs of TeX.
        rate_limits: least seconds between two calls, by host.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        """Order the sources by rank."""
        self.by_name: Mapping[str, Source] = {
            source.name: source for source in sorted(sources, key=lambda s: (s.rank, s.name))
        }
        everyone = tuple(self.by_name.values())
        by_field: dict[str, dict[str, int]] = {}
        for source in everyone:
            for field, rank in source.rank_by_field.items():
                by_field.setdefault(field, {})[source.name] = rank
        self.ranking = SourceRanking(
            {s.name: s.rank for s in everyone},
            by_field,
            frozenset(s.name for s in everyone if s.states_whole_entries),
            {s.name: s.shows_withdrawal_with for s in everyone if s.shows_withdrawal_with},
        )
        self.names_losing_tex = frozenset(s.name for s in everyone if s.loses_tex)
        self.rate_limits = {
            host: s for source in everyone for host, s in source.rate_limits.items()
        }

    def source(self, name: str) -> Source:
        """Return a source.

        Raises:
            ConfigError: there is none of that name.
        """
        if name not in self.by_name:
            what = f"there is no source {name!r}"
            raise ConfigError("archive.yml: follow", what, suggestion(name, self.by_name))
        return self.by_name[name]

    def title(self, name: str) -> str:
        """Return a source's title; of a name that is no source's, the name itself."""
        return self.by_name[name].title if name in self.by_name else name

    def phrase(self, name: str) -> str:
        """Return what a source is called in a sentence; of an unknown name, the name itself."""
        if name in self.by_name:
            return gettext(self.by_name[name].phrase or self.by_name[name].title)
        return gettext(OTHER_PHRASES[name]) if name in OTHER_PHRASES else name

    def sighting_phrase(self, sighting: Sighting) -> str:
        """Say where a paper was seen, as the end of ``listed on``."""
        source = self.by_name.get(sighting.source)
        if source and source.sighting_phrase:
            return source.sighting_phrase(sighting)
        return self.phrase(sighting.source)

    def calendar(self, name: str) -> AnnouncementCalendar | None:
        """Return the calendar of a source's news, if there is such a source and it has one."""
        return self.by_name[name].calendar if name in self.by_name else None

    def asks_by_day(self, name: str, options: Mapping[str, object]) -> bool:
        """Tell whether an entry of ``follow:`` asks for days; one of an unknown source does not."""
        return name in self.by_name and self.by_name[name].asks_by_day(options)

    def locate_elsewhere(self, text: str, known: Source) -> tuple[Source, Request] | None:
        """Return whom to ask for a paper that ``known``, who was asked first, does not know."""
        text = clean_reference(text)
        for source in self.by_name.values():
            find = source.locator.find_last if source.locator and source is not known else None
            if find and known.locator and known.locator.find_last and (request := find(text)):
                return source, request
        return None

    def locate_record(self, text: str) -> tuple[Source, Request]:
        """Return the source to ask for one paper, and the address of its record.

        Args:
            text: an id or address of the paper, in any form a source knows.

        Raises:
            SourceError: ``text`` names no paper in any such form.
        """
        text = clean_reference(text)
        locators = [(s.locator, s) for s in self.by_name.values() if s.locator]
        locators.sort(key=lambda pair: pair[0].order)
        hosts = "|".join(re.escape(host) for locator, _ in locators for host in locator.hosts)
        if re.match(rf"(?:www\.)?(?:{hosts})/", text, re.IGNORECASE):
            text = f"https://{text}"
        for locator, source in locators:
            if request := locator.find(text):
                return source, request
        forms = f"write {', '.join(locator.forms for locator, _ in locators)}"
        cure = advice_for(text if "://" in text else f"https://{text}") or forms
        raise SourceError(f"“{text[:100]}”", "this names no paper in a form known here", cure)


@cache
def registry() -> Registry:
    """Return the sources of the folder ``sources``, read once.

    Raises:
        ValueError: a source's name is not its module's.
    """
    all_sources: list[Source] = []
    for module_info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{module_info.name}")
        source: object = getattr(module, "SOURCE", None)
        if not isinstance(source, Source):
            continue  # a helper of sources
        if source.name != module_info.name:
            raise ValueError(f"sources/{module_info.name} names its source {source.name!r}")
        all_sources.append(source)
    return Registry(all_sources)
