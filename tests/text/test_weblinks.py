"""Addresses in running text: where they end, what they are called, what they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.paper import LINK_KINDS, Link
from paper_digest.text import fields
from paper_digest.text.weblinks import LinkedText, find_links, split_at_links

REPO = "https://github.com/someone/thing"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("No address.", [("No address.", "")]),
        (f"Code: {REPO}.", [("Code: ", ""), (REPO, REPO), (".", "")]),
        (f"({REPO}),", [("(", ""), (REPO, REPO), ("),", "")]),
        (f"our {REPO}{{codes}} and", [("our ", ""), ("codes", REPO), (" and", "")]),
        (f"at {REPO}{{{REPO}}}.", [("at ", ""), (REPO, REPO), (".", "")]),
        (f"at {REPO}{{blue{{{REPO}}}}}.", [("at ", ""), (REPO, REPO), (".", "")]),
        (f"at {REPO}{{this https URL}}", [("at ", ""), (REPO, REPO)]),
        (f"at {REPO}{{github.com/someone/thing}}", [("at ", ""), (REPO, REPO)]),
        (f"{REPO}/{{the project page}}", [("the project page", REPO + "/")]),
        (rf"see \href{{{REPO}}}{{our code}}.", [("see ", ""), ("our code", REPO), (".", "")]),
        (rf"see $\href{{{REPO}}}{{here}}$.", [("see ", ""), ("here", REPO), (".", "")]),
        (rf"see \url{{{REPO}}}.", [("see ", ""), (REPO, REPO), (".", "")]),
        (rf"it\footnote{{{REPO}}} is", [("it (", ""), (REPO, REPO), (")", ""), (" is", "")]),
        (f"see [code]({REPO}).", [("see ", ""), ("code", REPO), (".", "")]),
        (f"see <{REPO}>.", [("see ", ""), (REPO, REPO), (".", "")]),
        (f"glued{REPO}", [("glued", ""), (REPO, REPO)]),
        (
            r"https://h.example/a\_b\_c x",
            [("https://h.example/a_b_c", "https://h.example/a_b_c"), (" x", "")],
        ),
        ("https://h.example/a_(b)", [("https://h.example/a_(b)", "https://h.example/a_(b)")]),
        ("https://h.example/~me", [("https://h.example/~me", "https://h.example/~me")]),
        ("http://nohost and https:/h.example", [("http://nohost and https:/h.example", "")]),
        ("(github.com/someone/thing).", [("(", ""), (REPO, REPO), (").", "")]),
        (r"\url{github.com/someone/thing}", [(REPO, REPO)]),
        (r"\href{github.com/someone/thing}{code}", [("code", REPO)]),
        ("at github.com/someone/thing{code}", [("at ", ""), ("code", REPO)]),
        ("me@github.com/x", [("me@github.com/x", "")]),
        ("my.github.com/x/y", [("my.github.com/x/y", "")]),
        ("on github.com we", [("on github.com we", "")]),
        ("javascript:alert(1)", [("javascript:alert(1)", "")]),
        (r"\href{javascript:x}{y}", [(r"\href{javascript:x}{y}", "")]),
        ("[x](javascript:http://a.example)", None),
        ("https://me:secret@h.example/", [("https://me:secret@h.example/", "")]),
    ],
)
def test_pieces(text: str, cut: list[tuple[str, str]] | None) -> None:
    found = split_at_links(text)
    if cut is None:
        assert all(piece.url.startswith("http") for piece in found if piece.url)
    else:
        assert found == tuple(LinkedText(*piece) for piece in cut)


@pytest.mark.parametrize(
    ("text", "kind", "url"),
    [
        ("https://github.com/a/b.git", "code", "https://github.com/a/b"),
        ("http://www.github.com/a/b/", "code", "https://github.com/a/b"),
        ("https://github.com/a/b/tree/main/c", "code", "https://github.com/a/b/tree/main/c"),
        ("https://gitlab.com/a/b", "code", "https://gitlab.com/a/b"),
        ("https://codeberg.org/a/b", "code", "https://codeberg.org/a/b"),
        ("https://github.com/a", "other", "https://github.com/a"),
        ("https://hf.co/a/b", "model", "https://huggingface.co/a/b"),
        ("https://hf-mirror.com/a/b", "model", "https://huggingface.co/a/b"),
        ("https://hf.barry1.top/a/b{models}", "model", "https://huggingface.co/a/b"),
        ("https://huggingface.co/datasets/a/b", "dataset", "https://huggingface.co/datasets/a/b"),
        ("https://hf.co/spaces/a/b", "space", "https://huggingface.co/spaces/a/b"),
        ("https://huggingface.co/a", "other", "https://huggingface.co/a"),
        (
            "https://hf.co/collections/a/b{models}",
            "model",
            "https://huggingface.co/collections/a/b",
        ),
        ("https://hf.co/collections/a/b", "other", "https://huggingface.co/collections/a/b"),
        (
            "https://hf.co/papers/2511.01234",
            "huggingface",
            "https://huggingface.co/papers/2511.01234",
        ),
        ("https://someone.github.io/x/", "project", "https://someone.github.io/x/"),
        ("https://a-b.hf.space", "space", "https://a-b.hf.space"),
        ("at www.github.com/a/b.", "code", "https://github.com/a/b"),
        ("at someone.github.io/x/.", "project", "https://someone.github.io/x/"),
        ("huggingface.co/datasets/a/b", "dataset", "https://huggingface.co/datasets/a/b"),
        ("https://youtu.be/abc", "video", "https://youtu.be/abc"),
        ("https://h.example/x{project website}", "project", "https://h.example/x"),
        ("Data are at https://h.example/x", "dataset", "https://h.example/x"),
        ("The code is at https://h.example/x", "code", "https://h.example/x"),
        ("Code and data are at https://h.example/x", "other", "https://h.example/x"),
        ("We have code. See https://h.example/x", "other", "https://h.example/x"),
    ],
)
def test_links(text: str, kind: str, url: str) -> None:
    assert find_links(text) == (Link(kind, url),)


def test_each_address_once_and_papers_not_at_all() -> None:
    text = f"{REPO} and {REPO}.git, https://arxiv.org/abs/2511.01234, https://doi.org/10.1/x"
    assert find_links(text) == (Link("code", REPO),)


SHAPES = st.sampled_from(
    [
        r"http://",
        r"https://a.example/",
        r"https://github.com/a/b",
        r"github.com/a/b",
        r" www.huggingface.co/a",
        r"{",
        r"}",
        r"{codes}",
        r"\href{",
        r"\url{",
        r"$",
        r"(",
        r")",
        r"[",
        r"](",
        r"<",
        r">",
        r".",
        r",",
        r"\_",
        r"~",
        r"%",
        r"#",
    ]
)


@given(st.lists(SHAPES | st.text(max_size=3), max_size=12).map("".join))
def test_whatever_the_text_links_are_safe_and_nothing_raises(text: str) -> None:
    found = split_at_links(text)
    assert all(piece.url == fields.valid_url(piece.url) for piece in found)
    assert all(piece.text for piece in found)
    assert all(link.kind in LINK_KINDS for link in find_links(text))
    if not any(piece.url for piece in found):
        assert "".join(piece.text for piece in found) == text
