"""The server for programs, asked by the SDK's own client: a built site over stdio, and the same site where it is published."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from paper_digest.deliver.agents.published_archive import PublishedArchive
from paper_digest.deliver.agents.site_files import WebFiles
from paper_digest.text.token_estimate import MAX_ANSWER_BYTES

pytest.importorskip(
    "mcp", reason="the package mcp is not installed: pip install 'paper-digest[mcp]'"
)

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from paper_digest.deliver.agents.mcp_server import make_server

pytestmark = [pytest.mark.site]

KNOWN = "1706.03762"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("about", {}),
    ("search", {"query": "attention is all you need"}),
    ("search", {"query": "network", "order": "date", "first": 2}),
    ("get_paper", {"paper": f"https://arxiv.org/abs/{KNOWN}v5"}),
    ("list_papers", {"topic": "vision"}),
    ("list_papers", {"author": "Vaswani"}),
    ("list_papers", {"day": "2017-06-12"}),
    ("related", {"paper": KNOWN}),
    ("cite", {"paper": KNOWN}),
    ("cite", {"paper": KNOWN, "form": "csl-json"}),
    ("new_since", {"day": "2000-01-01"}),
    ("get_paper", {"paper": "2999.99999"}),
    ("get_paper", {"paper": "../../secret"}),
]

Said = list[tuple[bool, str]]


async def _ask(client: Client) -> tuple[list[Any], Said]:
    async with client:
        tools = list((await client.list_tools()).tools)
        results = [await client.call_tool(name, given) for name, given in CALLS]
    return tools, [
        (bool(one.is_error), str(getattr(one.content[0], "text", ""))) for one in results
    ]


def _over_stdio(project: Path) -> tuple[list[Any], Said]:
    run = "from paper_digest.cli.main import main; main()"
    command = StdioServerParameters(
        command=sys.executable, args=["-c", run, "mcp", "--root", str(project)]
    )

    async def ask() -> tuple[list[Any], Said]:
        return await _ask(Client(stdio_client(command)))

    return _run(ask)


def _run(ask: Callable[[], Awaitable[tuple[list[Any], Said]]]) -> tuple[list[Any], Said]:
    """Ask in a thread of its own: the browser of other tests has an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, ask).result()


def test_a_site_answers_over_stdio_and_at_its_address_alike(
    reading: Path, address: str, tmp_path: Path
) -> None:
    tools, said = _over_stdio(reading.parent)
    assert {tool.name for tool in tools} == {name for name, _ in CALLS}
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    assert [is_error for is_error, _ in said] == [False] * 11 + [True] * 2
    assert max(len(text.encode()) for _, text in said) <= MAX_ANSWER_BYTES
    answers = [json.loads(text) for _, text in said[:11]]
    assert answers[1]["papers"][0]["paper"] == KNOWN
    assert answers[3]["title"] == "Attention Is All You Need"
    assert KNOWN in {row["paper"] for row in answers[5]["papers"]}
    assert answers[7]["papers"]
    bibtex = (reading / "papers" / f"{KNOWN}.bib").read_text("utf-8")
    assert answers[8]["citation"] == bibtex
    assert answers[9]["citation"]["id"] in bibtex
    with WebFiles(address, tmp_path) as files:

        async def ask() -> tuple[list[Any], Said]:
            return await _ask(Client(make_server(PublishedArchive(files))))

        assert _run(ask)[1] == said
