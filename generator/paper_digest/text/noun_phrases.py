"""Decides by ends of words and by lists whether a phrase names a subject: a noun, and more than general words."""

from __future__ import annotations


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ADJECTIVE_ENDINGS = tuple(
    _word_set("able al ary ed finite ful ible ic ish ive less linear ly ous ular worthy")
)
#: Second parts of compounds that stand before a noun: "audio-driven", "step-wise".
_MODIFIERS = _word_set(
    "agnostic assisted augmented aware based centered centric driven efficient enhanced free guided like oriented "
    "preserving scale shot specific wise"
)
_OTHER_ADJECTIVES = _word_set("deep lunar quantum robust sparse stellar")
#: What follows the first word of a Latin phrase: "hoc networks" has lost its "ad".
_LATIN_SECONDS = _word_set("facto hoc posteriori priori silico situ vitro vivo")
#: Nouns with the end of an adjective.
_NOUNS = _word_set(
    """
    adversary anniversary appraisal approval archival arithmetic arrival bible binary boundary breed cable
    capital characteristic clinic critic collective cosmic crystal deed dictionary differential disposal dynamic embed epidemic
    fabric family feed festival functional geodesic glossary heterophily heuristic hospital incentive individual initiative
    integral interval journal library logic manual material medal metal metaheuristic metamaterial metric mineral
    mosaic motive music narrative need objective oligopoly pandemic panic parable perspective polyp portal potential proposal
    public quadruped quasicrystal refusal rehearsal removal renewal residual retrieval rival rubric
    salary scandal seed signal speed statistic summary supply survival table terminal topic traffic trial
    tutorial variable vocabulary wearable
    """
)
#: Verbs of method talk: what nearly every paper does.
_METHOD_GERUNDS = _word_set(
    """
    accelerating achieving adapting addressing advancing aligning analysing analyzing applying assessing automating
    benchmarking boosting bridging building characterising characterizing combining comparing compressing
    computing controlling creating designing detecting developing discovering enabling enhancing estimating
    evaluating evolving examining exploring extending finding fitting generating identifying improving
    incorporating integrating introducing investigating learning leveraging localising localizing making
    mapping measuring mitigating modeling modelling optimising optimizing predicting preserving
    preventing probing processing proposing quantifying reconstructing reducing rethinking revisiting
    sampling scaling selecting simulating solving studying testing towards training transferring
    transforming understanding unifying unlocking updating using utilising utilizing validating verifying
    """
)
#: Words that say what kind of thing something is and nothing of a subject; a phrase of these alone is no subject.
_GENERAL_WORDS = _word_set(
    """
    accuracy algorithm analysis approach architecture arena baseline bench benchmark better bug challenge comparison
    comprehensive corpora corpus curated data dataset designed direction diverse effect efficiency evaluation experiment finding findings first for
    framework future high improvement inference kind large largest leaderboard level method metric model motive
    new novel of open performance preliminary problem protocol result scale
    score setting simple small speed standard state step strong study survey system task
    technique the tool tools training unified by
    """
)


def names_subject(phrase: str) -> bool:
    """Return whether a phrase can be said as what two papers are on.

    "evaluating", "clinical", "audio-driven", "new benchmark" and "hoc networks" cannot; "forecasting", "theorem
    proving", "visual token" and what is written with a capital letter ("Arabic") can.
    """
    words = phrase.replace("-", " ").split()
    if not words or words[0].lower() in _LATIN_SECONDS:
        return False
    last = words[-1]
    if last != last.lower():
        return True
    if last in _METHOD_GERUNDS and (len(words) == 1 or "for" in words):
        return False
    if {*words[words[0] in _METHOD_GERUNDS :]} <= _GENERAL_WORDS:
        return False
    return last in _NOUNS or not (
        last in _MODIFIERS or last in _OTHER_ADJECTIVES or last.endswith(_ADJECTIVE_ENDINGS)
    )
