"""A reader of the search index written from ``search/README.md`` alone: plain Python, nothing of the package."""

from __future__ import annotations

import json
import math
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_ID_SIGN = "#"


class Posting(NamedTuple):
    """One paper of a term's list: its number in the archive, the payload byte, and the authors named."""

    paper: int
    payload: int
    authors: tuple[int, ...]


class PlainIndex:
    """An index whose files ``read`` gives by name."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Read the root."""
        self._read = read
        self.root: dict[str, Any] = json.loads(self._unpacked("root.bin"))
        self.separators = [term for term, _ in _front_coded(self.root["shards"])]
        newer = self.root.get("newer")
        self.count = self.root["documents"]
        self._newer_numbers = _sums(newer["numbers"]) if newer else []
        replaced = set(_sums(newer["replaced"])) if newer else set()
        base_count = self.count - len(self._newer_numbers) + len(replaced)
        late = set(self._newer_numbers)
        free = (number for number in range(self.count) if number not in late)
        self._base_numbers = [
            None if place in replaced else next(free) for place in range(base_count)
        ]

    def postings(self, term: str) -> tuple[int, list[Posting]]:
        """Return how many papers hold a term, and all of them; (0, []) where none does."""
        number = max(0, bisect_right([_units(one) for one in self.separators], _units(term)) - 1)
        root = self.root
        found = self._base_range(number).get(term)
        frequency, held = found[:2] if found else (0, [])
        if found and found[2] is not None:
            held = sorted(held + self._rest(found[2]))
        papers = _renumbered(held, self._base_numbers)
        if newer := root.get("newer"):
            place = bisect_right(_sums(newer["ranges"]), number) - 1
            content = self._unpacked(f"nt{place}-{newer['names']['terms']}.bin")
            listed = {
                name: one for name, *one in _term_range(content, len(self._newer_numbers), None)
            }
            if term in listed:
                frequency, late, _ = listed[term]
                papers += _renumbered(late, self._newer_numbers)
        return frequency, sorted(papers)

    def positions(self, term: str) -> list[tuple[int, list[int]]]:
        """Return for each paper with a term in title or text where it stands there."""
        number = max(0, bisect_right([_units(one) for one in self.separators], _units(term)) - 1)
        base = self._base_positions(number, term)
        papers = [(self._base_numbers[paper], places) for paper, places in base]
        if newer := self.root.get("newer"):
            place = bisect_right(_sums(newer["ranges"]), number) - 1
            content = self._unpacked(f"nt{place}-{newer['names']['terms']}.bin")
            listed = [
                (name, held)
                for name, _, held, _ in _term_range(content, len(self._newer_numbers), None)
            ]
            content = self._unpacked(f"np{place}-{newer['names']['places']}.bin")
            late = _positions(_Cursor(content), listed).get(term, [])
            papers += [(self._newer_numbers[paper], places) for paper, places in late]
        return sorted((paper, places) for paper, places in papers if paper is not None)

    def row(self, number: int) -> list[str]:
        """Return the slug, title, authors and date of a paper."""
        segment, prefix, place = self.root, "", number
        if self.root.get("newer"):
            if number in self._newer_numbers:
                segment, prefix = self.root["newer"], "n"
                place = self._newer_numbers.index(number)
            else:
                place = self._base_numbers.index(number)
        chunk, within = divmod(place, self.root["chunk"])
        at = chunk // self.root["group"] * 8
        name = f"{prefix}d{chunk}-{segment['names']['documents'][at : at + 8]}.bin"
        lines = self._unpacked(name).decode().split("\n")
        return lines[int(within)].split("\t")

    def worth(self, term: str, ranking: dict[str, Any]) -> dict[int, float]:
        """Return what a single word adds to the score of each paper that holds it, but for its title bonus."""
        rarity = self.rarity(term)
        postings = self.postings(term)[1]
        return {one.paper: rarity * _payload_worth(one.payload, ranking) for one in postings}

    def rarity(self, term: str) -> float:
        """Return BM25's weight of a term."""
        frequency = self.postings(term)[0]
        return math.log(1 + (max(self.count - frequency, 0) + 0.5) / (frequency + 0.5))

    def _base_positions(self, number: int, term: str) -> list[tuple[int, list[int]]]:
        ranges = self._base_range(number)
        lists = [(name, held) for name, (_, held, _) in ranges.items()]
        content = self._unpacked(f"p{number}-{self.root['names']['places']}.bin")
        positions = _positions(_Cursor(content), lists).get(term, [])
        rest = ranges[term][2] if term in ranges else None
        if rest is not None:
            file, rests, place = self._rests(rest)
            content = self._unpacked(f"q{file}-{self.root['names']['restPlaces']}.bin")
            numbered = [(str(at), held) for at, held in enumerate(rests)]
            positions = positions + _positions(_Cursor(content), numbered).get(str(place), [])
        return positions

    def _base_range(self, number: int) -> dict[str, Any]:
        base_count = len(self._base_numbers)
        content = self._unpacked(f"t{number}-{self.root['names']['terms']}.bin")
        return {name: one for name, *one in _term_range(content, base_count, self.root["head"])}

    def _rest(self, number: int) -> list[Posting]:
        _, rests, place = self._rests(number)
        return rests[place]

    def _rests(self, number: int) -> tuple[int, list[list[Posting]], int]:
        """Return the file that holds a rest, all lists in it, and which of them it is."""
        firsts = _sums(self.root["rests"])
        file = bisect_right(firsts, number) - 1
        cursor = _Cursor(self._unpacked(f"r{file}-{self.root['names']['rests']}.bin"))
        count, _ = cursor.varint(), cursor.varint()
        lengths = [cursor.varint() for _ in range(count)]
        lists = _lists(cursor, [""] * count, lengths, len(self._base_numbers))
        return file, list(lists), number - firsts[file]

    def _unpacked(self, name: str) -> bytes:
        return zlib.decompress(self._read(name), -15)


