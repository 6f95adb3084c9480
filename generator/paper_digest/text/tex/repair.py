r"""Restores TeX signs that a page saved as text lost, only where one reading is possible.

Such a page drops ``$`` and ``\``: ``$k_{\ast}$`` is saved as ``k_{ast}``. ``REPAIR_EXAMPLES`` and
``UNREPAIRED_EXAMPLES`` show what is repaired and what is left because it is uncertain.
"""

# ruff: noqa: RUF001 - the signs are shown as readers see them

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.tex.segments import has_balanced_braces, split_math

#: What a saved page holds, and what is made of it.
REPAIR_EXAMPLES = {
    "160times smaller": "160× smaller",
    "a 4.31times gain": "a 4.31× gain",
    "224times224 pixels": "224×224 pixels",
    "4{times} and 16{times}": "4× and 16×",
    "10sim100times": "10∼100×",
    "sim4times": "∼4×",
    "a (sim110k) set": "a (∼110k) set",
    "only {sim}1K": "only ∼1K",
    "360^circ and 90^{circ}": "360° and 90°",
    "models with leq 4B": "models with ≤ 4B",
    "66.3%rightarrow72.9%": "66.3%→72.9%",
    "up by 79.27\\%": "up by 79.27%",
    "experts k_{ast} is": "experts $k_{\\ast}$ is",
    "in R^{N times d}": "in $R^{N \\times d}$",
    "at 6times10^{21} steps": "at $6\\times10^{21}$ steps",
    "time n^{1+o(1)}.": "time $n^{1+o(1)}$.",
    "mathcal{O}(d^k) samples": "$\\mathcal{O}(d^k)$ samples",
    "mathcal O(sqrt K) regret": "$\\mathcal O(\\sqrt K)$ regret",
    "tilde Omega(T^{1/3}) times": "$\\tilde \\Omega(T^{1/3})$ times",
    "O(epsilon^{-1}n) time": "$O(\\epsilon^{-1}n)$ time",
    "the set mathbb{R}": "the set $\\mathbb{R}$",
    "three textit{O}bstacles": "three \\textit{O}bstacles",
}

#: What stays as it is: English words, names, and what can be read in more than one way.
UNREPAIRED_EXAMPLES = (
    "three times as fast, 5 times 3",
    "sim-to-real, sim2real, SIM1, a sim 4 of robots",
    "PixArt-alpha, alpha blending, a beta version",
    "tau-bench, pi0, pi_0, mu-MATH",
    "approx 0.8, 0.69 pm 0.16, at 5 pm 10 guests",
    "the norm |x|_infty leq 1/lambda",
    "x in R^d, n to infinity, 10^6",
    "argmin_{xin R^d} |Ax-b|",
    "eta_2propto d of size O(n)",
    "running O(nm(log mloglog m)^{1/4})",
    "file_{name}s and VAE^{2}",
)

_GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma"
    "|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
_SIGN_NAMES = (
    "times|cdot|ast|star|circ|infty|sim|approx|leq|geq|neq|ell|nabla|partial|dagger|top|bot|prime|perp|oplus|otimes"
    "|sqrt|frac|log|exp|min|max|ldots|dots|cdots|tilde|widetilde|hat|bar|mathcal|mathbb|mathbf|mathrm|mathsf"
)
_TEX_WORD = late_pattern(rf"(?:{_GREEK}|{_SIGN_NAMES})\Z")
#: One letter glued to a sign: ``mtimes n`` was ``m\times n``.
_GLUED = late_pattern(r"([A-Za-z])(times|cdot|sim|leq|geq|circ|approx)\Z")
_WORD = late_pattern(r"(?<!\\)[A-Za-z]+")
_GROUP = r"\{(?:[^{}$]|\{(?:[^{}$]|\{[^{}$]*\})*\})*\}"
_PARENTHESES = r"\((?:[^()$]|\((?:[^()$]|\([^()$]*\))*\))*\)"
_SCRIPT = rf"(?:[_^]{_GROUP}|[_^](?:[A-Za-z0-9*](?![A-Za-z])))"
_STYLE = r"(?:mathcal|mathbb|mathbf|mathrm|mathsf|mathfrak|mathscr)(?:\{[A-Za-z]{1,12}\}| [A-Z](?![A-Za-z]))"
_LEFT_BOUNDARY = r"(?<![\w\\$^{}/.@-])"
_RIGHT_BOUNDARY = r"(?![\w\\$^{}])"

#: Candidates for formulas; ``_wrap_formula`` checks each.
_FORMULA = late_pattern(
    rf"(?P<address>https?://\S*)"
    rf"|{_LEFT_BOUNDARY}(?P<order>(?:(?:wide)?tilde ?\{{?)?(?:{_STYLE}|O|o|Omega|Theta)\}}?{_PARENTHESES}){_RIGHT_BOUNDARY}"
    rf"|{_LEFT_BOUNDARY}(?P<styled>{_STYLE}{_SCRIPT}*){_RIGHT_BOUNDARY}"
    rf"|{_LEFT_BOUNDARY}(?P<power>(?:\d+(?:\.\d+)? ?(?:times|cdot) ?)?\d+\^(?!\{{circ\}}){_GROUP}){_RIGHT_BOUNDARY}"
    rf"|{_LEFT_BOUNDARY}(?P<scripted>(?:[A-Za-z]|{_GREEK})(?:[_^]{_GROUP}){_SCRIPT}*){_RIGHT_BOUNDARY}"
)
#: Every candidate holds one of these; a text without them is not searched.
_ANCHORS = ("_{", "^{", "math", "O(", "o(", "Omega(", "Theta(")

