"""A site brought by rclone to an S3-compatible store: moto's server, on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from other_programs import program, run
from paper_digest.deliver.publish import publish_site
from paper_digest.deliver.transport import PublishError
from small_sites import NEW, OLD, site_files, write_site
from temporary_project import digest

#: Until a server that does not answer counts as failed.
_PATIENCE_S = 120


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server; yields its address, a bucket `papers` in it."""
    program("rclone", "rclone")
    log = tmp_path_factory.mktemp("store") / "log"
    command = [program("moto_server", "none; pip install moto[s3,server]"), "-p", "0"]
    with log.open("wb") as file:
        server = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)
    try:
        address = _address(server, log)
        assert httpx.put(f"{address}/papers").is_success
        yield address
    finally:
        server.terminate()
        server.wait()


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until the server has said where it listens."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        for word in log.read_text("utf-8", "replace").split():
            if word.startswith("http://127.0.0.1:"):
                return word
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace"))


@pytest.fixture
def rclone(store: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Give the environment what AWS's programs take; returns how rclone is asked about the store."""
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    given = {
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_ENDPOINT_URL": store,
    }
    for name, value in {**given, "RCLONE_CONFIG": os.devnull}.items():
        monkeypatch.setenv(name, value)
    settings = ("--s3-provider=Other", "--s3-env-auth", f"--s3-endpoint={store}")

    def ask(*words: str, text: str = "") -> str:
        answer = run("rclone", *settings, *words, text=text)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    return ask


def test_the_store_becomes_the_site_and_nothing_is_sent_twice(
    rclone: Callable[..., str], tmp_path: Path
) -> None:
    def held(folder: str) -> dict[str, str]:
        rclone("copy", ":s3:papers/www", str(tmp_path / folder))
        return site_files(tmp_path / folder)

    old, new = write_site(tmp_path / "old", OLD), write_site(tmp_path / "new", NEW)
    assert publish_site(old, "s3://papers/www") == len(OLD)
    assert publish_site(old, "s3://papers/www/") == 0
    assert held("first") == OLD
    rclone("rcat", ":s3:papers/www/other.txt", text="mine")
    publish_site(new, "s3://papers/www")
    assert held("second") == NEW | {"other.txt": "mine"}
    [page] = json.loads(rclone("lsjson", ":s3:papers/www/index.html"))
    assert page["MimeType"].startswith("text/html")


def test_a_bucket_that_is_not_there_is_named_and_not_made(
    rclone: Callable[..., str], tmp_path: Path
) -> None:
    site = write_site(tmp_path / "site", OLD)
    with pytest.raises(PublishError, match="NoSuchBucket"):
        publish_site(site, "s3://mistyped/www")
    assert rclone("lsf", ":s3:").split() == ["papers/"]


@pytest.mark.usefixtures("rclone")
def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    write_site(tmp_path / "site", OLD)
    (tmp_path / "archive.yml").write_text("title: Boats\n")
    ran = digest(tmp_path, "publish", "s3://papers/command")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"{len(OLD)} files sent or deleted; s3://papers/command is up to date." in ran.stdout
