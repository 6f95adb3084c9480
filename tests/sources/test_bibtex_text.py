"""Text of BibTeX fields: whatever LaTeX and HTML a manager wrote, what a reader sees is kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.text.tex.convert import symbols_to_latex_commands, to_latex_commands, to_unicode

ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", '"': "\u0308",
           "u": "\u0306", "v": "\u030c", "d": "\u0323", "h": "\u0309", "r": "\u030a"}  # fmt: skip
FORMS = [r"\%s{{%s}}", r"{\%s{%s}}", r"\%s{%s}", r"{\%s{{%s}}}"]
BASES = {"e": "e", "A": "A", r"\i": "i", r"{\i}": "i", r"\i{}": "i", r"\j": "j", r"\ae": "æ",
         r"\o": "ø", "ω": "ω", "и": "и", r"\ohorn": "ơ"}  # fmt: skip


@given(
    st.sampled_from(sorted(BASES)),
    st.lists(
        st.tuples(st.sampled_from(sorted(ACCENTS)), st.sampled_from(FORMS)), min_size=1, max_size=3
    ),
)
def test_accents_stack_however_they_are_nested(base: str, layers: list[tuple[str, str]]) -> None:
    source, expected = base, BASES[base]
    for accent, form in layers:
        source = form % (accent, source)
        expected += ACCENTS[accent]
    assert latex_to_text(f"Nguy{source}n x") == unicodedata.normalize("NFC", f"Nguy{expected}n x")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Nguy{\~{\^e}}n", "Nguyễn"),
        (r"Nguy\~{\^{e}}n", "Nguyễn"),
        (r"Nguy{\~\^e}n", "Nguyễn"),
        (r"Mart\'\i nez", "Martínez"),
        (
            r"{\.I}stanbul, D{\i}yarbak{\i}r, \.{\i}",
            "İstanbul, D\N{LATIN SMALL LETTER DOTLESS I}yarbak\N{LATIN SMALL LETTER DOTLESS I}r, i",
        ),
        (r"\'{Etienne} \v{Simek}", "Étienne Šimek"),
        (r"\textcommabelow{s}", "ș"),
        (r"a\~{}b", "a~b"),
    ],
)
def test_accents_as_people_write_them(latex: str, text: str) -> None:
    assert latex_to_text(latex) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (
            r"\mkbibquote{Slow} Clerks and \mkbibemph{Fast} Machines",
            "Slow Clerks and Fast Machines",
        ),
        (r"\outer{one \inner[x]{a}{b {C}} $\mathbf{y}$}", r"one b C $\mathbf{y}$"),
        (r"\textcolor{red}{hot} \emph{The {DNA} \textbf{of} $x^{2}$}", "hot The DNA of $x^{2}$"),
        (r"a methodology\hyphen independent view", "a methodology-independent view"),
        (r"\noopsort{1978}Title", "Title"),
        (r"\ourmodel{} beats \ourmodel", r"\ourmodel beats \ourmodel"),
        (r"\unclosed{brace", r"\unclosedbrace"),
        (r"\{a\} \& \$5", "{a} & $5"),
    ],
)
def test_a_command_that_is_not_known_gives_its_last_argument(latex: str, text: str) -> None:
    assert latex_to_text(latex) == text


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"10\textsuperscript{3} bits", "10³ bits"),
        (r"CO\textsubscript{2} and Li\textsuperscript{+}", "CO₂ and Li⁺"),
        (r"the 10\textsuperscript{th} time, X\textsuperscript{TM}", "the 10th time, XTM"),
        (r"Icon{\ensuremath{^{2}}}", "Icon²"),
        (r"\ensuremath{\frac{1}{2}} cup", "1/2 cup"),
        (r"e{\ensuremath{^{{\ensuremath{-}}}}}", "e⁻"),
        (r"K\_\textbraceleft{}2,5\textbraceright{}-free", "K_{2,5}-free"),
        (r"a \textbar{}{B} c", "a |B c"),
        ("[U+738B][U+5C0F] [U+0041] [U+110000]", "王小 [U+0041] [U+110000]"),
    ],
)
def test_what_our_own_exports_and_managers_write_by_name_is_read(latex: str, plain: str) -> None:
    assert to_unicode(latex_to_text(latex)) == plain


#: What LaTeX writes as another sign that looks the same.
LOOK_ALIKES = set("∆∊∍∎\u2223⋄⋅\U0001d6d0\U0001d70a\U0001d744")
#: Signs that the export for biblatex writes as mathematics.
SIGNS = [
    sign
    for sign in map(chr, [*range(0xA1, 0x400), *range(0x2070, 0x2300), *range(0x1D400, 0x1D800)])
    if symbols_to_latex_commands(sign).startswith("{\\ensuremath{\\")
    and "mathrm" not in symbols_to_latex_commands(sign)
    and len(unicodedata.normalize("NFD", sign)) == 1
    and sign not in LOOK_ALIKES
]
MARKS = ["", "\u0302", "\u0304", "\u20d7"]


@given(st.lists(st.tuples(st.sampled_from(SIGNS), st.sampled_from(MARKS)), max_size=5))
def test_what_an_export_says_of_a_sign_is_read_back(signs: list[tuple[str, str]]) -> None:
    text = unicodedata.normalize(
        "NFC", " ".join(sign + mark * sign.isalpha() for sign, mark in signs)
    )
    for exported in (symbols_to_latex_commands(text), to_latex_commands(text)):
        back = to_unicode(latex_to_text(exported))
        assert unicodedata.normalize("NFKC", back) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    "name", ["अमित हिन्दी", "سارة النسّاجة", "שָׁלוֹם", "ไทยกั้น", "தமிழ்", "Я\u0301н", "বাংলা শর্মা"]
)
def test_marks_of_other_scripts_are_read_back_from_an_export(name: str) -> None:
    """They are vowels and doubled letters there: without them the name is another."""
    exported = to_latex_commands(name)
    assert exported.isascii()
    assert to_unicode(latex_to_text(exported)) == unicodedata.normalize("NFC", name)


@given(st.integers(1, 60), st.text(alphabet="abc XYZ", min_size=1).filter(str.strip))
def test_commands_nest_to_any_depth(depth: int, inside: str) -> None:
    assert latex_to_text(r"\unknown{" * depth + inside + "}" * depth).split() == inside.split()


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("CO<sub>2</sub> &amp; <i>E. coli</i>", "CO$_2$ & E. coli"),
        (r"{$<$}i{$>$}E. coli{$<$}/i{$>$}", "E. coli"),
        (r"{\textless}sup{\textgreater}14{\textless}/sup{\textgreater}C", "$^{14}$C"),
        (r"{\&}amp; \&lt;III\&gt; M&uuml;ller &#220; &#x394;", "& <III> Müller Ü Δ"),
        (r'<span class="nocase">de Vries</span> <SC>x</SC>', "de Vries x"),
        ("If a <b and c> d", "If a <b and c> d"),
        ("<tags> of <III> and <i> alone", "<tags> of <III> and <i> alone"),
        ("AT&T &copy R&D; &nosuch;", "AT&T &copy R&D; &nosuch;"),
        ("$a<i>b</i>$", "$a<i>b</i>$"),
    ],
)
def test_html_that_managers_leave_is_read(latex: str, text: str) -> None:
    assert latex_to_text(latex) == text


@given(st.text(alphabet=r"\{}[]$<>&;/i sub~'^e" + "\U000f0000\ue000", max_size=120))
def test_no_text_makes_it_stumble(text: str) -> None:
    once = latex_to_text(text)
    assert not set(once) & {"\U000f0000", "\ue000", "\ue001"}
