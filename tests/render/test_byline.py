"""A digest by a model says so, wherever it is shown."""

from __future__ import annotations

import pytest
from paper_digest.model.paper import Digest, Paper
from paper_digest.render.byline import digest_author
from paper_digest.render.exports.feed_items import feed_item, item_html
from paper_digest.sources.registry import registry


@pytest.mark.parametrize(
    ("by", "model", "said"),
    [
        ("A. Reader", False, "A. Reader"),
        ("Hugging Face", False, "Hugging Face"),
        ("Hugging Face", True, "Hugging Face's model"),
        ("example/summariser-7b", True, "the model example/summariser-7b"),
        ("a small model", True, "a small model"),
    ],
)
def test_the_author_of_a_digest_is_named_as_what_it_is(
    by: str,
    model: bool,  # noqa: FBT001 - a parameter of the table
    said: str,
) -> None:
    digest = Digest("Boats float.", by, model=model)
    assert digest_author(digest) == said
    item = feed_item(Paper(id="arxiv:2511.01230", title="Boats", digest=digest), ())
    assert f"Digest by {said}".replace("'", "&#x27;") in item_html(item)


@pytest.mark.parametrize("source", list(registry().by_name))
def test_no_model_of_any_source_passes_for_a_person(source: str) -> None:
    assert "model" in digest_author(Digest("x", registry().title(source), model=True))
