"""The archive whose site has a page of every kind: the bundled papers, awkward ones, and what curators write."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from awkward_papers import DAY, PAPERS
from paper_digest.model.paper import Paper
from paper_digest.store.changes import Change, append_changes
from paper_digest.store.files import Store
from paths import SAMPLE
from site_builds import change, curate

CHANGES = (
    Change(DAY, "arxiv:2603.00001", "venue", "dblp", after="Proceedings of the Weavers 2026"),
    Change(DAY, "arxiv:2603.00002", "title", "arxiv", "Looms that forgot", "Looms that forget"),
    Change(DAY, "arxiv:2603.00006", "withdrawn", "arxiv", after="The thread was not weighed."),
)
MONITORS = """
monitors:
  - {name: looms, query: "looms -knitting"}
  - {name: kites, query: kites}
"""


def write_archive(project: Path, more: Iterable[Paper] = ()) -> None:
    """Fill a new project: papers, ``more`` of them, meetings, lists, picks, proposals, changes and monitors."""
    shutil.copytree(SAMPLE / "archive", project / "archive")
    Store(project / "archive").write([*PAPERS, *more])
    curate(project)
    append_changes(project / "archive", CHANGES)
    change(project, 'repository: ""', "repository: https://github.com/example/papers")
    with (project / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write(MONITORS)
