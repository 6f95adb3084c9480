"""``archive.yml``: the one file an operator edits, read into strict types."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from paper_digest.model.errors import ConfigError
from paper_digest.model.strict import StrictStruct
from paper_digest.model.topic import Topic
from paper_digest.settings import services
from paper_digest.settings.services import Analytics, Comments, Mail
from paper_digest.text import fields as intake

CONFIG_FILE = "archive.yml"

#: libyaml's reader, which takes a ninth of the time, where PyYAML was built with it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Config(StrictStruct, frozen=True):
    """Everything an operator decides.

    Attributes:
        title: the archive's name, shown on every page.
        description: one sentence about it.
        url: where the site is published, ending in ``/``; "" until that is known.
        repository: the address of the git repository, for "fix this record" links.
        contact: an e-mail address or URL told to the sources' servers.
        search: ``lunr`` is Material's own search, ``sharded`` the index for large archives;
            ``auto`` takes ``lunr`` below ``lunr_limit`` papers.
        page_size: papers on one page of a list.
        author_pages: authors with at least so many papers get a page; 0 for none; ``auto`` is 2, or
            more where that would be more pages than the archive has room for.
        budget: megabytes (10^6 bytes) the site may have before `digest size` fails; 0 for no limit.
        follow: what ``digest ingest`` asks for, each with its ``source`` and that source's options.
        topics: the tree of topics.
        mail: how the newsletter is sent. ``subscribe``: where readers ask for it.
        comments: the GitHub Discussions shown below papers. ``analytics``: who counts visits.
    """

    title: str
    description: str = ""
    url: str = ""
    repository: str = ""
    contact: str = ""
    search: Literal["auto", "lunr", "sharded"] = "auto"
    lunr_limit: int = 300
    page_size: int = 50
    author_pages: int | Literal["auto"] = "auto"
    budget: int = 1000
    follow: tuple[dict[str, Any], ...] = ()
    topics: tuple[Topic, ...] = ()
    mail: Mail | None = None
    subscribe: str = ""
    comments: Comments | None = None
    analytics: Analytics | None = None


def uses_sharded_search(config: Config, paper_count: int) -> bool:
    """Say whether an archive of so many papers is searched through the sharded index."""
    return config.search == "sharded" or (
        config.search == "auto" and paper_count >= config.lunr_limit
    )


def load_config(root: Path) -> Config:
    """Read ``archive.yml`` of the project at ``root``.

    Raises:
        ConfigError: naming the line and the cure, if it is missing or wrong.
    """
    path = root / CONFIG_FILE
    if not path.exists():
        raise ConfigError(str(path), "is missing", "run `digest init` here, or give --root")
    try:
        text = path.read_text("utf-8")
        # Read once; the same loader makes the values of the nodes.
        loader = YAML_LOADER(text)
        node = loader.get_single_node()
        fields = loader.construct_document(node) if node else None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem_mark = getattr(error, "problem_mark", None)
        where = f"{path}:{problem_mark.line + 1}" if problem_mark else str(path)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        raise ConfigError(
            where, f"is not YAML: {what}", "quote the value or mend the indent"
        ) from error
    try:
        config = msgspec.convert(fields, Config)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        line = _line_of_path(node, re.findall(r"\.(\w+)|\[(\d+|\.\.\.)\]", place), what)
        cure = "compare with archive.yml of the project's own repository"
        if what.startswith("Object contains unknown field") and not place:
            cure = f"these are known: {', '.join(Config.__struct_fields__)}"
        raise ConfigError(f"{path}:{line}", f"{place.strip('.`')} {what}".strip(), cure) from error
    _check_values(config, path, node)
    return config


def _check_values(config: Config, path: Path, node: yaml.Node | None) -> None:
    """Refuse what the types cannot."""

    def wrong(field: str, what: str, cure: str) -> ConfigError:
        steps = [(step, "") for step in field.split(".")]
        return ConfigError(f"{path}:{_line_of_path(node, steps, '')}", f"{field} {what}", cure)

    if not config.title.strip():
        raise wrong("title", "is empty", "give the archive a name")
    for field in ("url", "repository"):
        value = getattr(config, field)
        if value and not (intake.valid_url(value) or value.startswith("http://localhost")):
            raise wrong(field, f"is no web address: {value!r}", "write https://...")
    if config.url and not config.url.endswith("/"):
        raise wrong("url", "does not end in /", f"write {config.url}/")
    if not 10 <= config.page_size <= 500:  # noqa: PLR2004 - the bounds stand in the message
        raise wrong("page_size", "is not between 10 and 500", "leave it out for 50")
    for fault in services.setting_faults(
        config.mail, config.subscribe, config.comments, config.analytics
    ):
        raise wrong(*fault)
    for number, query in enumerate(config.follow):
        if not isinstance(query.get("source"), str):
            line = _line_of_path(node, [("follow", ""), ("", str(number))], "")
            raise ConfigError(
                f"{path}:{line}", "follow: an entry names no source", "add source: NAME"
            )


def _line_of_path(node: yaml.Node | None, path: list[tuple[str, str]], what: str) -> int:
    """Find the line of a value by its path; an unknown field is looked up by its name."""
    unknown = re.search(r"unknown field `(\w+)`", what)
    steps = [*path, (unknown[1], "")] if unknown else path
    line = 1
    for name, index in steps:
        if node is None:
            break
        line = node.start_mark.line + 1
        if name and isinstance(node, yaml.MappingNode):
            pair = next((p for p in node.value if p[0].value == name), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif index.isdigit() and isinstance(node, yaml.SequenceNode):
            node = node.value[int(index)]
            line = node.start_mark.line + 1
    return line
