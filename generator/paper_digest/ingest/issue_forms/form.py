"""The text of an issue, read as one of the forms in ``.github/ISSUE_TEMPLATE``."""

from __future__ import annotations

import re

import msgspec

from paper_digest.model.errors import DigestError
from paper_digest.model.quoting import quote_outside

#: What GitHub writes for a question that was not answered.
_NO_ANSWER = "_No response_"
_ENTRY_SIGN = re.compile(r"(?:[-+*\u2022]|(\d{1,3})[.)])\s+")
_HEADING = re.compile(r"^### (.*)$", re.MULTILINE)


class Question(msgspec.Struct, frozen=True):
    """A question of a form: the words above it, and whether it has to be answered.

    ``choices`` are the answers there are; without them any text is one, of one line unless ``has_lines``.
    """

    label: str
    is_needed: bool = True
    has_lines: bool = False
    choices: tuple[str, ...] = ()


#: A field of the form "Fix the record" that asks a person instead.
OTHER_FIELD = "something else"
#: Answers of the others.
ONE_PAPER, TWO_PAPERS = "one paper", "two papers"
HIDE, SHOW = "hide it", "show it again"
PIN, UNPIN = "pin it", "take the pin away"

#: Forms whose issue stays open when all is done: people vote on it.
STANDING_FORMS = frozenset({"propose-paper"})

_WHY = Question("Why?", is_needed=False, has_lines=True)

#: Questions by the name of the form's file, without ``.yml``. No two forms begin with the same question,
#: so that the first says which form an issue is: titles and labels are changed by anybody.
FORMS: dict[str, tuple[Question, ...]] = {
    "fix-record": (
        Question("Paper to fix"),
        Question(
            "What is wrong?",
            choices=(
                "title", "authors", "abstract", "published", "venue", "doi", "journal_ref", "comment",
                "categories", "keywords", "organisation", "work_type", "links.code", "links.project", "links.pdf",
                OTHER_FIELD,
            ),
        ),
        Question("What is right?", has_lines=True),
        Question("Where can it be checked?", is_needed=False),
    ),
    "add-papers": (Question("Papers to add", has_lines=True),),
    "same-paper": (
        Question("First record"),
        Question("Second record"),
        Question("They are", choices=(ONE_PAPER, TWO_PAPERS)),
        _WHY,
    ),
    "hide-paper": (
        Question("Paper to hide"),
        Question("What is to be done?", choices=(HIDE, SHOW)),
        _WHY,
    ),
    "pin-paper": (
        Question("Paper to pin"),
        Question("What is to be done?", choices=(PIN, UNPIN)),
        _WHY,
    ),
    "propose-paper": (
        Question("Paper to propose"),
        Question("Why should it be read?", is_needed=False, has_lines=True),
    ),
    "author-name": (
        Question("Name as it is printed"),
        Question("Right name"),
        Question("ORCID", is_needed=False),
        Question("Papers", has_lines=True),
    ),
}  # fmt: skip

#: GitHub takes no longer text of an issue.
MAX_CHARACTERS = 65_536
#: More lines are no list that somebody typed.
MAX_LINES = 500


def list_entries(text: str) -> list[str]:
    """Return the lines of an answer that has one thing a line, without blank ones.

    What begins the entries of a list in Markdown is taken away where it begins all of them: one line
    that begins with a number or a dash may mean it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    begins = [_ENTRY_SIGN.match(line) for line in lines]
    counted = [match and match[1] for match in begins]
    if all(begins) and (not any(counted) or counted == [str(n + 1) for n in range(len(lines))]):
        return [_ENTRY_SIGN.sub("", line, count=1) for line in lines]
    return lines


class Form(msgspec.Struct, frozen=True):
    """A form that was filled in: its name, and the answers by question; "" where there is none."""

    name: str
    answers: dict[str, str]

    def lines(self, label: str) -> list[str]:
        """Return the lines of an answer, without blanks and marks of a list.

        Raises:
            FormError: nothing is left.
        """
        entries = list_entries(self.answers[label])
        lines = (line.lstrip("-*").strip() for line in entries)
        named = [line for line in lines if line]
        if not named:
            raise FormError(label, "has no answer", "edit the issue")
        return named


class FormError(DigestError):
    """A form whose answers say nothing that can be done."""


def parse_form(text: str) -> Form | None:
    """Read an issue's text.

    Returns:
        The form; ``None`` where the text does not begin with the first question of one.

    Raises:
        FormError: a question is missing or stands twice, has no answer, or one that it does not take.
    """
    text = text.replace("\r\n", "\n")
    first = _HEADING.match(text.lstrip())
    forms = {questions[0].label: name for name, questions in FORMS.items()}
    name = forms.get(first[1].strip(), "") if first else ""
    if not name:
        return None
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        what = f"has more than {MAX_CHARACTERS:,} characters or {MAX_LINES} lines"
        raise FormError("This issue", what, "make several of it")
    given = _answers(text, {question.label for question in FORMS[name]})
    return Form(name, {q.label: _checked(q, given.get(q.label)) for q in FORMS[name]})


def _answers(text: str, labels: set[str]) -> dict[str, str]:
    """Split a text at its questions; other headings are part of an answer."""
    headings = [match for match in _HEADING.finditer(text) if match[1].strip() in labels]
    ends = [*(match.start() for match in headings[1:]), len(text)]
    answers: dict[str, str] = {}
    for match, end in zip(headings, ends, strict=True):
        label = match[1].strip()
        if label in answers:
            raise FormError(label, "stands here twice", "fill in the form anew")
        answer = text[match.end() : end].strip()
        answers[label] = "" if answer == _NO_ANSWER else answer
    return answers


def _checked(question: Question, answer: str | None) -> str:
    """Return an answer that its question takes."""
    if answer is None:
        if question.is_needed:
            raise FormError(question.label, "is missing", "fill in the form anew")
        return ""
    if not answer and question.is_needed:
        raise FormError(question.label, "has no answer", "edit the issue")
    if question.choices and answer not in question.choices:
        what = f"is no answer: {quote_outside(answer)}"
        raise FormError(question.label, what, f"write one of {', '.join(question.choices)}")
    if not question.has_lines and "\n" in answer:
        raise FormError(question.label, "has more than one line", "write one line")
    return answer
