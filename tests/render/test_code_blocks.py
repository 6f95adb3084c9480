"""A block of code that a note opens and does not close takes nothing of the page with it."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.render.code_blocks import close_fences
from paper_digest.render.pages import published_markdown
from paper_digest.render.span import operator_markdown

#: What comes after a note on its paper's page: a paragraph, and a citation in a block of code.
AFTER = "The rest.\n\n```bibtex\n@misc{a}\n```\n\n~~~\nb\n~~~\n\n````\nc\n````"
LINES = st.lists(
    st.sampled_from(
        ["```", "```python", "``` some words", "````", "~~~", "a", "", "    ```", "- b"]
    )
)


def convert(text: str) -> str:
    return markdown.markdown(text, extensions=["fenced_code"])


@given(LINES)
@example(["```python", "x = 1"])
@example(["``` some words", "x = 1", "```"])
@example(["````", "```", "x"])
def test_what_follows_a_note_is_what_it_was(lines: list[str]) -> None:
    """A note that ended in a block of code left open made code of the rest, up to the citation."""
    note = "\n".join(lines).strip("\n")
    page = convert(f"{operator_markdown(note).markdown}\n\n<div></div>\n\n{AFTER}")
    assert page.endswith(f"<div></div>\n\n{convert(AFTER)}")
    published = published_markdown.operator_markdown(note).published
    assert published == operator_markdown(note).markdown


@pytest.mark.parametrize(
    "note", ["", "a `b` c", "```\nx\n```", "~~~ python\nx\n~~~", "a\n\n    ```\n    b"]
)
def test_a_text_whose_blocks_are_closed_stays_as_it_is(note: str) -> None:
    assert close_fences(note) == note
