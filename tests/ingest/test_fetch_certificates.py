"""Servers with certificates nobody vouches for, or somebody only here does."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from loopback_server import FakeTime, Server, send
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import HostSilentError
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError

AUTHORITY = trustme.CA()


@pytest.fixture
def server() -> Iterator[Server]:
    """An HTTPS server with a certificate of an authority of its own."""
    running = Server("localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    running.http.socket = context.wrap_socket(running.http.socket, server_side=True)
    running.base = running.base.replace("http:", "https:")
    yield running
    running.stop()


def fetch(server: Server, folder: Path, fake: FakeTime) -> bytes:
    with HttpFetcher(Politeness(interval_s=0.0), folder, environment=fake.world) as fetcher:
        return fetcher.get(server.on("/x", send(b"[1]"))).data


def test_a_certificate_nobody_vouches_for_is_named_at_once(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    fake = FakeTime()
    with pytest.raises(HostSilentError, match="certificate is not trusted") as caught:
        fetch(server, tmp_path, fake)
    assert "SSL_CERT_FILE" in caught.value.cure
    assert caught.value.where == f"{server.base}/x"
    assert fake.slept == [], "trying again mends no certificate"


def test_an_authority_of_ones_own_is_believed(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "own.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
    assert fetch(server, tmp_path, FakeTime()) == b"[1]"


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_holds_no_certificate_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "own.pem"
    if content:
        path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(ConfigError, match=r"SSL_CERT_FILE=.*own\.pem"):
        HttpFetcher(Politeness(), tmp_path).get(Request("https://localhost/"))
