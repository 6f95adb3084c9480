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


class FolderFiles:
    """The files of a site that was built into a folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder.

        Raises:
            DigestError: there is no built site in it.
        """
        self._folder = folder.resolve()
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._fetcher.close()

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
