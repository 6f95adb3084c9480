"""A cache of the theme's files never changes what is served."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.site.asset_cache import cached_files
from paper_digest.text.language import gettext, language

Sources = dict[str, str]
SOURCES = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "1", "2"]), max_size=2)


class _Maker:
    """Makes files of some sources, and counts how often it is asked."""

    def __init__(self, sources: Sources) -> None:
        self._sources, self.count = sources, 0

    def make(self) -> dict[str, str]:
        self.count += 1
        words = {"words.js": gettext("Search")}
        return words | {f"{path}.js": f"{text};" for path, text in self._sources.items()}


@given(st.lists(st.tuples(SOURCES, st.sampled_from(["en", "de"]), st.booleans()), max_size=6))
def test_what_is_served_is_what_would_be_made_now(
    tmp_path_factory: pytest.TempPathFactory, builds: list[tuple[Sources, str, bool]]
) -> None:
    cache = tmp_path_factory.mktemp("theme") / "theme.bin"
    last: tuple[Sources, str] | None = None
    for sources, code, is_damaged in builds:
        if is_damaged and cache.exists():
            cache.write_bytes(cache.read_bytes()[:-1] + b"x")
        maker = _Maker(sources)
        with language(code):
            assert cached_files(cache, sources, maker.make) == _Maker(sources).make()
        assert bool(maker.count) == (is_damaged or last != (sources, code))
        last = sources, code


def test_without_a_file_nothing_is_cached(tmp_path: Path) -> None:
    assert cached_files(None, {}, lambda: {"a.js": "1"}) == {"a.js": "1"}
    assert not [*tmp_path.iterdir()]
