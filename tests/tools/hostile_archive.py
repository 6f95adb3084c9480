"""Puts hostile records through every source into an archive, builds its site, and looks at each page.

    python tests/tools/hostile_archive.py FOLDER [COUNT]

Ends with 1 where a page could run or load what a record said.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from hostile_records import hostile_papers, unsafe_parts
from paper_digest.store.files import Store
from temporary_project import build_site, new_project


def main(folder: str, count: str = "2000") -> int:
    """Build the archive in ``folder``; prints what was looked at."""
    project = new_project(Path(folder))
    papers = list(islice(hostile_papers(), int(count)))
    Store(project / "archive").write(papers)
    pages = sorted(build_site(project).rglob("*.html"))
    faults = {page: found for page in pages if (found := unsafe_parts(page))}
    doors = Counter(claim.source for paper in papers for claim in paper.claims[:1])
    lines = [
        f"{len(papers):,} records by {dict(doors)}; {len(pages):,} pages, {len(faults)} unsafe"
    ]
    lines += [f"{page}: {found[:3]}" for page, found in list(faults.items())[:20]]
    sys.stdout.write("\n".join(lines) + "\n")
    return bool(faults) or not papers


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
