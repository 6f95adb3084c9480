"""Tags in an operator's Markdown that are no part of its HTML: they are shown as they are written.

A tag that nothing closes, or that closes nothing, would reach into the rest of the page: a ``<script>``
swallows all of it, a ``</div>`` ends the page's own column. A word in angle brackets that is no element
of HTML (``<mask>``) would not be seen at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.code_blocks import (
    blank_spans,
    fence_end_tags,
    fenced_spans,
    indented_spans,
    replaced,
)
from paper_digest.text.tex.mathml import tex_to_mathml


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements of the body (https://html.spec.whatwg.org/multipage/indices.html#elements-3), but those that act on
# the whole page, or take the tags in them for text.
_VOID = _names("area br col embed hr img input link meta source track wbr")
#: What they hold is no HTML; each with its end.
_SCRIPTS = {
    "script": late_pattern(r"</script\s*>", re.IGNORECASE),
    "style": late_pattern(r"</style\s*>", re.IGNORECASE),
}
_BLOCKS = _names(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol pre section summary table "
    "tbody td tfoot th thead tr ul"
)
#: They need no end of their own: that of a block around them is theirs.
_ENDED_BY_OTHERS = _names("caption colgroup dd dt li p rb rp rt rtc tbody td tfoot th thead tr")
_FOREIGN = frozenset(["math", "svg"])
_INLINE = _names(
    "a abbr acronym audio b bdi bdo big button canvas cite code data del dfn dialog em font i iframe ins kbd "
    "label map mark meter noscript object output picture progress q ruby s samp search small "
    "span strike strong sub sup time tt u var video"
)
_SET_AS_BLOCKS = _BLOCKS | _ENDED_BY_OTHERS | _SCRIPTS.keys()
_ELEMENTS = _VOID | _SET_AS_BLOCKS | _FOREIGN | _INLINE

_TAG = late_pattern(
    r"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?:[\s/](?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}')*)?>"
)
#: A comment that browsers and Python-Markdown end at one place; addresses as Python-Markdown has them
#: (``AUTOLINK_RE``, ``AUTOMAIL_RE``), and that of a link in angle brackets.
_COMMENT_OR_ADDRESS = late_pattern(
    r"<!--(?!-?>)(?:(?!--!?>|<!--).)*-->"
    r"|<(?:(?:https?|ftp)://[^<>]*|[^<> !]+@[^@<> ]+)>|(?<=\]\()<[^<>\n]*>",
    re.IGNORECASE | re.DOTALL,
)
_REFERENCE = late_pattern(r"^ {0,3}\[[^\]\n]*\]:[^\n]*", re.MULTILINE)
_FORMULA = late_pattern(r"(?<!\\)\$(\$?)((?:(?!</)[^$\n])+)\$\1")
_TICKS = late_pattern(r"`+")
_LINE = late_pattern(r"[^\n]+")
_RAW = "raw"
_INDENTS = ("", " ", "  ", "   ")
_SETS_MARKDOWN = late_pattern(r"\smarkdown\b", re.IGNORECASE)
_WORD = late_pattern(r"\S+")
_BEGINNING = late_pattern(r"<(?=[A-Za-z/!?])")


class UnpairedTag(NamedTuple):
    """A tag, or what begins as one, its place in the text, and whether it would be HTML but for its partner.

    ``is_late``: it is whole, but Python-Markdown would see its end alone, because words stand before it on its line.
    """

    place: int
    text: str
    is_html: bool = True
    is_late: bool = False


class _Open(NamedTuple):
    name: str
    tag: UnpairedTag

    @property
    def counted_as(self) -> tuple[str, ...]:
        """Its name, and ``_RAW`` where Python-Markdown leaves what it holds as it is."""
        is_raw = self.name in _BLOCKS and not _SETS_MARKDOWN.search(self.tag.text)
        return (self.name, _RAW) if is_raw else (self.name,)


def show_unpaired(markdown: str) -> str:
    """Return a text in which the tags of ``unpaired_tags`` are words, and end tags in code are code."""
    if "<" not in markdown:
        return markdown
    fenced = fence_end_tags(markdown)
    markdown = replaced(fenced, _code_with_end_tags(fenced))
    while (shown := replaced(markdown, _tags_as_words(markdown))) != markdown:
        markdown = shown  # what stood behind a tag may begin its line in another way now
    return markdown


def unpaired_tags(markdown: str) -> list[UnpairedTag]:
    """List the tags outside of code, formulas and addresses that belong to no pair, in the text's order.

    As Python-Markdown has it, an element that is a block begins a line, or stands in one that does.
    """
    if "<" not in markdown:
        return []
    return [tag for tag in _odd_tags(markdown) if not tag.is_late]


def _tags_as_words(markdown: str) -> Iterator[tuple[int, int, str]]:
    for tag in _odd_tags(markdown):
        yield (tag.place, tag.place + 1, "\n<" if tag.is_late else "&lt;")


def _code_with_end_tags(markdown: str) -> Iterator[tuple[int, int, str]]:
    """Set as HTML the spans of code that hold an end tag: ``md_in_html`` would take it for one (``fence_end_tags``)."""
    for begin, end in _code_spans(blank_spans(markdown, fenced_spans(markdown))):
        if "</" in (code := markdown[begin:end].strip("`").strip()):
            signs = (sign if sign.isalnum() or sign == " " else f"&#{ord(sign)};" for sign in code)
            yield begin, end, f"<code>{''.join(signs)}</code>"


def _odd_tags(markdown: str) -> list[UnpairedTag]:
    return sorted(_TagReader(_without_code(markdown)).odd_tags())


class _TagReader:
    """Reads the tags of a text one by one, with the elements that are open around each."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._around: list[_Open] = []
        self._counts = Counter[str]()
        self._end = self._end_of_block = 0

    def odd_tags(self) -> Iterator[UnpairedTag]:
        """Yield the tags that are no part of a whole element, or late, in no order."""
        while begin := _BEGINNING.search(self._text, self._end):
            place = begin.start()
            if other := _COMMENT_OR_ADDRESS.match(self._text, place):
                self._end = other.end()
            elif tag := _TAG.match(self._text, place):
                self._end = tag.end()
                yield from self._read(tag["name"].lower(), tag)
            else:
                self._end = place + 1
                words = _WORD.match(self._text, place)
                yield UnpairedTag(place, words[0] if words else "<", self._text[place + 1] in "!?")
        yield from (one.tag for one in self._around)

    def _read(self, name: str, match: re.Match[str]) -> Iterator[UnpairedTag]:
        tag = UnpairedTag(match.start(), match[0])
        is_foreign = any(map(self._counts.__getitem__, _FOREIGN))
        if name not in _ELEMENTS and "-" not in name and not is_foreign:
            yield tag._replace(is_html=False)
        elif match["slash"]:
            yield from self._close(name, tag)
            self._end_of_block = match.end()
        elif name in _SET_AS_BLOCKS and not is_foreign:
            yield from self._open_block(name, tag)
        elif name not in _VOID and not (is_foreign and match[0].endswith("/>")):
            self._open(name, tag)

    def _open_block(self, name: str, tag: UnpairedTag) -> Iterator[UnpairedTag]:
        before = self._text[self._text.rfind("\n", 0, tag.place) + 1 : tag.place]
        is_late = before not in _INDENTS and tag.place != self._end_of_block
        if is_late and not self._counts[_RAW]:
            yield tag
            return
        if name not in _SCRIPTS:
            self._open(name, tag)
        elif end := _SCRIPTS[name].search(self._text, self._end):
            self._end = end.end()
        else:
            yield tag
            return
        if is_late:
            yield tag._replace(is_late=True)
        self._end_of_block = self._end

    def _open(self, name: str, tag: UnpairedTag) -> None:
        self._around.append(_Open(name, tag))
        self._counts.update(self._around[-1].counted_as)

    def _take_last(self) -> _Open:
        last = self._around.pop()
        self._counts.subtract(last.counted_as)
        return last

    def _close(self, name: str, tag: UnpairedTag) -> Iterator[UnpairedTag]:
        """End the last open element of a name and those in it, which needed an end of their own."""
        if not self._counts[name]:
            yield tag
            return
        while (last := self._take_last()).name != name:
            if last.name not in _ENDED_BY_OTHERS or name not in _BLOCKS:
                yield last.tag


def _without_code(markdown: str) -> str:
    """Blank out what is no HTML: blocks and spans of code, formulas, and the addresses of references."""
    text = blank_spans(markdown, fenced_spans(markdown))
    text = blank_spans(text, indented_spans(text))
    text = blank_spans(text, (match.span() for match in _REFERENCE.finditer(text)))
    text = blank_spans(text, _formula_spans(text))
    return blank_spans(text, _code_spans(text))


def _formula_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where formulas with a ``<`` begin and end; what cannot be set as one stays text between dollars."""
    for match in _FORMULA.finditer(text):
        if "<" in match[0] and tex_to_mathml(match[2], display=bool(match[1])) is not None:
            yield match.span()


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code between runs of equally many backticks begins and ends, on one line."""
    for line in _LINE.finditer(text):
        runs = [run for run in _TICKS.finditer(text, *line.span()) if text[run.start() - 1] != "\\"]
        place = 0
        for number, run in enumerate(runs):
            pairs = (one for one in runs[number + 1 :] if len(one[0]) == len(run[0]))
            if run.start() >= place and (partner := next(pairs, None)):
                yield run.start(), partner.end()
                place = partner.end()
