"""Proposes papers for the reading group, as a form asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from paper_digest.model.errors import DigestError
from paper_digest.store.files import Store
from paper_digest.store.find import all_names, find_record
from paper_digest.store.proposals import PROPOSALS_FILE, Proposal, add_proposal, load_proposals


def propose_paper(root: Path, name: str, proposal: Proposal) -> tuple[str, str]:
    """Write a proposal for the reading group; one that the same issue made already stays as it is.

    Args:
        root: the project's folder.
        name: any name that ``find_paper`` knows.
        proposal: who proposes it, why, and in which issue; the paper is filled in.

    Returns:
        The paper's id and title, and where the proposal stands.

    Raises:
        DigestError: there is no such paper, it is proposed elsewhere, or the issue proposes another; nothing is written then.
        LockedError: another run is writing.
    """
    store = Store(root / "archive")
    paper, named_id = find_record(store, name)
    where = f"archive/{PROPOSALS_FILE}"
    with store.lock():
        proposals = load_proposals(store.root, [])
        earlier = next((o for o in proposals if o.paper in all_names(paper)), None)
        if earlier is None:
            _check_issue(proposal.issue, proposals, where)
            add_proposal(store.root, msgspec.structs.replace(proposal, paper=named_id))
        elif earlier.issue != proposal.issue:
            what = f"{paper.id} is proposed already" + f" in issue {earlier.issue}" * bool(
                earlier.issue
            )
            raise DigestError(f"{where}:{earlier.line}", what, "vote there with a thumbs up")
    return f"{paper.id} {paper.title}", where


def _check_issue(issue: int, proposals: Iterable[Proposal], where: str) -> None:
    """Refuse a second paper in one issue: its thumbs up are for the first, and would count for both."""
    other = next((one for one in proposals if issue and one.issue == issue), None)
    if other is not None:
        what = f"issue {issue} proposes {other.paper} already, and its votes are for that paper"
        raise DigestError(
            f"{where}:{other.line}", what, "propose the other paper in an issue of its own"
        )
