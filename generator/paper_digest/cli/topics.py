"""The command that reviews topics: which papers and words fall outside, and what a change would move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paper_digest.cli.common_options import ROOT_OPTION
from paper_digest.cli.output import exit_on_problems, output_options, say, set_values
from paper_digest.model.counted import counted

if TYPE_CHECKING:
    from paper_digest.builder.topic_review import MovedPaper, TopicReview

#: Lines of each list, unless --all is given.
_MAX_LINES = 10


@click.command()
@click.argument("names", nargs=-1, metavar="[TOPIC]...")
@click.option("--all", "show_all", is_flag=True, help="Show whole lists, not their beginning.")
@output_options
@ROOT_OPTION
def topics(names: tuple[str, ...], *, show_all: bool, root: Path) -> None:
    """Review topics: papers in none, idle and stray words, what topics.yml would move, suggestions.

    Changes nothing. Papers that would move are counted against the last build, so a change of
    topics.yml can be tried before it is built. With TOPIC, words and phrases of these alone.
    """
    import msgspec

    from paper_digest.builder.open_records import open_records
    from paper_digest.builder.topic_review import review_topics
    from paper_digest.model.errors import ConfigError
    from paper_digest.settings.config import load_config
    from paper_digest.text.suggestion import suggestion

    config = load_config(root)
    known = [topic.name for topic in config.topics]
    for name in names:
        if name not in known:
            raise ConfigError(name, "is no topic", suggestion(name, tuple(known)))
    with open_records(root, config) as records:
        review = review_topics(records, config.topics)
        problems = records.problems
    if names:
        review = _only(review, names)
    set_values(**msgspec.to_builtins(review))
    for line in _lines(review, None if show_all else _MAX_LINES):
        say(line)
    exit_on_problems(problems, "left out of this review")


def _only(review: TopicReview, names: tuple[str, ...]) -> TopicReview:
    """Leave of a review what it says of some topics."""
    import msgspec

    return msgspec.structs.replace(
        review,
        idle_words=tuple(one for one in review.idle_words if one.topic in names),
        stray_words=tuple(one for one in review.stray_words if one.topic in names),
        moved=tuple(one for one in review.moved if {*one.gained, *one.lost} & {*names}),
        phrases={name: its for name, its in review.phrases.items() if name in names},
    )


def _lines(review: TopicReview, limit: int | None) -> Iterator[str]:
    in_none = len(review.in_none)
    is_or_are = "is" if in_none == 1 else "are"
    yield f"{in_none:,} of {counted(review.papers, 'paper')} {is_or_are} in no topic."
    yield from _shortened([f"  {slug}  {title}" for slug, title in review.in_none], limit)
    if review.has_build:
        yield f"{counted(len(review.moved), 'paper')} would move, compared with the last build."
        yield from _shortened([f"  {change}" for change in _changes(review.moved)], None)
        yield from _shortened([_moved_line(one) for one in review.moved], limit)
    else:
        yield "There is no build to compare with: digest build, or mkdocs build."
    yield f"{counted(len(review.stray_words), 'word stands', 'words stand')} mostly in papers of other topics (drop_words, or longer phrases)."
    stray = (
        f"  {one.topic}: {one.word} ({one.in_topic} of {counted(one.papers, 'paper')})"
        for one in review.stray_words
    )
    yield from _shortened([*stray], limit)
    yield f"{counted(len(review.idle_words), 'word stands', 'words stand')} in no paper."
    idle = Counter(one.topic for one in review.idle_words)
    yield from _shortened([f"  {topic}: {count}" for topic, count in idle.most_common()], limit)
    if any(review.phrases.values()):
        yield "Phrases that topics might take (papers of the topic of all that have it):"
    for topic, phrases in review.phrases.items():
        if phrases:
            named = (f"{one.phrase} ({one.in_topic} of {one.papers})" for one in phrases)
            yield f"  {topic}: {', '.join(named)}"
    if review.new_topics:
        yield "Papers in no topic that share a phrase:"
        for group in review.new_topics:
            yield f"  {group.phrase}: {counted(len(group.slugs), 'paper')}, as {', '.join(group.slugs[:3])}"


def _changes(moved: tuple[MovedPaper, ...]) -> Iterator[str]:
    gained = Counter(name for one in moved for name in one.gained)
    lost = Counter(name for one in moved for name in one.lost)
    for name in sorted({*gained, *lost}, key=lambda name: (-gained[name] - lost[name], name)):
        yield f"{name}: +{gained[name]:,} -{lost[name]:,}"


def _moved_line(one: MovedPaper) -> str:
    signs = (*(f"+{name}" for name in one.gained), *(f"-{name}" for name in one.lost))
    return f"  {one.slug}  {' '.join(signs)}  {one.title}"


def _shortened(lines: list[str], limit: int | None) -> Iterator[str]:
    yield from lines[:limit]
    if limit is not None and len(lines) > limit:
        yield f"  ... and {len(lines) - limit:,} more (--all, --json)"
