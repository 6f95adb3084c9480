"""A reference to a paper in proceedings: the conference's name without place, day and publisher."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.citation.locators import MONTH, PAGES, RANGE, YEAR

_SERIES = (
    r"(?:(?:Lecture Notes in [A-Z][\w ]+?|LNCS|LNAI|LNBI|LNM|EPTCS|LIPIcs|CCIS|IFIP)"
    r"(?:\s*\((?:LNCS|LNAI)\))?)"
)
_SERIES_VOLUME = late_pattern(
    rf"[,;.(\s]\s*(?P<series>{_SERIES})[\s,]*(?i:vol(?:ume)?\.?|no\.?)?\s*(?P<volume>\d{{1,5}})\b"
)
_VOLUME_OF_SERIES = late_pattern(
    rf"\bvol(?:ume|\.)?\s*(?P<volume>\d{{1,5}}) of (?:the )?(?P<series>{_SERIES})"
)
_PAGES = late_pattern(rf"(?<![A-Za-z]){PAGES}(?!\w)", re.IGNORECASE)
#: LIPIcs numbers the pages of each article: ``pages 12:1-12:15``.
_ARTICLE_PAGES = late_pattern(
    r"(?<![A-Za-z])(?:pages?|pp?\b)\.?\s{0,2}(?P<pages>\d{1,4}:\d{1,4}\s?-{1,2}\s?\d{1,4}:\d{1,4})(?!\d)",
    re.IGNORECASE,
)
#: Without a label, pages stand behind the year, or at the end.
_BARE_PAGES = late_pattern(
    rf"(?:\({YEAR}\)|(?<!\d){YEAR}[,:)]?)\s*(?P<pages>{RANGE})\.?(?:\s|\Z)|,\s*(?P<last>{RANGE})\.?\Z"
)
_VOLUME = late_pattern(
    r"[,;.(\s]\s*vol(?:ume)?[.\s]*(?P<volume>\d{1,4}|[IVX]{1,6})\b", re.IGNORECASE
)
_PUBLISHER = (
    r"(?:Springer|Elsevier|ACM Press|IEEE Comp|IEEE Press|IEEE Catalog|Association for Computational|AAAI Press|"
    r"MIT Press|Morgan Kaufmann|Kluwer|North.Holland|World Scientific|CEUR|Los Alamitos|Available|Published|ISBN|ISSN|"
    r"Ed(?:s|ited|itors?)?[.\s]|University of|Univ\.)"
)
#: Where a conference's name ends: at the first of these behind a comma, a full stop or a bracket.
_NAME_END = late_pattern(
    rf"\s*[,;.:(\[]\s*(?:(?:Springer(?:-Verlag)?,?\s+)?{_SERIES}|(?i:vol(?:ume)?\.?\s*[\dIVX]|pages?\b|pp?\.|pp?\s?\d|page\(s\)|no\.\s*\d|"
    rf"(?:held|dated)\b|(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s?[-/]\s?\d{{1,2}}(?:st|nd|rd|th)?)?\s+)?(?:of\s+)?{MONTH}[\s,])|"
    rf"{_PUBLISHER}|{YEAR}(?!\d)|\d{{1,2}}/\d{{1,2}}/{YEAR}|\d{{1,8}}\s?-{{1,2}}\s?\d|https?:)"
    rf"|\.\s+Proceedings\b|(?<=\))\s+(?i:{MONTH})|(?<=[a-z]{{6}})\.\s+(?=[A-Z])|(?<=\d{{4}})\.\s|(?<=\))\.\s|\s+(?i:vol)\.?\s?\d|\s+(?:pp\.?|pages)\s?\d|\s+{RANGE}\Z|\s+-\s+{YEAR}\b"
)
_PREFIX = late_pattern(
    rf"\A(?:(?:pages?|pp?\.?)\s*{RANGE}\s+in\b[\s:]*)?(?:(?:in|dans|published in|appeared in|appears in|presented at|presented in|accepted (?:at|in|by|to)|to appear in|"
    r"to appear at|publi. dans)\s*:?\s+(?:the\s+(?=\d|[A-Z]))?)+",
    re.IGNORECASE,
)
_HEAD_NOUN = late_pattern(
    r"(?:(?i:conference|conf\.|workshop|symposium|congress|meeting|colloquium|proceedings|days|school)|"
    r"'\d\d|\b(?:19|20)\d\d|\)|[A-Z]{3,}[a-z]?)\Z"
)
#: Names of countries as references print them, in lower case.
COUNTRIES = frozenset(
    re.findall(
        r"[^,]+",
        "usa,u.s.a.,us,united states,uk,u.k.,united kingdom,england,scotland,wales,ireland,northern ireland,"
        "france,germany,allemagne,italy,italia,italie,spain,espagne,portugal,the netherlands,netherlands,"
        "pays-bas,belgium,belgique,switzerland,suisse,austria,autriche,poland,pologne,czech republic,slovakia,"
        "slovenia,hungary,romania,roumanie,bulgaria,greece,grece,grèce,turkey,turquie,russia,ukraine,serbia,"
        "serbie,croatia,estonia,latvia,lithuania,finland,sweden,norway,denmark,iceland,luxembourg,malta,"
        "cyprus,israel,egypt,tunisia,tunisie,morocco,maroc,algeria,algérie,south africa,nigeria,kenya,iran,"
        "iraq,jordan,saudi arabia,uae,qatar,lebanon,pakistan,india,bangladesh,sri lanka,nepal,thailand,"
        "vietnam,malaysia,singapore,indonesia,philippines,china,p.r. china,hong kong,taiwan,japan,korea,"
        "south korea,republic of korea,australia,new zealand,canada,mexico,brazil,brasil,argentina,chile,"
        "colombia,peru,cuba,uruguay,california,virtual event,virtual,online,"
        "arizona,colorado,connecticut,florida,hawaii,illinois,indiana,louisiana,maryland,massachusetts,michigan,"
        "minnesota,nevada,new jersey,new mexico,north carolina,ohio,oregon,pennsylvania,tennessee,texas,utah,"
        "virginia,wisconsin",
    )
)
_STATE = late_pattern(r"[A-Z]{2}\Z")
_PLACE = late_pattern(r"[A-Z][\w'.-]*(?:[ -](?:[A-Z][\w'.-]*|de|del|la|sur|am|upon|of))*\Z")
_MAX_PLACE_WORDS = 4
_HAL_PLACE = late_pattern(r",\s*[^,:]{2,40} : [A-Z][^,:]+\Z")
_NO_NAME = late_pattern(
    r"[\"“”;|]|https?:|\bet al\b|\beds?\b\.?|\b(?:of|the|on|in|and|for|de|et|&)\Z|\A(?-i:[a-z(])|\A\d{1,3}\s|\bsubmitted\b|\bversion\b"
    r"|\b(?:vol|no|pp)\.?\Z|\bon,|\d{4}\s+\d{2,5}\Z|,\s*\d+\Z",
    re.IGNORECASE,
)
_MAX_NAME_CHARACTERS = 220


def proceedings_name(text: str) -> str:
    """Return the name of a conference or of its proceedings; "" where it cannot be told from the rest."""
    text = _PREFIX.sub("", text)
    end = _NAME_END.search(text, len("Proc."))
    name = text[: end.start()] if end else text
    name = _HAL_PLACE.sub("", name).strip(" ,;:.-")
    name = _without_place(name)
    unbalanced = name.count("(") != name.count(")")
    if unbalanced or _NO_NAME.search(name) or len(name) > _MAX_NAME_CHARACTERS:
        return ""
    return name


def proceedings_pages(text: str) -> str:
    """Return the pages of a paper in proceedings, or ""."""
    match = _ARTICLE_PAGES.search(text) or _PAGES.search(text) or _BARE_PAGES.search(text)
    pages = next(filter(None, match.groups()), "") if match else ""
    return re.sub(r"\s?-{1,2}\s?|,", "-", pages)


def proceedings_volume(text: str) -> tuple[str, str]:
    """Return series and volume of proceedings: ``("LNCS", "5734")``; each may be ""."""
    if match := _SERIES_VOLUME.search(text) or _VOLUME_OF_SERIES.search(text):
        return match["series"], match["volume"]
    match = _VOLUME.search(text)
    return "", match["volume"] if match else ""


def _without_place(name: str) -> str:
    """Drop city and country from the end of a name, where they can be nothing else."""
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", name)]
    if len(parts) > 1 and (parts[-1].lower() in COUNTRIES or _STATE.match(parts[-1])):
        parts.pop()
        while len(parts) > 1 and (_is_place(parts[-1]) or _STATE.match(parts[-1])):
            parts.pop()
    for number, part in enumerate(parts[:-1], start=1):
        if _HEAD_NOUN.search(part) and all(map(_is_place, parts[number:])):
            parts = parts[:number]
            break
    return ", ".join(parts).strip(" ,;:.-")


def _is_place(part: str) -> bool:
    is_word = bool(_PLACE.match(part)) and not _HEAD_NOUN.search(part)
    return is_word and len(part.split()) <= _MAX_PLACE_WORDS
