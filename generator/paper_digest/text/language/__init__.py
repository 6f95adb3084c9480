"""The language of an archive's interface: words, plural forms, dates, numbers and lists.

English is the source: its texts stand in the code, and no file is read for it. Of another language
the words stand in ``catalogues/CODE.po`` (gettext). One language is active in a process and in the
forks it makes; outside of a build or a mail that is English.
"""

from __future__ import annotations

from paper_digest.text.language.active import (
    ENGLISH,
    active_language,
    catalogue_hash,
    catalogue_report,
    gettext,
    gettext_noop,
    is_english,
    is_right_to_left,
    language,
    language_problems,
    ngettext,
    npgettext,
    pgettext,
    set_language,
)
from paper_digest.text.language.catalogue import (
    LANGUAGES,
    CatalogueReport,
    Language,
    text_direction,
)
from paper_digest.text.language.formats import (
    format_decimal,
    format_list,
    format_number,
    list_pattern,
    list_separator,
)
from paper_digest.text.language.script_words import with_words

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "CatalogueReport",
    "Language",
    "active_language",
    "catalogue_hash",
    "catalogue_report",
    "format_decimal",
    "format_list",
    "format_number",
    "gettext",
    "gettext_noop",
    "is_english",
    "is_right_to_left",
    "language",
    "language_problems",
    "list_pattern",
    "list_separator",
    "ngettext",
    "npgettext",
    "pgettext",
    "set_language",
    "text_direction",
    "with_words",
]
