"""Outside text made safe: the only place where text becomes Markdown and HTML.

A ``Span`` carries both forms of one piece of a page. The Markdown, converted by Python-Markdown
with this project's extensions, gives exactly the HTML; property tests check it. Links to pages of the site are written from the site's
root and made relative, for each form in its own way, when the page they stand on is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.code_blocks import close_fences
from paper_digest.render.formula_markup import name_each
from paper_digest.render.language_attributes import block_attributes, isolation_tags
from paper_digest.render.unpaired_tags import show_unpaired
from paper_digest.render.urls import link_placeholder
from paper_digest.text import fields
from paper_digest.text.dates import format_date

#: Python-Markdown takes a backslash before these (https://daringfireball.net/projects/markdown/syntax).
_BACKSLASHED = "\\`*_[]"
#: Written as entities: Markdown has no backslash escape for these, or an extension or template
#: language could read them. Alternatives start with a literal, which makes the search ten times as fast.
_SPECIAL = late_pattern(
    r"\\|`|\*|_|\{|\}|\[|\]|<|>|&|\$|\||~|\^|@|==|\+\+|--|\.\.\.|\((?:c|r|p|tm)\)"
    r"|:(?=[\w+-]+:)|www\.(?<!\wwww\.)|://|!\Z|#\Z"
)
_TEXT_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BLANKS = late_pattern(r"[^\S\u00a0]+")
_LONE_FORMULA = late_pattern(r"<math(?:(?!<math).)*</math>\Z")
_MAIL_URL = late_pattern(r"mailto:[\w.%@?=+-]+\Z", re.ASCII)
_PLAIN_START = late_pattern(r"[^\W\d_]|\d+(?![\d.)])|[(\"'“…¿¡&\\]")


class Span(NamedTuple):
    """One piece of a page in both its forms."""

    markdown: str
    html: str

    def __add__(self, other: object) -> Span:
        """Append another piece."""
        if not isinstance(other, Span):
            return NotImplemented
        return Span(self.markdown + other.markdown, self.html + other.html)

    def __bool__(self) -> bool:
        """Tell whether there is anything in it."""
        return bool(self.markdown)


EMPTY = Span("", "")


def text(words: str) -> Span:
    """Set plain text on one line; every character of it is shown as itself."""
    return text_run(fields.one_line(words))


def text_run(words: str) -> Span:
    """Set plain text like ``text``, keeping the spaces at its ends."""
    # The space is the one blank that is printable: most texts hold no other.
    if "  " in words or not words.isprintable():
        words = _BLANKS.sub(" ", fields.strip_invisible(words))
    if not _SPECIAL.search(words):
        return Span(words, words)
    markdown: list[str] = []
    html: list[str] = []
    last = 0
    for match in _SPECIAL.finditer(words):
        between, special = words[last : match.start()], match[0]
        last = match.end()
        m, h = _escaped(special)
        markdown.append(between + m)
        html.append(between + h)
    markdown.append(words[last:])
    html.append(words[last:])
    return Span("".join(markdown), "".join(html))


def _escaped(special: str) -> tuple[str, str]:
    if special in _BACKSLASHED:
        return f"\\{special}", special
    if special in _TEXT_ENTITIES:
        entity = _TEXT_ENTITIES[special]
        return entity, entity
    first = f"&#{ord(special[0])};"
    return first + special[1:], first + special[1:]


def html(source: str) -> Span:
    """Set inline HTML of our own making; both forms are the same."""
    return Span(source, source)


def link(label: Span, url: str) -> Span:
    """Link to an address on the web or a mail; one that is not plain http(s) or mailto leaves the label bare."""
    safe = url if _MAIL_URL.match(url) else fields.valid_url(url)
    if not safe or not label:
        return label
    safe = safe.replace("(", "%28").replace(")", "%29").replace("[", "%5B").replace("]", "%5D")
    safe = safe.replace("&", "&amp;").replace("*", "%2A")
    return Span(f"[{label.markdown}]({safe})", f'<a href="{safe}">{name_each(label.html)}</a>')


def page_link(label: Span, path: str, anchor: str = "") -> Span:
    """Link to a page of the site by its path under ``docs/`` (``papers/2511.01234.md``)."""
    target = link_placeholder(f"{path}#{anchor}" if anchor else path)
    return Span(f"[{label.markdown}]({target})", f'<a href="{target}">{name_each(label.html)}</a>')


def strong(label: Span) -> Span:
    """Set in bold."""
    return Span(f"**{label.markdown}**", f"<strong>{label.html}</strong>") if label else label


def time_element(iso: str) -> Span:
    """Set a date for people, with its ISO form for machines: ``20 Nov 2025``."""
    return html(f'<time datetime="{iso}">{format_date(iso)}</time>') if iso else EMPTY


def isolate(label: Span) -> Span:
    """Set a title or name so that its direction does not turn what stands beside it, in its language."""
    start, end = isolation_tags(label.html) if label else ("", "")
    return Span(f"{start}{label.markdown}{end}", f"{start}{label.html}{end}") if start else label


def join(spans: Iterable[Span], separator: str = " ") -> Span:
    """Join the pieces that are not empty; ``separator`` is plain text."""
    nonempty = [s for s in spans if s.markdown]
    return Span(
        separator.join(s.markdown for s in nonempty), separator.join(s.html for s in nonempty)
    )


# Blocks


def heading(level: int, label: Span, anchor: str, *, searchable: bool = True) -> Span:
    """Set a heading whose id is ``anchor``; ``searchable`` says whether search indexes its section."""
    label = Span(label.markdown.strip(), label.html.strip())
    attributes = {"id": anchor, **block_attributes(label.html)}
    # https://squidfunk.github.io/mkdocs-material/setup/setting-up-site-search/#search-exclusion
    exclude_attr = "" if searchable else "data-search-exclude "
    markdown = "".join(f' {name}="{value}"' for name, value in attributes.items() if name != "id")
    # Python-Markdown writes attributes in alphabetical order.
    html = "".join(f' {name}="{attributes[name]}"' for name in sorted(attributes))
    return Span(
        f"{'#' * level} {label.markdown} {{: #{anchor}{markdown} {exclude_attr}}}",
        f"<h{level}{'' if searchable else ' data-search-exclude'}{html}>{name_each(label.html)}</h{level}>",
    )


def paragraph(body: Span, css_class: str = "") -> Span:
    """Set a paragraph, with a CSS class if one is given; one in another script says so."""
    markdown, html = _escape_block_start(body)
    if not markdown:
        return EMPTY
    attributes = block_attributes(html)
    if not css_class and not attributes:
        # Python-Markdown takes a lone formula for a block of its own.
        return Span(markdown, html if _LONE_FORMULA.match(html) else f"<p>{html}</p>")
    written = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    in_markdown = f".{css_class} {written}" if css_class else written
    in_html = f'class="{css_class}" {written}' if css_class else written
    return Span(f"{markdown}\n{{: {in_markdown.strip()} }}", f"<p {in_html.strip()}>{html}</p>")


def paragraph_markdown(body: Span) -> str:
    """Return the Markdown of a paragraph without class and attributes."""
    return _escape_block_start(body)[0]


def bullet_list(items: Sequence[Sequence[Span]]) -> Span:
    """Set a list whose items are made of blocks."""
    return bullet_list_of([list_item(blocks) for blocks in items])


def list_item(blocks: Iterable[Span]) -> Span:
    """Set one item of a list, for ``bullet_list_of``; nothing where no block has anything in it."""
    nonempty = [block for block in blocks if block.markdown]
    if not nonempty:
        return EMPTY
    inner = "\n\n".join(block.markdown for block in nonempty)
    return Span(
        "-   " + inner.replace("\n", "\n    ").replace("    \n", "\n"),
        "<li>\n" + "\n".join(block.html for block in nonempty) + "\n</li>",
    )


def bullet_list_of(items: Sequence[Span]) -> Span:
    """Set a list of finished items (``list_item``)."""
    if not items:
        return EMPTY
    markdown = [item.markdown for item in items if item.markdown]
    html = [item.html for item in items if item.markdown]
    if len(html) == 1 and "\n\n" not in markdown[0]:  # Markdown makes no paragraph of a lone line
        html = [re.sub(r"<li>\n<p( [^>]*)?>(.*)</p>\n</li>\Z", r"<li\1>\2</li>", html[0])]
    return Span("\n\n".join(markdown), "<ul>\n" + "\n".join(html) + "\n</ul>")


def code_block(code_text: str, language: str) -> Span:
    """Set a block of code, verbatim."""
    runs = re.findall("`+", code_text) if "`" in code_text else ()
    fence = "`" * max((3, *(len(run) + 1 for run in runs)))
    # Markdown leaves an apostrophe as it is.
    escaped = escape(code_text, quote=False).replace('"', "&quot;")
    return Span(
        f"{fence}{language}\n{code_text}\n{fence}",
        f'<pre><code class="language-{language}">{escaped}\n</code></pre>',
    )


def details(summary: str, body: Span) -> Span:
    """Set a block inside ``<details>``, folded until the reader opens it."""
    label = text(summary)
    return Span(
        f'<details class="pd-details" markdown>\n<summary>{label.html}</summary>\n\n{body.markdown}\n\n</details>',
        f'<details class="pd-details">\n<summary>{label.html}</summary>\n{body.html}\n</details>',
    )


def operator_markdown(markdown: str) -> Span:
    """Set an operator's Markdown; its HTML is left to the site's converter (``Page.notes``)."""
    return Span(show_unpaired(close_fences(markdown)), "")


def html_block(html: str) -> Span:
    """Set a block of HTML of our own making (a chart): no blank line in it, never the last block."""
    return Span(html, f"{html}\n") if html else EMPTY


def join_blocks(parts: Iterable[Span]) -> Span:
    """Put blocks below one another."""
    nonempty = [p for p in parts if p.markdown]
    return Span("\n\n".join(p.markdown for p in nonempty), "\n".join(p.html for p in nonempty))


def _escape_block_start(body: Span) -> tuple[str, str]:
    """Escape a first character that Markdown would read as a list, a heading or another block."""
    markdown, html = body.markdown.strip(), body.html.strip()
    if not markdown or _PLAIN_START.match(markdown) or markdown.startswith(("[", "<", "$", "**")):
        return markdown, html
    first = f"&#{ord(markdown[0])};"
    return first + markdown[1:], first + html[1:]
