"""The newsletter: what stands in it, that both its parts say the same, and that nothing acts in it."""

from __future__ import annotations

import functools
import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Literal

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.deliver import newsletter
from paper_digest.deliver.newsletter import Issue, Recipient
from paper_digest.model.paper import Link
from paper_digest.model.topic import Topic
from paper_digest.settings.config import Config
from paper_digest.settings.services import Mail
from paper_strategies import awkward, texts
from playwright.sync_api import Browser, Dialog
from playwright.sync_api import Request as BrowserRequest

SITE = "https://papers.example.org/archive/"
CONFIG = Config(title="Paper digest", url=SITE)
MAIL = Mail(sender="papers@example.org", host="localhost", to="list@lists.example.org")
TOPICS = (
    Topic("nlp", "Language"),
    Topic("agents", "Agents", parent="nlp"),
    Topic("vision", "Vision & video"),
)
READER = Recipient("reader@example.net", "reader@example.net")
ONE_CLICK = "List-Unsubscribe=One-Click"
NOW = datetime(2025, 11, 21, 13, 17, tzinfo=UTC)

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(2)">',
    "Ends\r\nBcc: everyone@example.org\r\n\r\nand a body",
    "=?utf-8?q?Hi=0D=0ABcc=3A_everyone=40example=2Eorg?=",
    '" onmouseover="alert(3)',
    "</td></table></body>",
    "\u202egnp.exe \u2067 \x00 \x1b[31m",
    "--=_boundary--",
    "{{ config }} {% raw %}",
    "O(n²) in $\\mathcal{O}(n^2)$ time",
    "مقالة عن النماذج اللغوية",
    "..",
)


def paper(number: int, day: str = "2025-11-20", **fields: object) -> CatalogEntry:
    """Make a paper of a list."""
    bare = f"2511.{number:05}"
    base: dict[str, Any] = {
        "id": f"arxiv:{bare}",
        "slug": bare,
        "title": f"Paper number {number}",
        "filing_date": day,
        "published": day,
        "authors": ("Ada Lovelace", "Emmy Noether"),
        "author_count": 0,
        "topics": (),
        "blurb": f"What paper {number} says.",
        "has_digest": False,
        "upvotes": None,
        "links": (),
    }
    made = base | dict[str, Any](fields)
    return CatalogEntry(**made | {"author_count": made["author_count"] or len(made["authors"])})


def issue_of(*papers: CatalogEntry, period: str = "2025-11-20", limit: int = 20) -> Issue:
    issue = newsletter.build_issue(Catalog(papers, TOPICS), period, CONFIG, limit)
    assert issue is not None
    return issue


def parsed(issue: Issue, mail: Mail = MAIL, to: Recipient | None = READER) -> EmailMessage:
    """Make the mail, and read it as any mail program would."""
    data = newsletter.build_message(issue, mail, to, NOW).as_bytes()
    found = message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def parts(mail: EmailMessage) -> tuple[str, str]:
    found = []
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        found.append(part.get_content().replace("\r\n", "\n"))
    return found[0], found[1]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_papers_stand_under_their_topic_in_the_order_of_topics() -> None:
    issue = issue_of(
        paper(1), paper(2, topics=("vision",)), paper(3, topics=("agents", "vision")), paper(4)
    )
    assert [(g.title, [p.title for p in g.papers]) for g in issue.sections] == [
        ("Language", ["Paper number 3"]),
        ("Vision & video", ["Paper number 2"]),
        ("Other topics", ["Paper number 1", "Paper number 4"]),
    ]
    assert issue.sections[0].url == f"{SITE}topics/nlp/"


def test_the_most_upvoted_stand_in_it_and_the_rest_are_counted() -> None:
    issue = issue_of(*(paper(n, upvotes=n) for n in range(1, 58)), limit=20)
    shown = [p.upvotes for group in issue.sections for p in group.papers]
    assert shown == list(range(57, 37, -1))
    assert issue.left_out_count == 37
    text, html = parts(parsed(issue))
    assert (
        "And 37 more papers of this day:\nhttps://papers.example.org/archive/dates/2025-11-20/"
        in text
    )
    link = BeautifulSoup(html, "html.parser").find("a", string=re.compile("And 37 more"))
    assert link
    assert link["href"] == f"{SITE}dates/2025-11-20/"


