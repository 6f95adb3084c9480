"""What commands print: sentences for a person, one JSON object for programs, or only what is wrong."""

from __future__ import annotations

import functools
import json
import os
import sqlite3
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import click
import msgspec

from paper_digest.cli.failures import problem_of
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.printable import printable

_MAX_PROBLEMS_SHOWN = 50  # one by one; the rest are counted
_KEY = "paper_digest.cli.output"


class Output(msgspec.Struct):
    """How the command under way prints, and what it has printed.

    Attributes:
        quiet, verbose, as_json: ``-q``, ``-v`` and ``--json``, given anywhere on the command line.
        values: of the JSON object. ``lines``: sentences for a person. ``problems``: what is wrong.
    """

    quiet: bool = False
    verbose: bool = False
    as_json: bool = False
    values: dict[str, Any] = {}
    lines: list[str] = []
    problems: list[Problem] = []
    is_printed: bool = False

    def print_json(self) -> None:
        """Print the object, once, where it is asked for."""
        if self.as_json and not self.is_printed:
            self.is_printed = True
            given = {"lines": self.lines, **self.values, "problems": self.problems}
            try:
                text = msgspec.json.encode(given).decode()
            except UnicodeEncodeError:  # names of files that are no UTF-8
                text = printable(json.dumps(msgspec.to_builtins(given), ensure_ascii=False))
            echo(text)


def echo(text: str, *, err: bool = False) -> None:
    """Print a text. Where nobody reads any more (``digest topics | head``) the command goes on with its work, and says no more.

    Args:
        text: one line or more.
        err: whether it goes to standard error.
    """
    try:
        click.echo(text, err=err)
    except BrokenPipeError:
        stream = sys.stderr if err else sys.stdout
        # The descriptor itself: what is still buffered goes there too, as does what others print.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def current_output() -> Output:
    """Return the output of the command under way; one of defaults outside of any."""
    context = click.get_current_context(silent=True)
    if context is None:
        return Output()
    output: Output = context.find_root().meta.setdefault(_KEY, Output())
    return output


def output_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--json``, ``-q`` and ``-v``, and print its JSON when it ends.

    An error is printed by ``main``; here it becomes part of the JSON and, with ``-v``, says where it arose.
    """

    @functools.wraps(function)
    def run(*arguments: Any, **named: Any) -> None:  # noqa: ANN401 - click's own
        output = current_output()
        if output.quiet and output.verbose:
            raise click.UsageError("-q and -v exclude one another")
        try:
            function(*arguments, **named)
        except (DigestError, OSError, sqlite3.DatabaseError) as error:
            if output.verbose:
                echo(traceback.format_exc(), err=True)
            problem = problem_of(error)
            output.problems.append(problem)
            output.print_json()
            if isinstance(error, DigestError):
                raise
            # What was found out, and mended, is not found out once more.
            raise DigestError(problem.where, problem.what, problem.cure) from error
        context = click.get_current_context()
        if context.invoked_subcommand is None:
            output.print_json()

    for words, name, text in (
        (("-v", "--verbose"), "verbose", "Say each step, and of an error where it arose."),
        (("-q", "--quiet"), "quiet", "Print what is wrong, and no more."),
        (("--json",), "as_json", "Print one JSON object, for programs."),
    ):
        flag = click.option(
            *words, name, is_flag=True, help=text, expose_value=False, callback=_remember
        )
        run = flag(run)
    return run


def print_usage_error(error: click.UsageError) -> None:
    """Print what is wrong with a command line as the object that it asks for; click prints it for a person.

    The error may stand before ``--json``, or in the place of a value, so that nobody has read that option.
    """
    output = current_output()
    where = error.ctx.command_path if error.ctx else "digest"
    output.as_json = True
    what = error.format_message().rstrip(".")
    output.problems.append(Problem(where, what, cure=f"see {where} --help"))
    output.print_json()


def say(line: str = "") -> None:
    """Print a sentence for a person: not with ``-q``, and as part of the object with ``--json``."""
    output = current_output()
    if output.as_json:
        output.lines.append(line)
    elif not output.quiet:
        echo(line)


def say_step(line: str) -> None:
    """Print a detail that ``-v`` asks for."""
    if current_output().verbose:
        say(line)


def set_values(**values: Any) -> None:  # noqa: ANN401 - whatever msgspec encodes
    """Add values to the JSON object."""
    current_output().values.update(values)


def exit_on_problems(problems: Sequence[Problem | str], what: str) -> None:
    """Print problems and end with exit code 1 if there are any.

    Args:
        problems: what is wrong; a text where nobody knows its parts any more.
        what: what became of them, to end a sentence.
    """
    output = current_output()
    output.problems += (p if isinstance(p, Problem) else Problem("", p) for p in problems)
    for problem in problems[:_MAX_PROBLEMS_SHOWN]:
        echo(f"problem: {problem}", err=True)
    if problems[_MAX_PROBLEMS_SHOWN:]:
        echo(f"... and {len(problems) - _MAX_PROBLEMS_SHOWN:,} more", err=True)
    if problems:
        echo(f"{len(problems):,} problem{'s'[: len(problems) > 1]}, {what}.", err=True)
        output.print_json()
        raise SystemExit(1)


def _remember(_: click.Context, option: click.Parameter, value: bool) -> bool:  # noqa: FBT001 - click's own signature
    if value and option.name:
        setattr(current_output(), option.name, True)
    return value
