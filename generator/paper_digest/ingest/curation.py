"""Decisions about papers, as a curator takes them by command or by form: checked, and written into overrides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from paper_digest.identity.source_ranking import EDITOR
from paper_digest.model.errors import ConfigError, DigestError, Problem
from paper_digest.model.paper import Author, Paper
from paper_digest.settings.config import load_config
from paper_digest.sources.registry import registry
from paper_digest.store.changes import LOGGED_FIELDS, append_changes, record_changes
from paper_digest.store.files import Store
from paper_digest.store.find import all_names, find_record
from paper_digest.store.override_editor import change_override
from paper_digest.store.overrides import Override, apply_fixes, load_overrides
from paper_digest.store.paper_override import find_override
from paper_digest.store.picks import Pick, add_pick, load_picks
from paper_digest.store.volume_lists import volume_by_id, volume_of
from paper_digest.text.fields import one_line, parse_orcid

#: The site of a volume is built once, so that a decision does not reach it by itself.
_BUILD_AGAIN = (
    "; it is in volume {0}, whose site shows that once you build it again: digest volumes {0}"
)


class NameCorrection(NamedTuple):
    """A name as papers print it, and the right one; ``orcid``, an iD or its address: "" leaves what is known."""

    printed: str
    right: str
    orcid: str = ""


def decide_about(
    root: Path, name: str, change: Mapping[str, Any], why: str, today: date
) -> tuple[str, str]:
    """Write a decision about the paper called ``name``.

    Args:
        root: the project's folder.
        name: any name that ``find_paper`` knows.
        change: fields of an override; see ``change_override``.
        why: a note for whoever reads it later; "" leaves the one that is there.
        today: the day of the decision.

    Returns:
        The paper's id and title, and where the decision stands.

    Raises:
        DigestError: there is no such paper, or the decision cannot be used; nothing is written then.
        LockedError: another run is writing.
    """
    config, store = load_config(root), Store(root / "archive")
    paper, named_id = find_record(store, name)
    with store.lock():
        overrides = load_overrides(store.root, config.topic_names, [])
        path = _change(store, (paper, named_id), config.topic_names, change, why, today)
        _log_fix(store, paper, overrides, change.get("fix") or {}, today)
    where = path.relative_to(root).as_posix() if path else "nothing is decided about it any more"
    before = find_override(overrides, paper)
    if not _does_something(_decided_values(before), change):
        where = "there was nothing to take back"
    elif volume := volume_of(paper, volume_by_id(store.root)):
        where += _BUILD_AGAIN.format(volume)
    return f"{paper.id} {paper.title}", where


def pick_paper(root: Path, name: str, pick: Pick) -> tuple[str, str]:
    """Write a pick of the week.

    Args:
        root: the project's folder.
        name: any name that ``find_paper`` knows.
        pick: what the curator says; the paper is filled in.

    Returns:
        The paper's id and title, and where the pick stands.

    Raises:
        DigestError: there is no such paper, or the pick cannot be used; nothing is written then.
        LockedError: another run is writing.
    """
    store = Store(root / "archive")
    paper, named_id = find_record(store, name)
    with store.lock():
        # A pick by another of its names is the same pick.
        picked = (p.paper for p in load_picks(store.root, []) if p.date == pick.date)
        named_id = next((one for one in picked if one in all_names(paper)), named_id)
        path = add_pick(store.root, msgspec.structs.replace(pick, paper=named_id))
    where = path.relative_to(root).as_posix()
    if volume := volume_of(paper, volume_by_id(store.root)):
        where += (
            f"; it is in volume {volume}, and picks are shown of papers of the current site alone"
        )
    return f"{paper.id} {paper.title}", where


def correct_author(
    root: Path,
    correction: NameCorrection,
    paper_names: Sequence[str],
    why: str,
    today: date,
    problems: list[Problem],
) -> Iterator[str]:
    """Correct an author's name on papers that print it, and yield what was done for each.

    Args:
        root: the project's folder.
        correction: the name as it is printed, letter for letter, and the right one.
        paper_names: the papers; empty for all that print the name.
        why: a note for whoever reads it later.
        today: the day of the decision.
        problems: gets what cannot be done for one paper; the others are corrected.

    Raises:
        DigestError: no paper prints the name. LockedError: another run is writing.
    """
    config, store = load_config(root), Store(root / "archive")
    topic_names = config.topic_names
    # What is no ORCID goes on as it is, and the check of overrides names it.
    orcid = parse_orcid(correction.orcid) or one_line(correction.orcid)
    correction = NameCorrection(one_line(correction.printed), one_line(correction.right), orcid)
    with store.lock():
        overrides = load_overrides(store.root, topic_names, [])
        volumes = volume_by_id(store.root)
        is_met = False
        for paper, named_id in _papers(store, paper_names, problems):
            authors = _corrected(_with_fixes(paper, overrides), correction)
            if authors is None:
                if paper_names:
                    what = f"names no author {correction.printed!r}"
                    cure = "copy the name from the paper's page"
                    problems.append(Problem(paper.id, what, cure=cure))
                continue
            is_met = True
            change = {"fix": {"authors": authors}}
            try:
                path = _change(store, (paper, named_id), topic_names, change, why, today)
            except ConfigError as error:
                problems.append(error.problem)
                continue
            _log_fix(store, paper, overrides, change["fix"], today)
            where = path.relative_to(root).as_posix() if path else ""
            if volume := volume_of(paper, volumes):
                where += _BUILD_AGAIN.format(volume)
            yield f"{paper.id} {paper.title}: {where}"
    if not is_met and not paper_names:
        what = "is printed so by no paper of this archive"
        raise DigestError(correction.printed, what, "copy the name from a paper's page")


def _decided_values(override: Override | None) -> dict[str, Any]:
    """Return what an override says, without what it leaves open."""
    defaults = Override("")
    fields = Override.__struct_fields__ if override else ()
    values = {field: getattr(override, field) for field in fields}
    return {field: v for field, v in values.items() if v != getattr(defaults, field)}


def _does_something(values: Mapping[str, Any], change: Mapping[str, Any]) -> bool:
    """Tell whether a change says something, or takes back what was said."""
    for name, value in change.items():
        if isinstance(value, Mapping):
            inner = values.get(name)
            if _does_something(inner if isinstance(inner, Mapping) else {}, value):
                return True
        elif value is not None or name in values:
            return True
    return False


def _change(
    store: Store,
    meant: tuple[Paper, str],
    topic_names: Iterable[str],
    change: Mapping[str, Any],
    why: str,
    today: date,
) -> Path | None:
    paper, named_id = meant
    reason = {"why": why} if why else {}
    dated = {**change, **reason, "at": today.isoformat()}
    return change_override(store.root, paper, topic_names, dated, named_id)


def _log_fix(
    store: Store,
    paper: Paper,
    overrides: Mapping[str, Override],
    fix: Mapping[str, Any],
    today: date,
) -> None:
    """Log what a fix changes of a paper as the site shows it; ``overrides`` are those before it."""
    old = find_override(overrides, paper) or Override(paper.id)
    fixed = {**old.fix, **fix}
    logged = {
        k: v for k, v in fixed.items() if k in LOGGED_FIELDS and (v is not None or k not in fix)
    }
    new = msgspec.structs.replace(old, fix=logged, at=today.isoformat())
    before = msgspec.structs.replace(
        old, fix={k: v for k, v in old.fix.items() if k in LOGGED_FIELDS}
    )
    was, now = (apply_fixes(paper, override, registry().ranking) for override in (before, new))
    append_changes(store.root, [*record_changes(was, now, EDITOR, new.at)])


def _papers(
    store: Store, names: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[Paper, str]]:
    """Yield the papers of these names, or all, each with the id that is meant."""
    if not names:
        yield from ((paper, paper.id) for paper in store.read_all(problems))
    for name in names:
        try:
            yield find_record(store, name)
        except DigestError as error:
            problems.append(error.problem)


def _with_fixes(paper: Paper, overrides: Mapping[str, Override]) -> Paper:
    return apply_fixes(paper, find_override(overrides, paper), registry().ranking)


def _corrected(paper: Paper, correction: NameCorrection) -> list[str | dict[str, str]] | None:
    """Return the authors as an override holds them; ``None`` where none has the name."""
    if correction.printed not in {author.name for author in paper.authors}:
        return None
    authors: list[str | dict[str, str]] = []
    for author in paper.authors:
        if author.name == correction.printed:
            # Where the old name's family name ended says nothing of the new one.
            author = msgspec.structs.replace(  # noqa: PLW2901 - what to store
                author, name=correction.right, family="", orcid=correction.orcid or author.orcid
            )
        authors.append(_compact(author))
    return authors


def _compact(author: Author) -> str | dict[str, str]:
    """Return an author of whom only the name is known as a text."""
    facts: dict[str, str] = {k: v for k, v in msgspec.to_builtins(author).items() if v}
    return author.name if facts.keys() == {"name"} else facts
