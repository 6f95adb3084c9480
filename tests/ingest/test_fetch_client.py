"""The fetcher against a real server on loopback that serves answers and faults."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback_server import JSON, FakeTime, Reply, Server, drip, hang_up, send
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from reserved_port import reserved_port


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def elsewhere() -> Iterator[Server]:
    """A server under another host name."""
    running = Server("localhost")
    yield running
    running.stop()


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


def quick(**more: object) -> Politeness:
    """Manners for loopback: no pause between calls."""
    return Politeness(**{"interval_s": 0.0, "contact": "me@example.org", **more})  # type: ignore[arg-type]


def refused(fetcher: HttpFetcher, request: Request, what: str | None = None) -> SourceError:
    """Ask for what cannot be had and return the error."""
    with pytest.raises(SourceError, match=what) as caught:
        fetcher.get(request)
    return caught.value


def test_an_answer_comes_whole_and_says_when(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    request = server.on("/a?b=c", send())
    with HttpFetcher(
        quick(site="https://papers.example.org/"), tmp_path, environment=fake.world
    ) as fetcher:
        answer = fetcher.get(request)
    assert answer.data == JSON
    assert answer.url == request.url
    assert answer.fetched_at == "2026-03-02T12:00:00+00:00"
    assert not answer.unchanged
    agent = server.calls[0][1]["User-Agent"]
    assert agent == "paper-digest/0.1.0 (+https://papers.example.org/; mailto:me@example.org)"


def test_calls_share_one_connection_and_keep_their_distance(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    with HttpFetcher(quick(interval_s=1.5), tmp_path, environment=fake.world) as fetcher:
        for name in ("/1", "/2", "/3"):
            fetcher.get(server.on(name, send()))
    assert fake.slept == [1.5, 1.5]
    assert len(server.connections) == 1


@pytest.mark.parametrize("status", [406, 429, 500, 502, 503, 504])
def test_passing_trouble_is_waited_out(
    server: Server, tmp_path: Path, fake: FakeTime, status: int
) -> None:
    request = server.on("/", send(b"busy", status), send(b"busy", status), send())
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        assert fetcher.get(request).data == JSON
    assert fake.slept == [2.5, 5.0]  # 2 s and 4 s, and a quarter more by chance


def test_retry_after_in_seconds_and_as_a_date_is_kept(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    dated = "Mon, 02 Mar 2026 12:02:00 GMT"
    request = server.on(
        "/", send(b"", 429, Retry_After="40"), send(b"", 503, Retry_After=dated), send()
    )
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        assert fetcher.get(request).data == JSON
    assert fake.slept == [40.0, 80.0]


def test_a_server_that_asks_for_hours_is_left_alone(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    first = server.on("/1", send(b"", 429, Retry_After="7200"))
    second = server.on("/2", send())
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        for request in (first, second):
            refused(fetcher, request, "asks to be left alone for 7200 s")
    assert fake.slept == []
    assert len(server.calls) == 1


def test_tries_end_and_the_error_says_what_came(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    request = server.on("/", send(b"", 503))
    with HttpFetcher(quick(max_tries=3), tmp_path, environment=fake.world) as fetcher:
        caught = refused(fetcher, request, r"no answer in 3 tries.*503")
    assert caught.where == request.url
    assert "again later" in caught.cure
    assert len(server.calls) == 3


def test_a_host_that_fails_twice_is_not_asked_again(
    server: Server, elsewhere: Server, tmp_path: Path, fake: FakeTime
) -> None:
    requests = [server.on(path, send(b"", 503)) for path in ("/1", "/2", "/3")]
    with HttpFetcher(quick(max_tries=2), tmp_path, environment=fake.world) as fetcher:
        for request in requests:
            refused(fetcher, request)
        assert fetcher.get(elsewhere.on("/", send())).data == JSON
    assert [path for path, _ in server.calls] == ["/1", "/1", "/2", "/2"]


def test_the_budget_ends_a_run(server: Server, tmp_path: Path, fake: FakeTime) -> None:
    request = server.on("/", send(b"", 503))
    with HttpFetcher(quick(budget_s=10, max_tries=99), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request, r"time of this run \(10 s\) is used up")
    assert sum(fake.slept) < 10


@pytest.mark.parametrize("wait_s", [1, 20, 90])
def test_all_tries_of_an_address_together_have_an_end(
    server: Server, tmp_path: Path, fake: FakeTime, wait_s: int
) -> None:
    sick = server.on("/sick", send(b"", 503, Retry_After=str(wait_s)))
    manners = quick(address_timeout_s=100.0, max_tries=99)
    with HttpFetcher(manners, tmp_path, environment=fake.world) as fetcher:
        caught = refused(fetcher, sick, r"no answer in (one try|\d+ tries); the last time: HTTP")
        assert "again later" in caught.cure
        assert 0 < sum(fake.slept) < 100
        refused(fetcher, sick)
        refused(fetcher, sick, "gave no answer before in this run")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204])
def test_a_refusal_is_final(server: Server, tmp_path: Path, fake: FakeTime, status: int) -> None:
    request = server.on("/", send(b"", status))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request, f"HTTP status {status}")
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(hang_up, id="no answer at all"),
        pytest.param(send(JSON[:5], length=len(JSON)), id="cut in the middle"),
        pytest.param(send(gzip.compress(JSON * 99)[:-12], Content_Encoding="gzip"), id="gzip cut"),
        pytest.param(send(b"no gzip", Content_Encoding="gzip"), id="no gzip"),
        pytest.param(
            send(gzip.compress(JSON)[:-8] + b"01234567", Content_Encoding="gzip"), id="wrong sum"
        ),
        pytest.param(send(JSON, Content_Encoding="br"), id="packing not asked for"),
        pytest.param(send(b" \n"), id="empty"),
    ],
)
def test_half_an_answer_is_none_and_is_asked_for_again(
    server: Server, tmp_path: Path, fake: FakeTime, broken: Reply
) -> None:
    request = server.on("/", broken, send())
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        assert fetcher.get(request).data == JSON
    assert len(server.calls) == 2


def test_half_an_answer_is_never_kept(server: Server, tmp_path: Path, fake: FakeTime) -> None:
    request = server.on("/", send(JSON[:5], length=len(JSON)))
    with HttpFetcher(quick(max_tries=2), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request)
    assert list(tmp_path.iterdir()) == []


def test_gzip_is_unpacked(server: Server, tmp_path: Path, fake: FakeTime) -> None:
    two_members = gzip.compress(JSON) + gzip.compress(b"\n")
    request = server.on("/", send(two_members, Content_Encoding="gzip"))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        assert fetcher.get(request).data == JSON + b"\n"


def test_members_of_gzip_longer_than_a_piece_and_without_content_are_passed(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    many = gzip.compress(b"") * 1000 + gzip.compress(JSON) + gzip.compress(b" ") * 300
    request = server.on("/", send(many, Content_Encoding="gzip"))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        assert fetcher.get(request).data == JSON + b" " * 300


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(send(b"x" * 5000), id="as sent"),
        pytest.param(send(gzip.compress(b"x" * 5000), Content_Encoding="gzip"), id="unpacked"),
    ],
)
def test_an_answer_has_a_largest_size(
    server: Server, tmp_path: Path, fake: FakeTime, reply: Reply
) -> None:
    request = server.on("/", reply)
    with HttpFetcher(quick(max_bytes=1000), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request, "larger than 1,000 bytes")
    assert len(server.calls) == 1


def test_a_silent_server_is_cut_off(server: Server, tmp_path: Path, fake: FakeTime) -> None:
    over = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        over.wait(30)
        handler.close_connection = True

    request = server.on("/", silent, send())
    with HttpFetcher(quick(timeout_s=1), tmp_path, environment=fake.world) as fetcher:
        assert fetcher.get(request).data == JSON
    over.set()


def test_a_dripping_server_is_cut_off(server: Server, tmp_path: Path) -> None:
    request = server.on("/", drip)
    slow = Environment(sleep=lambda _: None)
    with HttpFetcher(
        quick(answer_timeout_s=0.2, max_tries=1), tmp_path, environment=slow
    ) as fetcher:
        refused(fetcher, request, "too slowly")


def test_nobody_listening_is_a_clear_error(tmp_path: Path, fake: FakeTime) -> None:
    with (
        reserved_port() as port,
        HttpFetcher(quick(max_tries=2), tmp_path, environment=fake.world) as fetcher,
    ):
        refused(fetcher, Request(f"http://127.0.0.1:{port}/"), "no answer in 2 tries")


def test_redirects_are_followed(server: Server, elsewhere: Server, tmp_path: Path) -> None:
    there = elsewhere.on("/there", send())
    request = server.on("/a", send(b"", 301, Location="/b"))
    server.on("/b", send(b"", 307, Location=there.url))
    with HttpFetcher(quick(), tmp_path) as fetcher:
        answer = fetcher.get(request)
    assert answer.data == JSON
    assert answer.url == request.url


def test_a_redirect_loop_ends(server: Server, tmp_path: Path, fake: FakeTime) -> None:
    request = server.on("/a", send(b"", 302, Location="/b"))
    server.on("/b", send(b"", 302, Location="/a"))
    with HttpFetcher(quick(max_redirects=4), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request, "more than 4 redirects")
    assert len(server.calls) == 5


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "http://[x/"])
def test_a_redirect_out_of_the_web_is_refused(
    server: Server, tmp_path: Path, fake: FakeTime, target: str
) -> None:
    request = server.on("/a", send(b"", 302, Location=target))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request, "no web address")


def test_a_login_page_elsewhere_is_named(
    server: Server, elsewhere: Server, tmp_path: Path, fake: FakeTime
) -> None:
    page = b"<!doctype html><title>Sign in</title>"
    login = elsewhere.on("/login", send(page, Content_Type="text/html; charset=utf-8"))
    request = server.on("/api", send(b"", 302, Location=login.url))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request, "web page on localhost, perhaps to log in")
    assert list(tmp_path.iterdir()) == []


def test_a_web_page_does_not_push_out_the_good_answer(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    request = server.on("/", send(), send(b"<html>We are down</html>"))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        fetcher.get(request)
        assert b"We are down" in fetcher.get(request).data
    with HttpFetcher(quick(), tmp_path, replay=True) as fetcher:
        assert fetcher.get(request).data == JSON


def test_what_did_not_change_is_not_sent_again(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    then = "Sun, 01 Mar 2026 00:00:00 GMT"
    request = server.on("/", send(ETag='"7"', Last_Modified=then), send(b"", 304))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        fetcher.get(request)
    fake.sleep(3600)
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        answer = fetcher.get(request)
    assert answer.data == JSON
    assert answer.unchanged
    assert answer.fetched_at == "2026-03-02T13:00:00+00:00"
    asked = server.calls[1][1]
    assert asked["If-None-Match"] == '"7"'
    assert asked["If-Modified-Since"] == then


def test_a_tag_no_request_can_carry_is_no_tag(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    request = server.on("/", send(ETag='"\xe9"', Last_Modified="\xe9"), send())
    for _ in range(2):
        with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
            assert fetcher.get(request).data == JSON
    assert "If-None-Match" not in server.calls[1][1]
    assert "If-Modified-Since" not in server.calls[1][1]


@pytest.mark.parametrize("seconds", ["9" * 400, "9" * 9])
def test_a_wait_beyond_all_clocks_does_not_end_the_run(
    server: Server, tmp_path: Path, fake: FakeTime, seconds: str
) -> None:
    request = server.on("/", send(b"", 503, Retry_After=seconds))
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        refused(fetcher, request)


def test_the_same_bytes_sent_again_are_unchanged_too(server: Server, tmp_path: Path) -> None:
    request = server.on("/", send(), send(), send(b"[]"))
    with HttpFetcher(quick(), tmp_path) as fetcher:
        assert [fetcher.get(request).unchanged for _ in range(3)] == [False, True, False]


def test_replay_reads_what_was_kept_and_opens_no_socket(
    server: Server, tmp_path: Path, fake: FakeTime
) -> None:
    request = server.on("/", send())
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        first = fetcher.get(request)
    with HttpFetcher(quick(), tmp_path, replay=True) as fetcher:
        assert fetcher.get(request) == first
        refused(fetcher, Request(server.base + "/other"), "without --replay")
    assert len(server.calls) == 1


def test_old_answers_are_pruned(server: Server, tmp_path: Path, fake: FakeTime) -> None:
    old, new = server.on("/old", send()), server.on("/new", send())
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        fetcher.get(old)
        fake.sleep(timedelta(days=31).total_seconds())
    with HttpFetcher(quick(), tmp_path, environment=fake.world) as fetcher:
        fetcher.get(new)
        assert fetcher.prune(30) == 1
    with HttpFetcher(quick(), tmp_path, replay=True) as fetcher:
        assert fetcher.get(new).data == JSON
        refused(fetcher, old)


@pytest.mark.parametrize("url", ["ftp://example.org/", "papers.bib", "http:///x", "http://[x"])
def test_only_the_web_is_asked(tmp_path: Path, url: str) -> None:
    with HttpFetcher(quick(), tmp_path) as fetcher:
        refused(fetcher, Request(url), "no web address")
