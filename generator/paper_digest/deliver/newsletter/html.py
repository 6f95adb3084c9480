"""The newsletter as HTML for mail clients: tables, inline styles, nothing to load.

Styles are on the elements, because many clients drop style sheets; the one style sheet sets the
colours of a dark scheme. Support by clients: https://www.caniemail.com/.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from paper_digest.deliver.newsletter.issue import Issue, IssuePaper, TopicSection
from paper_digest.deliver.newsletter.text import left_out_words, subscription_reason
from paper_digest.render.change_words import flagged_title
from paper_digest.render.language_attributes import block_attributes
from paper_digest.text.language import (
    active_language,
    format_number,
    gettext,
    is_right_to_left,
    ngettext,
)

_SANS = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"
_SERIF = "font-family:Georgia,'Times New Roman',serif;"
_PAPER, _INK, _QUIET, _LINE, _ACCENT = "#fdfcf9", "#1d1c1a", "#5d5a54", "#e2ded5", "#0a5c66"

_HEAD = """<!DOCTYPE html>
<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>{title}</title>
<style>
:root{{color-scheme:light dark;supported-color-schemes:light dark}}
a:hover{{text-decoration:underline!important}}
@media (prefers-color-scheme:dark){{
.paper{{background-color:#16181b!important}}
.ink{{color:#e6e3dc!important}}
.quiet{{color:#a8a49b!important}}
.accent{{color:#74ccd4!important}}
.line{{border-color:#33363b!important}}
}}
</style>
</head>
"""

#: Outlook on Windows knows no max-width, so it alone gets a table of a fixed one.
_OPEN = (
    '<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
    ' align="center" style="max-width:600px;margin:0 auto;">'
)
_CLOSE = "</table><!--[if mso]></td></tr></table><![endif]-->"


def render_html(issue: Issue, unsubscribe_url: str) -> str:
    """Write a mail as HTML; ``unsubscribe_url`` is the address that unsubscribes. Every text is escaped."""
    rows = "\n".join(_body_rows(issue, unsubscribe_url))
    body = (
        f'<body class="paper" style="margin:0;padding:0;background-color:{_PAPER};">\n'
        f"{_preview(issue)}\n"
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
        f' class="paper" style="background-color:{_PAPER};"><tr>'
        f'<td style="padding:0 16px;">{_OPEN}\n{rows}\n{_CLOSE}</td></tr></table>\n</body>\n</html>\n'
    )
    return (
        _HEAD.format(
            title=escape(issue.subject),
            language=active_language(),
            direction=' dir="rtl"' if is_right_to_left() else "",
        )
        + body
    )


def _preview(issue: Issue) -> str:
    """Return hidden text that a list of mails shows after the subject."""
    titles = [piece.title for group in issue.sections for piece in group.papers]
    hidden = "display:none;max-height:0;overflow:hidden;mso-hide:all;"
    return f'<div style="{hidden}">{escape(" · ".join(titles[:4]))}</div>'


def _body_rows(issue: Issue, unsubscribe_url: str) -> Iterator[str]:
    papers = ngettext("{n} paper", "{n} papers", issue.paper_count)
    home = _link(escape(issue.title), issue.home_url, "ink", _INK)
    page = _link(escape(issue.heading), issue.page_url, "accent", _ACCENT)
    yield _row(
        f'<h1 class="ink" style="margin:0;{_SERIF}font-size:26px;line-height:32px;'
        f'font-weight:bold;color:{_INK};">{home}</h1>'
        + _paragraph(f"{page} · {papers}", "quiet", _QUIET, 14, "4px 0 0"),
        "28px 0 16px",
    )
    for group in (*issue.curated, *issue.monitors, *issue.sections):
        yield from _section_rows(group)
    if words := left_out_words(issue):
        link = _link(f"{words} →", issue.page_url, "accent", _ACCENT)
        yield _row(_paragraph(link, "ink", _INK, 16), "20px 0", line=True)
    archive = _link(gettext("The archive"), issue.home_url, "quiet", _QUIET, under=True)
    stop = _link(gettext("unsubscribe"), unsubscribe_url, "quiet", _QUIET, under=True)
    foot = f"{escape(subscription_reason(issue))}<br>{archive} · {stop}"
    yield _row(_paragraph(foot, "quiet", _QUIET, 13), "20px 0 32px", line=True)


def _section_rows(section: TopicSection) -> Iterator[str]:
    title = escape(section.title)
    if section.url:
        title = _link(title, section.url, "quiet", _QUIET)
    yield _row(
        f'<h2 class="quiet" style="margin:0;{_SANS}font-size:14px;line-height:20px;'
        f'font-weight:600;color:{_QUIET};">{title}</h2>',
        "16px 0 2px",
        line=True,
    )
    for piece in section.papers:
        yield _row("".join(_paper_parts(piece)), "10px 0 14px")


def _paper_parts(paper: IssuePaper) -> Iterator[str]:
    link = _link(escape(paper.title), paper.url, "ink", _INK)
    flag = flagged_title("", paper.notice)
    yield (
        f'<h3 {_language(escape(paper.title))} class="ink" style="margin:0;{_SERIF}font-size:18px;line-height:24px;'
        f'font-weight:bold;color:{_INK};overflow-wrap:anywhere;">{flag}{link}</h3>'
    )
    votes = f"▲&nbsp;{format_number(paper.upvotes)}" if paper.upvotes else ""
    facts = " · ".join(filter(None, (votes, escape(paper.authors))))
    if facts:
        yield _paragraph(facts, "quiet", _QUIET, 14, "2px 0 0")
    if paper.blurb:
        yield _paragraph(escape(paper.blurb), "ink", _INK, 16, "4px 0 0")
    links = (_link(escape(label), url, "accent", _ACCENT) for label, url in paper.links)
    # A link is a thumb's target: the space between two is inside neither.
    if joined := "&nbsp;&nbsp;&nbsp; ".join(links):
        yield _paragraph(joined, "quiet", _QUIET, 14, "4px 0 0")


def _row(content: str, padding: str, *, line: bool = False) -> str:
    border = f"border-top:1px solid {_LINE};" if line else ""
    return f'<tr><td class="line" style="padding:{padding};{border}">{content}</td></tr>'


def _paragraph(content: str, css: str, colour: str, size: int, margin: str = "0") -> str:
    style = f"margin:{margin};{_SANS}font-size:{size}px;line-height:{size * 3 // 2}px;"
    return f'<p {_language(content)} class="{css}" style="{style}color:{colour};overflow-wrap:anywhere;">{content}</p>'


def _language(html: str) -> str:
    """Return ``dir`` and ``lang`` of an element by its content; names of sources' papers may turn any line."""
    return " ".join(
        f'{name}="{value}"' for name, value in ({"dir": "auto"} | block_attributes(html)).items()
    )


def _link(label: str, address: str, css: str, colour: str, *, under: bool = False) -> str:
    style = f"color:{colour};text-decoration:{'underline' if under else 'none'};"
    return f'<a href="{escape(address)}" class="{css}" style="{style}">{label}</a>'
