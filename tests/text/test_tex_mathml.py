"""One formula to MathML: what comes out, what is refused, and that nothing unsafe passes."""

# ruff: noqa: RUF001 - the letters are what is tested

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.text.tex.mathml import ALLOWED_ATTRIBUTES, ALLOWED_ELEMENTS, tex_to_mathml
from paper_digest.text.tex.mathml_macros import COMMAND_ALIASES, COMMAND_EXPANSIONS


def words(tex: str) -> str:
    """All text of a formula's MathML, in a row."""
    made = tex_to_mathml(tex)
    assert made is not None, tex
    return "".join(ET.fromstring(made).itertext())  # noqa: S314 - our own output


@pytest.mark.parametrize(
    ("tex", "inner"),
    [
        ("x", "<mi>x</mi>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        (r"\sim 4", "<mo>\N{TILDE OPERATOR}</mo><mn>4</mn>"),
        (r"\mathbf{x}", "<mi>𝐱</mi>"),
        (r"{\bf x}", "<mi>𝐱</mi>"),
        (r"\bm{\alpha}", "<mi>𝜶</mi>"),
        (r"{\cal L}", "<mi>ℒ</mi>"),
        (r"\mathbbm{R}", "<mi>ℝ</mi>"),
        (r"\R^d", "<msup><mi>ℝ</mi><mi>d</mi></msup>"),
        (r"{\rm max}", "<mi>max</mi>"),
        (r"\mathrm{d}", '<mi mathvariant="normal">d</mi>'),
        (r"\mbox{if so}", "<mtext>if\xa0so</mtext>"),
        (r"5\%", "<mn>5</mn><mi>%</mi>"),
        ("5%", "<mn>5</mn><mi>%</mi>"),
        (r"\ensuremath{x}\xspace", "<mi>x</mi>"),
        (r"a \not= b", "<mi>a</mi><mo>≠</mo><mi>b</mi>"),
        (
            r"n\log n",
            '<mi>n</mi><mspace width="0.167em"></mspace><mi>log</mi><mspace width="0.167em"></mspace><mi>n</mi>',
        ),
        (
            r"\log(n)",
            '<mi>log</mi><mo stretchy="false">(</mo><mi>n</mi><mo stretchy="false">)</mo>',
        ),
        ("a:=b", "<mi>a</mi><mo>:=</mo><mi>b</mi>"),
        (r"L\_{a}", "<msub><mi>L</mi><mi>a</mi></msub>"),
        (r"\big\{x\big\}", '<mo stretchy="false">{</mo><mi>x</mi><mo stretchy="false">}</mo>'),
        (r"\operatorname{arg\,max}", "<mi>argmax</mi>"),
        (
            r"\operatorname{rank} A",
            '<mi>rank</mi><mspace width="0.167em"></mspace><mi>A</mi>',
        ),
        (
            r"\operatorname{rank}(A)",
            '<mi>rank</mi><mo stretchy="false">(</mo><mi>A</mi><mo stretchy="false">)</mo>',
        ),
        (r"\Omega", '<mi mathvariant="normal">Ω</mi>'),
        (r"\infty", '<mi mathvariant="normal">∞</mi>'),
        ("1/2", '<mn>1</mn><mi mathvariant="normal">/</mi><mn>2</mn>'),
        ("n!", '<mi>n</mi><mi mathvariant="normal">!</mi>'),
        (r"A\setminus B", "<mi>A</mi><mo>\u2216</mo><mi>B</mi>"),
        (r"A\backslash B", "<mi>A</mi><mo>\u2216</mo><mi>B</mi>"),
        (
            r"\overline{AB}",
            '<mover accent="true"><mrow><mi>A</mi><mi>B</mi></mrow><mo>\u203e</mo></mover>',
        ),
        (
            r"\underline{AB}",
            '<munder accentunder="true"><mrow><mi>A</mi><mi>B</mi></mrow><mo>\u203e</mo></munder>',
        ),
        (r"\text{1--2}", "<mtext>1\N{EN DASH}2</mtext>"),
        ("x%", "<mi>x</mi>"),
        (r"\unicode{x2014}", "<mtext>—</mtext>"),
    ],
)
def test_small_formulas(tex: str, inner: str) -> None:
    made = tex_to_mathml(tex)
    assert made is not None
    assert made.partition(">")[2].removesuffix("</math>") == inner


def test_the_source_stands_beside_it() -> None:
    expected = (
        '<math alttext="a&lt;b\'"><mi>a</mi><mo>&lt;</mo><msup><mi>b</mi><mi>′</mi></msup></math>'
    )
    assert tex_to_mathml("a<b'") == expected


DISPLAYS = (
    r"\begin{align*} a &= b, \\[1ex] c &= d \end{align*}",
    r"\begin{gather} a = b \\ c = d \end{gather}",
    r"\begin{eqnarray} a &=& b \\ c &=& d \label{e} \end{eqnarray}",
    r"\left\{ \begin{array}{ll} a & b \\ c & d \end{array} \right.",
    r"\begin{cases} a & b \\ c & d \end{cases}",
    r"\begin{alignat}{2} a &= b \\ c &= d \end{alignat}",
    r"\left\{ \begin{aligned} a &= b && \\ c &= d \end{aligned} \right.",
    r"\Bigl\lfloor \begin{matrix} a & b \\ c & d \end{matrix} \Bigr\rfloor",
)


@pytest.mark.parametrize("tex", DISPLAYS)
def test_a_display_is_set_whole_in_a_table(tex: str) -> None:
    made = tex_to_mathml(tex, display=True)
    assert made is not None
    assert made.count("<mtr>") == 2
    assert {*"abcd"} <= {*words(tex)}


def test_a_display_whose_rows_the_converter_loses_is_refused() -> None:
    nested = r"\begin{align*} \left. \begin{array}{r} x \\ y \end{array} \right\} \end{align*}"
    made = tex_to_mathml(nested, display=True)
    assert made is None or "y" in made.partition(">")[2]


def test_display() -> None:
    assert (tex_to_mathml("x", display=True) or "").startswith('<math display="block" alttext="x">')


@pytest.mark.parametrize("name", [*COMMAND_ALIASES, *COMMAND_EXPANSIONS])
def test_every_rewritten_command_converts(name: str) -> None:
    tex = rf"a\{name}{{b}}{{c}}" if name in COMMAND_ALIASES else rf"a \{name} b"
    assert tex_to_mathml(tex) is not None


@pytest.mark.parametrize(
    "tex",
    [
        "",
        " ",
        "{",
        "}x{",
        "x_{",
        r"\left(",
        r"\unknownmacro x",
        r"\frac{a}",
        "x" * 2000,
        "{" * 700 + "}" * 700,
        "a & b",
        r"\"",
    ],
)
def test_what_cannot_be_trusted_is_refused(tex: str) -> None:
    assert tex_to_mathml(tex) is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\url{https://a.example}",
        r"\class{evil}{x}",
        r"\style{color:red}{x}",
        r"\cssId{a}{x}",
        r"\unicode{x202e}",
        r"\color{red}{x}",
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{<b>x</b>}",
        r"\text{<annotation-xml>}",
        r"\text{\u0000}",
        "x\u202ey",
        "\\text{a\x00b}",
        r"\def\x{y}\x",
        r"\text{<!ENTITY a 'b'>}",
        r"\includegraphics{a}",
    ],
)
def test_hostile_formulas_are_refused(tex: str) -> None:
    assert tex_to_mathml(tex) is None


