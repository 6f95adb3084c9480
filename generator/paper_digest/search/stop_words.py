"""Lists the words that do not say what a paper is about, so that none of them relates two papers."""

from __future__ import annotations

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.tokenizer import STOP_WORDS, stem

_PLAIN_WORD = late_pattern(r"[^\W\d_]{3,}")

_FUNCTION_WORDS = """
    about above across after again against ago all almost alone along already also although always
    am among an and another any anything are around as aside at away back be became because become
    been before behind being below beneath beside besides best better between beyond both but by can
    cannot come could despite did do does doing done down due during each either else enough even
    ever every everything except far few fewer first five for four from further gave get give given
    go goes got had half hard has have having he hence her here his how however i if in indeed
    inside instead into is it its itself just keep kept know known last later least less let like
    likely long made mainly make many may me mean merely might more moreover most mostly much must
    my near nearly need neither never nevertheless next no nobody none nor not nothing now nowhere
    of off often old on once one only onto open or other otherwise our out outside over own per
    perhaps plus put quite rather really same say second see seem seldom set seven several shall
    she should side since single six so some someone something sometimes somewhat soon still such
    take taken ten than that the their them themselves then there thereby therefore these they
    thing third this those though three through throughout thus to today together too toward twice
    two under unless unlike until up upon us use used using usual usually very via was way we well
    went were what whatever when whenever where whereas whether which while who whole whom whose
    why will with within without would yet you your zero
"""

_SCHOLARLY_WORDS = """
    able abstract achieve achieved address aim allow appear apply approach argue arise article ask
    aspect author available avoid based basic begin behave bring broad build built call called carry
    case challenge change choose chosen claim clear close collected combine common compare complete
    concept conclude consider consist contain contribution cover current deal demonstrate depend
    derive describe design detail determine develop different difficult direct discuss easily easy
    effect effective effort enable ensure entire especially establish example exist existing expect
    explain explore extend extensive fact fail favour final finally find fine focus follow form found
    full fully general generally good great grew grow happen help high higher highly hold idea
    identify illustrate important improve include increase increasing indicate introduce introduced
    investigate involve issue kind lack large larger lead led level limit limited little look low
    lower main major manner matter method modern name natural new normal note novel number obtain
    occur offer order ordinary outperform paper part particular perform performance play point
    popular possible potential powerful practical practice present previous previously problem
    process produce promising proper propose proposed prove proved provide publish question quickly
    range reach ready real reason recent recently reduce related rely remain report represent
    require research rest result review right role run seek serve settle share short show shown
    significant significantly similar simple simply size small solve sort special specific standard
    start state step strong study successful successfully suffer suggest suitable support survey
    task technique tell tend term test thorough today total tried try turn type typical typically
    understand understanding unified useful value variety various vast view wide widely word work
    world write year yield
"""

_CONTENTLESS_STEMS = STOP_WORDS | {
    stem(word) for word in (_FUNCTION_WORDS + _SCHOLARLY_WORDS).split()
}


def is_content_word(term: str) -> bool:
    """Return whether an index term is a word of three letters or more that is in neither list."""
    return term not in _CONTENTLESS_STEMS and bool(_PLAIN_WORD.fullmatch(term))