class _Cursor:
    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.content[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def take(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]


def _term_range(content: bytes, count: int, head: int | None) -> Iterator[tuple[Any, ...]]:
    """Yield each term of a range, its frequency, its postings and the number of its rest or None."""
    cursor = _Cursor(content)
    line_bytes, rest, _ = cursor.varint(), cursor.varint(), cursor.varint()
    terms = [term for term, _ in _front_coded(cursor.take(line_bytes).decode())]
    frequencies = [cursor.varint() for _ in terms]
    lengths = [cursor.varint() if head is None else min(one, head) for one in frequencies]
    lists = list(_lists(cursor, terms, lengths, count))
    for term, frequency, postings in zip(terms, frequencies, lists, strict=True):
        is_cut = head is not None and frequency > head
        yield term, frequency, postings, rest if is_cut else None
        rest += is_cut


def _lists(
    cursor: _Cursor, terms: list[str], lengths: list[int], count: int
) -> Iterator[list[Posting]]:
    payloads = [cursor.take(length) for length in lengths]
    authors = [
        [
            tuple(_group(cursor)) if payload & 15 == 0 and term[:1] != _ID_SIGN else ()
            for payload in own
        ]
        for term, own in zip(terms, payloads, strict=True)
    ]
    bit = cursor.at * 8
    for own, named, length in zip(payloads, authors, lengths, strict=True):
        width = max(0, ((count - length) * 11 // ((length + 1) * 16)).bit_length() - 1)
        paper = -1
        postings = []
        for payload, places in zip(own, named, strict=True):
            gap = 0
            while not _bit(cursor.content, bit):
                gap, bit = gap + 1, bit + 1
            bit += 1
            low_bits = sum(_bit(cursor.content, bit + low) << low for low in range(width))
            paper += (gap << width | low_bits) + 1
            bit += width
            postings.append(Posting(paper, payload, places))
        yield postings


def _group(cursor: _Cursor) -> Iterator[int]:
    place = 0
    while True:
        step = cursor.varint()
        place += step >> 1
        yield place
        if not step & 1:
            return


def _positions(
    cursor: _Cursor, lists: list[tuple[str, list[Posting]]]
) -> dict[str, list[tuple[int, list[int]]]]:
    """Return for each list, by its name, the papers whose title or text has the word, and where."""
    by_name: dict[str, list[tuple[int, list[int]]]] = {}
    for name, postings in lists:
        by_name[name] = []
        for one in postings:
            rests = [rest for rest in range(4) if one.payload >> rest & 1]
            places = [4 * number + rest for rest in rests for number in _group(cursor)]
            if not rests and one.payload >> 5:
                places = list(_group(cursor))
            if places:
                by_name[name].append((one.paper, sorted(places)))
    return by_name


def _renumbered(postings: list[Posting], numbers: list[Any]) -> list[Posting]:
    return [
        one._replace(paper=numbers[one.paper]) for one in postings if numbers[one.paper] is not None
    ]


def _front_coded(text: str) -> Iterator[tuple[str, int]]:
    last = ""
    for line in text.split("\n") if text else ():
        coded, _, value = line.partition("\t")
        last = last[: ord(coded[0]) - 32] + coded[1:]
        yield last, ord(value) - 32 if value else 0


def _payload_worth(payload: int, ranking: dict[str, Any]) -> float:
    fields, impact = ranking["fields"], ranking["impact"]
    if payload in (0, 16):
        return float(fields["fewAuthors"] if payload else fields["manyAuthors"])
    middle = (payload >> 5) + 0.5
    worth = impact["lowest"] + impact["range"] * middle / impact["levels"]
    return float(worth + (fields["title"] if payload & 16 else 0))


def _bit(content: bytes, bit: int) -> int:
    return content[bit >> 3] >> (bit & 7) & 1


def _sums(gaps: list[int]) -> list[int]:
    numbers, number = [], 0
    for gap in gaps:
        number += gap
        numbers.append(number)
    return numbers


def _units(term: str) -> bytes:
    return term.encode("utf-16-be")
