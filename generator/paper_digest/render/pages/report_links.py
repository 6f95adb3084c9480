"""Where a reader says what is wrong with a paper: a form of the repository, or an address of the archive's own."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urlencode

from paper_digest.model.paper import Paper
from paper_digest.render import span
from paper_digest.render.span import EMPTY, Span
from paper_digest.text.language import (
    gettext,
    gettext_noop,
)

#: Forms in ``.github/ISSUE_TEMPLATE`` by what the link says, and the field of each that takes the paper's id.
LINKED_FORMS = (
    (gettext_noop("Fix this record"), "fix-record", "Fix the record of", "paper"),
    (gettext_noop("Correct a name"), "author-name", "Correct a name on", "papers"),
)


class ReportPlace(NamedTuple):
    """Where readers write to: the repository's address, and the setting ``corrections``; "" for none."""

    repository: str = ""
    corrections: str = ""


NO_PLACE = ReportPlace()


def issues_url(repository: str) -> str:
    """Return the address of a repository's issues; "" where the setting ``repository`` is.

    It may be what one clones, with ``.git`` at its end, below which there are no pages.
    """
    return f"{repository.rstrip('/').removesuffix('.git')}/issues" if repository else ""


def report_links(paper: Paper, place: ReportPlace) -> Span:
    """Link to the forms, with the paper's id filled in; nothing where there is no place for them.

    ``corrections`` goes first: an archive whose repository takes no issues has an e-mail address there, or
    the address of a page.
    """
    if place.corrections:
        label, _, subject, _ = LINKED_FORMS[0]
        query = urlencode({"subject": f"{subject} {paper.id}"}, quote_via=quote)
        mail = f"mailto:{quote(place.corrections, safe='@')}?{query}"
        return span.link(
            span.text(gettext(label)), place.corrections if "://" in place.corrections else mail
        )
    if not place.repository:
        return EMPTY
    issues = f"{issues_url(place.repository)}/new"
    links = [
        span.link(
            span.text(gettext(label)),
            f"{issues}?{urlencode({'template': f'{form}.yml', 'title': f'{title} {paper.id}', field: paper.id})}",
        )
        for label, form, title, field in LINKED_FORMS
    ]
    return span.join(links, " · ")
