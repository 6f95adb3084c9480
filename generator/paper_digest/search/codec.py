"""Packs terms, numbers and posting lists into few bytes; ``decoder.py`` and ``codec.js`` unpack them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_MAX_SHARED_PREFIX = 90
SMALL_NUMBER_BASE = 32  # a blank: small numbers are single characters counted from it
VARINT_LOW_BITS = 127  # the seven bits of a varint's byte
_VARINT_BITS = 7
_MAX_UTF16_UNIT = 0xFFFF  # what one unit of UTF-16 can hold


def deflate(*sections: bytes) -> bytes:
    """Compress sections of different kinds, each with its own Huffman codes, as raw deflate.

    Format: RFC 1951, what a browser's ``DecompressionStream("deflate-raw")`` reads.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    packed = b"".join(packer.compress(part) + packer.flush(zlib.Z_BLOCK) for part in sections)
    return packed + packer.flush()


def encode_varints(numbers: Sequence[int] | npt.NDArray[np.int64]) -> bytes:
    """Write numbers, seven bits a byte, the lowest first, the high bit set on all but the last."""
    values = np.asarray(numbers, np.int64)
    sizes = np.ones(len(values), np.int64)
    rest = values >> _VARINT_BITS
    while rest.any():
        sizes += rest > 0
        rest >>= _VARINT_BITS
    starts = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    for byte in range(int(sizes.max(initial=0))):
        has_byte = sizes > byte
        low_bits = values[has_byte] >> _VARINT_BITS * byte & VARINT_LOW_BITS
        is_more = sizes[has_byte] > byte + 1
        out[starts[has_byte] + byte] = low_bits | is_more << _VARINT_BITS
    return out.tobytes()


def gaps(numbers: Sequence[int]) -> list[int]:
    """Write ascending numbers as the difference of each from the one before, of the first from 0."""
    return [number - last for number, last in zip(numbers, [0, *numbers], strict=False)]


def encode_front_coded(terms: Sequence[str], term_values: Sequence[int] = ()) -> bytes:
    """Write sorted terms, one a line: how much is shared with the last one, then the rest.

    A term's value, unless it is 0, follows a tab. Both numbers are single characters, counted
    from a blank.
    """
    if not terms:
        return b""
    shared_lengths = shared_prefix_lengths(terms)
    tails = [
        f"\t{chr(SMALL_NUMBER_BASE + value)}" if value else ""
        for value in term_values or [0] * len(terms)
    ]
    lines = [
        chr(SMALL_NUMBER_BASE + length) + term[length:] + tail
        for term, length, tail in zip(terms, shared_lengths, tails, strict=True)
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def shared_prefix_lengths(terms: Sequence[str]) -> list[int]:
    """Count the first characters that each term shares with the one before it.

    Only characters of one UTF-16 unit count, so that JavaScript cuts at the same place.
    """
    table = np.array(terms, f"U{_MAX_SHARED_PREFIX}").view(np.uint32).reshape(len(terms), -1)
    same = np.zeros((len(terms), table.shape[1] + 1), bool)
    same[1:, :-1] = (table[1:] == table[:-1]) & (table[1:] - 1 < _MAX_UTF16_UNIT)
    return [int(length) for length in np.argmin(same, axis=1)]


def encode_rice(
    document_numbers: npt.NDArray[np.int32],
    list_lengths: npt.NDArray[np.int64],
    document_count: int,
) -> bytes:
    """Write posting lists as Rice codes of the gaps between document numbers.

    ``document_numbers`` holds one ascending list after another, ``list_lengths`` their lengths, ``document_count`` the
    number of documents there are. A code is the high bits as that many zeros and a one, then
    ``k`` low bits, lowest first; ``k`` follows from the length (Rice and Plaunt, 1971).
    """
    if not len(document_numbers):
        return b""
    gaps = np.empty(len(document_numbers), np.int64)
    gaps[0] = document_numbers[0]
    gaps[1:] = np.diff(document_numbers) - 1
    firsts = np.cumsum(list_lengths) - list_lengths
    gaps[firsts] = document_numbers[firsts]
    widths = np.repeat(rice_widths(list_lengths, document_count), list_lengths)
    high = gaps >> widths
    lengths = high + 1 + widths
    ends = np.cumsum(lengths)
    bits = np.zeros(int(ends[-1]), np.uint8)
    ones = ends - widths - 1
    bits[ones] = 1
    for bit in range(int(widths.max())):
        chosen = (widths > bit) & ((gaps >> bit) & 1 == 1)
        bits[ones[chosen] + 1 + bit] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def rice_widths(list_lengths: npt.NDArray[np.int64], document_count: int) -> npt.NDArray[np.int64]:
    """Return the low bits of a list of each length: log2 of 11/16 of the mean gap, rounded down."""
    scaled = (document_count - list_lengths) * 11 // ((list_lengths + 1) * 16)
    exponents = np.frexp(scaled.astype(np.float64))[1].astype(np.int64) - 1
    return np.maximum(exponents, 0)
