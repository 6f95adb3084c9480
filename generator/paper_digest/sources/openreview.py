"""Submissions by forum id or venue, from OpenReview's API (version 2, and 1 for older ids).

Form: https://docs.openreview.net/reference/api-v2/entities/note
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Digest, Link, Paper, Sighting
from paper_digest.sources import openreview_dblp
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.json_values import as_list
from paper_digest.sources.openreview_values import (
    author_name,
    day_of_milliseconds,
    field_value,
    listed,
)
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.query_string import query_parameters, with_parameters
from paper_digest.sources.reference_names import names_between_commas
from paper_digest.sources.source import Locator, Source, SourceQuery
from paper_digest.text import fields
from paper_digest.text.markup import strip_html, strip_paragraphs

_EXPECTED = "expected an OpenReview submission"

SITE = "https://openreview.net"
_API_URL = "https://api2.openreview.net"
_FORUM_ID = late_pattern(r"[A-Za-z0-9_-]{4,40}\Z")
_FORUM_NAME = late_pattern(r"openreview:\s*([A-Za-z0-9_-]{4,40})\Z", re.IGNORECASE)
#: A group's id: https://docs.openreview.net/reference/api-v2/entities/group
_VENUE_ID = late_pattern(r"[A-Za-z0-9][\w.-]{0,99}(?:/[\w.+-]{1,100}){1,9}\Z", re.ASCII)
#: Ids of groups that took no paper, whatever the field ``venue`` says: an accepted paper has the id of its venue,
#: others have ``.../Rejected_Submission``, ``TMLR/Under_Review`` and the like; what authors uploaded themselves
#: names the venue in their words.
_NO_VENUE_ID = late_pattern(
    r"(?:submission|submitted|reject|withdrawn|under_review|pending|retracted)[^/]*\Z|\Aopenreview\.net/",
    re.IGNORECASE,
)
#: What authors took back: before a decision, and of a journal after it.
_WITHDRAWN = late_pattern(r"/Withdrawn(?:_Submission)?\Z")
#: The most notes that one answer holds.
_PAGE_SIZE = 1000

#: What stands for names while a paper is under blind review.
_ANONYMOUS = frozenset({
    "anonymous", "anonymous author", "anonymous author(s)", "anonymous authors", "anon",
})  # fmt: skip


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses of the submissions under ``ids``, and the first pages of ``venues``.

    Raises:
        ConfigError: a value is no forum id, or no venue's id.
    """
    for text in query.values("ids"):
        forum = fields.parse_openreview_id(text) or text
        if not _FORUM_ID.match(forum):
            cure = "write what follows forum?id="
            raise ConfigError(config_place("openreview"), f"“{text}” is no forum id", cure)
        yield request_for(forum, query.base_url)
    for venue in query.values("venues"):
        if not _VENUE_ID.match(venue):
            cure = "write what follows group?id=, for instance ICLR.cc/2026/Conference"
            raise ConfigError(config_place("openreview"), f"“{venue}” is no venue's id", cure)
        asked = {"content.venueid": venue, "limit": str(_PAGE_SIZE), "offset": "0"}
        yield Request(f"{query.base_url}/notes?{urlencode(asked)}")


def request_for(forum: str, base_url: str = _API_URL) -> Request:
    """Return the address of one submission's note."""
    return Request(f"{base_url}/notes?id={forum}")


def title_request(title: str) -> Request:
    """Return the address of a search for submissions of a title.

    Form: ``search_notes`` in https://github.com/openreview/openreview-py/blob/master/openreview/api/client.py
    """
    asked = {"term": title, "content": "all", "group": "all", "source": "forum", "limit": "10"}
    return Request(f"{_API_URL}/notes/search?{urlencode(asked)}")


def locate(text: str) -> Request | None:
    """Return the request for the submission whose forum ``text`` names (``openreview:ID``, an address)."""
    match = _FORUM_NAME.match(text)
    forum = match[1] if match else fields.parse_openreview_id(text)
    return request_for(forum) if forum else None


def parse(data: bytes, request: Request) -> Batch:
    """Read the note of one submission, or a page of a venue's; there, what is no submission is a problem.

    Raises:
        SourceError: this is no submission: other JSON, a review, a deleted or untitled note.
    """
    answer = read_json(data, request.url, _EXPECTED)
    notes = answer.get("notes") if isinstance(answer, dict) else None
    asked = query_parameters(request.url)
    is_list = "content.venueid" in asked or "term" in asked
    if not isinstance(notes, list) or not (notes or is_list):
        raise SourceError(request.url, f"holds no note; {_EXPECTED}", "check the id")
    if len(notes) == 1 and not is_list:
        return Batch((_read_note(notes[0], request),))
    papers: list[Paper] = []
    problems: list[Problem] = []
    for number, note in enumerate(notes, 1):
        try:
            papers.append(_read_note(note, request))
        except SourceError as fault:
            location = EntryLocation(request.url, f"entry {number}")
            problems.append(location.problem(fault.problem.what, fault.cure))
    count = fields.valid_count(answer.get("count")) or 0
    return Batch(tuple(papers), tuple(problems), tuple(_next_page(request, len(notes), count)))


