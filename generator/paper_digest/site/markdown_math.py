"""A Markdown extension that turns ``$...$`` and ``$$...$$`` into MathML, so that no script has to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor

from paper_digest.render.formula_markup import keep_marks, name_formulas
from paper_digest.text.tex.mathml import tex_to_mathml

if TYPE_CHECKING:
    import re

    from markdown import Markdown

#: Above code spans and escapes, so that a formula's backslashes and underscores are its own.
FORMULA_PRIORITY = 195
#: Below all of Python-Markdown's own, which put stashed HTML back.
MARKUP_PRIORITY = 1


class _FormulaProcessor(InlineProcessor):
    def handleMatch(  # type: ignore[override] # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Any, int | None, int | None]:
        del data
        markup = tex_to_mathml(m[2], display=bool(m[1]))
        if markup is None or self.md is None:
            return None, None, None
        return self.md.htmlStash.store(markup), m.start(0), m.end(0)


class _FormulaMarkup(Postprocessor):
    def run(self, text: str) -> str:
        """Set marks and names of all formulas of a page."""
        return name_formulas(keep_marks(text))


class MathExtension(Extension):
    """Registers the formula pattern, and what the finished HTML around formulas needs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Add both to a converter."""
        md.postprocessors.register(_FormulaMarkup(md), "formula_markup", MARKUP_PRIORITY)
        md.inlinePatterns.register(
            _FormulaProcessor(r"(?<!\\)\$(\$?)([^$\n]+)\$\1", md), "formula", FORMULA_PRIORITY
        )


def makeExtension(**options: Any) -> MathExtension:  # noqa: ANN401, N802 - Python-Markdown's entry point
    """Make the extension, as Python-Markdown asks for it by module name."""
    return MathExtension(**options)
