"""Pages served while they are written: an edit is seen, little is made anew, and nothing loops."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from paper_digest.builder.frame_state import FRAME_GROUP
from paper_digest.incremental.manifest import ARCHIVE_GROUP, CACHE_FOLDER, Manifest
from paper_digest.site.page_elements import script_hash
from reserved_port import reserved_port
from site_builds import change, command, fast, files, note

pytestmark = [pytest.mark.site, pytest.mark.xdist_group("fast")]

#: Seconds until a machine is not slow but stuck.
STUCK = 300


class Server:
    """A running ``mkdocs serve``, and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self.said = process, list[str]()
        self._listening = threading.Thread(target=self._listen)
        self._listening.start()

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                self.said.append(line)  # seen at once by those who wait

    def stop(self) -> None:
        """End it, and hear it out."""
        self._process.terminate()
        self._process.wait()
        self._listening.join()

    @property
    def address(self) -> str:
        """Where it serves, ending in a slash; "" until it does."""
        found = re.search(r"Serving on (http://\S+)", "".join(self.said))
        return found[1] if found else ""

    @property
    def builds(self) -> list[str]:
        """How many files each build wrote."""
        return re.findall(r"(\d+) files written", "".join(self.said))

    def page(self, path: str) -> str:
        """Fetch a page as a reader would."""
        return httpx.get(self.address + path, timeout=STUCK, trust_env=False).text

    def is_calm(self) -> bool:
        """Listen for a while and tell whether nothing was built."""
        count = len(self.builds)
        time.sleep(3)
        return len(self.builds) == count

    def wait(self, until: Callable[[], object]) -> None:
        """Wait for something to be so."""
        end = time.monotonic() + STUCK
        while not until():
            assert self._process.poll() is None, "".join(self.said)
            assert time.monotonic() < end, "".join(self.said)
            time.sleep(0.05)


@contextmanager
def serving(project: Path) -> Iterator[Server]:
    with reserved_port() as port:
        server = Server(command(project, "serve", "--dev-addr", f"127.0.0.1:{port}", quiet=False))
        try:
            server.wait(lambda: server.address)
            yield server
        finally:
            server.stop()


def test_notes_and_own_pages_are_served_as_they_are_written(own: Path) -> None:
    change(own, "topics: default", "topics: default\nsearch: sharded")
    fast(own)
    paper = "papers/1706.03762/"
    with serving(own) as server:
        change(own, "# About", "# About zirconium", "docs/about.md")
        server.wait(lambda: "zirconium" in server.page("about/"))
        note(own, "1706.03762", "A word on *topaz*.")
        server.wait(lambda: "<em>topaz</em>" in server.page(paper))
        note(own, "1706.03762", "A word on *opal*.")
        server.wait(lambda: "<em>opal</em>" in server.page(paper))
        note(own, "1706.99999", "Whose?")
        server.wait(lambda: "1706.99999.md: is about no paper" in "".join(server.said))
        (own / "docs" / "notes" / "1706.99999.md").unlink()
        (own / "docs" / "notes" / "1706.03762.md").rename(own / "docs" / "notes" / "1707.06347.md")
        server.wait(lambda: "<em>opal</em>" in server.page("papers/1707.06347/"))
        server.wait(lambda: "<em>opal</em>" not in server.page(paper))
        server.wait(server.is_calm)  # one that builds again and again never is
        # Pages of papers and their Markdown; never the archive, lists and search.
        assert max(map(int, server.builds)) <= 4, "".join(server.said)
    site = files(fast(own))
    shutil.rmtree(own / ".cache")
    shutil.rmtree(own / "site")
    assert files(fast(own)) == site


@pytest.mark.parametrize("url", ["https://papers.example.org/all/", '""'])
def test_what_was_built_is_served_as_it_is(own: Path, url: str) -> None:
    change(own, "https://papers.example.org/all/", url)
    fast(own)
    before = made_from(own)
    with serving(own) as server:
        assert server.builds == ["0"]
        assert made_from(own) == before
        served = server.page("about/")
        script = served.rpartition("<script>")[2].partition("</script>")[0]
        assert "livereload(" in script
        assert script_hash(script) in served.partition(">")[2].partition("</head>")[0]
        change(own, "# About", "# About zirconium", "docs/about.md")
        server.wait(lambda: "zirconium" in server.page("about/"))
    assert made_from(own) == before


def made_from(project: Path) -> dict[str, bytes]:
    """Tell what each part of the archive was made from, and the rest left out."""
    manifest = Manifest(project / CACHE_FOLDER / "site.db")
    found = manifest.group_keys()
    manifest.close()
    others = {"", ARCHIVE_GROUP, FRAME_GROUP, "mkdocs"}
    return {name: key for name, key in found.items() if name not in others}


def test_a_cache_that_is_deleted_while_pages_are_served_costs_no_page(own: Path) -> None:
    with serving(own) as server:
        shutil.rmtree(own / ".cache")
        note(own, "1706.03762", "A word on *topaz*.")
        server.wait(lambda: "<em>topaz</em>" in server.page("papers/1706.03762/"))
        assert "<title>" in server.page("papers/1707.06347/")
        assert (own / "site" / "papers" / "1707.06347" / "index.html").exists()