def _next_page(request: Request, note_count: int, total: int) -> Iterator[Request]:
    """Yield the address of a venue's next page: after a full one, and where more are stated (0 for unknown) than came."""
    offset = query_parameters(request.url).get("offset", "")
    if not note_count or not re.fullmatch(r"[0-9]{1,6}", offset):
        return
    following = int(offset) + note_count
    if note_count >= _PAGE_SIZE or following < total:
        yield Request(with_parameters(request.url, {"offset": str(following)}))


def _read_note(note: object, request: Request) -> Paper:
    content = note.get("content") if isinstance(note, dict) else None
    if not isinstance(note, dict) or not isinstance(content, dict):
        raise SourceError(request.url, f"holds no note; {_EXPECTED}", "check the forum id")
    forum = note.get("id")
    if (
        not isinstance(forum, str)
        or not _FORUM_ID.match(forum)
        or note.get("forum", forum) != forum
    ):
        raise SourceError(request.url, f"is a reply; {_EXPECTED}", "give the forum's own id")
    values = {name: field_value(field) for name, field in content.items()}
    title = _plain_line(values.get("title"))
    if not title or note.get("ddate"):
        what = "was deleted" if title else "has no title"
        raise SourceError(request.url, f"the submission {what}", "add the paper by hand")
    return _paper(note, values, forum, title)


def _paper(
    note: Mapping[str, object], values: Mapping[str, object], forum: str, title: str
) -> Paper:
    venue_id = fields.one_line(values.get("venueid"))
    venue = "" if _NO_VENUE_ID.search(venue_id) else fields.one_line(values.get("venue"))
    venue = "" if openreview_dblp.is_preprint(values) else venue
    tldr = _plain_line(values.get("TLDR")) or _plain_line(values.get("TL;DR"))
    published = day_of_milliseconds(note.get("cdate") or note.get("tcdate"))
    names = (author_name(author) for author in listed(values.get("authors"), names_between_commas))
    return Paper(
        id=f"openreview:{forum}",
        title=title,
        authors=tuple(Author(n) for n in names if n and n.lower() not in _ANONYMOUS),
        published=published[:4] if openreview_dblp.is_copy(values) else published,
        keywords=tuple(
            dict.fromkeys(filter(None, map(fields.one_line, listed(values.get("keywords")))))
        ),
        venue=venue,
        licence=fields.one_line(note.get("license")),
        withdrawn=_withdrawn(note, values),
        digest=Digest(tldr, by="the authors") if tldr else None,
        links=tuple(_links(values, forum)),
        same_as=openreview_dblp.arxiv_ids(values),
        sightings=(Sighting(source="openreview", page=forum, entry=forum),),
        abstract=fields.clean_block(strip_paragraphs(fields.clean_block(values.get("abstract")))),
    )


def _plain_line(value: object) -> str:
    """Return a text on one line without the HTML that forms and imports left in it; one of tags alone stays."""
    text = fields.one_line(value)
    return fields.one_line(strip_html(text)) or text


def _withdrawn(note: Mapping[str, object], values: Mapping[str, object]) -> str:
    places = (values.get("venueid"), note.get("invitation"), *as_list(note.get("invitations")))
    texts = [place for place in places if isinstance(place, str)]
    if any(text.endswith("/Retracted_Acceptance") for text in texts):
        return "retracted"
    return "withdrawn" if any(_WITHDRAWN.search(text) for text in texts) else ""


def _links(values: Mapping[str, object], forum: str) -> Iterator[Link]:
    yield Link("openreview", f"{SITE}/forum?id={forum}")
    if values.get("pdf"):
        yield Link("pdf", f"{SITE}/pdf?id={forum}")
    for name in ("code", "code_URL", "code_url"):
        if address := fields.valid_url(values.get(name)):
            yield Link("code", address)
            return


SOURCE = Source(
    name="openreview",
    title="OpenReview",
    files_help="Read saved answers of OpenReview's API: one submission, or several.",
    parse=parse,
    start=start,
    options=(
        SourceOption("ids", "submissions by forum id or address", "[aBcD_eF-12]"),
        SourceOption(
            "venues",
            "the papers of venues, by id; read whole each time, so papers come when they are accepted",
            "[ICLR.cc/2026/Conference]",
        ),
    ),
    base_url=_API_URL,
    rank=30,
    shows_withdrawal_with="title",
    carries=frozenset(
        {
            "title",
            "authors",
            "abstract",
            "published",
            "keywords",
            "venue",
            "licence",
            "digest",
            "withdrawn",
        }
    ),
    locator=Locator(
        order=50,
        forms="an OpenReview address",
        hosts=("openreview.net",),
        find=locate,
    ),
)
