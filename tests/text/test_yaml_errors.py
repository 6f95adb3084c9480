"""A parser's complaints in plain words, whichever of the two parsers made them."""

from __future__ import annotations

import pytest
import yaml
from paper_digest.model.errors import ConfigError
from paper_digest.text import yaml_document
from paper_digest.text.yaml_document import parse_yaml

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]
FAULTS = {
    "title: a: b\n": "second colon",
    "title: 'a\n": "quote",
    "a: 1\n\tb: 2\n": "tab",
    "a: [1, 2\nb: 3\n": "bracket",
    "a: {b: 1\n": "bracket",
    "a: 1\n b: 2\n": "",
    "a:\n  - 1\n - 2\n": "indented",
    "a: *x\n": "begins with *",
    "a: @x\n": "sign of YAML",
    "a: `x`\n": "sign of YAML",
    "a: %x\n": "sign of YAML",
    "a: !x y\n": "begins with !",
    'a: "\\w"\n': "\\ between",
    "a: 1\n---\nb: 2\n": "two documents",
    "a: 1\nb\n": "colon after its name",
    "a: \x07\n": "character that no text has",
}
JARGON = ("mapping", "token", "stream", "scalar", "<", "alias", "block", "expected")


@pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)
@pytest.mark.parametrize("text", FAULTS)
def test_what_is_wrong_is_said_without_a_parsers_words(
    text: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_document, "_LOADER", loader)
    with pytest.raises(ConfigError, match="is not YAML") as caught:
        parse_yaml(text.encode(), "x.yml")
    assert FAULTS[text] in caught.value.what
    assert caught.value.cure
    assert not [word for word in JARGON if word in caught.value.what], caught.value.what
