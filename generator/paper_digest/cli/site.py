"""The commands for the built site: build, clean, size, publish, push, email."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import click

from paper_digest.cli.common_options import ROOT_OPTION, parse_day
from paper_digest.cli.output import (
    echo,
    exit_on_problems,
    output_options,
    say,
    say_step,
    set_values,
)
from paper_digest.model.counted import counted
from paper_digest.model.errors import Problem


@click.command()
@click.option(
    "--as-of",
    "day",
    metavar="YYYY-MM-DD",
    help="Build the site of this day instead, from its last commit (UTC), into .cache/as-of/.",
)
@output_options
@ROOT_OPTION
def build(day: str | None, root: Path) -> None:
    """Write the site's Markdown pages into docs/ from archive/, and zensical.yml for Zensical."""
    if day:
        _build_earlier(root, day)
        return
    from paper_digest.builder import site_build as use_case
    from paper_digest.settings.config import load_config
    from paper_digest.settings.mkdocs_file import check_frame_of
    from paper_digest.site.zensical import THEME_FOLDER, write_zensical_settings

    config = load_config(root)
    check_frame_of(root)
    built = use_case.build_docs(root, config, root / THEME_FOLDER)
    write_zensical_settings(root, config)
    changes = built.changes
    for path in changes.written:
        say_step(f"written: {path}")
    for path in changes.deleted:
        say_step(f"deleted: {path}")
    set_values(
        papers=built.paper_count,
        written=len(changes.written),
        deleted=len(changes.deleted),
        unchanged=len(changes.unchanged),
    )
    say(
        f"{counted(built.paper_count, 'paper')}; {counted(len(changes.written), 'page')} written, "
        f"{len(changes.deleted):,} deleted, {len(changes.unchanged):,} unchanged."
    )
    exit_on_problems(built.problems, "left out of the site")


def _build_earlier(root: Path, text: str) -> None:
    """Build the site of an earlier day."""
    from datetime import UTC, datetime

    from paper_digest.deliver.earlier_day import EARLIER_FOLDER, extract_commit, last_commit
    from paper_digest.deliver.mkdocs_run import build_site
    from paper_digest.settings.config import load_config

    day = parse_day(text, "--as-of")
    assert day  # noqa: S101 - a text that is not empty
    if day > datetime.now(UTC).date():
        raise click.BadParameter(f"{day} has not come yet", param_hint="--as-of")
    commit = last_commit(root, day)
    place = extract_commit(root, commit, root / EARLIER_FOLDER / str(day))
    load_config(place)
    say_step(f"building {place}")
    problems = build_site(place, "see `mkdocs build --strict` in this folder")
    set_values(commit=commit.name, committed=commit.time, site=str(place / "site"))
    say(f"{day}: commit {commit.name[:12]} of {commit.time}.")
    if (place / "site" / "index.html").is_file():
        say(f"Its site is in {place}/site.")
    exit_on_problems(problems, "named by MkDocs")


@click.command()
@output_options
@ROOT_OPTION
def clean(root: Path) -> None:
    """Delete what builds wrote: site/, the sites of volumes and of earlier days, the pages in docs/, and the cache."""
    from paper_digest.builder.generated import delete_generated
    from paper_digest.deliver.earlier_day import EARLIER_FOLDER
    from paper_digest.deliver.volume_sites import delete_volume_projects
    from paper_digest.incremental.lock import build_lock
    from paper_digest.incremental.manifest import CACHE_FOLDER
    from paper_digest.incremental.swap import delete_folder

    with build_lock(root / "site", root / CACHE_FOLDER):
        count = len(delete_generated(root / "docs"))
        delete_volume_projects(root)
        for folder in (root / "site", root / EARLIER_FOLDER, root / CACHE_FOLDER):
            delete_folder(folder)
    say(f"{counted(count, 'file')} deleted in docs/; site/ and {CACHE_FOLDER}/ are gone.")


@click.command()
@output_options
@ROOT_OPTION
def size(root: Path) -> None:
    """Show the size of the built site and when it will exceed its budget; exit with 1 if it does."""
    from datetime import UTC, datetime

    from paper_digest.deliver import size as use_case
    from paper_digest.settings.config import load_config
    from paper_digest.store.runs import log

    config = load_config(root)
    site_size, budget = use_case.measure_site(root / "site"), config.budget * 1_000_000
    unreadable: list[Problem] = []
    runs, today = log.read_runs(root / "archive", unreadable), datetime.now(UTC).date()
    rate = use_case.papers_per_weekday(log.runs_of_the_past(runs, today))
    left = use_case.years_left(site_size, rate, budget)
    set_values(site_bytes=site_size.total, budget_bytes=budget, years_left=left)
    for line in use_case.report_lines(site_size, rate, budget):
        say(line)
    if warning := use_case.budget_warning(left):
        echo(f"warning: {warning}", err=True)
    for problem in unreadable:  # no reason to publish nothing: the workflow asks before it does
        echo(f"warning: {problem}", err=True)
    exit_on_problems(use_case.budget_problems(site_size, budget), "over the budget")