#: What shows that an order such as ``O(...)`` was a formula; ``O(n)`` reads as well without signs.
_FORMULA_EVIDENCE = late_pattern(
    rf"\Amath|[_^]\{{|(?<=[(\W\d])(?:{_GREEK}|sqrt|log|times|cdot)(?![A-Za-z])"
)

#: A brace after anything but these was a visible ``\{``, which lost its backslash too.
_TAKES_GROUP = late_pattern(r"(?:[_^}\]]|math[a-z]{1,20}|tilde|hat|bar|sqrt|frac) ?\Z")
_MAX_BEFORE_GROUP = len("math") + 20 + 1

_AMOUNT = r"\d++(?:[.,]\d++)*"
_WORD_START = r"(?<![A-Za-z\\{_^|])"
_UNIT = r"(?:×|%|(?:[kKMBT]|GB|MB)(?![A-Za-z]))"
_SIM = r"(?:\{sim\}|sim)"
#: A word the text must hold, the pattern searched for, and its replacement.
_PLAIN_REPAIRS = (
    ("%", late_pattern(r"(?<=\d)\\%"), "%"),
    ("circ", late_pattern(r"(?<=\d)\^(?:\{circ\}|circ(?=times|[\W\dA-Z]|\Z))"), "°"),
    ("times", late_pattern(r"(?<=[\d°])(?:\{times\}|times(?![a-z])|times(?=sim\d))"), "×"),
    ("sim", late_pattern(rf"(?<![A-Za-z\\{{]){_SIM}(?={_AMOUNT}{_UNIT})"), "∼"),
    ("sim", late_pattern(rf"(?<=\d){_SIM}(?=\d)"), "∼"),
    ("leq", late_pattern(rf"{_WORD_START}leq(?= ?{_AMOUNT}(?![\w]*[/^_*]|\d))"), "≤"),
    ("geq", late_pattern(rf"{_WORD_START}geq(?= ?{_AMOUNT}(?![\w]*[/^_*]|\d))"), "≥"),
    ("rightarrow", late_pattern(r"(?<=[\d%)])( ?)rightarrow(?= ?[\d(])"), r"\1→"),
    (
        "{",
        late_pattern(r"(?<![\\A-Za-z])(textit|textbf|texttt|textsc|emph)(?=\{[^{}]*\})"),
        r"\\\1",
    ),
)
_MATH_OR_URL = late_pattern(r"(\$[^$]*\$|https?://\S*)")


def repair_tex(text: str) -> str:
    r"""Put back the TeX signs of an abstract from a saved page; leave what is uncertain.

    A text with a formula in ``$...$`` was never damaged and comes back as it is. Repairing twice
    is the same as repairing once.
    """
    while not any(part.kind != "text" for part in split_math(text)):
        before = text
        if "$" not in text and any(sign in text for sign in _ANCHORS):
            text = _FORMULA.sub(_wrap_formula, text)
        parts = enumerate(_MATH_OR_URL.split(text))
        text = "".join(part if number % 2 else _repair_signs(part) for number, part in parts)
        if text == before:
            break
    return text


def _repair_signs(text: str) -> str:
    """Repair signs that plain characters can show, and commands for emphasis."""
    for word, pattern, sign in _PLAIN_REPAIRS:
        if word in text:
            text = pattern.sub(sign, text)
    return text


def _wrap_formula(match: re.Match[str]) -> str:
    """Return a candidate as a formula, or as it was if any word of it can be read in two ways."""
    tex = match[0]
    strict = bool(match["order"])
    if (
        match["address"]
        or not has_balanced_braces(tex)
        or (strict and not _FORMULA_EVIDENCE.search(tex))
    ):
        return tex
    braces = (brace.start() for brace in re.finditer(r"\{", tex))
    if not all(_TAKES_GROUP.search(tex, max(0, i - _MAX_BEFORE_GROUP), i) for i in braces):
        return tex
    words = [_restore_backslash(word[0], strict=strict) for word in _WORD.finditer(tex)]
    if None in words:
        return tex
    signs = iter(words)
    formula = _WORD.sub(lambda _: next(signs) or "", tex)
    return f"${formula}$" if split_math(f"${formula}$")[0].kind == "math" else tex


def _restore_backslash(word: str, *, strict: bool) -> str | None:
    """Return a word of a formula with its backslash, or ``None`` where two readings are left."""
    if len(word) == 1 or _TEX_WORD.match(word):
        return word if len(word) == 1 else "\\" + word
    if glued := _GLUED.match(word):
        return f"{glued[1]}\\{glued[2]}"
    if strict or re.search(
        rf"\A(?:{_GREEK}|{_SIGN_NAMES})|(?:{_GREEK}|{_SIGN_NAMES})\Z|\A[a-z]in\Z", word
    ):
        return None
    return word
