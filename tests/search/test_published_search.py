"""The search that programs ask, over the files of a site: the papers of the browser's engine, in its order."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from paper_digest.deliver.agents import answers
from paper_digest.deliver.agents.published_archive import PublishedArchive
from paper_digest.deliver.agents.site_files import FolderFiles
from paper_digest.deliver.agents.whole_archive import search
from search_documents import WORDS
from search_queries import drawn_queries


def test_programs_find_what_the_search_page_finds(
    host: Callable[..., Any], site: Path, tmp_path: Path
) -> None:
    (tmp_path / "api").mkdir()
    index = {"title": "", "url": "", "papers": 0, "topics": [], "dates": {}}
    (tmp_path / "api" / "index.json").write_text(json.dumps(index))
    shutil.copytree(site, tmp_path / "assets" / "search")
    archive = PublishedArchive(FolderFiles(tmp_path))
    queries = drawn_queries(Random(17), WORDS, 60)  # noqa: S311 - a repeatable draw
    # What asks for no word lists all that it does not leave out.
    queries += ["", "  ", '"', "-", f"-{WORDS[0]}", f'-"{WORDS[0]} {WORDS[1]}" -{WORDS[2]}']
    options = {"size": 10, "exactTotal": True, "countFacets": True}  # as the page asks
    [answered] = host(site, {"do": "search", "queries": [(query, options) for query in queries]})
    in_browser = [
        ([one["slug"] for one in answer["results"]], answer["total"]) for answer in answered
    ]
    found = [search(archive, query, 10, 0, "relevance").answer for query in queries]
    assert found[-6].total == max(total for _, total in in_browser)
    assert [([hit.slug for hit in one.hits], one.total) for one in found] == in_browser
    for query, (slugs, total) in zip(queries, in_browser, strict=True):
        # The page sets a line between the two.
        note = answers.search(archive, query).get("note", "")
        assert ("after the first" in note) == (len(slugs) > total), query
