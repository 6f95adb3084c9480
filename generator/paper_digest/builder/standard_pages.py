"""Pages of words that every archive has unless its operator wrote a page of that name in ``docs/``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from paper_digest.render.span import text
from paper_digest.settings.config import Config
from paper_digest.text.language import (
    gettext,
    is_english,
)

#: The pages, by path under ``docs/``.
ABOUT_PAGE = "about.md"
STANDARD_PAGES = (ABOUT_PAGE, "api.md")

#: In the front matter of a page that ``digest build`` wrote into ``docs/``; YAML passes over it.
_OURS = b"# Written by `digest build`. Without this line the page is yours.\n"
_FENCE = b"---\n"
#: In a page, where the archive's own reference goes.
_CITATION = b"CITATION-OF-THIS-ARCHIVE"


def standard_page(path: str, config: Config) -> bytes:
    """Return a page as ``digest build`` writes it; ``path`` is one of ``STANDARD_PAGES``."""
    page = (resources.files("paper_digest.builder") / "pages" / path).read_bytes()
    page = _in_active_language(page) if path == ABOUT_PAGE else page
    page = page.replace(_CITATION, _citation(config).encode())
    return _FENCE + _OURS + page.removeprefix(_FENCE)


def _in_active_language(page: bytes) -> bytes:
    """Translate a page of words paragraph by paragraph, and its title; English stays as it is."""
    if is_english():
        return page
    _, front, body = page.decode().split("---\n", 2)
    title = front.removeprefix("title: ").strip()
    paragraphs = [gettext(" ".join(part.split())) for part in body.split("\n\n") if part.strip()]
    words = "\n\n".join(paragraphs)
    return f"---\ntitle: {gettext(title)}\n---\n\n{words}\n".encode()


def _citation(config: Config) -> str:
    """Return in Markdown how the archive is cited: its name, and where that is known its address."""
    address = f" <{config.url}>" if config.url else ""
    return f"*{text(config.title).markdown}*.{address}"


def absent_pages(docs: Path) -> tuple[str, ...]:
    """Return the paths of the standard pages that nobody wrote by hand under ``docs``."""
    return tuple(path for path in STANDARD_PAGES if not _is_handwritten(docs / path))


def _is_handwritten(path: Path) -> bool:
    return path.is_file() and not path.read_bytes().startswith(_FENCE + _OURS)
