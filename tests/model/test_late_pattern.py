"""Patterns that are compiled late answer as those that are compiled at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.late_pattern import late_pattern

_FORMS = st.sampled_from([r"a+", r"(?P<word>b)|c", r"^\s*$", r"[a-c]{2}"])


@given(_FORMS, st.sampled_from([0, re.IGNORECASE, re.MULTILINE]), st.text("aBc \n"))
def test_a_late_pattern_answers_as_one_compiled_at_once(form: str, flags: int, text: str) -> None:
    late, ready = late_pattern(form, flags), re.compile(form, flags)
    for _ in range(2):  # at first it is compiled, then its methods are at hand
        assert late.findall(text) == ready.findall(text)
        assert late.sub("-", text) == ready.sub("-", text)
        assert bool(late.match(text)) == bool(ready.match(text))
        assert (late.pattern, late.flags, late.groupindex) == (form, ready.flags, ready.groupindex)


def test_a_pattern_is_not_compiled_before_it_is_used() -> None:
    late = late_pattern("(")
    with pytest.raises(re.error):
        late.search("")
