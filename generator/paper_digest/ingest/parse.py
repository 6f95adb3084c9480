"""Bytes into batches of papers, whatever they are: a source may fail in one way only."""

from __future__ import annotations

import gzip
import io
import traceback
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.quoting import quote_outside
from paper_digest.sources.file_formats import HEAD_BYTES, file_format
from paper_digest.sources.source import Source

_GZIP_MAGIC = b"\x1f\x8b"
_LEADING_BLANKS = b"\xef\xbb\xbf \t\r\n"

#: No record of any source is a longer line; what is longer is cut, so that it fits in memory.
_MAX_LINE_BYTES = 2**24


def parse_answer(source: Source, data: bytes, request: Request) -> Batch:
    """Read one answer.

    Raises:
        SourceError: it is not the source's, or the reader itself is at fault.
    """
    try:
        return source.parse(data, request)
    except SourceError:
        raise
    except Exception as error:
        raise _reader_error(error, request.url) from error


def parse_file(source: Source, name: str, stream: BinaryIO, saved_on: str = "") -> Iterator[Batch]:
    """Read one file; gzip is undone, and lines of JSON are read as they come.

    ``saved_on`` is the ISO day it was saved, or "".

    Raises:
        SourceError: it is not the source's, cannot be read to its end, or the reader itself is at
            fault; what came before has been given.
    """
    request = Request(name, saved_on)
    head = b""
    try:
        lines = _gunzipped(stream)
        head = lines.peek(HEAD_BYTES)[:HEAD_BYTES]
        if source.parse_lines and head.lstrip(_LEADING_BLANKS).startswith(b"{"):
            yield from source.parse_lines(
                iter(lambda: lines.readline(_MAX_LINE_BYTES), b""), request
            )
            return
        batch = source.parse(lines.read(), request)
    except SourceError as error:
        raise _other_format(source, name, head) or error from error
    except (OSError, EOFError, zlib.error) as error:
        cure = "fetch or copy the file again"
        raise SourceError(name, f"cannot be read: {error}", cure) from error
    except Exception as error:
        raise _reader_error(error, name) from error
    if not (batch.papers or batch.paper_names) and (
        error_of_format := _other_format(source, name, head)
    ):
        raise error_of_format
    yield batch


def _other_format(source: Source, name: str, head: bytes) -> SourceError | None:
    """Say what a file is that a source cannot read; ``None`` where it is the source's, or unknown."""
    other = file_format(head)
    if other is None or other.source == source.name:
        return None
    cure = other.cure or f"run: digest ingest {other.source} {name}"
    return SourceError(name, f"this is {other.phrase}, and not what {source.title} reads", cure)


def _gunzipped(stream: BinaryIO) -> io.BufferedReader[Any]:
    """Return a stream that can be peeked into, without its compression."""
    buffered: io.BufferedReader[Any] = io.BufferedReader(_RawStream(stream))
    if buffered.peek(2)[:2] != _GZIP_MAGIC:
        return buffered
    return io.BufferedReader(gzip.GzipFile(fileobj=buffered))


class UnreadableFile(io.BytesIO):
    """Stands in for a file that could not be opened: the reader names it, and goes on."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def read(self, size: int | None = -1) -> bytes:  # noqa: ARG002 - nothing is ever read
        """Say why it could not be opened.

        Raises:
            OSError: always.
        """
        raise self._error


class _RawStream(io.RawIOBase):
    """Any readable thing (a file, a pipe, a progress bar) as a raw stream."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _reader_error(error: Exception, where: str) -> SourceError:
    """Name a fault of the program itself: what it is and the line it happened on."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    text = quote_outside(str(error))
    what = f"the reader failed with {type(error).__name__} ({text}) in {place}"
    return SourceError(where, what, "report it with what it was reading: this is a fault of ours")
