"""Gets files of a built site from a folder, or from the address where it is published."""

from __future__ import annotations

import math
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import HostSilentError, NoSuchRecordError
from paper_digest.model.batch import Request
from paper_digest.model.errors import DigestError, SourceError
from paper_digest.model.quoting import quote_outside
from paper_digest.settings.volume_urls import VOLUME_NAME

#: Size of the largest file that is read, in bytes, unpacked.
MAX_FILE_BYTES = 16 * 2**20

#: How a site is asked: it is static files, and a program waits for the answer.
_MANNERS = Politeness(
    interval_s=0.02,
    timeout_s=10,
    answer_timeout_s=20,
    max_tries=2,
    address_timeout_s=30,
    max_wait_s=15,
    budget_s=math.inf,
    max_bytes=MAX_FILE_BYTES,
)
_CURE = "check that a site made by paper-digest is published at this address"
_VOLUME_CURE = "ask for its site by its own address"


class NoSuchFileError(DigestError):
    """The site has no file of this path."""


class SiteFiles(Protocol):
    """The files of one site by their path from its root."""

    def read(self, path: str) -> bytes:
        """Return the content of a file.

        Raises:
            NoSuchFileError: the site has none of this path.
            DigestError: it cannot be had, or is larger than ``MAX_FILE_BYTES``.
        """

    def of_volume(self, name: str, url: str) -> SiteFiles:
        """Return the files of a volume; ``url`` is its address as ``api/index.json`` has it.

        Raises:
            DigestError: it is not where a volume may be.
        """


class FolderFiles:
    """The files of a site that was built into a folder."""

    def __init__(self, folder: Path, volumes_folder: Path | None = None) -> None:
        """Take the folder, and the one where volumes are built, each in ``NAME/site``.

        Raises:
            DigestError: there is no built site in it.
        """
        self._folder, self._volumes_folder = folder.resolve(), volumes_folder
        if not (folder / "api" / "index.json").is_file():
            raise DigestError(str(folder), "holds no built site", "run: mkdocs build --strict")

    def read(self, path: str) -> bytes:
        """Return the content of a file; see ``SiteFiles.read``."""
        file = (self._folder / path).resolve()
        if not file.is_relative_to(self._folder) or not file.is_file():
            raise NoSuchFileError(path, "is not on the site")
        if file.stat().st_size > MAX_FILE_BYTES:
            raise DigestError(path, f"has more than {MAX_FILE_BYTES:,} bytes", _CURE)
        return file.read_bytes()

    def of_volume(self, name: str, url: str) -> FolderFiles:
        """Return the files of a volume that was built here; see ``SiteFiles.of_volume``."""
        del url
        if self._volumes_folder is None:
            raise DigestError(name, "is a volume whose folder is not known", _VOLUME_CURE)
        return FolderFiles(self._volumes_folder / _checked_volume(name) / "site")


class WebFiles:
    """The files of a site at an address. Use it in a ``with`` block, and from one thread at a time."""

    def __init__(self, address: str, cache_folder: Path, manners: Politeness = _MANNERS) -> None:
        """Take the address of the site's root; what was fetched is asked for again only if it changed.

        Raises:
            DigestError: it is no address of the web.
        """
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise DigestError(quote_outside(address), "is no web address", "write https://...")
        path = parts.path.removesuffix("index.html")
        self._root = urlunsplit((parts.scheme, parts.netloc, f"{path.rstrip('/')}/", "", ""))
        self._cache_folder, self._manners = cache_folder, manners
        self._fetcher = HttpFetcher(manners, cache_folder)
        self._volumes: dict[tuple[str, str], WebFiles] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._fetcher.close()
        for files in self._volumes.values():
            files.__exit__(None, None, None)

    def of_volume(self, name: str, url: str) -> WebFiles:
        """Return the files of a volume, which lies on the same host; see ``SiteFiles.of_volume``."""
        whole = urljoin(urljoin(self._root, "api/index.json"), url)
        if urlsplit(whole)[:2] != urlsplit(self._root)[:2]:
            raise DigestError(quote_outside(whole), "is a volume on another host", _VOLUME_CURE)
        files = self._volumes.get((name, whole))
        if files is None:
            files = WebFiles(whole, self._cache_folder / _checked_volume(name), self._manners)
            self._volumes[name, whole] = files
        return files

    def read(self, path: str) -> bytes:
        """Return the content of a file; see ``SiteFiles.read``."""
        url = urljoin(self._root, path)
        try:
            return self._fetcher.get(Request(url=url)).data
        except NoSuchRecordError as error:
            raise NoSuchFileError(url, "is not on the site", _CURE) from error
        except HostSilentError as error:
            # A fetcher leaves such a host alone for the rest of its run; this one runs for days.
            self._fetcher.close()
            self._fetcher = HttpFetcher(self._manners, self._cache_folder)
            raise DigestError(url, error.what, "ask again later") from error
        except SourceError as error:
            raise DigestError(url, error.what, _CURE) from error


def _checked_volume(name: str) -> str:
    """Return the name of a volume, which becomes that of a folder.

    Raises:
        DigestError: it is none.
    """
    if not VOLUME_NAME.match(name):
        raise DigestError(quote_outside(name), "is no name of a volume", _CURE)
    return name
