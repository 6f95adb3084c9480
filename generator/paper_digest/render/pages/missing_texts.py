"""How many texts of the interface are English because the site's language lacks them."""

from __future__ import annotations

from paper_digest.render import span
from paper_digest.render.span import Span, paragraph
from paper_digest.text.language import active_language, catalogue_report, ngettext


def missing_texts() -> list[Span]:
    """Count the texts that are English because the site's language lacks them."""
    missing = catalogue_report(active_language()).missing
    if not missing:
        return []
    words = ngettext(
        "{n} text of this site has no translation yet and is shown in English.",
        "{n} texts of this site have no translation yet and are shown in English.",
        missing,
    )
    return [paragraph(span.text(words))]
