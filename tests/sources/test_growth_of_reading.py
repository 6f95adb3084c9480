"""Reading takes time in proportion to the size of what was sent, also where it was made to hurt."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest
from paper_digest.model.errors import SourceError
from paper_digest.sources.decode import read_json
from paper_digest.sources.huggingface.saved_page import is_web_page

_TRIES = 5
#: Ten times the text may take ten times as long; squares take a hundred times.
_MAX_RATIO = 40


def _read_as_json(data: bytes) -> None:
    with pytest.raises(SourceError):
        read_json(data, "boats.json", "expected boats")


def _cpu_s(read: Callable[[bytes], object], data: bytes) -> float:
    gc.collect()
    start = time.process_time()
    for _ in range(20):
        read(data)
    return time.process_time() - start


@pytest.mark.parametrize("read", [_read_as_json, is_web_page])
@pytest.mark.parametrize("part", [b"<!---->", b"<!-- ", b"<!---->\n ", b"--><!--", b"<?xml "])
def test_telling_a_web_page_grows_with_the_text(
    read: Callable[[bytes], object], part: bytes
) -> None:
    small, large = (part * (size // len(part)) + b"x" for size in (6_000, 60_000))
    ratios = [_cpu_s(read, large) / max(_cpu_s(read, small), 1e-4) for _ in range(_TRIES)]
    assert min(ratios) < _MAX_RATIO
