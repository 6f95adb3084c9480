"""``archive.yml``: the settings of an archive, read into strict types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.model.topic import Topic, present_names
from paper_digest.settings import services
from paper_digest.settings.content_use import ContentSignal, WebMcpSetting, webmcp_problems
from paper_digest.settings.joined_names import joined_name_problems
from paper_digest.settings.monitors import Monitor, monitors_problems
from paper_digest.settings.page_directives import (
    CspSetting,
    Directives,
    csp_problems,
    page_directives,
)
from paper_digest.settings.service_checks import setting_problems
from paper_digest.settings.services import Analytics, Comments, Mail
from paper_digest.settings.settings_file import (
    CONFIG_FILE,
    missing_settings,
    read_settings_file,
)
from paper_digest.settings.summaries import Summaries, summaries_problems
from paper_digest.settings.taxonomy import load_topics
from paper_digest.settings.volume_urls import volume_problems
from paper_digest.text import fields
from paper_digest.text.language import Language
from paper_digest.text.yaml_document import convert_document, parse_yaml

#: The least and the greatest value of each number.
NUMBER_BOUNDS = {
    "page_size": (10, 500),
    "author_pages": (0, 1_000_000),
    "max_gap": (0, 365),
    "budget": (0, 1_000_000_000),
    "watch": (0, 3650),
}

_CURE = "compare with “Settings: archive.yml” in the manual, Reference"
_MAX_CHARACTERS = {"title": 200, "description": 2000}

#: docs.github.com, "Username considerations for external authentication".
_LOGIN = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}\Z", re.ASCII)
_LOCAL_URL = re.compile(r"http://localhost(?::\d{1,5})?(?:/[\w./~-]*)?\Z", re.ASCII)


class Config(StrictStruct, frozen=True):
    """Everything an operator decides.

    Attributes:
        title: the archive's name, shown on every page.
        description: one sentence about it. ``language``: of its interface; papers keep theirs.
        url: where the site is published, ending in ``/``; "" until that is known.
        repository: the address of the git repository, for "fix this record" links.
        corrections: an e-mail address or a page that these links lead to instead, where the repository
            takes no issues.
        curators: GitHub logins of people whose forms change the archive at once, as those of people do
            who may write to the repository.
        contact: an e-mail address or URL sent to the sources' servers. ``timezone``: of meetings (IANA).
        search: ``lunr`` is an index of lunr's, read whole by the browser; ``sharded`` the archive's own,
            of which a query reads a few small files. ``auto`` is ``sharded``.
        page_size: papers on one page of a list.
        author_pages: authors with at least so many papers get a page; 0 for none; ``auto`` is 2, or
            more where that would be more pages than the archive has room for.
        author_names: names that are another spelling of a name, which then share its page.
        organisation_names: the same of organisations.
        export_abstracts: whether the ``.bib`` and CSL files of topics and months hold abstracts.
        max_gap: days that a source may fail before the ingest workflow does.
        budget: megabytes (10^6 bytes) the site may have before `digest size` fails; 0 for no limit.
        follow: what ``digest ingest`` asks for, each with its ``source`` and that source's options.
        watch: days in which each paper is asked about once more (retracted, corrected, accepted?); 0 for never.
        topics: the tree of topics, as ``settings.taxonomy`` made it of the setting and ``topics.yml``.
        monitors: queries that the archive answers anew in every build.
        summaries: which language model writes digests where no source gave one; none without it.
        mail: how the newsletter is sent. ``subscribe``: where readers ask for it.
        comments: the GitHub Discussions shown below papers. ``analytics``: who counts visits.
        offline: whether readers' browsers keep the newest lists and starred papers, and may install the site.
        licence: address of the licence of the archive's metadata. ``content_signals``: what may be done with it.
        webmcp: whether the search form is described for agents in browsers; a text is the token of a trial.
        csp: what pages may load, run or ask of others, sources by directive; ``False`` for no policy.
        volumes_url: where the volumes' sites are published, ``{volume}`` standing for the name of one; "" for
            folders of the current site. ``volume``: the volume that this site is, "" for the current
            site; ``current_site``: where that lies, seen from a volume's root. Commands write the last two.
    """

    title: str
    description: str = ""
    url: str = ""
    repository: str = ""
    corrections: str = ""
    curators: tuple[str, ...] = ()
    contact: str = ""
    timezone: str = "UTC"
    language: Language = "en"
    search: Literal["auto", "lunr", "sharded"] = "auto"
    page_size: int = 50
    author_pages: int | Literal["auto"] = "auto"
    author_names: dict[str, str] = msgspec.field(default_factory=dict)
    organisation_names: dict[str, str] = msgspec.field(default_factory=dict)
    export_abstracts: bool = False
    max_gap: int = 3
    budget: int = 1000
    follow: tuple[dict[str, Any], ...] = ()
    watch: int = 0
    topics: tuple[Topic, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    summaries: Summaries | None = None
    mail: Mail | None = None
    subscribe: str = ""
    comments: Comments | None = None
    analytics: Analytics | None = None
    offline: bool = False
    licence: str = ""
    content_signals: dict[ContentSignal, bool] = msgspec.field(default_factory=dict)
    webmcp: WebMcpSetting = False
    csp: CspSetting = msgspec.field(default_factory=dict)
    volumes_url: str = ""
    volume: str = ""
    current_site: str = ""

    @property
    def topic_names(self) -> frozenset[str]:
        """The names that topics have, or had."""
        return frozenset(present_names(self.topics))


def archive_directives(config: Config) -> Directives:
    """Return the directives of the Content-Security-Policy of an archive's pages."""
    return page_directives(config.subscribe, config.comments, config.analytics, config.csp)


