"""The kind of a venue by its name: journal, conference, unpublished or unknown."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

#: What OpenReview and dblp print where a paper has not (yet) appeared.
_UNPUBLISHED = late_pattern(
    r"\b(?:submitted|submission|under review|in preparation|desk.?reject|rejected|withdrawn|"
    r"\w*rxiv|corr|preprint|e-?print|ssrn)\b",
    re.IGNORECASE,
)
#: Journals whose names begin like a conference's.
_JOURNAL_PROCEEDINGS = late_pattern(
    r"\bproc(?:eedings|\.)? (?:of )?(?:the )?(?:national academy|natl\.? acad|ieee\Z|ieee,|"
    r"royal society|r\.? soc|institution of |inst\.? (?:mech|civ|elect)|vldb endow|acm on|(?:amer|lond|edinb)\w*\.? math|"
    # The ACM's series as DBLP and publishers shorten them; ``Proc. ACM CHI`` is a conference's.
    r"acm (?:comput\.? graph\.? interact|hum\.?[ -]comput|interact\.? mob|manag\.? data|meas\.? anal|netw\.?\Z|program\.? lang|softw\.? eng)|"
    r"(?:on )?priv(?:acy|\.)? enhancing|"
    r"(?:indian|japan) acad|(?:the )?(?:nutrition soc|combustion inst)|combust\.? inst|nutr\.? soc)"
    r"|\A(?:mayo clin|transplant)\w*\.? proc|\Aproceedings[.:] (?:biological|mathematical)",
    re.IGNORECASE,
)
_CONFERENCE = late_pattern(
    r"\b(?:proceedings|proc\b|conference|conf\b|workshops?|symposium|symposia|congress|colloquium|"
    r"meeting|findings of|lecture notes in|lncs|lnai|eptcs|lipics|ceur|pmlr)",
    re.IGNORECASE,
)
_JOURNAL = late_pattern(
    r"\b(?:journal|transactions|trans\.|letters|lett\.|annals|annalen|bulletin|magazine|"
    r"acta|archiv|archives|revue|revista|zeitschrift|quarterly|nature|plos)\b|\bj\.|\brev\.|\breview\b",
    re.IGNORECASE,
)
#: Series known by their letters alone, with or without a year (``ICLR 2024 poster``).
_CONFERENCE_LETTERS = late_pattern(
    r"\b(?:AAAI|ACL|AISTATS|ASPLOS|CCS|CHI|CIKM|COLING|COLM|COLT|CoNLL|CoRL|CVPR|EACL|ECCV|ECML|"
    r"EMNLP|FOCS|ICALP|ICASSP|ICCV|ICDE|ICLR|ICML|ICRA|ICSE|IJCAI|IJCNN|INTERSPEECH|Interspeech|"
    r"IROS|ISCA|ISIT|ISMIR|KDD|LREC|MICCAI|MLSys|NAACL|NDSS|NeurIPS|NIPS|NSDI|OSDI|PLDI|POPL|"
    r"RSS|SIGGRAPH|SIGIR|SIGMOD|SODA|SOSP|STOC|UAI|VLDB|WACV|WMT|WSDM|WWW)(?:'?\d\d|\b)"
)
#: ``Proceedings of the 3rd Workshop on Kites``, ``Kites Conference 2021``.
_MEETING_WORD = late_pattern(
    r"\b(?:proceedings|proc|conference|conf|workshops?|symposium|symposia|congress)\b",
    re.IGNORECASE,
)
_NUMBER_OF_MEETING = late_pattern(r"\b(?:\d*(?:1st|2nd|3rd|\dth)|(?:19|20)\d\d)\b", re.IGNORECASE)
#: Servers of preprints, by the names that they give themselves.
_SERVER = late_pattern(r"\w*rxiv\b|ssrn\b", re.IGNORECASE)
#: Books that hold the papers of a meeting, whatever the series is.
_PROCEEDINGS = late_pattern(
    r"\b(?:proceedings|proc\b|conference|workshops?|symposium|symposia|lecture notes in (?:computer|artificial)|lncs|lnai)",
    re.IGNORECASE,
)
#: Meetings beside a conference: what they took was not taken by the conference (dblp: ``WMT@EMNLP``).
_WORKSHOP = late_pattern(
    r"workshop|@|companion|tutorial|student abstract|late.breaking", re.IGNORECASE
)
_JOURNAL_LETTERS = late_pattern(r"\b(?:JAIR|JMLR|TACL|TMLR|TPAMI|PNAS|IJCV|TODS|TOPLAS)\b")


def venue_kind(venue: str) -> str:
    """Return ``"journal"``, ``"conference"``, ``"unpublished"``, or ``""`` where the name is silent."""
    if _UNPUBLISHED.search(venue):
        return "unpublished"
    if _JOURNAL_PROCEEDINGS.search(venue) or _JOURNAL_LETTERS.search(venue):
        return "journal"
    if _CONFERENCE.search(venue) or _CONFERENCE_LETTERS.search(venue):
        return "conference"
    return "journal" if _JOURNAL.search(venue) else ""


def is_proceedings(book: str) -> bool:
    """Tell whether a book, by its name, holds the papers of a conference."""
    return bool(_PROCEEDINGS.search(book) or _CONFERENCE_LETTERS.search(book))


def is_single_meeting(name: str) -> bool:
    """Tell whether a name is that of one of the meetings of a series, which no journal is called."""
    return venue_kind(name) == "conference" and bool(
        _MEETING_WORD.search(name) and _NUMBER_OF_MEETING.search(name)
    )


def is_preprint_server(name: str) -> bool:
    """Tell whether a name is that of a server of preprints, such as bioRxiv, and not of what has yet to appear."""
    return bool(_SERVER.match(name))


def is_main_venue(venue: str) -> bool:
    """Tell whether a name is a venue that papers are accepted at: neither a server of preprints nor a workshop."""
    return bool(venue) and venue_kind(venue) != "unpublished" and not _WORKSHOP.search(venue)
