"""Lists that a curator keeps (a course, a survey): one file each in ``archive/lists/``, in the curator's own order."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.regular_file import read_file
from paper_digest.model.strict import StrictStruct
from paper_digest.store.curator_files import (
    check_line,
    check_text,
    page_name,
    read_day,
    read_folder,
)
from paper_digest.text.name_order import name_order
from paper_digest.text.yaml_document import YamlDocument, convert_document, parse_yaml

LISTS_FOLDER = "lists"

#: Papers and sections of one list: all stand on its page.
MAX_LIST_ITEMS = 2_000

_CURE = "compare with “Keep a list of papers” in the manual, How to"


class _ListFile(StrictStruct, frozen=True):
    """What a person writes; see ``CuratedList``."""

    title: str
    papers: tuple[Any, ...] = ()
    about: str = ""
    by: str = ""


class _WrittenItem(StrictStruct, frozen=True):
    """One entry of ``papers`` that is no bare name of a paper: a paper, or the section that begins there."""

    paper: str = ""
    section: str = ""
    note: str = ""
    added: Any = ""


class ListItem(StrictStruct, frozen=True):
    """One line of a list: a paper, or the section that begins there.

    Attributes:
        paper: what the paper is called; "" for a section. ``section``: its title.
        note: a curator's words on it, plain. ``added``: the day on which it came into the list, or "".
        line: of the file.
        slug: in a ``Catalog`` that of the paper; "" where the site has none of this name.
        url: of a paper that the site has not: where it is, from the list's page; "" where nobody knows.
    """

    paper: str = ""
    section: str = ""
    note: str = ""
    added: str = ""
    line: int = 0
    slug: str = ""
    url: str = ""


class CuratedList(StrictStruct, frozen=True):
    """One list.

    Attributes:
        name: of its file, and the last part of its page's address.
        about: Markdown. ``about_line``: the line of the file at which it begins.
        by: who keeps it. ``items``: its papers and sections, in order.
    """

    name: str
    title: str
    about: str = ""
    about_line: int = 1
    by: str = ""
    items: tuple[ListItem, ...] = ()

    @property
    def file_name(self) -> str:
        """The path of its file below the project's folder."""
        return f"archive/{LISTS_FOLDER}/{self.name}.yml"

    @property
    def page_path(self) -> str:
        """The path of its page under ``docs/``."""
        return f"lists/{self.name}.md"

    @property
    def slugs(self) -> tuple[str, ...]:
        """Its papers that the site has, each once, in order."""
        return tuple(dict.fromkeys(item.slug for item in self.items if item.slug))


def load_lists(archive: Path, problems: list[Problem]) -> tuple[CuratedList, ...]:
    """Read all lists, by title.

    Args:
        archive: the folder ``archive/``.
        problems: gets one problem for each file, and each entry of one, that cannot be used; it is passed over.
    """
    lists = read_folder(archive / LISTS_FOLDER, partial(_read_list, problems=problems), problems)
    return tuple(sorted(lists, key=lambda one: (name_order(one.title), one.name)))


def _read_list(path: Path, problems: list[Problem]) -> CuratedList:
    document = parse_yaml(read_file(path), str(path))
    name = page_name(path, ("index",), "kites-a-course")
    given = convert_document(document, _ListFile, _CURE)
    for field in ("title", "by"):
        check_line(getattr(given, field), field, document.place(field))
    if not given.title:
        raise ConfigError(document.place("title"), "title is empty", "write what readers see")
    check_text(given.about, "about", document.place("about"))
    if len(given.papers) > MAX_LIST_ITEMS:
        what = f"papers are more than {MAX_LIST_ITEMS:,}"
        raise ConfigError(document.place("papers"), what, "make two lists of it")
    items = []
    for number, value in enumerate(given.papers):
        try:
            items.append(_read_item(value, document, number))
        except ConfigError as error:
            problems.append(error.problem)
    about_line = document.line("about") + _is_block(document)
    return CuratedList(name, given.title, given.about.strip(), about_line, given.by, tuple(items))


def _is_block(document: YamlDocument) -> bool:
    """Tell whether what a list is about begins on the line after its key."""
    node = document.child("about").node if "about" in document.value else None
    return getattr(node, "style", None) in {"|", ">"}


def _read_item(value: object, document: YamlDocument, number: int) -> ListItem:
    line = document.line("papers", number)
    where = f"{document.where}:{line}"
    written = value if isinstance(value, dict) else {"paper": value}
    part = YamlDocument(written, None, where, f"papers.{number + 1}")
    try:
        item = convert_document(part, _WrittenItem, _CURE)
    except ConfigError as error:
        raise ConfigError(where, error.problem.what, error.problem.cure) from error
    if bool(item.paper) == bool(item.section):
        what = f"papers.{number + 1} is neither a paper nor a section"
        raise ConfigError(where, what, "write paper: ID, or section: TITLE")
    check_line(item.paper, "paper", where)
    check_line(item.section, "section", where)
    check_text(item.note, "note", where)
    note, added = " ".join(item.note.split()), read_day(item.added, "added", where)
    return ListItem(item.paper, item.section, note, added, line)
