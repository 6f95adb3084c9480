r"""TeX as abstracts write it, in commands the MathML converter knows: ``\rm``, ``\mbox``, ``\R``."""

from __future__ import annotations

import re

#: Commands that the converter knows by another name.
COMMAND_ALIASES = {
    "mbox": "text",
    "hbox": "text",
    "textnormal": "text",
    "textup": "text",
    "textsc": "text",
    "textsf": "text",
    "textmd": "text",
    "emph": "text",
    "bm": "boldsymbol",
    "pmb": "boldsymbol",
    "bold": "mathbf",
    "mathbbm": "mathbb",
    "mathds": "mathbb",
    "Bbb": "mathbb",
    "mathbbold": "mathbb",
    "bbm": "mathbb",
    "nicefrac": "frac",
    "sfrac": "frac",
    "sb": "_",
    "sp": "^",
}

#: Signs with several names, and the sets that KaTeX and most papers name by one or two letters
#: (https://katex.org/docs/supported, "Letters and Unicode").
COMMAND_EXPANSIONS = {
    "R": r"\mathbb{R}",
    "RR": r"\mathbb{R}",
    "Reals": r"\mathbb{R}",
    "reals": r"\mathbb{R}",
    "Real": r"\mathbb{R}",
    "real": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "NN": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "ZZ": r"\mathbb{Z}",
    "Q": r"\mathbb{Q}",
    "QQ": r"\mathbb{Q}",
    "C": r"\mathbb{C}",
    "CC": r"\mathbb{C}",
    "Complex": r"\mathbb{C}",
    "FF": r"\mathbb{F}",
    "EE": r"\mathbb{E}",
    "PP": r"\mathbb{P}",
    "eps": r"\epsilon",
    "veps": r"\varepsilon",
    "vareps": r"\varepsilon",
    "bigO": r"\mathcal{O}",
    "BigO": r"\mathcal{O}",
    "lam": r"\lambda",
    "poly": r"\mathrm{poly}",
    "polylog": r"\mathrm{polylog}",
    "argmin": r"\operatorname{argmin}",
    "argmax": r"\operatorname{argmax}",
    "tr": r"\mathrm{tr}",
    "Tr": r"\mathrm{Tr}",
    "rank": r"\mathrm{rank}",
    "diag": r"\mathrm{diag}",
    "sgn": r"\mathrm{sgn}",
    "sign": r"\mathrm{sign}",
    "Var": r"\mathrm{Var}",
    "ie": r"\text{i.e.}",
    "eg": r"\text{e.g.}",
    "degree": r"{}^{\circ}",
    "textdegree": r"{}^{\circ}",
    "textmu": "µ",
    "micro": "µ",
    "AA": "Å",
    "aa": "å",
    "texttimes": r"\times",
    "textgreater": r"\gt",
    "textless": r"\lt",
    "textasciitilde": r"\sim",
    "textendash": "\\text{\N{EN DASH}}",
    "textemdash": r"\text{—}",
    "textpm": r"\pm",
    "lsim": r"\lesssim",
    "gsim": r"\gtrsim",
    "defeq": r"\triangleq",
    "coloneqq": ":=",
    "coloneq": ":=",
    "eqqcolon": "=:",
    "backslash": r"\setminus",
    "dag": r"\dagger",
    "ddag": r"\ddagger",
    "slash": "/",
    "lvert": "|",
    "rvert": "|",
    "lVert": r"\|",
    "rVert": r"\|",
}

