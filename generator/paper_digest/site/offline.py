"""The service worker and the manifest of a site that can be read without a connection.

``sw.js`` names the files that a reader's browser keeps, each with a hash of its bytes, and an id of
the whole build: a browser takes the files of one build, all of them or none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from html import escape
from pathlib import Path

import msgspec

from paper_digest.incremental.coming_site import ComingSite
from paper_digest.incremental.staged_files import list_files
from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.generated_paths import ARRIVALS_FOLDER, INDEX_FOLDER, NOTICES_FILE
from paper_digest.search.bundle import slim_script
from paper_digest.text.language import active_language, gettext, text_direction

WORKER_PATH = "sw.js"
MANIFEST_PATH = "manifest.webmanifest"

#: Pages that are kept, below the site's root; the newest day's comes besides.
_PAGES = ("", "new/", "starred/", "trending/", "topics/", "dates/", "search/")
#: Names of files that are kept, below the site's root.
_FILES = late_pattern(
    r"assets/(?:javascripts(?:/workers)?|stylesheets)/[\w.-]+\.(?:js|css)"
    r"|assets/images/favicon\.svg|search/search_index\.json"
    rf"|{MANIFEST_PATH}|{INDEX_FOLDER}/(?:root\.bin|[\w-]+\.js)|{ARRIVALS_FOLDER}/days\.json|{NOTICES_FILE}"
)
_DAY = late_pattern(r"dates/(\d{4}-\d\d-\d\d)/index\.html")
_ARRIVALS_PART = late_pattern(rf"{ARRIVALS_FOLDER}/(\d{{4}}-\d\d-\d\d)-\d+\.json")
_MAX_PARTS = 3  # of the rows of the papers that came last
_ID_CHARS = 16
_SOURCE = Path(__file__).parent / "service_worker" / "sw.js"
_API_INDEX = "api/index.json"
_BUILD = late_pattern(r"^const BUILD = \{.*\};$", re.MULTILINE)


class _Days(msgspec.Struct):
    """What the index of the API says of days, as far as it is read here."""

    newest_day: str = ""


def write_offline_files(folder: Path, title: str, coming: ComingSite | None = None) -> None:
    """Write both into a folder that becomes the site.

    Args:
        folder: the site, or the new files of one.
        title: the archive's name.
        coming: all files that the site will have, where ``folder`` has not all of them.
    """
    (folder / MANIFEST_PATH).write_bytes(web_manifest(title))
    paths = {*list_files(folder)} | (coming.paths if coming else set())
    read = coming.read if coming else lambda path: (folder / path).read_bytes()
    script = service_worker(paths, read, coming.state_hash if coming else b"")
    (folder / WORKER_PATH).write_bytes(script)


def web_manifest(title: str) -> bytes:
    """Return the manifest by which a browser installs the site (W3C Web Application Manifest)."""
    manifest = {
        "name": title,
        "short_name": title,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "icons": [{"src": "assets/images/favicon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return msgspec.json.encode(manifest) + b"\n"


def service_worker(
    paths: Collection[str], read: Callable[[str], bytes], state_hash: bytes = b""
) -> bytes:
    """Return the script of the service worker.

    Args:
        paths: all files of the site; what lies in no folder of theirs is another site's.
        read: returns the bytes of a file.
        state_hash: differs between builds whose files differ, those too that are not kept.
    """
    files = {
        path.removesuffix("index.html"): hashlib.sha256(read(path)).hexdigest()
        for path in sorted(kept_paths(paths, _newest_day(paths, read)))
    }
    top = sorted({path.partition("/")[0] for path in paths})
    build_id = hashlib.sha256(msgspec.json.encode((files, top)) + state_hash).hexdigest()
    contents = {
        "id": build_id[:_ID_CHARS], "files": files, "top": top, "missingPage": _missing_page()
    }  # fmt: skip
    build = msgspec.json.encode(contents).decode()
    source = _SOURCE.read_text(encoding="utf-8")
    return slim_script(_BUILD.sub(lambda _: f"const BUILD = {build};", source)).encode()


def _missing_page() -> str:
    """Return the page that stands for one that is not kept; ``{root}`` is the site's address."""
    language = active_language()
    direction = "" if text_direction(language) == "ltr" else ' dir="rtl"'
    title = escape(gettext("No connection"))
    text = escape(gettext("This page is not among those that are kept for reading without one."))
    newest, stars = escape(gettext("The newest papers")), escape(gettext("your stars"))
    return (
        f'<!doctype html><html lang="{language}"{direction}><meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>\n'
        f"<h1>{title}</h1><p>{text}</p>\n"
        f'<p><a href="{{root}}">{newest}</a>, <a href="{{root}}starred/">{stars}</a></p></html>'
    )


def _newest_day(paths: Collection[str], read: Callable[[str], bytes]) -> str:
    """Return the last day that has come, as the site's API says it; "" where it says none."""
    if _API_INDEX not in paths:
        return ""
    return msgspec.json.decode(read(_API_INDEX), type=_Days).newest_day


def kept_paths(paths: Iterable[str], newest_day: str) -> Iterator[str]:
    """Choose, from the files of a site, those that are kept for reading without a connection.

    Args:
        paths: all files.
        newest_day: the last day that has come: later ones have papers dated ahead; "" where none is known.
    """
    days: list[str] = []
    parts: list[str] = []
    pages = {f"{page}index.html" for page in _PAGES}
    for path in paths:
        if path in pages or _FILES.fullmatch(path):
            yield path
        elif day := _DAY.fullmatch(path):
            if not newest_day or day[1] <= newest_day:
                days.append(path)
        elif _ARRIVALS_PART.fullmatch(path):
            parts.append(path)
    yield from sorted(days)[-1:]
    newest = max((part[: part.rindex("-")] for part in parts), default="")
    yield from sorted(
        (part for part in parts if part.startswith(f"{newest}-")),
        key=lambda part: (len(part), part),
    )[:_MAX_PARTS]