def test_a_script_in_a_formula_is_letters() -> None:
    made = tex_to_mathml("<script>")
    assert made is not None
    assert "<script" not in made
    assert words("<script>") == "<script>"


PIECES = st.sampled_from(
    [
        r"\frac{",
        r"\sqrt{",
        r"}",
        r"{",
        r"^",
        r"_",
        r"&",
        r"\\",
        r"\text{",
        r"\href{",
        r"\left(",
        r"\right)",
        r"\begin{matrix}",
        r"\end{matrix}",
        r"\rm",
        r"\mathbb{R}",
        r"\sum",
        r"<",
        r">",
        r"&lt;",
        r"&#60;",
        r"<b>",
        r"\alpha",
        r"x",
        r"y",
        r"1",
        r"%",
        r"#",
        r"$",
        r"~",
        r"'",
        r"\"",
        r"\operatorname{",
        r"\big\{",
        r"\not=",
        r"\limits",
        r"\unicode{x41}",
        r"\bm",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_whatever_comes_out_is_well_formed_and_on_the_lists(tex: str) -> None:
    made = tex_to_mathml(tex)
    if made is None:
        return
    root = ET.fromstring(made)  # noqa: S314 - our own output
    assert root.get("alttext") == " ".join(tex.split())
    assert set(root.attrib) == {"alttext"}
    for element in root.iter():
        assert element.tag in ALLOWED_ELEMENTS
        assert "\\" not in (element.text or "")
        if element is not root:
            assert all(ALLOWED_ATTRIBUTES[name].fullmatch(v) for name, v in element.attrib.items())
