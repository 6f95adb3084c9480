"""HTML that a note leaves open, or closes without having opened it, changes nothing of the page around it."""

from __future__ import annotations

import random

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.render.span import operator_markdown
from paper_digest.render.unpaired_tags import show_unpaired, unpaired_tags
from paper_digest.site.mkdocs_settings import MARKDOWN_EXTENSIONS
from playwright.sync_api import Browser

EXTENSIONS = ["toc", "tables", "fenced_code", *MARKDOWN_EXTENSIONS]
BEFORE = '<div class="column" markdown>\n\n'
AFTER = "\n\n## After {#after}\n\nThe *rest*.\n\n</div>\n\n<footer>F</footer>"
PIECES = (
    *("<div>", "</div>", '<div class="a">', "<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<br>"),
    *("<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<details>", "</details>"),
    *("<script>", "</script>", "<style>", "</style>", "<textarea>", "</textarea>", "<title>"),
    *(
        "<!--",
        "-->",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "<!x",
        ">",
        "<a href='",
        '<a href="',
        '"',
        "'",
    ),
    *(
        "<svg>",
        "</svg>",
        "<path/>",
        "<mask>",
        "<think>",
        "</think>",
        "</article>",
        "</body>",
        "<body>",
    ),
    *(
        "<plaintext>",
        "<template>",
        "</template>",
        "<select>",
        "<option>",
        "</select>",
        "<x-y>",
        "</x-y>",
    ),
    *(
        "`",
        "``",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "words",
        "- ",
        "# ",
        "$",
        "a < b",
        "\\",
        "<",
        "&lt;",
        "*",
    ),
)


def convert(note: str) -> str:
    source = f"{BEFORE}{operator_markdown(note).markdown}{AFTER}"
    return markdown.markdown(source, extensions=EXTENSIONS)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@example(["<script>", "words"])
@example(["<div>", "\n\n", "words"])
@example(["<p>", "words"])
@example(["$\\", "<style>", "$"])
def test_what_follows_a_note_is_still_markdown(pieces: list[str]) -> None:
    """Python-Markdown leaves all that follows an open element as it is: the abstract was not set at all."""
    html = convert("".join(pieces))
    assert '<h2 id="after">After</h2>' in html
    assert "<p>The <em>rest</em>.</p>" in html


@pytest.mark.xdist_group("unpaired_tags")
def test_in_a_browser_what_follows_a_note_stands_where_it_stood(browser: Browser) -> None:
    """Chromium reads notes of random pieces, each in a document: none swallows, hides or moves what follows."""
    draw = random.Random(7)  # noqa: S311 - cases, no secrets
    notes = ["".join(draw.choices(PIECES, k=draw.randint(1, 10))) for _ in range(1500)]
    page = browser.new_page()
    places = page.evaluate(
        """pages => pages.map(html => {
            const read = new DOMParser().parseFromString("<!doctype html><body>" + html, "text/html");
            const path = one => one ? path(one.parentElement) + " " + one.localName : "";
            return [path(read.querySelector("#after")), path(read.querySelector("footer"))];
        })""",
        [convert(note) for note in notes],
    )
    page.close()
    assert len(places) == len(notes)
    moved = [
        note
        for note, place in zip(notes, places, strict=True)
        if place != [" html body div h2", " html body footer"]
    ]
    assert not moved


@pytest.mark.parametrize(
    "note",
    [
        "",
        "a < b and b > c",
        "<b>bold</b>, <br>, <img src=a.png>, <x-chart kind='a > b'>x</x-chart>",
        "<ul><li>one</li><li>two</li></ul>\n\n<table>\n<tr><th>a\n<td>b\n</table>",
        "<div markdown>\n\n*a*\n\n<p>b\n<p>c\n\n</div>",
        "<svg><path d='M0 0'/><title>t</title></svg>",
        "<!-- left out --> <https://example.org/a> <me@example.org> [a](<b c.md>)\n\n[r]: <d e.md>",
        "text <video src=a></video><iframe src=b></iframe>\n\n<div>a</div><div>b</div>\n\n- <b>c</b>",
        "```html\n<div>\n\n    </div>\n\n    <b>\n```\n\nwords",
        "`<div>`, ``a ` <b>``\n\n```html\n<script>\n```\n\n    <table>\n\n$a <b> c$",
        "<script>if (a < b) x('<div>')</script>",
    ],
)
def test_whole_html_code_and_addresses_stay_as_they_are(note: str) -> None:
    assert show_unpaired(note) == note


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("The <mask> token, and <think>aloud</think>", "&lt;mask> &lt;think> &lt;/think>"),
        ("<b><i>x</b></i>", "&lt;i> &lt;/i>"),
        ("x</div>", "&lt;/div>"),
        ("<SCRIPT>x", "&lt;SCRIPT>"),
        ("<body><title>x</title>", "&lt;body> &lt;title> &lt;/title>"),
        ("<!-- x", "&lt;!--"),
        ("- <div>x</div>", "&lt;div> &lt;/div>"),
        ("$\\<style>$, which is no formula", "&lt;style>"),
    ],
)
def test_what_has_no_partner_or_is_no_html_is_shown_as_it_is_written(note: str, shown: str) -> None:
    """Of `<mask>`, a word of many papers, nothing was to be seen."""
    assert " ".join(f"&lt;{tag.text[1:]}" for tag in unpaired_tags(note)) == shown
    assert show_unpaired(note).count("&lt;") == len(shown.split())


def test_a_block_behind_words_begins_a_line() -> None:
    """Of `<div>words <div>` the second end closed the column: Python-Markdown had not seen its beginning."""
    assert show_unpaired("<div>a <div>b</div></div>") == "<div>a \n<div>b</div></div>"
    assert show_unpaired("<ul><li>one<li>two</ul>") == "<ul><li>one\n<li>two</ul>"


def test_an_end_tag_in_code_is_code() -> None:
    """Python-Markdown's md_in_html took it for the end of the column that the note stands in."""
    html = convert("Write `</div>`.\n\n    <div>\n    </div> `` ``` ``")
    assert "<p>Write <code>&#60;&#47;div&#62;</code>.</p>" in html
    assert "<pre><code>&lt;div&gt;\n&lt;/div&gt; `` ``` ``\n</code></pre>" in html
    assert show_unpaired("- a\n\n    <b>of the item</b>") == "- a\n\n    <b>of the item</b>"
