"""Proposes papers for the reading group, as a form asks for it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from paper_digest.model.errors import DigestError
from paper_digest.store.files import Store
from paper_digest.store.find import find_paper
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
        DigestError: there is no such paper, or it is proposed elsewhere; nothing is written then.
        LockedError: another run is writing.
    """
    store = Store(root / "archive")
    paper = find_paper(store, name)
    where = f"archive/{PROPOSALS_FILE}"
    with store.lock():
        earlier = next((o for o in load_proposals(store.root, []) if o.paper == paper.id), None)
        if earlier is None:
            add_proposal(store.root, msgspec.structs.replace(proposal, paper=paper.id))
        elif earlier.issue != proposal.issue:
            what = f"{paper.id} is proposed already" + f" in issue {earlier.issue}" * bool(
                earlier.issue
            )
            raise DigestError(f"{where}:{earlier.line}", what, "vote there with a thumbs up")
    return f"{paper.id} {paper.title}", where
