"""The twenty papers in a bibliography set by pdfLaTeX with BibTeX, and by LuaLaTeX with biber."""

from __future__ import annotations

import re
from pathlib import Path

from other_programs import program, run
from twenty_papers import KindOfPaper, citation_files

DOCUMENT = r"""\documentclass{article}
%s
\begin{document}
\nocite{*}
%s
\end{document}
"""
PDFLATEX = DOCUMENT % (
    r"\usepackage[T1]{fontenc}\usepackage{lmodern,amsmath,amssymb,url}",
    r"\bibliographystyle{plain}\bibliography{bibtex}",
)
_BIBLATEX = r"\usepackage[backend=biber]{biblatex}\addbibresource{biblatex.bib}"
LUALATEX = DOCUMENT % (
    rf"\usepackage{{amsmath,amssymb}}\usepackage{{unicode-math}}{_BIBLATEX}",
    r"\printbibliography",
)
#: Scripts that LuaLaTeX's default font has no letters of; which font to use is the author's choice.
_OTHER_SCRIPTS = re.compile(r"Missing character: There is no [^\x00-\u036f\u1e00-\u22ff]")


def _set(folder: Path, latex: str, document: str, *bibliography: str) -> str:
    """Set a document, twice and its bibliography between, and return the last log."""
    (folder / "paper.tex").write_text(document, "utf-8")
    words = (latex, "-interaction=nonstopmode", "-halt-on-error", "paper.tex")
    first = run(*words, folder=folder)
    assert first.returncode == 0, first.stdout[-2000:]
    listed = run(*bibliography, folder=folder)
    assert listed.returncode == 0, listed.stdout[-2000:]
    assert "error" not in listed.stdout.lower().replace("error message", ""), listed.stdout[-2000:]
    last = run(*words, folder=folder)
    assert last.returncode == 0, last.stdout[-2000:]
    return (folder / "paper.log").read_text("utf-8", errors="replace")


def test_pdflatex_sets_every_entry(papers: list[KindOfPaper], tmp_path: Path) -> None:
    latex, bibtex = (program(name, "texlive-latex-recommended") for name in ("pdflatex", "bibtex"))
    (tmp_path / "bibtex.bib").write_text(citation_files(papers)["bibtex.bib"], "utf-8")
    log = _set(tmp_path, latex, PDFLATEX, bibtex, "paper")
    assert "Missing character" not in log
    assert (tmp_path / "paper.bbl").read_text("utf-8").count("\\bibitem") == len(papers)


def test_lualatex_sets_every_entry(papers: list[KindOfPaper], tmp_path: Path) -> None:
    latex = program("lualatex", "texlive-luatex")
    biber = program("biber", "biber")
    (tmp_path / "biblatex.bib").write_text(citation_files(papers)["biblatex.bib"], "utf-8")
    log = _set(tmp_path, latex, LUALATEX, biber, "paper")
    missing = [line for line in log.splitlines() if line.startswith("Missing character")]
    assert [line for line in missing if not _OTHER_SCRIPTS.match(line)] == []
    entries = (tmp_path / "paper.bbl").read_text("utf-8").count("\\entry{")
    assert entries == len(papers)
