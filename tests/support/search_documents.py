"""Made-up papers: a few written by hand for what they hold, and many drawn from a word list."""

from __future__ import annotations

import random
import re

from paper_digest.search.document import Document


def paper(slug: str, title: str, text: str = "", **more: object) -> Document:
    """Make a document with sensible defaults."""
    fields: dict[str, object] = {
        "bare_id": slug,
        "authors": ("Ada Lovelace",),
        "date": "2024-05-01",
        "topics": (),
        "has_code": False,
        "sources": ("arxiv",),
    } | more
    return Document(slug=slug, title=title, text=text, **fields)  # type: ignore[arg-type]


BY_HAND = [
    paper("2401.00001", "Low-rank kettles for patient gardeners", "We boil water slowly."),
    paper("2401.00002", "A low rank proof of soup", "Soup is proven, twice.", date="2023-02-01"),
    paper("2401.00003", "Training with $\\mu$P on tiny boats", "Boats drift."),
    paper("2401.00004", "k-NN search among pebbles in C++", "Pebbles are found by their nearest."),
    paper("2401.00005", "深層学習による翻訳", "A paper on translation."),
    paper(
        "2401.00006",
        "Whistling: a survey - old + new ~ tunes",
        "Tunes were collected from shepherds.",
        authors=("Zdeňka Kovář", "Émile Dupont"),
        topics=("sound",),
        date="2021-07-07",
    ),
    paper("2401.00007", "β-VAE for clouds", "Clouds are disentangled."),
    paper("hep-th-9901001", "Strings & <b>knots</b>", "Knots.", bare_id="hep-th/9901001"),
    paper("2503.02130", "Trailing zeros matter", "They do.", has_code=True, date="2025-03-04"),
    paper(
        "2401.00008",
        "The flamingo who counted",
        "It counted sheep before dawn; the quiet red engine of memory turned.",
        topics=("lookup",),
    ),
    paper("2401.00009", "Memory and a red herring", "An engine, quiet, and of the red kind."),
    paper("2401.00010", "To be or not to be", "Undecided."),
    paper("title-1", "Undated musings", "No date is known.", date=""),
]

#: What papers and queries are drawn from.
WORDS = re.findall(
    r"\w+",
    "amber anchor basket beacon bridge candle canyon cedar circle clover copper cotton desert "
    "ember engine fabric falcon feather forest garden glacier granite hammer harbour island "
    "jungle ladder lantern meadow mirror morning mountain needle ocean orchard paper pebble "
    "pepper planet pocket prairie quarry rabbit ribbon river saddle silver spider spring stable "
    "summer thunder timber tunnel valley velvet violet walnut window winter",
)


def drawn(count: int, seed: int = 1) -> list[Document]:
    """Draw papers from the word list: the same ones for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
    made = []
    for number in range(count):
        title = " ".join(draw.sample(WORDS, draw.randint(3, 6)))
        text = " ".join(draw.choices(WORDS, k=40))
        made.append(
            paper(
                f"19{number // 1000:02}.{number % 1000:05}",
                title,
                text,
                date=f"{1990 + number % 30}-06-{1 + number % 28:02}",
                topics=("lookup",) if number % 3 == 0 else (),
                authors=(f"{draw.choice('ABC')}. {draw.choice(WORDS).title()}",),
            )
        )
    return made


PAPERS = BY_HAND + drawn(300)
