"""The command line: ``digest COMMAND``; each command stands in the module of its kind."""

from __future__ import annotations

import os
import signal
import sqlite3

import click

from paper_digest import __version__
from paper_digest.cli.archive import add, enrich, ingest
from paper_digest.cli.curate import correct_author, fix, hide, pick, pin, retag
from paper_digest.cli.failures import problem_of
from paper_digest.cli.inspect import check, explain, status
from paper_digest.cli.issue import issue
from paper_digest.cli.make_archive import init, new, upgrade
from paper_digest.cli.mcp import mcp
from paper_digest.cli.output import echo, print_usage_error
from paper_digest.cli.review import different, review, same, unmerge
from paper_digest.cli.serve import serve
from paper_digest.cli.site import build, clean, email, publish, push, size
from paper_digest.cli.snapshot import snapshot
from paper_digest.cli.start import EXIT_STOPPED, exit_at_once
from paper_digest.cli.summarise import summarise
from paper_digest.cli.topics import topics
from paper_digest.cli.volumes import volumes
from paper_digest.cli.votes import votes
from paper_digest.model.errors import DigestError

_ASKS_FOR_JSON = "paper_digest.cli.main.json"


class _Commands(click.Group):
    """All commands; one that Control-C stops has not done its work, and its exit code says so."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the name of the command, and see whether its line asks for JSON: click reads that too late."""
        ctx.meta[_ASKS_FOR_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        if signal.getsignal(signal.SIGINT) is exit_at_once:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if ctx.meta[_ASKS_FOR_JSON]:
                print_usage_error(error)
            raise
        except KeyboardInterrupt:
            echo("stopped; run the command again to go on", err=True)
        except click.Abort as abort:
            # Control-C at a question; Control-D and the answer no are no interruption.
            if not isinstance(abort.__context__, KeyboardInterrupt):
                raise
            echo("stopped", err=True)
        raise click.exceptions.Exit(EXIT_STOPPED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Keep an archive of research papers and build its site."""


for _command in (
    new,
    upgrade,
    init,
    build,
    clean,
    serve,
    size,
    volumes,
    snapshot,
    publish,
    mcp,
    push,
    email,
    check,
    status,
    ingest,
    add,
    enrich,
    summarise,
    review,
    same,
    different,
    unmerge,
    explain,
    topics,
    fix,
    hide,
    pick,
    pin,
    retag,
    correct_author,
    issue,
    votes,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line.

    Exit codes: 0 all well, 1 done but for the problems named, 2 it could not run (with one line
    that says why), 130 stopped by Control-C.
    """
    try:
        cli()
    except (DigestError, OSError, sqlite3.DatabaseError) as error:
        problem = problem_of(error)
        echo(f"error: {problem}", err=True)
        if os.environ.get("GITHUB_ACTIONS"):
            # Shown on the page of the run (docs.github.com, "Workflow commands").
            line = str(problem).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
            echo(f"::error::{line}")
        raise SystemExit(2) from error
