"""Papers proposed for the reading group, in ``archive/proposals.yml``: read, added, and their votes written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml
from msgspec.structs import replace

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.regular_file import read_file
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import replace_file
from paper_digest.store.curator_entries import EntryKind, append_entry, load_entries, read_entries
from paper_digest.store.curator_files import check_line
from paper_digest.text.fields import one_line
from paper_digest.text.yaml_document import YamlDocument, convert_document, parse_yaml

PROPOSALS_FILE = "proposals.yml"

#: Proposals of one archive: the votes of each are one call of GitHub's servers.
MAX_PROPOSALS = 200
#: Numbers of issues and of votes are no larger.
MAX_NUMBER = 10**9

_CURE = "compare with “Keep the meetings of a reading group” in the manual, How to"


class _WrittenProposal(StrictStruct, frozen=True):
    """One entry of the file."""

    paper: str
    by: str = ""
    because: str = ""
    issue: int = 0
    votes: int = 0


class Proposal(StrictStruct, frozen=True):
    """One proposal.

    Attributes:
        paper: what the paper is called. ``by``: who proposes it. ``because``: why, in a plain sentence.
        issue: the number of the issue on which people vote; 0 for none. ``votes``: as they were last counted.
        line: of the file. ``slug``: in a ``Catalog`` that of the paper.
    """

    paper: str
    by: str = ""
    because: str = ""
    issue: int = 0
    votes: int = 0
    line: int = 0
    slug: str = ""


class _Edit(NamedTuple):
    """What is written between two places of a text; they are one where nothing goes."""

    start: int
    end: int
    text: str


def load_proposals(archive: Path, problems: list[Problem]) -> tuple[Proposal, ...]:
    """Read all proposals in the order of the file.

    Args:
        archive: the folder ``archive/``.
        problems: gets one problem for each entry that cannot be used, or one for the file; it is passed over.
    """
    return load_entries(archive / PROPOSALS_FILE, _KIND, problems)


def add_proposal(archive: Path, proposal: Proposal) -> Path:
    """Write a proposal at the end of the file, which keeps what else stands there.

    Returns:
        The file.

    Raises:
        ConfigError: the proposal cannot be used, the paper is proposed already, or the file is no list.
        OSError: the file cannot be read or written.
    """
    path = archive / PROPOSALS_FILE
    values: dict[str, object] = {
        "paper": proposal.paper,
        "by": one_line(proposal.by),
        "because": one_line(proposal.because),
        "issue": proposal.issue,
    }
    append_entry(path, {key: value for key, value in values.items() if value}, _KIND)
    return path


def write_votes(archive: Path, votes: Mapping[int, int]) -> int:
    """Write votes by the number of their issue; nothing else of the file changes.

    Returns:
        How many proposals have other votes now.

    Raises:
        ConfigError: an entry is written in a way that cannot be rewritten without changing others.
        OSError: the file cannot be read or written.
    """
    path = archive / PROPOSALS_FILE
    data = read_file(path)
    before = tuple(read_entries(path, data, _KIND, []))
    wanted = {one.line: votes[one.issue] for one in before if one.issue in votes}
    changed = {one.line for one in before if wanted.get(one.line, one.votes) != one.votes}
    if not changed:
        return 0
    text = data.decode("utf-8-sig")
    document = parse_yaml(data, str(path))
    edits = [
        edit for edit in _edits(document, text, wanted) if text[edit.start : edit.end] != edit.text
    ]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    after = text.encode()
    expected = [replace(one, votes=wanted.get(one.line, one.votes), line=0) for one in before]
    if [replace(one, line=0) for one in read_entries(path, after, _KIND, [])] != expected:
        cure = "write each entry on lines of its own, without anchors"
        raise ConfigError(str(path), "is written in a way that votes cannot be put into", cure)
    replace_file(path, after)
    return len(changed)


def _edits(document: YamlDocument, text: str, wanted: Mapping[int, int]) -> Iterator[_Edit]:
    """Yield what has to change for entries, by their line, to have the wanted votes."""
    entries = document.node.value if isinstance(document.node, yaml.SequenceNode) else ()
    for entry in entries:
        line = entry.start_mark.line + 1
        if line not in wanted or not isinstance(entry, yaml.MappingNode):
            continue
        nodes = {key.value: (key, value) for key, value in entry.value}
        if "votes" in nodes:
            value = nodes["votes"][1]
            yield _Edit(value.start_mark.index, value.end_mark.index, str(wanted[line]))
            continue
        issue = nodes["issue"][0].start_mark
        newline = "\r\n" if "\r\n" in text else "\n"
        end = ", " if entry.flow_style else newline + " " * issue.column
        yield _Edit(issue.index, issue.index, f"votes: {wanted[line]}{end}")


def _read_proposal(written: YamlDocument, line: int) -> Proposal:
    given = convert_document(written, _WrittenProposal, _CURE)
    for field in ("paper", "by", "because"):
        check_line(getattr(given, field), field, written.where)
    if not given.paper:
        raise ConfigError(written.where, "paper is empty", _CURE)
    for field in ("issue", "votes"):
        if not 0 <= getattr(given, field) <= MAX_NUMBER:
            cure = f"write a whole number from 0 to {MAX_NUMBER:,}, or leave it out"
            raise ConfigError(written.where, f"{field} is out of range", cure)
    return Proposal(given.paper, given.by, given.because, given.issue, given.votes, line)


_KIND = EntryKind(
    "proposal", MAX_PROPOSALS, _CURE, _read_proposal, lambda one: f"{one.paper} is proposed"
)