@click.command()
@click.argument("target")
@output_options
@ROOT_OPTION
def publish(target: str, root: Path) -> None:
    """Upload the built site to TARGET: a folder or HOST:FOLDER with rsync, s3://BUCKET/FOLDER or rclone:REMOTE:PATH with rclone."""
    from paper_digest.deliver import publish as use_case
    from paper_digest.deliver.site_age import check_site
    from paper_digest.deliver.target_list import site_owner
    from paper_digest.incremental.lock import build_lock
    from paper_digest.incremental.manifest import CACHE_FOLDER

    use_case.check_target(root, target)
    with build_lock(root / "site", root / CACHE_FOLDER):
        if age := check_site(root):
            echo(f"warning: {root / 'site'} {age}; build it, then publish", err=True)
        count = use_case.publish_site(root / "site", target, site_owner(root))
    set_values(files=count)
    say(f"{counted(count, 'file')} sent or deleted; {target} is up to date.")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--message", help="Of the commit; the ingest's with today's date by default.")
@click.option(
    "--branch",
    metavar="NAME",
    help="Make this branch of it, in place of one of that name, and leave the others alone.",
)
@output_options
@ROOT_OPTION
def push(paths: tuple[str, ...], message: str | None, branch: str | None, root: Path) -> None:
    """Commit what changed in PATH... and push it, on top of what others pushed; for workflows.

    In a workflow, GITHUB_TOKEN gives the right to push, and the output `pushed` says whether there was anything.
    """
    from paper_digest.deliver import git_push as use_case
    from paper_digest.deliver.outside_git import ignored_problems, outside_problems

    pushed = use_case.commit_paths(root, paths, message or use_case.default_message())
    pushed = pushed or (not branch and use_case.is_unpushed(root, paths, os.environ))
    if pushed:
        remote = use_case.remote_of(os.environ, root)
        if branch:
            use_case.push_branch(root, remote, branch)
        else:
            use_case.push_commits(root, remote)
        if output := os.environ.get("GITHUB_OUTPUT"):
            with Path(output).open("a", encoding="utf-8") as file:
                file.write("pushed=true\n")
    set_values(pushed=pushed)
    say("Pushed." if pushed else "Nothing new to commit.")
    left_out = [*outside_problems(root, paths), *ignored_problems(root, paths)]
    exit_on_problems(left_out, "not pushed")


@click.command()
@click.option(
    "--period",
    type=click.Choice(["day", "week"]),
    help="Period of the mail; by default that of archive.yml.",
)
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    help="A day of the period; the newest period that is over, by default.",
)
@click.option(
    "--write",
    metavar="FILE.eml|FOLDER",
    type=click.Path(path_type=Path),
    help="Write the mail there and send nothing.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Send to those whom an earlier run did not reach, or may not have.",
)
@click.option(
    "--claim", is_flag=True, help="Record that the mail is about to be sent, and send nothing."
)
@click.option("--claimed", is_flag=True, help="Send the mails of the last --claim.")
@output_options
@ROOT_OPTION
def email(root: Path, period: Literal["day", "week"] | None, **chosen: Any) -> None:  # noqa: ANN401 - click's own options
    """Send the newsletter of a day or week to the addresses in archive.yml, never twice."""
    from datetime import UTC, datetime

    from paper_digest.deliver.mail.send_due import Mailing
    from paper_digest.settings.config import load_config

    write, again, claim, claimed = (chosen[n] for n in ("write", "again", "claim", "claimed"))
    if sum(map(bool, (write, claim, claimed))) > 1:
        raise click.UsageError("--write, --claim and --claimed exclude one another")
    if again and not chosen["day"]:
        raise click.UsageError("--again needs --date: the day, or a day of the week, to send again")
    config = load_config(root)
    if claim and config.mail is None:
        say("archive.yml has no mail: setting, so nothing is sent.")
        return
    mailing = Mailing(root, config, datetime.now(UTC), os.environ)
    kind = period or (config.mail.period if config.mail else "day")
    day = chosen["day"].date() if chosen["day"] else None
    if write:
        report = mailing.write_mail(kind, day, write)
    elif claim:
        report = mailing.claim(kind, day, again=again)
    elif claimed:
        report = mailing.send_claimed()
    else:
        report = mailing.send(kind, day, again=again)
    say("\n".join(report.sentences))
    exit_on_problems(list(report.problems), "recorded in archive/mail.jsonl")
