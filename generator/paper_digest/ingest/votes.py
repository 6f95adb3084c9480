"""Counts the votes on proposals of the reading group: thumbs up on their issues, asked of GitHub's REST interface."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from paper_digest.ingest.commands import answer_cache_folder
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Fetcher, HostSilentError
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.settings.config import Config, load_config
from paper_digest.store.files import Store
from paper_digest.store.proposals import MAX_NUMBER, Proposal, load_proposals, write_votes

#: The environment variables of a workflow (docs.github.com, "Default environment variables").
API_VARIABLE, REPOSITORY_VARIABLE, TOKEN_VARIABLE = (
    "GITHUB_API_URL",
    "GITHUB_REPOSITORY",
    "GITHUB_TOKEN",
)
_API = "https://api.github.com"
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+\Z")

#: An issue has 65,536 characters at most, which its answer may hold escaped.
MAX_ISSUE_BYTES = 2**20
#: Seconds for all issues together.
VOTES_BUDGET_S = 600.0


class _Reactions(msgspec.Struct, frozen=True):
    """docs.github.com, REST, "Reaction rollup"; the part that counts."""

    thumbs_up: int = msgspec.field(name="+1")


class _Issue(msgspec.Struct, frozen=True):
    """docs.github.com, REST, "Get an issue"; the parts that are read."""

    number: int
    reactions: _Reactions


class VotesReport(NamedTuple):
    """How many issues were asked for, how many proposals have other votes now, and what went wrong."""

    asked: int
    changed: int
    problems: tuple[Problem, ...]


def count_votes(
    root: Path,
    variables: Mapping[str, str] = os.environ,
    environment: Environment | None = None,
    show_wait: Callable[[str], None] | None = None,
) -> VotesReport:
    """Ask for the votes on all proposals that have an issue, and write those that came.

    Args:
        root: the project's folder.
        variables: of the environment: interface, repository and token, as a workflow has them.
        environment: clock and sleep.
        show_wait: is told what is waited for.

    Raises:
        ConfigError: nobody says which repository at GitHub the issues are of, or the file cannot be rewritten.
        LockedError: another run is writing.
    """
    config, store = load_config(root), Store(root / "archive")
    problems: list[Problem] = []
    numbers = _issue_numbers(load_proposals(store.root, problems))
    if not numbers:
        return VotesReport(0, 0, tuple(problems))
    issues = _issues_url(config, variables)
    manners = Politeness(
        contact=config.contact,
        site=config.url,
        max_tries=2,
        budget_s=VOTES_BUDGET_S,
        max_bytes=MAX_ISSUE_BYTES,
        later_cure="run `digest votes` again later; the votes that came are written",
        address_cure=(
            f"see in a browser that the issue is there, whether `repository` in archive.yml names its repository, "
            f"and for a private one that {TOKEN_VARIABLE} may read issues"
        ),
    )
    token = variables.get(TOKEN_VARIABLE, "").strip()
    folder = answer_cache_folder(root)
    with HttpFetcher(
        manners, folder, environment=environment, token=token, show_wait=show_wait
    ) as fetcher:
        votes = _votes(numbers, issues, fetcher, problems)
    with store.lock():
        changed = write_votes(store.root, votes) if votes else 0
    return VotesReport(len(numbers), changed, tuple(problems))


def _issue_numbers(proposals: Iterable[Proposal]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one.issue for one in proposals if one.issue))


def _issues_url(config: Config, variables: Mapping[str, str]) -> str:
    """Return the address below which the repository's issues are."""
    repository = variables.get(REPOSITORY_VARIABLE, "")
    parts = urlsplit(config.repository)
    if not repository and parts.hostname == "github.com":
        repository = parts.path.strip("/").removesuffix(".git")
    if not _REPOSITORY.match(repository):
        cure = f"write https://github.com/OWNER/NAME, or set {REPOSITORY_VARIABLE} to OWNER/NAME"
        raise ConfigError("repository in archive.yml", "is no repository at GitHub", cure)
    return f"{variables.get(API_VARIABLE) or _API}/repos/{repository}/issues"


def _votes(
    numbers: Iterable[int], issues: str, fetcher: Fetcher, problems: list[Problem]
) -> dict[int, int]:
    """Return the votes by the number of their issue; a host that is silent is asked no more."""
    votes: dict[int, int] = {}
    for number in numbers:
        url = f"{issues}/{number}"
        try:
            votes[number] = _thumbs_up(fetcher.get(Request(url)).data, number, url)
        except HostSilentError as error:
            problems.append(error.problem)
            break
        except SourceError as error:
            problems.append(error.problem)
    return votes


def _thumbs_up(data: bytes, number: int, url: str) -> int:
    cure = "see in a browser whether the issue is there"
    try:
        issue = msgspec.json.decode(data, type=_Issue)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(url, f"is no issue: {error}", cure) from error
    count = issue.reactions.thumbs_up
    if issue.number != number or not 0 <= count <= MAX_NUMBER:
        raise SourceError(url, "is no issue of that number with its votes", cure)
    return count
