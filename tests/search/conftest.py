"""What the search tests share: made-up papers, an index of them, and Node to ask it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from search_documents import PAPERS
from search_site import write_site

HOST = Path(__file__).parents[1] / "support" / "search_worker_host.mjs"

Ask = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def node() -> str:
    """Where Node is; without it the browser's half is tested in Chromium only."""
    found = shutil.which("node")
    if not found:
        pytest.skip("node is not installed")
    return found


@pytest.fixture(scope="session")
def host(node: str) -> Ask:
    """A function that sends requests to the worker over a folder, and gives the answers."""

    def ask(folder: Path, *requests: dict[str, Any]) -> list[Any]:
        lines = "".join(json.dumps(request) + "\n" for request in requests)
        done = subprocess.run(
            [node, str(HOST), str(folder)],
            input=lines.encode(),
            capture_output=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert len(answers) == len(requests), done.stderr.decode()
        return answers

    return ask


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of the made-up papers."""
    folder = tmp_path_factory.mktemp("search")
    write_site(folder, PAPERS, lookup="Lookup and memory", sound="Sound")
    return folder
