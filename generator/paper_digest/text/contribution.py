"""Finds in an abstract the sentence that says what the paper did: "we propose", "we prove"."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

_ADVERBS = r"(?:(?:\w+ly|first|then|here|therefore|thus|hence|instead|now|aim to|seek to) )*"
_WORK = r"(?:paper|work|article|study|survey|report|thesis|note|letter|manuscript|review|chapter|tutorial|research|project|dissertation|proposal)"
#: One adjective may stand before it: "this doctoral research".
_THIS_WORK = rf"(?:this|the present|our) (?:\w+ )?{_WORK}"
_MAKES = (
    "propose|introduce|present|develop|prove|establish|design|devise|construct|release|build|create|"
    "formulate|contribute|derive|describe|report|provide|suggest|extend|generalize|"
    "generalise|unify|formalize|formalise|define|characterize|characterise|implement|apply|solve|"
    "survey|review|revisit|unveil|curate|collect|advance|expand|advocate|automate"
)
_FINDS = (
    "show|study|investigate|demonstrate|find|analyze|analyse|examine|explore|consider|discuss|"
    "address|compute|calculate|measure|observe|evaluate|compare|determine|identify|discover|reveal|use|"
    "obtain|give|offer|perform|conduct|model|estimate|focus|argue|aim|tackle|ask"
)
#: From the surest sign of a contribution to the least.
_SIGNS = tuple(
    late_pattern(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwe {_ADVERBS}(?:{_MAKES})\b|\b{_THIS_WORK} {_ADVERBS}(?:{_MAKES})(?:s|es)\b",
        rf"\bwe {_ADVERBS}(?:{_FINDS})\b|\b{_THIS_WORK} {_ADVERBS}(?:{_FINDS})(?:s|es)\b",
        rf"\b(?:in|of) this {_WORK}\b|\b(?:is|are|was|were) {_ADVERBS}(?:proposed|introduced|presented|developed|proved|proven|established|derived|obtained|described|investigated|studied|reported|calculated|analyzed|analysed|considered)\b",
        r"\bwe (?:have|also|further)\b|\bour (?:[\w-]+ ){0,2}(?:results?|method|approach|analysis|findings?|framework|model|system|algorithm|tool)\b",
    )
)
#: A further point is not the first one.
_FURTHER = late_pattern(
    r"(?:Finally|Moreover|Furthermore|Additionally|In addition|Also|Second|Third|Lastly)\b"
)
#: The space comes first: a search for a literal is fast, one that begins with a look back is not.
_SENTENCE_END = late_pattern(r" (?<=[.!?] )(?=[^a-z\s])")
_ABBREVIATION = late_pattern(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|al|etc|Fig|Eq|Sec|Ref|No|approx|Dr|St|ca)|\b[A-Z])\.$"
)
#: What leads back to the sentence before, or says only that a paper is one.
_LEAD_IN = late_pattern(
    r"(?:(?:However|Therefore|Thus|Hence|Here|Accordingly|Consequently|Motivated by (?:this|these)[^,$]{0,60}"
    r"|(?:To|In order to|For|Towards?) [^,$]{0,40}\b(?:this|these|those|such)\b[^,$]{0,50}"
    rf"|In (?:this|the present) {_WORK}),? )+(?=we\b|this\b|a\b|an\b|the\b)",
    re.IGNORECASE,
)


def contribution_start(abstract: str) -> int:
    """Return where the text that says what the paper did begins in an abstract of one line.

    That is the first sentence with the surest sign, without words that lead back to the sentence
    before ("To address this,"); 0, the opening, where no sentence has a sign.
    """
    sentences = _sentences(abstract)
    for sign in _SIGNS:
        for start, end in sentences:
            if sign.search(abstract, start, end) and not _FURTHER.match(abstract, start):
                lead_in = _LEAD_IN.match(abstract, start, end)
                return lead_in.end() if lead_in else start
    return 0


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return where each sentence begins and ends; none ends in a formula or after an abbreviation."""
    sentences, start, dollars, counted = [], 0, 0, 0
    for end in (match.start() for match in _SENTENCE_END.finditer(text)):
        dollars, counted = dollars + text.count("$", counted, end), end
        if dollars % 2 == 0 and not _ABBREVIATION.search(text, max(start, end - 12), end):
            sentences.append((start, end))
            start = end + 1
    return [*sentences, (start, len(text))]
