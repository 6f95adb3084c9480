"""Whatever the text holds, its Markdown converts to exactly its HTML, and nothing in it acts."""

from __future__ import annotations

import re

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils import get_relative_url
from paper_digest.render import span as prose
from paper_digest.render import typeset, urls
from paper_digest.render.sentence import with_date
from paper_digest.render.span import Span
from paper_digest.text import fields
from paper_digest.text.language import language

EXTENSIONS = [
    "toc",
    "tables",
    "fenced_code",
    "attr_list",
    "md_in_html",
    "paper_digest.site.markdown_math",
]

#: What has broken such pages elsewhere.
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ config }} {% raw %} {# x #}",
    '--8<-- "mkdocs.yml"',
    "[x](javascript:alert(1))",
    "![x](https://a.example/x.png)",
    "# heading", "- item", "1. item", "> quote", "    code", "***", "===", "---",
    "`code` ``x`` ~~~", "<!-- comment -->", "&amp; &lt; &#60;", "\\* \\\\ \\", "*a* **b** _c_ __d__",
    "{: onclick=x }", "{ .class }", "[ref]: https://a.example", "[^1]: note", "*[HTML]: abbr",
    "!!! note", "???+ tip", "/// tab", ":smile: :material-home:", "==mark== ~~del~~ ^^ins^^",
    "https://a.example www.a.example a@b.example", "a | b\n---|---", "$x<y$ $ $$ \\(x\\)",
    "$\\href{javascript:alert(1)}{x}$", "<math><mi>x</mi></math>", "\u202eevil", "\x02\x03\x00", "(c) (tm) ... --",
    "שלום עולם", "<b>שלום</b> $x$", "深層学習の研究", "Глубокое *обучение*", "🧪 \u200d e\u0301", "'\"<>&", "](", ")", "[", "\\", "$", "`",
]  # fmt: skip

texts = st.one_of(
    st.text(max_size=80),
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join),
    st.text(st.sampled_from("$\\{}_^*[]()<>&`~|#-+.!:=@ \nab1"), max_size=40),
)


def converted(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


@given(texts)
@example("$x$")
def test_a_paragraph_converts_to_its_html(words: str) -> None:
    for span in (
        prose.paragraph(prose.text(words)),
        prose.paragraph(typeset.title(words), "pd-title"),
        *(prose.paragraph(p) for p in typeset.paragraphs(words)),
        *(prose.paragraph(p) for p in typeset.paragraphs(words, repair_tex=True)),
    ):
        assert converted(span.markdown) == span.html


@given(texts, texts)
def test_headings_lists_and_links_convert_to_their_html(one: str, two: str) -> None:
    link = prose.link(prose.text(one), "https://a.example/?q=(x)&y=[1]*_")
    body = prose.join_blocks(
        (
            prose.heading(1, prose.text("x") + prose.text_run(one), "top"),
            prose.bullet_list(
                [
                    [
                        prose.paragraph(typeset.title(one), "pd-title"),
                        prose.paragraph(typeset.blurb(two)),
                    ],
                    [
                        prose.paragraph(prose.text(two) or prose.text("x")),
                        prose.paragraph(link, "pd-actions"),
                    ],
                ]
            ),
            prose.paragraph(prose.strong(prose.text("x" + two))),
            prose.details("and 3 more", prose.paragraph(prose.text(two) or prose.text("y"))),
        )
    )
    assert converted(body.markdown) == body.html


@given(texts)
def test_plain_text_is_read_as_itself(words: str) -> None:
    html = prose.paragraph(prose.text(words)).html
    shown = BeautifulSoup(html, "html.parser").get_text()
    assert shown == fields.one_line(words)


@given(texts)
def test_nothing_in_a_text_acts(words: str) -> None:
    html = "".join(p.html for p in typeset.paragraphs(words)) + typeset.title(words).html
    soup = BeautifulSoup(f"<p>{html}</p>", "html.parser")  # it warns of a bare text like ".xml"
    assert not soup.find_all(["script", "img", "iframe", "style", "form", "svg"])
    for tag in soup.find_all():
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"]
        assert tag.name != "a" or str(tag["href"]).startswith(("https://", "http://"))
    markdown_form = "".join(p.markdown for p in typeset.paragraphs(words))
    assert not re.search(r"\{\{|\{%|\{#|--8<--", markdown_form)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "https://",
        "https://a b.example/",
        'https://a.example/"x',
    ],
)
def test_an_address_that_is_none_leaves_the_label_bare(address: str) -> None:
    assert prose.link(prose.text("label"), address) == Span("label", "label")


pages = st.sampled_from(
    [
        "index.md",
        "about.md",
        "papers/2511.01234.md",
        "papers/x.md",
        "topics/index.md",
        "topics/a.md",
        "dates/2025-11.md",
        "feeds/all.atom",
    ]
)


@given(pages, pages)
def test_links_between_pages_are_mkdocs_own(target: str, here: str) -> None:
    link = prose.page_link(prose.text("x"), target)
    there = get_relative_url(urls.url_from_path(target), urls.url_from_path(here))
    assert urls.resolve_html_links(link.html, here) == f'<a href="{there}">x</a>'
    assert "\x02" not in urls.resolve_markdown_links(link.markdown, here)


def test_a_name_turns_nothing_beside_it() -> None:
    assert prose.isolate(prose.text("אדה")).html == '<bdi lang="he">אדה</bdi>'
    assert prose.isolate(prose.text("Ada אדה")).html == "<bdi>Ada אדה</bdi>"
    assert prose.isolate(prose.text("織田のり")).html == '<span lang="ja">織田のり</span>'
    assert prose.isolate(prose.text("Loom: אריגה בנול")).html.startswith('<bdi dir="rtl"')
    assert prose.isolate(prose.text("Ada")) == prose.text("Ada")


def test_a_latin_name_on_a_page_from_right_to_left_takes_no_number_into_it() -> None:
    with language("ar"):
        assert prose.isolate(prose.text("Ada")).html == '<span dir="auto">Ada</span>'
        assert prose.isolate(prose.text("أدا")).html.startswith("<bdi")
        title = prose.paragraph(prose.isolate(prose.text("On looms")), "pd-title")
    assert 'lang="en"' in title.html.partition(">")[0]


def test_a_block_says_the_language_of_what_no_part_of_it_says() -> None:
    hebrew = prose.text("אריגה בנול")
    assert prose.paragraph(hebrew, "pd-x").html.startswith('<p class="pd-x" dir="auto" lang="he">')
    assert prose.paragraph(prose.text("LOOM: ") + hebrew).html.startswith('<p dir="rtl" lang="he">')
    assert prose.heading(1, hebrew, "top").html.startswith('<h1 dir="auto" id="top" lang="he">')
    assert prose.paragraph(prose.text_run("By ") + prose.isolate(hebrew)).html.startswith("<p>By ")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", '2 votes, <time datetime="2026-03-05">5 Mar 2026</time>'),
        ("ja", '2 votes、<time datetime="2026-03-05">2026年3月5日</time>'),
        ("zh", '2 votes\uff0c<time datetime="2026-03-05">2026年3月5日</time>'),
    ],
)
def test_a_date_behind_words_follows_the_comma_of_the_language(code: str, expected: str) -> None:
    with language(code):
        assert with_date(prose.text_run("2 votes"), "2026-03-05").html == expected
        assert with_date(prose.text_run("2 votes"), "").html == "2 votes"
