"""The options of a ``follow:`` entry: what a source declares of each, and entries checked by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from paper_digest.model.errors import ConfigError
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields
from paper_digest.text.suggestion import suggestion


class SourceOption(StrictStruct, frozen=True):
    """One option of a source.

    Attributes:
        name: as it stands in ``archive.yml``.
        help: what it asks for, in a phrase without a final stop.
        example: a value as a person would write it, in YAML.
        kind: ``texts`` is a list of texts or a single one, ``text`` a single one, ``choice`` one of
            ``choices``, ``urls`` a list of web addresses or a single one, ``url`` a single one,
            ``service`` where a service lies, ``truth`` true or false, ``number`` from 0.
        choices: the values of a ``choice``.
        default: what holds where it is left out.
        asks: it names what to ask for; without any such option an entry asks for nothing.
        by_days: what it asks for has days, so that an entry with it can have gaps.
    """

    name: str
    help: str
    example: str
    kind: Literal["texts", "text", "choice", "urls", "url", "service", "truth", "number"] = "texts"
    choices: tuple[str, ...] = ()
    default: str = ""
    asks: bool = True
    by_days: bool = False


#: Options every source has, because every source reads files; the ingest itself acts on them.
FILE_OPTIONS = (
    SourceOption("files", "files of the project, or folders of files", "[papers.bib]"),
    SourceOption(
        "date",
        "the day the files were saved, if they do not say",
        "2025-11-20",
        kind="text",
        asks=False,
    ),
)

#: The option of every source that has a service: a mirror, or where that service has moved to.
BASE_URL_OPTION = SourceOption(
    "base_url", "where the service lies", "https://mirror.example.org", kind="service", asks=False
)


#: Options of every source that say which of its papers are taken; the ingest itself acts on them.
FILTER_OPTIONS = (
    SourceOption(
        "topics", "papers of any of these topics, or of a topic below one", "[agents]", asks=False
    ),
    SourceOption(
        "words",
        "papers with any of these words or phrases in title, keywords, digest or abstract",
        "[earthquake, fault slip]",
        asks=False,
    ),
    SourceOption("not", "no paper with any of these words there", "[survey]", asks=False),
    SourceOption(
        "categories",
        "papers of any of these categories, where the source names them",
        "[physics.geo-ph, math.*]",
        asks=False,
    ),
    SourceOption(
        "cross_lists",
        "whether a category counts that is not the paper's first",
        "false",
        kind="truth",
        default="true",
        asks=False,
    ),
    SourceOption(
        "min_upvotes", "papers with so many upvotes or more", "10", kind="number", asks=False
    ),
)


def check_filter(source: str, option: SourceOption, given: object) -> tuple[str, ...]:
    """Return the values of a filter as texts: a truth as ``true`` or ``false``, a number in digits.

    Raises:
        ConfigError: its value is not of its kind.
    """
    cure = f"write {option.name}: {option.example}"
    if option.kind == "truth":
        if isinstance(given, bool):
            return (str(given).lower(),)
    elif option.kind == "number":
        if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
            return (str(given),)
    else:
        return _checked_values(source, option, given)
    raise ConfigError(config_place(source), f"option “{option.name}” holds {given!r}", cure)


def check_options(
    source: str, given: Mapping[str, object], declared: Iterable[SourceOption]
) -> dict[str, tuple[str, ...]]:
    """Return the values of the options in an entry of ``follow:``, as texts without outer blanks.

    Raises:
        ConfigError: an option is not declared, or its value is not of its kind.
    """
    by_name = {option.name: option for option in declared}
    file_options = [option.name for option in FILE_OPTIONS]
    for name in given:
        if name in file_options and name not in by_name:
            what, cure = (
                f"option “{name}” goes with files",
                "write files: followed by a list of them",
            )
            raise ConfigError(config_place(source), what, cure)
        if name not in by_name:
            filters = (option.name for option in FILTER_OPTIONS)
            cure = suggestion(str(name), (*by_name, *file_options, *filters))
            raise ConfigError(config_place(source), f"unknown option “{name}”", cure)
    return {name: _checked_values(source, by_name[name], value) for name, value in given.items()}


def config_place(source: str) -> str:
    """Name the place of a fault in an entry of ``follow:``."""
    return f"archive.yml: source {source}"


def _checked_values(source: str, option: SourceOption, given: object) -> tuple[str, ...]:
    def wrong(what: str, cure: str) -> ConfigError:
        return ConfigError(config_place(source), f"option “{option.name}” {what}", cure)

    values = [given] if isinstance(given, str) else given
    if not isinstance(values, list | tuple) or not values:
        raise wrong("holds nothing that can be used", f"write {option.name}: {option.example}")
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise wrong(f"holds {value!r}, which is no text", "put it in quotes")
        if option.choices and value not in option.choices:
            raise wrong(f"holds “{value}”", suggestion(value, option.choices))
        if option.kind in {"url", "urls"} and not fields.valid_url(value.strip()):
            raise wrong(f"holds “{value}”, no web address", "write it whole, with https://")
        if option.kind == "service" and not fields.is_service_url(value.strip()):
            raise wrong(
                f"holds “{value}”, no web address", f"write {option.name}: {option.example}"
            )
    if option.kind not in {"texts", "urls"} and len(values) > 1:
        raise wrong(f"holds {len(values)} values", "give one")
    return tuple(str(value).strip() for value in values)
