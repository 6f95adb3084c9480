"""Blocks with a CSS class: boxes, tables, links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from paper_digest.render.span import EMPTY, Span, join_blocks, page_link, text


def box(css_class: str, parts: Iterable[Span], tag: str = "div", label: str = "") -> Span:
    """Set blocks in an element with a CSS class; its Markdown inside stays Markdown.

    ``label`` names the element to screen readers; it is of our own making.

    See https://python-markdown.github.io/extensions/md_in_html/.
    """
    inner = join_blocks(parts)
    if not inner:
        return EMPTY
    named = f' aria-label="{label}"' if label else ""
    return Span(
        f'<{tag}{named} class="{css_class}" markdown>\n\n{inner.markdown}\n\n</{tag}>',
        # The last block may be HTML, which ends its line itself.
        f'<{tag}{named} class="{css_class}">\n{inner.html.rstrip()}\n</{tag}>',
    )


def table(head: Sequence[str], rows: Iterable[Sequence[Span]]) -> Span:
    """Set a table; ``head`` holds the plain names of its columns."""
    names = [text(name) for name in head]
    markdown = [_line(names), "|" + " --- |" * len(names)]
    html = ["<table>", "<thead>", *_row(names, "th"), "</thead>", "<tbody>"]
    for row in rows:
        markdown.append(_line(row))
        html += _row(row, "td")
    return Span("\n".join(markdown), "\n".join((*html, "</tbody>", "</table>")))


def link_with_class(label: Span, path: str, css_class: str, hint: str) -> Span:
    """Link to a page of the site with a CSS class and a hint of our own making, which names it where it is read out."""
    plain = page_link(label, path)
    return Span(
        f'{plain.markdown}{{: .{css_class} aria-label="{hint}" title="{hint}" }}',
        # Python-Markdown writes attributes in alphabetical order.
        f'<a aria-label="{hint}" class="{css_class}"'
        + plain.html[2:].replace('">', f'" title="{hint}">', 1),
    )


def _line(cells: Sequence[Span]) -> str:
    return "| " + " | ".join(cell.markdown for cell in cells) + " |"


def _row(cells: Sequence[Span], tag: str) -> list[str]:
    return ["<tr>", *(f"<{tag}>{cell.html}</{tag}>" for cell in cells), "</tr>"]
