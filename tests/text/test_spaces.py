"""White space within a text is joined as ``str.split`` sees it, whatever quick way is taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.spaces import single_spaced

_PIECES = st.sampled_from(
    ["a", "word", "é", "漢", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\x1f", "\u2028", "\0"]
)


@given(st.lists(_PIECES).map("".join) | st.text())
def test_a_text_is_cut_at_white_space_and_joined_with_one_space(text: str) -> None:
    assert single_spaced(text) == " ".join(text.split())