def test_a_week_takes_all_its_days_and_no_other() -> None:
    days = ("2025-11-16", "2025-11-17", "2025-11-20", "2025-11-23", "2025-11-24")
    papers = [paper(n, day) for n, day in enumerate(days)]
    issue = issue_of(*papers, period="2025-W47")
    assert issue.paper_count == 3
    assert issue.heading == "Week 47 of 2025"
    assert issue.page_url == f"{SITE}dates/2025-W47/"
    assert issue.first_day == "2025-11-17"


def test_a_period_without_papers_has_no_mail() -> None:
    catalog = Catalog([paper(1), paper(2, "2025"), paper(3, "")], TOPICS)
    assert newsletter.build_issue(catalog, "2025-11-19", CONFIG, 20) is None
    assert newsletter.build_issue(catalog, "", CONFIG, 20) is None


def test_facts_nobody_knows_leave_no_hole() -> None:
    bare = paper(1, title="", authors=(), author_count=0, blurb="")
    text, html = parts(parsed(issue_of(bare)))
    assert "arXiv:2511.00001" in text
    assert "author" not in text
    assert not [p for p in BeautifulSoup(html, "html.parser")("p") if not p.get_text(strip=True)]
    counted = issue_of(paper(1, authors=(), author_count=13)).sections[0].papers[0]
    assert counted.authors == "13 authors"
    many = issue_of(paper(1, authors=tuple("ABCDE"), author_count=5)).sections[0].papers[0]
    assert many.authors == "A, B, C and 2 more"


def test_both_parts_hold_every_paper() -> None:
    code = Link("code", "https://github.com/example/code?a=1&b=2")
    papers = [
        paper(n, title=title, upvotes=n, links=(code,), notice="retracted" if n == 1 else "")
        for n, title in enumerate((*HOSTILE, r"A \emph{bound} of $\alpha^2$ for Andr\'e"))
    ]
    text, html = parts(parsed(issue_of(*papers)))
    page = BeautifulSoup(html, "html.parser")
    addresses = {a["href"] for a in page("a")}
    for piece in (p for g in issue_of(*papers).sections for p in g.papers):
        for where in (text, page.get_text()):
            assert squeezed(piece.title) in squeezed(where)
            assert squeezed(piece.blurb) in squeezed(where)
            assert squeezed(piece.authors) in squeezed(where)
        assert piece.url in text
        assert piece.url in addresses
        assert code.url in text
        assert code.url in addresses
        assert f"https://arxiv.org/pdf/{piece.url.rstrip('/')[-10:]}" in addresses
    assert "A bound of α² for André" in text
    assert "10 upvotes" in text
    assert "▲\xa010" in page.get_text()
    assert text.count("[retracted]") == html.count("[retracted]") == 1


def test_the_plain_text_is_wrapped_but_for_addresses() -> None:
    words = "Long words of a long abstract that never ends, " * 9
    text, _ = parts(parsed(issue_of(paper(1, title=words, blurb=words, has_digest=True))))
    assert not [line for line in text.splitlines() if len(line) > 72 and "https://" not in line]


