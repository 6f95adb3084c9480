"""One site for other people's programs to read, and the papers it holds.

``make consumers`` installs what the registries serve and runs the group; without ``-m consumers``
it is left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from other_programs import CONSUMERS
from reading_archive import write_archive
from site_builds import change
from temporary_project import build_site, new_project
from twenty_papers import KindOfPaper, twenty_papers


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark this folder's tests, and leave them out where nobody asked for them."""
    ours = [item for item in items if CONSUMERS in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.consumers)
        item.add_marker(pytest.mark.xdist_group("consumers"))
    if "consumers" not in config.option.markexpr:
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]


@pytest.fixture(scope="session")
def papers() -> list[KindOfPaper]:
    """Return the twenty papers."""
    return twenty_papers()


@pytest.fixture(scope="session")
def site(papers: list[KindOfPaper], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of the bundled archive, the awkward papers and the twenty."""
    project = new_project(tmp_path_factory.mktemp("consumers"))
    change(project, 'url: ""', "url: https://papers.example.org/all/")
    write_archive(project, (one.paper for one in papers))
    return build_site(project)
