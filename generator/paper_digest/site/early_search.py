"""Names the files that the search page's head fetches, where MkDocs copies them from ``docs/``."""

from __future__ import annotations

from mkdocs.structure.files import Files

from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.search.bundle import LUNR_INDEX_FILE, ROOT_FILE, engine_name


def first_search_files(files: Files) -> tuple[str, ...]:
    """Return what the search worker loads for any question, by path below the site: its engine, the index's root.

    The fast build, which makes these files itself, says so of its plan (``SearchIndexBuilder.first_files``).
    """
    paths = {file.src_uri.removeprefix(f"{INDEX_FOLDER}/") for file in files}
    roots = [name for name in (ROOT_FILE, LUNR_INDEX_FILE) if name in paths]
    engines = [engine_name(paths)] if roots else []
    return tuple(f"{INDEX_FOLDER}/{name}" for name in (*engines, *roots))
