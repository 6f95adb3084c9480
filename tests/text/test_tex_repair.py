"""TeX signs that a saved page lost: what comes back, what stays, and that it settles at once."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.text.tex.convert import split_math, to_unicode
from paper_digest.text.tex.repair import REPAIR_EXAMPLES, UNREPAIRED_EXAMPLES, repair_tex


@pytest.mark.parametrize(("lost", "found"), REPAIR_EXAMPLES.items())
def test_certain_shapes_are_repaired(lost: str, found: str) -> None:
    assert repair_tex(lost) == found


@pytest.mark.parametrize("text", UNREPAIRED_EXAMPLES)
def test_uncertain_shapes_stay(text: str) -> None:
    assert repair_tex(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "It grows as $n^{2}$ and is 4times slower.",
        r"With \(k\) experts k_{ast} is 3times faster.",
        "See https://host.example/a_{ast}/4times for it.",
        "He did it three times in 3 times as long, sometimes 9 times.",
        "The simulator sim5 and the file x_{name",
        "A plain sentence.",
        "",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert repair_tex(text) == text


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("It costs $5 and is 4times faster.", "It costs $5 and is 4× faster."),  # noqa: RUF001 - the sign meant
        ("of rank k_{ast}, at $5", "of rank k_{ast}, at $5"),
        ("R^{ntimes d} maps", r"$R^{n\times d}$ maps"),
        ("the weights mathcal W_{ij} of", r"the weights $\mathcal W_{ij}$ of"),
        ("mathcal{O}(mathcal{C_Phi/m} + 1)", r"$\mathcal{O}(\mathcal{C_\Phi/m} + 1)$"),
        ("mathcal{O}(min{S, T})", "mathcal{O}(min{S, T})"),
        ("the state s_{train} of", "the state $s_{train}$ of"),
    ],
)
def test_further_shapes(lost: str, found: str) -> None:
    assert repair_tex(lost) == found


def test_a_repaired_formula_is_read_as_one() -> None:
    kinds = [
        part.kind for part in split_math(repair_tex("the size of R^{N times d} is 4times more"))
    ]
    assert kinds == ["text", "math", "text"]
    assert to_unicode(repair_tex("about k_{ast} of n^{1+o(1)}")).startswith("about k_")


SIGNS = (
    r"times sim ast leq geq rightarrow ^circ ^{circ} _{ast} ^{N times d} mathcal{O} mathcal O O( ) k R 10 6 % \%"
    r" {times} {sim} textit{a} $ { } 4 360 epsilon https:// \ circ sqrt log"
)


@given(
    st.lists(
        st.sampled_from(SIGNS.split(" ")) | st.just(" ") | st.text(max_size=2), max_size=16
    ).map("".join)
)
@example("1timesO(log n)")
@example(r"sim17\% of 2sim3times")
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair_tex(text)
    assert repair_tex(once) == once
