"""A Chromium and a server like GitHub Pages', for measuring."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import ssl
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
#: Bits a second and milliseconds a request.
NETWORKS = {
    "4G": (9_000_000, 85),
    "slow 4G": (1_600_000, 150),  # as Lighthouse has it
    "3G": (1_600_000, 150),
    "cable": (5_000_000, 28),
}


class Site:
    """A folder served over HTTP/2, and a browser that trusts it."""

    def __init__(self, base: str, cert: str, browser: Browser) -> None:
        """Take the server's address, the path of its certificate, and a running browser."""
        self.base = base
        self._cert = cert
        self._browser = browser

    @contextmanager
    def page(self, network: str = "") -> Iterator[Page]:
        """Open the asking page in a new profile, throttled once it is open."""
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(f"{self.base}/ask.html")
        self.throttle(page, network)
        self.sent()
        yield page
        context.close()

    @staticmethod
    def throttle(page: Page, network: str, slower: int = 1) -> None:
        """Slow the page's network down, which reaches its workers too, and its processor so many times."""
        if not network:
            return
        bits, latency = NETWORKS[network]
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        rate = bits / 8
        conditions = {
            "offline": False,
            "latency": latency,
            "downloadThroughput": rate,
            "uploadThroughput": rate,
        }
        session.send("Network.emulateNetworkConditions", conditions)
        if slower > 1:
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def sent(self) -> dict[str, int]:
        """Tell the bytes and requests sent since this was asked last."""
        context = ssl.create_default_context(cafile=self._cert)
        with urllib.request.urlopen(f"{self.base}/__sent", context=context) as answer:  # noqa: S310 - our own server
            sent: dict[str, int] = json.load(answer)
        return sent


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a folder and start a browser for it; needs node and openssl."""
    (folder / "ask.html").write_text(
        "<!doctype html><title>ask</title><script src=ask.js></script>"
    )
    shutil.copy(HERE / "ask.js", folder / "ask.js")
    with tempfile.TemporaryDirectory() as keys:
        cert, key = f"{keys}/cert.pem", f"{keys}/key.pem"
        _run(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost",
            "-keyout",
            key,
            "-out",
            cert,
        )
        public = _run("openssl x509 -pubkey -noout", "-in", cert)
        der = base64.b64decode("".join(public.decode().split("\n")[1:-2]))
        pin = base64.b64encode(hashlib.sha256(der).digest()).decode()
        server = subprocess.Popen(
            ["node", str(HERE / "server.mjs"), str(folder), cert, key],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            port = int(server.stdout.readline()) if server.stdout else 0
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"),
                    args=[*FLAGS, f"--ignore-certificate-errors-spki-list={pin}"],
                )
                yield Site(f"https://localhost:{port}", cert, browser)
                browser.close()
        finally:
            server.terminate()


def _run(command: str, *more: str) -> bytes:
    return subprocess.run([*command.split(), *more], check=True, capture_output=True).stdout
