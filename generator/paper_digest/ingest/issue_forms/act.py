"""Does what a form asks for, by the code of the commands of the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from paper_digest.ingest import review
from paper_digest.ingest.curation import NameCorrection, correct_author, decide_about
from paper_digest.ingest.fix_values import LIST_FIELDS, fix_fields
from paper_digest.ingest.issue_forms import form as forms
from paper_digest.ingest.issue_forms.form import Form, FormError
from paper_digest.ingest.propose import propose_paper
from paper_digest.ingest.report import IngestReport
from paper_digest.model.errors import Problem
from paper_digest.store.decisions import Verdict
from paper_digest.store.files import Store
from paper_digest.store.proposals import Proposal
from paper_digest.text.fields import one_line

#: More papers are asked for in several issues: each costs calls to servers of others.
MAX_PAPERS = 50
#: What takes a field away.
NONE = "none"
#: In the form of a name: every paper that prints it.
ALL_PAPERS = "all"
_MAX_WHY_CHARACTERS = 300
#: Only these may be emptied by a form: a paper without title or authors is none.
_MAY_BE_EMPTY = (
    "venue",
    "doi",
    "journal_ref",
    "comment",
    "organisation",
    "work_type",
    "keywords",
    "links.",
)

AddPapers = Callable[[Sequence[str]], IngestReport]


class FormRequest(NamedTuple):
    """What a form asks of which archive: its folder, who asks in which issue, on what day.

    ``add`` fetches papers by their ids and addresses; ``issue`` is the number of the issue, ``login`` the account of who asks.
    """

    root: Path
    asked_by: str
    today: date
    add: AddPapers
    issue: int = 0
    login: str = ""


def act_on(form: Form, request: FormRequest, problems: list[Problem]) -> list[str]:
    """Change the archive as a form asks.

    Args:
        form: the form.
        request: where and for whom.
        problems: gets what could not be done while the rest was.

    Returns:
        What was done, in sentences; empty where a person has to read the issue.

    Raises:
        DigestError: nothing of it can be done.
    """
    return _ACTS[form.name](form, request, problems)


def _fix(form: Form, request: FormRequest, _: list[Problem]) -> list[str]:
    field, value = form.answers["What is wrong?"], form.answers["What is right?"]
    if field == forms.OTHER_FIELD:
        return []
    if _is_word(value, NONE):
        if not field.startswith(_MAY_BE_EMPTY):
            raise FormError(field, "cannot be none", "write what is right")
        value = ""
    elif field == "abstract":
        value = "\n".join(line.rstrip() for line in value.splitlines())
    elif field in LIST_FIELDS:
        value = "\n".join(forms.list_entries(value))
    else:
        value = one_line(value)
    if field == "work_type":  # as people write the names: Journal article
        value = value.lower().replace(" ", "-")
    change = {"fix": fix_fields([(field, value)], "\n")}
    why = _why(request, form.answers["Where can it be checked?"])
    return [_decided(request, form.answers["Paper to fix"], change, why)]


def _add(form: Form, request: FormRequest, problems: list[Problem]) -> list[str]:
    names = form.lines("Papers to add")
    if len(names) > MAX_PAPERS:
        raise FormError("Papers to add", f"has more than {MAX_PAPERS} lines", "make several issues")
    report = request.add(names)
    problems += report.problems
    became = (("new", report.new), ("changed", report.changed), ("there already", report.unchanged))
    return [f"{word}: {paper_id}" for word, ids in became for paper_id in sorted(ids)]


def _same(form: Form, request: FormRequest, _: list[Problem]) -> list[str]:
    store = Store(request.root / "archive")
    one, two = (
        review.named_id(store, form.answers[label]) for label in ("First record", "Second record")
    )
    verdict: Verdict = "same" if form.answers["They are"] == forms.ONE_PAPER else "different"
    return [review.decide(store, one, two, verdict, request.today)]


def _hide(form: Form, request: FormRequest, _: list[Problem]) -> list[str]:
    is_asked = form.answers["What is to be done?"] == forms.HIDE
    change = {"hide": True if is_asked else None}
    why = _why(request, form.answers["Why?"])
    return [_decided(request, form.answers["Paper to hide"], change, why)]


def _pin(form: Form, request: FormRequest, _: list[Problem]) -> list[str]:
    is_asked = form.answers["What is to be done?"] == forms.PIN
    change = {"pin": True if is_asked else None}
    why = _why(request, form.answers["Why?"])
    return [_decided(request, form.answers["Paper to pin"], change, why)]


def _propose(form: Form, request: FormRequest, _: list[Problem]) -> list[str]:
    because = _shortened(form.answers["Why should it be read?"])
    proposal = Proposal("", request.login, because, request.issue)
    what, where = propose_paper(request.root, form.answers["Paper to propose"], proposal)
    return [f"{what}: {where}"]


def _author(form: Form, request: FormRequest, problems: list[Problem]) -> list[str]:
    printed, right = form.answers["Name as it is printed"], form.answers["Right name"]
    correction = NameCorrection(printed, right, form.answers["ORCID"])
    papers = form.lines("Papers")
    if len(papers) > MAX_PAPERS:
        raise FormError("Papers", f"has more than {MAX_PAPERS} lines", f"write {ALL_PAPERS}")
    names = [] if len(papers) == 1 and _is_word(papers[0], ALL_PAPERS) else papers
    why = _why(request, "")
    return list(correct_author(request.root, correction, names, why, request.today, problems))


def _decided(request: FormRequest, name: str, change: Mapping[str, object], why: str) -> str:
    what, where = decide_about(request.root, name, change, why, request.today)
    return f"{what}: {where}"


def _is_word(answer: str, word: str) -> bool:
    """Tell whether an answer is a word of the form's: phones begin an answer with a capital."""
    return answer.strip().rstrip(".").casefold() == word


def _why(request: FormRequest, reason: str) -> str:
    """Name who asked, and the reason given, on one line."""
    reason = _shortened(reason)
    return f"{request.asked_by}: {reason}" if reason else request.asked_by


def _shortened(reason: str) -> str:
    return one_line(one_line(reason)[:_MAX_WHY_CHARACTERS])


_ACTS: dict[str, Callable[[Form, FormRequest, list[Problem]], list[str]]] = {
    "fix-record": _fix,
    "add-papers": _add,
    "same-paper": _same,
    "hide-paper": _hide,
    "pin-paper": _pin,
    "propose-paper": _propose,
    "author-name": _author,
}