def test_headers_say_what_mail_programs_ask_for() -> None:
    mail = parsed(issue_of(paper(1, title="Äpfel und Birnen 🍐"), paper(2)))
    assert str(mail["From"]) == "Paper digest <papers@example.org>"
    assert str(mail["To"]) == "reader@example.net"
    assert str(mail["Subject"]) == "20 November 2025: Äpfel und Birnen 🍐 and 1 more"
    assert mail["Date"].datetime == NOW
    assert str(mail["List-Id"]) == "<day.digest.example.org>"
    assert str(mail["List-Archive"]) == f"<{SITE}>"
    assert str(mail["List-Unsubscribe"]) == "<mailto:papers@example.org?subject=unsubscribe>"
    assert mail["List-Unsubscribe-Post"] is None
    assert str(mail["Auto-Submitted"]) == "auto-generated"
    assert mail["Bcc"] is mail["Cc"] is None
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_mail_of_a_period_has_one_id_and_its_bytes_depend_on_nothing_else() -> None:
    first, second = issue_of(paper(1)), issue_of(paper(1), paper(2))
    assert parsed(first)["Message-ID"] == parsed(second)["Message-ID"]
    other = issue_of(paper(1, "2025-11-19"), period="2025-11-19")
    assert parsed(first)["Message-ID"] != parsed(other)["Message-ID"]
    made = [newsletter.build_message(first, MAIL, READER, NOW).as_bytes() for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("unsubscribe", "to", "address", "click"),
    [
        (
            "https://l.example.org/x?u={email}",
            ("a@b.org", "c@d.org"),
            "?u=reader%40example.net",
            ONE_CLICK,
        ),
        ("https://l.example.org/leave", "list@l.example.org", "/leave", ONE_CLICK),
        # One address for several readers cannot tell who clicked (RFC 8058, section 3.2).
        ("https://l.example.org/leave", ("a@b.org", "c@d.org"), "/leave", None),
        ("mailto:leave@l.example.org", "list@l.example.org", "leave@l.example.org", None),
        ("https://l.example.org/" + "long" * 60, "list@l.example.org", "long" * 60, ONE_CLICK),
    ],
)
def test_unsubscribing(
    unsubscribe: str, to: str | tuple[str, ...], address: str, click: str | None
) -> None:
    settings = Mail(sender="P <p@example.org>", host="h", to=to, unsubscribe=unsubscribe)
    mail = parsed(issue_of(paper(1)), settings)
    leave = str(mail["List-Unsubscribe"]).strip("<>")
    assert leave.endswith(address)
    assert mail["List-Unsubscribe-Post"] == click
    text, html = parts(mail)
    assert f"Unsubscribe: {leave}" in text
    link = BeautifulSoup(html, "html.parser").find("a", string="unsubscribe")
    assert link
    assert link["href"] == leave


def test_text_of_other_scripts_says_its_language_and_direction() -> None:
    hebrew, english = "אריגה ומספרים: מבוא קצר", "Looms that count"
    papers = (paper(1, title=hebrew, blurb=hebrew, authors=("דנה כהן",)), paper(2, title=english))
    _, html = parts(parsed(issue_of(*papers)))
    page = BeautifulSoup(html, "html.parser")
    titles = {str(h3.get_text()): h3 for h3 in page("h3")}
    assert (titles[hebrew]["lang"], titles[hebrew]["dir"]) == ("he", "auto")
    assert "lang" not in titles[english].attrs
    assert [p.get_text() for p in page("p", lang="he")] == ["דנה כהן", hebrew]


@given(st.lists(st.one_of(texts, awkward, st.sampled_from(HOSTILE)), min_size=1, max_size=4))
def test_no_text_of_a_paper_acts_in_a_mail(words: list[str]) -> None:
    papers = [
        paper(n, title=w, blurb=w, authors=(w,), upvotes=9 - n, topics=("vision",))
        for n, w in enumerate(words)
    ]
    usual = issue_of(*(paper(n, topics=("vision",)) for n, _ in enumerate(words)))
    mail = parsed(issue_of(*papers))
    assert mail.keys() == parsed(usual).keys()
    assert not mail.defects
    assert len(list(mail.walk())) == 3
    _, html = parts(mail)
    page = BeautifulSoup(html, "html.parser")
    for made in page.find_all():
        assert made.name not in {"script", "img", "iframe", "object", "link", "form", "svg"}
        assert not [name for name in made.attrs if name.startswith("on")]
    addresses = {str(a["href"]) for a in page("a")}
    assert all(a.startswith((SITE, "https://arxiv.org/pdf/", "mailto:papers@")) for a in addresses)


