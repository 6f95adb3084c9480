"""Formulas of JATS and MathML as TeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.tex.formulas_from_markup import formulas_to_tex

PREFIXES = st.sampled_from(["", "mml:"])


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        ("<msup><mi>K</mi><mo>*</mo></msup>", "$K^{*}$"),
        ("<msub><mi>x</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>", "$x_{ij}$"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "$x_{1}^{2}$"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", r"$\frac{1}{2}$"),
        ("<msqrt><mi>s</mi></msqrt><mo>=</mo><mn>13</mn>", r"$\sqrt{s}=13$"),
        ("<mi>x</mi><mo>&lt;</mo><mn>3</mn>", "x<3"),
        ("<mi>x</mi><annotation>y</annotation>", "x"),
    ],
)
@given(prefix=PREFIXES)
def test_mathml_is_tex(mathml: str, tex: str, prefix: str) -> None:
    tags = mathml.replace("</", f"<//{prefix}").replace("<m", f"<{prefix}m")
    tags = tags.replace("<//", "</").replace("<annotation", f"<{prefix}annotation")
    text = f"a <{prefix}math display='inline'>{tags}</{prefix}math> b"
    assert formulas_to_tex(text) == f"a {tex} b"


def test_of_two_forms_of_a_formula_the_tex_is_taken() -> None:
    source = r"\documentclass{minimal}\begin{document}$$\alpha^2$$\end{document}"
    both = (
        f"<alternatives><tex-math id='M1'>{source}</tex-math>"
        "<mml:math><mml:mi>a</mml:mi></mml:math></alternatives>"
    )
    assert formulas_to_tex(both) == r"$\alpha^2$"


@pytest.mark.parametrize(
    "broken", ["<math><msup><mi>x</mi></math>", "<math><mi>x</mi>&oops</math>"]
)
def test_a_formula_that_is_broken_keeps_its_letters(broken: str) -> None:
    assert "x" in formulas_to_tex(broken)
    assert "<m" not in formulas_to_tex(broken)


@given(st.text(alphabet="<>/math mi&;x", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert formulas_to_tex(text).count("x") >= 0
