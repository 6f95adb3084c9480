"""A Markdown extension that turns ``$...$`` and ``$$...$$`` into MathML, so that no script has to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from paper_digest.text.tex.mathml import tex_to_mathml

if TYPE_CHECKING:
    import re

    from markdown import Markdown

#: Above code spans and escapes, so that a formula's backslashes and underscores are its own.
FORMULA_PRIORITY = 195


class _FormulaProcessor(InlineProcessor):
    def handleMatch(  # type: ignore[override] # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Any, int | None, int | None]:
        del data
        markup = tex_to_mathml(m[2], display=bool(m[1]))
        if markup is None or self.md is None:
            return None, None, None
        return self.md.htmlStash.store(markup), m.start(0), m.end(0)


class MathExtension(Extension):
    """Registers the formula pattern."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Add the pattern to a converter."""
        md.inlinePatterns.register(
            _FormulaProcessor(r"(?<!\\)\$(\$?)([^$\n]+)\$\1", md), "formula", FORMULA_PRIORITY
        )


def makeExtension(**options: Any) -> MathExtension:  # noqa: ANN401, N802 - Python-Markdown's entry point
    """Make the extension, as Python-Markdown asks for it by module name."""
    return MathExtension(**options)