#: Commands that only arrange: nothing of them is left on a screen.
_LAYOUT_COMMAND_NAMES = (
    "xspace|nobreak|nobreakdash|allowbreak|protect|relax|ensuremath|mathord|mathbin|mathrel|mathopen"
    "|mathclose|mathpunct|mathinner|displaystyle|textstyle|scriptstyle|scriptscriptstyle|nolimits"
    "|nonumber|notag|noindent|rmfamily|bfseries|mit|upshape|normalsize|small|unboldmath|boldmath|null|strut"
)
_LAYOUT_COMMAND = re.compile(
    rf"(?<!\\)\\(?:{_LAYOUT_COMMAND_NAMES})(?![A-Za-z])|\\[/@!-]|\\negthinspace(?![A-Za-z])"
)
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|.)")
_SWITCHES = {
    "rm": "mathrm",
    "bf": "mathbf",
    "it": "mathit",
    "em": "mathit",
    "sl": "mathit",
    "sf": "mathsf",
    "tt": "mathtt",
    "sc": "mathrm",
    "cal": "mathcal",
    "frak": "mathfrak",
    "scr": "mathscr",
}
_SWITCH = re.compile(rf"(?<!\\)\\({'|'.join(_SWITCHES)})(?![A-Za-z])\s*")
_NEGATED = re.compile(r"\\not\s*(?:\\?(=|in|subset|equiv|sim|approx|exists|to)(?![A-Za-z]))")
_NEGATIONS = {"=": r"\neq", "to": r"\nrightarrow", "in": r"\notin"}
_OPERATOR_NAME = re.compile(r"\\operatorname\*?\s*\{([^{}]*)\}")
#: The converter has no large braces; ``\left`` takes them.
_BIG_BRACE = re.compile(r"\\[bB]igg?[lrm]?\s*(?=\\[{}])")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%")
#: The converter sets a lone letter of ``\mathrm`` in italics, but not that of ``\rm``.
_ROMAN = re.compile(r"\\mathrm\s*\{\s*([A-Za-z])\s*\}")
_TEXT = re.compile(r"\\(?:text|textrm|textbf|textit|texttt)\s*\{[^{}]*\}")


def rewrite_commands(tex: str) -> str:
    """Return a formula in commands the converter knows; those it does not know stay."""
    tex = _COMMENT.sub(r"\1\\%", tex).replace('"', "''").replace("~", r"\ ")
    tex = tex.replace(r"\_{", "_{")  # Markdown's escape; no formula means it
    tex = _BIG_BRACE.sub("", tex)
    tex = _NEGATED.sub(lambda m: _NEGATIONS.get(m[1], rf"\n{m[1]}") + " ", tex)
    tex = _LAYOUT_COMMAND.sub(" ", tex)
    tex = _COMMAND.sub(_rewrite_command, tex)
    tex = _OPERATOR_NAME.sub(_rewrite_operatorname, tex)
    tex = _ROMAN.sub(r"{\\rm \1}", _rewrite_switches(tex))
    return _TEXT.sub(lambda m: re.sub(r"\\([%&#_ ])", r"\1", m[0]), tex)


def expand_abbreviations(tex: str) -> str:
    r"""Return a formula with authors' and packages' commands replaced: ``\R`` -> ``\mathbb{R}``."""
    return _COMMAND.sub(_rewrite_command, tex)


def _rewrite_command(match: re.Match[str]) -> str:
    name = match[1] or ""
    if name in COMMAND_EXPANSIONS:
        return COMMAND_EXPANSIONS[name] + " "
    renamed = COMMAND_ALIASES.get(name)
    if renamed is None:
        return match[0]
    return renamed if renamed in "_^" else f"\\{renamed}"


def _rewrite_operatorname(match: re.Match[str]) -> str:
    name = re.sub(r"\\[,;:! ]|\\math\w+|\\text\w*", "", match[1])
    return rf"\mathrm{{{name}}}" if "\\" not in name else match[0]


def _rewrite_switches(tex: str) -> str:
    r"""Turn ``{\rm abc}`` and ``\rm abc`` to the end of their group into ``\mathrm{abc}``."""
    while switch := _SWITCH.search(tex):
        depth, end = 0, switch.end()
        while end < len(tex) and depth >= 0:
            depth += {"{": 1, "}": -1}.get(tex[end], 0) if tex[end - 1] != "\\" else 0
            end += depth >= 0
        body = tex[switch.end() : end]
        tex = f"{tex[: switch.start()]}\\{_SWITCHES[switch[1]]}{{{body}}}{tex[end:]}"
    return tex
