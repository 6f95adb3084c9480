r"""TeX as abstracts write it, in commands the MathML converter knows: ``\rm``, ``\mbox``, ``\R``."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

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
_LAYOUT_COMMAND = late_pattern(
    rf"(?<!\\)\\(?:{_LAYOUT_COMMAND_NAMES})(?![A-Za-z])|\\[/@!-]|\\negthinspace(?![A-Za-z])"
)
_COMMAND = late_pattern(r"\\(?:([A-Za-z]+)|.)")
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
_SWITCH = late_pattern(rf"(?<!\\)\\({'|'.join(_SWITCHES)})(?![A-Za-z])\s*")
_NEGATED = late_pattern(r"\\not\s*(?:\\?(=|in|subset|equiv|sim|approx|exists|to)(?![A-Za-z]))")
_NEGATIONS = {"=": r"\neq", "to": r"\nrightarrow", "in": r"\notin"}
_OPERATOR_NAME = late_pattern(r"\\operatorname\*?\s*\{([^{}]*)\}")
#: What TeX sets a thin space before, behind the name of an operator.
_ORDINARY_NEXT = late_pattern(
    r"\s*(?:[A-Za-z0-9]|\\(?:math\w+|boldsymbol|hat|bar|tilde|vec|frac|sqrt|overline|alpha|beta|gamma|delta|epsilon"
    r"|theta|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega)(?![A-Za-z]))"
)
_ENVIRONMENT = late_pattern(
    r"\\(begin|end)\{(align|flalign|alignat|alignedat|aligned|eqnarray|gather|gathered|multline)\*?\}(?:\{\d\})?"
)
_ROWS_WITHOUT_COLUMNS = ("gather", "gathered", "multline")
_SPACE = late_pattern(r"\\[hv]space\*?\s*\{\s*+(-)?[^{}]*\}")
_ROW_GAP = late_pattern(r"\\\\\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
_LABEL = late_pattern(r"\\(?:label|tag\*?)\s*\{[^{}]*\}")
_SET = late_pattern(r"\\[sS]et\s*\{([^{}]*)\}")
_UNICODE = late_pattern(r"\\unicode\s*\{x([0-9A-Fa-f]{2,5})\}")
#: Between operators, dots stand in the middle of the line.
_CENTRED_DOTS = late_pattern(
    r"\\dots(?=\s*(?:[+\-=<>*]|\\(?:cup|cap|times|oplus|otimes|wedge|vee|cdot|leq?|geq?|lt|gt|subset|subseteq|to)(?![A-Za-z])))"
)
_COMMENT_AT_END = late_pattern(r"(?<![\\\d\s])%\s*\Z")
#: The converter has no large braces and brackets; ``\left`` takes them.
_BIG_BRACE = late_pattern(
    r"\\[bB]igg?[lrm]?\s*(?=\\(?:[{}]|[lr](?:floor|ceil|brace|angle|vert|Vert)(?![A-Za-z])))"
)
_ARGUMENT_OF = late_pattern(r"\\arg\s*(?=\\(?:min|max|sup|inf)(?![A-Za-z]))")
_COMMENT = late_pattern(r"(?<!\\)((?:\\\\)*)%")
#: The converter sets a lone letter of ``\mathrm`` in italics, but not that of ``\rm``.
_ROMAN = late_pattern(r"\\mathrm\s*\{\s*([A-Za-z])\s*\}")
_NESTED_TEXT = late_pattern(r"\\text\{\\text\{([^{}]*)\}\}")
_TEXT = late_pattern(r"\\(?:text|textrm|textbf|textit|texttt)\s*\{[^{}]*\}")


def rewrite_commands(tex: str) -> str:
    """Return a formula in commands the converter knows; those it does not know stay."""
    tex = _COMMENT.sub(r"\1\\%", _COMMENT_AT_END.sub("", tex))
    tex = tex.replace('"', "''").replace("`", "\N{LEFT SINGLE QUOTATION MARK}").replace("~", r"\ ")
    if "{" in tex:
        tex = _rewrite_groups(tex)
    tex = _CENTRED_DOTS.sub(r"\\cdots", tex)
    tex = tex.replace(r"\_{", "_{")  # Markdown's escape; no formula means it
    tex = _ARGUMENT_OF.sub(r"\\mathrm{arg}\\,", _BIG_BRACE.sub("", tex))
    tex = _NEGATED.sub(lambda m: _NEGATIONS.get(m[1], rf"\n{m[1]}") + " ", tex)
    tex = _LAYOUT_COMMAND.sub(" ", tex)
    tex = _COMMAND.sub(_rewrite_command, tex)
    tex = _OPERATOR_NAME.sub(_rewrite_operatorname, tex)
    while "\\text{\\text{" in tex and tex != (flatter := _NESTED_TEXT.sub(r"\\text{\1}", tex)):
        tex = flatter
    tex = _ROMAN.sub(r"{\\rm \1}", _rewrite_switches(tex))
    return _TEXT.sub(_rewrite_text, tex)


def _rewrite_groups(tex: str) -> str:
    """Rewrite environments and commands with an argument that the converter has no name for."""
    tex = _UNICODE.sub(lambda m: rf"\text{{{chr(int(m[1], 16))}}}", tex)
    tex = _SET.sub(r"\\{\1\\}", _LABEL.sub("", tex))
    tex = _SPACE.sub(lambda m: "" if m[1] else r"\quad ", tex)
    tex = _ROW_GAP.sub(r"\\\\ ", tex)
    return _ENVIRONMENT.sub(_rewrite_environment, tex)


def _rewrite_environment(match: re.Match[str]) -> str:
    name = "matrix" if match[2] in _ROWS_WITHOUT_COLUMNS else "split"
    # The converter takes a square bracket behind it for an option.
    return rf"\{match[1]}{{{name}}}" + ("{}" if match[1] == "begin" else "")


def _rewrite_text(match: re.Match[str]) -> str:
    """Resolve what running text means by its signs: escapes, dashes, angle brackets."""
    text = re.sub(r"\\([%&#_ ])", r"\1", match[0])
    text = text.replace(r"\lt ", "&#x3C;").replace(r"\gt ", ">")
    return text.replace("---", "—").replace("--", "\N{EN DASH}")


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
    if "\\" in name:
        return match[0]
    gap = r"\," if _ORDINARY_NEXT.match(match.string, match.end()) else ""
    return rf"\mathrm{{{name}}}{gap}"


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
