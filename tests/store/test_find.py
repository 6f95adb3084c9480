"""A paper is found by whatever a person calls it, also by what it was called before."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.errors import DigestError
from paper_digest.model.ids import slug
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store
from paper_digest.store.find import find_paper, find_record

FORMER = ("arxiv:2310.07861", "doi:10.1234/boats", "arxiv:hep-th/9901001")
PAPER = Paper(id="arxiv:2112.14854", title="Boats", doi="10.5678/boats", aliases=FORMER)
OTHER = Paper(id="arxiv:2401.00001", title="2310.07861")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "archive")
    store.write([PAPER, OTHER])
    return store


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *((name, PAPER.id) for name in (PAPER.id, "2112.14854", "2112.14854v2", "Boats", "10.5678/boats")),
        *((name, former) for former in FORMER for name in (former, slug(former))),
        ("https://arxiv.org/abs/hep-th/9901001", FORMER[2]),
        ("hep-th/9901001v1", FORMER[2]),
        *((f"{before}10.{doi}", meant) for before in ("https://doi.org/", "doi:", "DOI: ", "")
          for doi, meant in (("1234/boats", FORMER[1]), ("1234/BOATS", FORMER[1]), ("5678/boats", PAPER.id), ("5678/BOATS", PAPER.id))),
    ],
)  # fmt: skip
def test_a_present_or_former_name_finds_its_paper(name: str, meant: str, store: Store) -> None:
    """A bare id that a paper had before was "not in the archive", though its address leads to the paper."""
    if name == OTHER.title:
        assert find_paper(store, name) == OTHER  # what it is called now goes before
        store.delete([OTHER.id])
    assert find_record(store, f" {name} ") == (PAPER, meant)


@pytest.mark.parametrize("name", ["", " ", "2310.07862", "doi:", "arxiv:", "boats", "10.1234"])
def test_what_is_no_name_of_a_paper_finds_none(name: str, store: Store) -> None:
    with pytest.raises(DigestError, match="is not in the archive"):
        find_paper(store, name)


@pytest.mark.parametrize(
    "entry",
    [
        '{{id: "{0}", fix: {{title: "Ships, and their sails", doi: 10.5678/ships}}}}',
        '{{id: "{0}", fix: {{title: "Ships, and their sails", doi: 10.5678/ships}}, topics: [of-any-name]}}',
        '{{id: "{0}", fix: {{title: "Ships, and their sails", doi: 10.5678/ships}}, hide: true}}',
    ],
)
@pytest.mark.parametrize("paper_id", [PAPER.id, FORMER[0]])
def test_a_paper_is_found_by_what_it_is_called_since_it_was_fixed(
    entry: str, paper_id: str, store: Store
) -> None:
    """The title that its page shows was "not in the archive"."""
    folder = store.root / "overrides"
    folder.mkdir()
    (folder / "a.yml").write_text(f"- {entry.format(paper_id)}\n", "utf-8")
    (folder / "b.yml").write_text("- {id: arxiv:2401.00001, fix: {tilte: x}}\n", "utf-8")
    dois = ("10.5678/ships", "https://doi.org/10.5678/Ships", "10.5678/boats")
    for name in ("Ships, and their sails", "Boats", *dois, paper_id):
        assert find_paper(store, name) == PAPER
    assert find_paper(store, OTHER.id) == OTHER