@given(st.one_of(texts.filter(str.strip), awkward, st.sampled_from(HOSTILE)))
def test_no_name_of_an_archive_changes_who_sends(title: str) -> None:
    catalog = Catalog([paper(1)], ())
    issue = newsletter.build_issue(catalog, "2025-11-20", Config(title=title, url=SITE), 20)
    assert issue
    mail = parsed(issue)
    assert mail.keys() == parsed(issue_of(paper(1))).keys()
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "papers@example.org"
    assert squeezed(sender.display_name) == squeezed(issue.title.replace("=?", "= ?"))


def test_what_is_not_an_address_of_the_web_is_no_link() -> None:
    bad = Link("code", "javascript:alert(1)")
    text, html = parts(parsed(issue_of(paper(1, links=(bad,)))))
    assert "javascript" not in text + html


def due(
    *days: str,
    mailed: tuple[str, ...] = (),
    failed: tuple[str, ...] = (),
    today: str = "2025-11-24",
) -> tuple[str, ...]:
    catalog = Catalog([paper(n, day) for n, day in enumerate(days)], ())
    return newsletter.due_periods(catalog, "day", date.fromisoformat(today), mailed, failed)


def test_days_are_due_when_they_are_over_and_once() -> None:
    week = ("2025-11-20", "2025-11-21", "2025-11-22", "2025-11-24")
    assert due(*week) == ("2025-11-22",)
    assert due(*week, mailed=("2025-11-20",)) == ("2025-11-21", "2025-11-22")
    assert due(*week, mailed=("2025-11-22", "2025-W47")) == ()
    assert due(*week, mailed=("2025-10-01",)) == week[:3]
    assert due("2025-11-10", "2024-11-20") == ()


def test_a_day_that_a_later_mail_passed_by_is_due() -> None:
    week = ("2025-11-19", "2025-11-20", "2025-11-21", "2025-11-22")
    assert due(*week, mailed=("2025-11-19", "2025-11-22")) == week[1:3]
    assert due(*week, mailed=("2025-11-21",), failed=("2025-11-20",)) == (week[1], week[3])
    assert due(*week, failed=("2025-11-21",)) == week[2:]


def test_a_week_is_due_when_it_is_the_last() -> None:
    catalog = Catalog([paper(1, "2025-11-20")], ())
    for day, expected in ((23, ()), (24, ("2025-W47",)), (30, ("2025-W47",))):
        assert newsletter.due_periods(catalog, "week", date(2025, 11, day), ()) == expected
    assert newsletter.due_periods(catalog, "week", date(2025, 12, 1), ()) == ()
    assert newsletter.due_periods(catalog, "week", date(2025, 11, 24), ("2025-W47",)) == ()
    for day, expected in (
        (1, ("2025-W47",)),
        (8, ()),
    ):  # all days of the week after, no server took it
        late = newsletter.due_periods(catalog, "week", date(2025, 12, day), (), ("2025-W47",))
        assert late == expected


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)))
def test_a_weeks_name_is_of_its_first_day(day: date) -> None:
    name = newsletter.period_name("week", day)
    first = date.fromisoformat(name)
    assert first.weekday() == 0
    assert first <= day < first + timedelta(7)


def _append_url(urls: list[str], request: BrowserRequest) -> None:
    urls.append(request.url)


def _append_message(messages: list[str], dialog: Dialog) -> None:
    messages.append(dialog.message)


@pytest.mark.browser
def test_a_browser_shows_it_at_every_width_and_asks_for_nothing(browser: Browser) -> None:
    long = paper(90, title="Donaudampfschifffahrt" * 9, authors=("A" * 90,), blurb="b" * 300)
    papers = [paper(n, title=title, upvotes=n) for n, title in enumerate(HOSTILE)]
    _, html = parts(parsed(issue_of(long, *papers, limit=50)))
    for width in (320, 390, 600, 1200):
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            asked: list[str] = []
            page.on("request", functools.partial(_append_url, asked))
            page.on("dialog", functools.partial(_append_message, asked))
            page.set_content(html, wait_until="load")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("document.querySelector('h1').offsetWidth") <= 600
            paint = "getComputedStyle(document.body).backgroundColor"
            dark = page.evaluate(paint) == "rgb(22, 24, 27)"
            assert dark is (scheme == "dark")
            assert asked == []
            page.close()
