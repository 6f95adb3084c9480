"""Makes queries of papers by rule: each is what a reader may type of one paper, and must find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from random import Random
from string import ascii_lowercase
from typing import NamedTuple

from paper_digest.search.document import Document
from paper_digest.search.other_spellings import other_spellings
from paper_digest.search.tokenizer import FILLERS, STOP_WORDS
from search_documents import paper

_WORD = re.compile(r"(?<![\w\\{}^$'`-])[A-Za-z]{3,}(?![\w\\{}^$'`-])")
_NAME = re.compile(r"[^\W\d_]{2,}( [^\W\d_]{2,}){1,2}")
_MIN_LETTERS = 6  # of a word that is misspelt
_ACCENTS = "\u0300\u0301\u0302\u0308\u0327\u030c"  # as marks of their own, behind the letter
#: How names of systems are written: letters, then numbers, with any of these between them.
_BORDERS = ("{name}{major}.{minor}", "{name} {major}.{minor}", "{name}-{major}.{minor}")
_SHORT_BORDERS = ("{name}{major}", "{name} {major}", "{name}-{major}")
_CJK_SIGNS = "深層学習語翻訳機械大規模言語模型한국어처리データ"


#: Gives queries made of a paper, each with the place down to which the paper must stand.
Rule = Callable[[Document, Random], Iterator[tuple[str, int]]]


class Case(NamedTuple):
    """A query, the paper it was made of, and how far down the paper may stand."""

    rule: str
    query: str
    slug: str
    places: int


def title_words(document: Document) -> list[str]:
    """Return the words of a title that a reader would type, the longest first."""
    words = {word.lower() for word in _WORD.findall(document.title)} - STOP_WORDS - FILLERS
    return sorted(words, key=lambda word: (-len(word), word))


def numbered_systems(documents: Sequence[Document], draw: Random) -> list[Document]:
    """Make papers of systems with a number in their names, which few real titles have, in all spellings."""
    made = []
    for number, document in enumerate(documents):
        name = "".join(draw.choice("bdfgklmnprtvz") + draw.choice("aeiou") for _ in range(4))
        forms = _BORDERS + _SHORT_BORDERS
        form = forms[number % len(forms)].format(
            name=name.title(), major=draw.randint(2, 9), minor=draw.randint(1, 9)
        )
        title = f"{form}: {document.title}" if number % 2 else f"{document.title} by {form}"
        made.append(paper(f"3001.{number:05}", title, date=document.date))
    return made


def titles_in_signs(count: int, draw: Random) -> list[Document]:
    """Make papers with titles in Chinese, Japanese or Korean, of few signs, so that pairs recur."""
    titles = ("".join(draw.choices(_CJK_SIGNS, k=8)) for _ in range(count))
    return [paper(f"3101.{number:05}", title) for number, title in enumerate(titles)]


def cases(documents: Sequence[Document], rules: Sequence[Rule], draw: Random) -> Iterator[Case]:
    """Make the queries of some rules, the same ones for the same draw."""
    for document in documents:
        for rule in rules:
            for query, places in rule(document, draw):
                yield Case(rule.__name__, query, document.slug, places)


def one_edit(document: Document, draw: Random) -> Iterator[tuple[str, int]]:
    """Spell a word with a letter too few, too many, another, or two swapped, never the first."""
    for word in [word for word in title_words(document) if len(word) >= _MIN_LETTERS][:2]:
        others = [other for other in title_words(document) if other != word][:2]
        at, letter = draw.randrange(1, len(word) - 1), draw.choice(ascii_lowercase)
        wrong = draw.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
        yield " ".join([*others, wrong]) + " ", 10


def other_spelling(document: Document, _draw: Random) -> Iterator[tuple[str, int]]:
    """Spell words as the British or the Americans do, where the title does not."""
    for word in title_words(document):
        others = [other for other in title_words(document) if other != word][:2]
        for spelling in other_spellings(word):
            yield " ".join([spelling, *others]) + " ", 10


def border(document: Document, _draw: Random) -> Iterator[tuple[str, int]]:
    """Write the name and number of a made-up system in all spellings."""
    found = re.search(
        r"\b([A-Z][aeiou](?:[a-z][aeiou]){3})[ -]?([2-9])(?:\.([1-9]))?\b", document.title
    )
    if found:
        name, major, minor = found.groups()
        for form in _BORDERS if minor else _SHORT_BORDERS:
            yield form.format(name=name.lower(), major=major, minor=minor) + " ", 1


def accents(document: Document, draw: Random) -> Iterator[tuple[str, int]]:
    """Type the title with accents that it has not, and without those that it has."""
    if re.search(r"[\\$]", document.title):
        return
    plain = unicodedata.normalize("NFD", document.title)
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    dressed = re.sub(
        r"[aeiounc](?=[a-z])",
        lambda letter: letter[0] + (draw.choice(_ACCENTS) if draw.random() < 0.3 else ""),
        bare,
    )
    yield unicodedata.normalize("NFC", dressed) + " ", 3


def signs(document: Document, draw: Random) -> Iterator[tuple[str, int]]:
    """Type some signs in a row of a title in Chinese, Japanese or Korean, plain and quoted."""
    size = draw.randint(4, 6)
    at = draw.randrange(len(document.title) - size)
    row = document.title[at : at + size]
    yield row, 10
    yield f'"{row}" ', 10


def person(document: Document, draw: Random) -> Iterator[tuple[str, int]]:
    """Ask for an author by the name as it is, in another order, and with initials."""
    names = [name for name in document.authors if _NAME.fullmatch(name)]
    if names:
        first, *_, last = words = draw.choice(names).split()
        beside = " ".join(title_words(document)[:1])
        for name in (" ".join(words), " ".join(reversed(words))):
            yield f'author:"{name}" {beside} ', 3
        for name in (f"{first[0]}. {last}", f"{last} {first[0]}"):
            yield f'author:"{name}" {beside} ', 10


def phrase(document: Document, _draw: Random) -> Iterator[tuple[str, int]]:
    """Quote the beginning of the title, with its longest word."""
    row = re.match(r"[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}(?![\w\\{}^$'`-])", document.title)
    if row and title_words(document):
        yield f'"{row[0]}" {title_words(document)[0]} ', 10


def year(document: Document, draw: Random) -> Iterator[tuple[str, int]]:
    """Ask for words of the title in its year, as a filter in each form, and as a word."""
    asked, of = " ".join(title_words(document)[:3]), document.date[:4]
    if asked:
        forms = (f"year:{of}", f"year:{of}..{of}", f"year:..{of}", f"year:{of}..", of)
        yield f"{asked} {draw.choice(forms)} ", 10
