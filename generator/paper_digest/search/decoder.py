"""Unpacks the files of the index: the other half of ``codec.py``, and the twin of ``codec.js``."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.codec import SMALL_NUMBER_BASE, VARINT_LOW_BITS, rice_widths
from paper_digest.search.payload import ID_SIGN, POSITION_BITS, has_positions, names_author

#: Low bits of a key, for the place of an author among those of the document, or for a position.
NUMBER_BITS = 16
_RAW_DEFLATE = -15  # the window bits that tell zlib there is no header
_MAX_UNPACKED_BYTES = 64 * 2**20  # the largest file, facets of a million papers, has some 20 MB

IntArray = npt.NDArray[np.int32]
ByteArray = npt.NDArray[np.uint8]
KeyArray = npt.NDArray[np.int64]


class TermRange(NamedTuple):
    """A range of terms, sorted, with the head of each posting list.

    The postings of ``terms[i]`` are ``documents[starts[i]:starts[i + 1]]``, with one payload byte
    each; ``frequencies[i]`` counts the papers that hold the term, more than the head may list;
    ``splits[i]`` is the length of a compound's first part, or 0. ``rests[i]`` is the number of the
    list's rest among the rests of all, or -1 where the head is all of it. ``author_keys`` lists, for
    each term, the documents and authors that it names: the document times 65,536, the author's place
    times four, and two bits of where in the name the term stands (``term_counts``).
    """

    terms: list[str]
    splits: list[int]
    frequencies: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    documents: IntArray
    payloads: ByteArray
    rests: npt.NDArray[np.int64]
    author_keys: list[KeyArray]


class ListRest(NamedTuple):
    """What a long posting list holds besides its head."""

    documents: IntArray
    payloads: ByteArray
    author_keys: KeyArray


def inflate(packed: bytes) -> bytes:
    """Undo ``codec.deflate``.

    Raises:
        zlib.error: it is damaged, cut, or larger than any file of an index: it may be another site's.
    """
    unpacker = zlib.decompressobj(_RAW_DEFLATE)
    content = unpacker.decompress(packed, _MAX_UNPACKED_BYTES)
    if not unpacker.eof:
        raise zlib.error("the file is cut or too large")
    return content


def decode_front_coded(text: str) -> tuple[list[str], list[int]]:
    """Undo ``codec.encode_front_coded``: the terms, and the number of each (0 where none).

    Raises:
        ValueError: the terms are longer together than a file may be, since each can repeat a long one.
    """
    terms: list[str] = []
    numbers: list[int] = []
    last = ""
    char_count = 0
    for line in text.split("\n") if text else ():
        coded, _, number = line.partition("\t")
        last = last[: ord(coded[0]) - SMALL_NUMBER_BASE] + coded[1:]
        char_count += len(last)
        if char_count > _MAX_UNPACKED_BYTES:
            raise ValueError("the terms are too long")
        terms.append(last)
        numbers.append(ord(number) - SMALL_NUMBER_BASE if number else 0)
    return terms, numbers


def decode_term_range(content: bytes, document_count: int, head_postings: int | None) -> TermRange:
    """Undo what ``shards.term_ranges`` packed.

    ``head_postings`` is where it cut lists off; None where it wrote the length of each.
    """
    (line_bytes, first_rest, place_bytes), at = decode_varints(content, 0, 3)
    terms, splits = decode_front_coded(content[at : at + line_bytes].decode("utf-8"))
    frequency_list, at = decode_varints(content, at + line_bytes, len(terms))
    frequencies = np.array(frequency_list, np.int64)
    if head_postings is None:
        length_list, at = decode_varints(content, at, len(terms))
        lengths, is_cut = np.array(length_list, np.int64), np.zeros(len(terms), bool)
    else:
        lengths, is_cut = np.minimum(frequencies, head_postings), frequencies > head_postings
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    payloads = np.frombuffer(content, np.uint8, int(starts[-1]), at)
    at += int(starts[-1])
    documents = decode_rice(content[at + place_bytes :], lengths, document_count)
    is_name = names_author(payloads)
    is_name &= ~np.repeat([term[0] == ID_SIGN for term in terms], lengths)
    keys = _author_keys(content[at : at + place_bytes], documents, is_name, starts)
    rests = np.where(is_cut, first_rest + np.cumsum(is_cut) - 1, -1)
    return TermRange(terms, splits, frequencies, starts, documents, payloads, rests, keys)


def decode_rests(content: bytes, document_count: int) -> list[ListRest]:
    """Undo what ``shards.rest_shards`` packed."""
    (count, place_bytes), at = decode_varints(content, 0, 2)
    length_list, at = decode_varints(content, at, count)
    lengths = np.array(length_list, np.int64)
    ends = np.cumsum(lengths)
    payloads = np.frombuffer(content, np.uint8, int(ends[-1]), at)
    at += int(ends[-1])
    documents = decode_rice(content[at + place_bytes :], lengths, document_count)
    starts = np.concatenate((np.zeros(1, np.int64), ends))
    keys = _author_keys(content[at : at + place_bytes], documents, names_author(payloads), starts)
    return [
        ListRest(documents[end - length : end], payloads[end - length : end], list_keys)
        for length, end, list_keys in zip(length_list, ends.tolist(), keys, strict=True)
    ]


def _author_keys(
    content: bytes,
    documents: IntArray,
    is_name: npt.NDArray[np.bool_],
    starts: npt.NDArray[np.int64],
) -> list[KeyArray]:
    """Undo ``occurrences.author_numbers``: the keys of each list, ascending."""
    numbers, groups = _grouped_numbers(content)
    postings = np.flatnonzero(is_name)[groups]
    keys = documents[postings].astype(np.int64) << NUMBER_BITS | numbers
    return np.split(keys, np.searchsorted(postings, starts[1:-1]))


def decode_positions(
    content: bytes, documents: IntArray, payloads: ByteArray, starts: npt.NDArray[np.int64]
) -> list[KeyArray]:
    """Undo ``occurrences.positions``: for each list, ascending, keys of a document and a position."""
    listed = np.flatnonzero(has_positions(payloads))
    masks = payloads[listed] & POSITION_BITS
    rests = masks[:, np.newaxis] >> np.arange(POSITION_BITS.bit_length()) & 1
    rests[masks == 0, 0] = 1
    owners, rest = np.nonzero(rests)
    scale = np.where(masks[owners] > 0, rests.shape[1], 1)
    numbers, groups = _grouped_numbers(content)
    postings = listed[owners[groups]]
    numbers = numbers * scale[groups] + rest[groups]
    keys = documents[postings].astype(np.int64) << NUMBER_BITS | numbers
    lists = np.split(keys, np.searchsorted(postings, starts[1:-1]))
    return [np.sort(one) for one in lists]


def _grouped_numbers(content: bytes) -> tuple[KeyArray, KeyArray]:
    """Undo ``occurrences._coded``: all numbers, and the number of the group that each is in."""
    coded = np.frombuffer(content, np.uint8)
    if not len(coded):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    is_end = coded <= VARINT_LOW_BITS
    firsts = np.flatnonzero(np.concatenate((np.ones(1, bool), is_end[:-1]))[: len(coded)])
    shifts = 7 * (np.arange(len(coded)) - firsts[np.cumsum(is_end) - is_end])
    values = np.add.reduceat((coded.astype(np.int64) & VARINT_LOW_BITS) << shifts, firsts)
    is_last = values & 1 == 0
    groups = np.cumsum(is_last) - is_last
    sums = np.cumsum(values >> 1)
    before = np.concatenate((np.zeros(1, np.int64), sums[is_last]))[groups]
    return sums - before, groups


def decode_varints(content: bytes, start: int, count: int) -> tuple[list[int], int]:
    """Undo ``codec.encode_varints``: ``count`` numbers from ``start``, and where they end."""
    numbers: list[int] = []
    at = start
    for _ in range(count):
        number = shift = 0
        while content[at] > VARINT_LOW_BITS:
            number |= (content[at] & VARINT_LOW_BITS) << shift
            shift += 7
            at += 1
        numbers.append(number | content[at] << shift)
        at += 1
    return numbers, at


def decode_rice(
    content: bytes, list_lengths: npt.NDArray[np.int64], document_count: int
) -> IntArray:
    """Undo ``codec.encode_rice``: one ascending list of document numbers after another."""
    total = int(list_lengths.sum())
    if not total:
        return np.zeros(0, np.int32)
    bits = np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little").astype(bool)
    next_one = np.where(bits, np.arange(len(bits)), len(bits))
    next_one = np.minimum.accumulate(next_one[::-1])[::-1]
    widths = rice_widths(list_lengths, document_count)
    ones = np.array(_unary_ends(next_one.tolist(), list_lengths.tolist(), widths.tolist()))
    width = np.repeat(widths, list_lengths)
    begins = np.concatenate((np.zeros(1, np.int64), (ones + 1 + width)[:-1]))
    steps = (ones - begins) << width
    for bit in range(int(width.max())):
        holds = np.flatnonzero(width > bit)
        steps[holds] |= bits[ones[holds] + 1 + bit].astype(np.int64) << bit
    steps += 1
    documents = np.cumsum(steps)
    firsts = np.cumsum(list_lengths) - list_lengths
    before = np.concatenate((np.zeros(1, np.int64), documents))[firsts[list_lengths > 0]]
    filled = list_lengths[list_lengths > 0]
    numbers: IntArray = (documents - np.repeat(before, filled) - 1).astype(np.int32)
    return numbers


def _unary_ends(
    next_one: Sequence[int], lengths: Sequence[int], widths: Sequence[int]
) -> list[int]:
    """Find the one that ends the high bits of each code; the codes stand back to back."""
    ones: list[int] = []
    at = 0
    for length, width in zip(lengths, widths, strict=True):
        for _ in range(length):
            one = next_one[at]
            ones.append(one)
            at = one + width + 1
    return ones
