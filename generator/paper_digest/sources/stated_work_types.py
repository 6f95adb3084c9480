"""What the formats of sources call kinds of work, and when an entry says what kind it is."""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.work_types import PARTS, WorkType
from paper_digest.text.venues import is_single_meeting, venue_kind

#: https://api.crossref.org/types; of ``posted-content`` the subtype says what it is.
CROSSREF_TYPES: Mapping[str, WorkType] = {
    "journal-article": "journal-article",
    "proceedings-article": "conference-paper",
    "book-chapter": "book-chapter",
    "book-section": "book-chapter",
    "book-part": "book-chapter",
    "reference-entry": "book-chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "dissertation": "thesis",
    "report": "report",
    "posted-content": "preprint",
    "dataset": "dataset",
}

#: https://docs.citationstyles.org/en/stable/specification.html, appendix III. ``article`` may be anything.
#: Registries that answer in CSL-JSON have their own words in it.
CSL_TYPES: Mapping[str, WorkType] = {
    **CROSSREF_TYPES,
    "article-journal": "journal-article",
    "paper-conference": "conference-paper",
    "chapter": "book-chapter",
    "entry": "book-chapter",
    "entry-dictionary": "book-chapter",
    "entry-encyclopedia": "book-chapter",
    "thesis": "thesis",
    "software": "software",
}

#: https://en.wikipedia.org/wiki/RIS_(file_format); ``GEN`` may be anything.
RIS_TYPES: Mapping[str, WorkType] = {
    "JOUR": "journal-article",
    "EJOU": "journal-article",
    "CONF": "conference-paper",
    "CPAPER": "conference-paper",
    "CHAP": "book-chapter",
    "ECHAP": "book-chapter",
    "DICT": "book-chapter",
    "ENCYC": "book-chapter",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "THES": "thesis",
    "RPRT": "report",
    "DATA": "dataset",
    "COMP": "software",
}

#: https://api.zotero.org/itemTypes
ZOTERO_TYPES: Mapping[str, WorkType] = {
    "journalArticle": "journal-article",
    "conferencePaper": "conference-paper",
    "bookSection": "book-chapter",
    "dictionaryEntry": "book-chapter",
    "encyclopediaArticle": "book-chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "preprint": "preprint",
    "dataset": "dataset",
    "computerProgram": "software",
}

#: Patashnik, "BibTeXing", 1988, and biblatex's manual; ``@misc`` and ``@online`` may be anything.
BIBTEX_TYPES: Mapping[str, WorkType] = {
    "article": "journal-article",
    "inproceedings": "conference-paper",
    "conference": "conference-paper",
    "incollection": "book-chapter",
    "inbook": "book-chapter",
    "inreference": "book-chapter",
    "book": "book",
    "mvbook": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "dataset": "dataset",
    "software": "software",
}

#: ``type`` in https://dblp.org/faq/13501473.html. Informal publications are preprints and reports; books and
#: theses are divided by their keys.
DBLP_TYPES: Mapping[str, WorkType] = {
    "Journal Articles": "journal-article",
    "Conference and Workshop Papers": "conference-paper",
    "Parts in Books or Collections": "book-chapter",
}

#: https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-1/resourceTypeGeneral/, and what
#: people write behind ``Text``, of which every kind was one before 2021; without spaces, in small letters.
DATACITE_TYPES: Mapping[str, WorkType] = {
    "journalarticle": "journal-article",
    "conferencepaper": "conference-paper",
    "bookchapter": "book-chapter",
    "booksection": "book-chapter",
    "book": "book",
    "dissertation": "thesis",
    "thesis": "thesis",
    "doctoralthesis": "thesis",
    "phdthesis": "thesis",
    "masterthesis": "thesis",
    "mastersthesis": "thesis",
    "report": "report",
    "technicalreport": "report",
    "preprint": "preprint",
    "dataset": "dataset",
    "software": "software",
}

_PREPRINT_SERVER = late_pattern(r"\b(?:\w*rxiv|corr)\b")


def entry_work_type(stated: WorkType, venue: str, organisation: str = "") -> WorkType:
    """Return what an entry says that its work is, or "".

    Programs write preprints as articles of arXiv, and as its reports, and papers in proceedings as articles
    (``Proceedings of the 3rd Workshop on Kites``). A part of nothing, or of what has not appeared, says nothing.

    Args:
        stated: by the entry's type.
        venue: where it stands, as the entry has it.
        organisation: whose report it is.
    """
    if stated in PARTS and (not venue or venue_kind(venue) == "unpublished"):
        return ""
    if stated == "journal-article" and is_single_meeting(venue):
        return ""
    if stated == "report" and _PREPRINT_SERVER.search(organisation.lower()):
        return ""
    return stated
