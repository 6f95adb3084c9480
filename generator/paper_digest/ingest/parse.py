"""Bytes into batches of papers, whatever they are: a source may fail in one way only."""

from __future__ import annotations

import gzip
import io
import traceback
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from paper_digest.ingest.parse_budget import ParseBudget, run_bounded
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.machine_errors import error_words
from paper_digest.model.quoting import quote_outside
from paper_digest.sources.file_formats import HEAD_BYTES, file_format
from paper_digest.sources.source import Source

_GZIP_MAGIC = b"\x1f\x8b"
_LEADING_BLANKS = b"\xef\xbb\xbf \t\r\n"

#: No record of any source is a longer line; what is longer is cut, so that it fits in memory.
_MAX_LINE_BYTES = 2**24
#: Larger files are read only where they can be read line by line. The largest in use, the whole
#: Anthology with abstracts, has 140 MB of BibTeX.
MAX_FILE_BYTES = 2**29
_PIECE_BYTES = 2**20
#: A gzip file that unpacks to more than so many times its size is no list of papers: real ones have 3 to
#: 10 times, one record a thousand times over has 100. Small ones may: they cost nothing.
MAX_UNPACKED_RATIO = 200
_FREE_UNPACKED_BYTES = 2**24


def parse_answer(source: Source, data: bytes, request: Request) -> Batch:
    """Read one answer, in a process of its own; a file in gzip, which servers hand out as it is, is unpacked.

    Raises:
        SourceError: it is not the source's, it costs more than its budget, or the reader itself is at
            fault.
    """

    def read(allow: Callable[[int], None]) -> Iterator[Batch]:
        try:
            unpacked = _read_whole(_gunzipped(io.BytesIO(data), request.url), request.url)
            allow(len(unpacked))
            yield source.parse(unpacked, request)
        except SourceError:
            raise
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(
                request.url, f"cannot be unpacked: {error_words(error)}", "try again"
            ) from error
        except Exception as error:
            raise _reader_error(error, request.url) from error

    [batch] = run_bounded(read, request.url, ParseBudget())
    return batch


def parse_file(source: Source, name: str, stream: BinaryIO, saved_on: str = "") -> Iterator[Batch]:
    """Read one file in a process of its own; gzip is undone, and lines of JSON are read as they come.

    ``saved_on`` is the ISO day it was saved, or "".

    Raises:
        SourceError: it is not the source's, cannot be read to its end, costs more than its budget, or
            the reader itself is at fault; what came before has been given.
    """
    request = Request(name, saved_on)
    yield from run_bounded(partial(_read_file, source, request, stream), name, ParseBudget())


def _read_file(
    source: Source, request: Request, stream: BinaryIO, allow: Callable[[int], None]
) -> Iterator[Batch]:
    """Read one file here; ``allow`` is told how many bytes are read as one."""
    name = request.url
    head = b""
    try:
        lines = _gunzipped(stream, name)
        head = lines.peek(HEAD_BYTES)[:HEAD_BYTES]
        if source.parse_lines and head.lstrip(_LEADING_BLANKS).startswith(b"{"):
            yield from source.parse_lines(
                iter(lambda: lines.readline(_MAX_LINE_BYTES), b""), request
            )
            return
        data = _read_whole(lines, name)
        allow(len(data))
        batch = source.parse(data, request)
    except SourceError as error:
        raise _other_format(source, name, head) or error from error
    except (OSError, EOFError, zlib.error) as error:
        cure = "fetch or copy the file again"
        raise SourceError(name, f"cannot be read: {error_words(error)}", cure) from error
    except Exception as error:
        raise _reader_error(error, name) from error
    if not (batch.papers or batch.paper_names) and (
        error_of_format := _other_format(source, name, head)
    ):
        raise error_of_format
    yield batch


def _read_whole(lines: io.BufferedReader[Any], name: str) -> bytes:
    """Return all of a file, unpacked.

    Raises:
        SourceError: it is larger than ``MAX_FILE_BYTES``.
    """
    pieces = []
    size = 0
    while piece := lines.read(_PIECE_BYTES):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_FILE_BYTES:
            what = f"is larger than {MAX_FILE_BYTES:,} bytes, unpacked"
            raise SourceError(name, what, "split it, or save fewer papers at a time")
    return b"".join(pieces)


def _other_format(source: Source, name: str, head: bytes) -> SourceError | None:
    """Say what a file is that a source cannot read; ``None`` where it is the source's, or unknown."""
    other = file_format(head)
    if other is None or other.source == source.name:
        return None
    cure = other.cure or f"run: digest ingest {other.source} {name}"
    return SourceError(name, f"this is {other.phrase}, and not what {source.title} reads", cure)


def _gunzipped(stream: BinaryIO, name: str) -> io.BufferedReader[Any]:
    """Return a stream that can be peeked into, without its compression."""
    raw = _RawStream(stream.read)
    buffered: io.BufferedReader[Any] = io.BufferedReader(raw)
    if buffered.peek(2)[:2] != _GZIP_MAGIC:
        return buffered
    return io.BufferedReader(_Unpacked(gzip.GzipFile(fileobj=buffered), raw, name))


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
    """Any readable thing (a file, a pipe, a progress bar) as a raw stream; ``size``: bytes read so far."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.size += len(data)
        return len(data)


class _Unpacked(_RawStream):
    """A gzip file unpacked, up to ``MAX_UNPACKED_RATIO`` times what was read of it."""

    def __init__(self, unpacked: gzip.GzipFile, packed: _RawStream, name: str) -> None:
        super().__init__(unpacked.read1)
        self._packed, self._name = packed, name

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        length = super().readinto(buffer)
        if self.size > max(_FREE_UNPACKED_BYTES, MAX_UNPACKED_RATIO * self._packed.size):
            what = f"unpacks to more than {MAX_UNPACKED_RATIO} times its size"
            raise SourceError(
                self._name, what, "look at what came; if it is whole and honest, unpack it"
            )
        return length


def _reader_error(error: Exception, where: str) -> SourceError:
    """Name a fault of the program itself: what it is and the line it happened on."""
    if isinstance(error, MemoryError):
        cure = "look at what came; if it is whole and honest, split it"
        return SourceError(where, "takes too much memory to read", cure)
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    text = quote_outside(str(error))
    what = f"the reader failed with {type(error).__name__} ({text}) in {place}"
    return SourceError(where, what, "report it with what it was reading: this is a fault of ours")
