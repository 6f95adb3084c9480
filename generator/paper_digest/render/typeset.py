"""Titles, digests and abstracts set as spans: TeX as mathematics, addresses as links."""

from __future__ import annotations

import re
from functools import lru_cache

from paper_digest.render import span as prose
from paper_digest.render.formula_markup import keep_marks
from paper_digest.render.span import EMPTY, Span
from paper_digest.text import weblinks
from paper_digest.text.spaces import single_spaced
from paper_digest.text.tex import convert as latex
from paper_digest.text.tex.mathml import tex_to_mathml

#: Without these a text is plain, whatever its braces.
_TEX_SIGNS = ("$", "\\", "~", "`", "--")


def title(words: str) -> Span:
    """Set a title on one line, with its mathematics."""
    return _math_and_text(words.strip())


def plain_title(words: str, paper_id: str) -> str:
    """Return a title as plain text; a paper without one goes by its id."""
    kind, _, bare = paper_id.partition(":")
    return latex.to_unicode(words) or (f"arXiv:{bare}" if kind == "arxiv" else paper_id)


def paragraphs(text: str, *, repair_tex: bool = False) -> list[Span]:
    """Set an abstract or digest: one span a paragraph, bare addresses linked.

    A blank line, or a line that arXiv indented, begins a paragraph. ``repair_tex`` says that the
    text came from a page that loses TeX signs, so that ``latex.repair`` may put them back.
    """
    parts = re.split(r"\n\s*\n|\n(?=  )", latex.join_formula_lines(text))
    words = map(single_spaced, parts)
    return [
        paragraph
        for w in words
        if (paragraph := _paragraph(latex.repair_tex(w) if repair_tex else w))
    ]


def blurb(words: str) -> Span:
    """Set a short text on one line, without links."""
    return _math_and_text(words.strip())


def _paragraph(words: str) -> Span:
    spans = EMPTY
    for piece in weblinks.split_at_links(words):
        inner = _math_and_text(piece.text)
        spans += prose.link(inner, piece.url) if piece.url else inner
    return spans


def _math_and_text(words: str) -> Span:
    if not any(sign in words for sign in _TEX_SIGNS):
        return prose.text_run(words)
    spans = EMPTY
    for segment in latex.resolved_segments(words):
        if segment.kind == "text":
            spans += prose.text_run(segment.body)
        else:
            spans += formula(segment.body, display=segment.kind == "display")
    return Span(spans.markdown, keep_marks(spans.html))


@lru_cache(maxsize=4096)
def formula(tex: str, *, display: bool = False) -> Span:
    """Set one formula: ``$...$`` in Markdown, MathML in HTML; unknown TeX stands as its source.

    One on a line of its own (``display``) is ``$$...$$`` in Markdown.
    """
    tex = " ".join(tex.split()).replace("<", r"\lt ").replace(">", r"\gt ")
    # Two braces in a row mean nothing else to TeX, but a template language would read them.
    tex = re.sub(r"\{(?=[{%#])", "{ ", tex)
    markup = tex_to_mathml(tex, display=display) if "$" not in tex and tex else None
    delimiter = "$$" if display else "$"
    source = f"{delimiter}{tex}{delimiter}"
    return prose.text_run(source) if markup is None else Span(source, markup)
