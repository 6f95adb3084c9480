"""The setting ``summaries``: which language model writes digests, in what words, and at what cost at most."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from paper_digest.model.errors import Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields

#: The environment variable that holds the service's key; no file of the archive does.
KEY_VARIABLE = "DIGEST_MODEL_KEY"

#: What each paragraph of a digest is called.
DEFAULT_LABELS = ("Claim", "How", "How well", "Not shown")

_MAX_TEXT_CHARACTERS = 100
#: The least and the greatest value of each number.
NUMBER_BOUNDS = {
    "max_papers": (1, 100_000),
    "max_tokens": (1_000, 1_000_000_000),
    "max_cost": (0, 1_000_000),
    "input_price": (0, 1_000_000),
    "output_price": (0, 1_000_000),
    "timeout": (1, 3_600),
}
#: What the program itself says in each request.
_FIXED_PARAMETERS = frozenset({"messages", "model", "stream", "n"})


class Summaries(StrictStruct, frozen=True):
    """How ``digest summarise`` asks for digests; off without it.

    Attributes:
        url: where the service's interface of OpenAI's form begins: ``http://localhost:11434/v1``.
        model: the model's name there, which readers see.
        language: what the digests are written in, as one says it in English.
        labels: what the four paragraphs are called: claim, how, how well, what is not shown.
        max_papers: papers asked about in one run.
        max_tokens: tokens of one run, those of the prompts and of the answers together.
        max_cost: money for one run, in the currency of the prices; 0 for no limit.
        input_price: of a million tokens of prompts. ``output_price``: the same of answers.
        timeout: seconds for one answer.
        options: further parameters of each request; ``null`` leaves one of the program's own out.
    """

    url: str
    model: str
    language: str = "English"
    labels: tuple[str, str, str, str] = DEFAULT_LABELS
    max_papers: int = 50
    max_tokens: int = 200_000
    max_cost: float = 0
    input_price: float = 0
    output_price: float = 0
    timeout: int = 180
    options: dict[str, Any] = msgspec.field(default_factory=dict)

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """Return what so many tokens cost, in the currency of the prices."""
        return (input_tokens * self.input_price + output_tokens * self.output_price) / 1_000_000


def summaries_problems(settings: Summaries) -> Iterator[Problem]:
    """Find what the types cannot refuse."""
    if not fields.is_service_url(settings.url):
        cure = "write it whole, as in http://localhost:11434/v1 or https://api.example.org/v1"
        yield Problem("summaries.url", f"is no web address: {settings.url!r}", cure=cure)
    elif settings.url.startswith("http:") and not is_own_network(settings.url):
        what = "sends papers and the key unencrypted over the internet"
        yield Problem("summaries.url", what, cure="write https://...")
    for name, text in [
        ("model", settings.model),
        ("language", settings.language),
        *(("labels", label) for label in settings.labels),
    ]:
        if fields.one_line(text) != text or not 0 < len(text) <= _MAX_TEXT_CHARACTERS:
            cure = f"write 1 to {_MAX_TEXT_CHARACTERS} characters on one line"
            yield Problem(f"summaries.{name}", "is no name", cure=cure)
    for name, (least, greatest) in NUMBER_BOUNDS.items():
        if not least <= getattr(settings, name) <= greatest:
            what = f"is not between {least:,} and {greatest:,}"
            yield Problem(f"summaries.{name}", what, cure="leave it out for the default")
    if settings.max_cost and not (settings.input_price or settings.output_price):
        cure = "give input_price and output_price, of a million tokens"
        yield Problem("summaries.max_cost", "limits what has no price", cure=cure)
    for name in sorted(_FIXED_PARAMETERS & settings.options.keys()):
        what = f"holds {name}, which the program writes itself"
        yield Problem("summaries.options", what, cure="leave it out")
    try:
        msgspec.json.encode(settings.options)
    except (TypeError, ValueError, OverflowError):
        cure = "write numbers, texts, lists and mappings of texts"
        yield Problem("summaries.options", "holds a value that is no JSON", cure=cure)


def is_own_network(url: str) -> bool:
    """Tell whether an address leads to this machine or its own network: by number, or a name without dots."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".lan"))