def load_config(root: Path) -> Config:
    """Read ``archive.yml`` of the project at ``root``, and the topics it leads to.

    Raises:
        ConfigError: naming file, line and cure, if a setting is missing or wrong.
    """
    path = root / CONFIG_FILE
    if not path.exists() and not path.is_symlink():
        raise missing_settings(root)
    document = parse_yaml(read_settings_file(path), str(path))
    if not isinstance(document.value, dict):
        what = "holds no settings"
        raise ConfigError(f"{path}:1", what, "write one on each line, as in title: My papers")
    own_settings = {key: v for key, v in document.value.items() if key != "topics"}
    config = convert_document(document._replace(value=own_settings), Config, _CURE)
    for problem in _problems(config):
        steps = tuple(problem.where.split("."))
        place = document.place(*(int(s) if s.isdigit() else s for s in steps))
        raise ConfigError(place, f"{problem.where} {problem.what}", problem.cure)
    return msgspec.structs.replace(config, topics=load_topics(root, document))


def _problems(config: Config) -> Iterator[Problem]:
    """Find what the types cannot refuse."""
    yield from _text_problems(config)
    yield from _url_problems(config)
    yield from _name_problems(config)
    yield from joined_name_problems("author_names", config.author_names)
    yield from joined_name_problems("organisation_names", config.organisation_names)
    yield from _number_problems(config)
    yield from setting_problems(config.mail, config.subscribe, config.comments, config.analytics)
    yield from csp_problems(config.csp)
    yield from monitors_problems(config.monitors)
    if config.summaries:
        yield from summaries_problems(config.summaries)
    yield from volume_problems(config)
    yield from webmcp_problems(config.webmcp)
    for number, query in enumerate(config.follow):
        yield from _follow_problems(query, f"follow.{number}")


def _text_problems(config: Config) -> Iterator[Problem]:
    for name, limit in _MAX_CHARACTERS.items():
        text = getattr(config, name)
        if len(text) > limit:
            yield Problem(name, f"has more than {limit:,} characters", cure="shorten it")
        if fields.strip_invisible(text) != text:
            yield Problem(name, "holds control characters", cure="write it anew")
    if not config.title.strip():
        yield Problem("title", "is empty", cure="give the archive a name")
    if len(config.title.splitlines()) > 1:
        yield Problem("title", "has more than one line", cure="write it on one line")


def _url_problems(config: Config) -> Iterator[Problem]:
    for name in ("url", "repository", "licence"):
        value = getattr(config, name)
        if value and not (fields.valid_url(value) == value or _LOCAL_URL.match(value)):
            yield Problem(name, f"is no web address: {value!r}", cure="write https://...")
        if not value.isascii():
            yield Problem(
                name, "has letters beyond ASCII", cure="copy it from the address bar of a browser"
            )
        if "?" in value or "#" in value:
            yield Problem(
                name, "has a query or a fragment", cure="leave out what begins with ? or #"
            )
    if config.url and not config.url.endswith("/"):
        yield Problem("url", "does not end in /", cure=f"write {config.url}/")
    for name in ("contact", "corrections"):
        value = getattr(config, name)
        if value and not services.is_contact(value):
            cure = "write user@example.org or https://..."
            yield Problem(name, f"is no address: {value!r}", cure=cure)


def _name_problems(config: Config) -> Iterator[Problem]:
    for number, login in enumerate(config.curators):
        if not _LOGIN.match(login):
            cure = "write the name that stands in the address of the person's page on GitHub"
            yield Problem(f"curators.{number}", f"is no login: {login!r}", cure=cure)
    try:
        ZoneInfo(config.timezone)
    except (KeyError, ValueError, OSError):  # unknown, or a path that leads elsewhere
        yield Problem("timezone", "is no time zone", cure="write a name such as Europe/Berlin")


def _number_problems(config: Config) -> Iterator[Problem]:
    defaults = Config("")
    for name, (least, greatest) in NUMBER_BOUNDS.items():
        value = getattr(config, name)
        if isinstance(value, int) and not least <= value <= greatest:
            cure = f"leave it out for {getattr(defaults, name)}"
            yield Problem(name, f"is not between {least:,} and {greatest:,}: {value}", cure=cure)


def _follow_problems(query: dict[str, Any], path: str) -> Iterator[Problem]:
    if not isinstance(query.get("source"), str):
        yield Problem(path, "names no source", cure="add source: NAME")
    if "base_url" in query and not fields.is_service_url(query["base_url"]):
        cure = "write it whole and without ? or #, as in https://mirror.example.org"
        yield Problem(f"{path}.base_url", f"is no web address: {query['base_url']!r}", cure=cure)
    try:
        msgspec.json.encode(query, order="deterministic")
    except (TypeError, ValueError, OverflowError):
        yield Problem(
            path, "holds a value that no source takes", cure="write texts and lists of texts"
        )
