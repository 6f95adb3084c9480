"""Two entries of one source that a person united and took apart again are two records as before."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from paper_digest.store.files import Store
from temporary_project import digest, new_project

ENTRIES = {
    "arxiv:2503.02130": "title={Kites in steady wind need no tails}, author={Ada Example}, year={2025}, "
    "eprint={2503.02130}, archivePrefix={arXiv}, abstract={Kites need no tails. A tether is enough.}",
    "arxiv:2503.00001": "title={On the pull of tethers}, author={Bo Weft}, year={2025}, "
    "eprint={2503.00001}, archivePrefix={arXiv}",
    "doi:10.1234/lamps": "title={A second paper on lamps}, author={Ada Doe}, year={2024}, "
    "doi={10.1234/lamps}, journal={Lamp Days}",
    "doi:10.1234/looms": "title={A third paper on looms}, author={Cy Cox}, year={2023}, doi={10.1234/Looms}",
    "title:1": "title={What nobody numbered in any list}, author={Di Day}, year={2022}",
    "title:2": "title={What somebody numbered in vain}, author={Di Day}, year={2021}",
}


def records(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "archive/papers").rglob("*.md")}


@pytest.mark.parametrize("pair", [*itertools.combinations(ENTRIES, 2)], ids=" ".join)
def test_they_are_as_before(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Where an id of arXiv went, which no statement holds, their source is read again."""
    root = new_project(tmp_path / "project")
    text = "".join(f"@article{{k{n}, {ENTRIES[name]}}}\n" for n, name in enumerate(pair))
    (root / "a.bib").write_text(text)
    assert digest(root, "ingest", "bibtex", str(root / "a.bib")).returncode == 0
    before = records(root)
    ids = [paper.id for paper in Store(root / "archive").read_all()]
    assert digest(root, "same", *ids).returncode == 0
    [united] = Store(root / "archive").read_all()
    [former] = united.aliases
    said = digest(root, "unmerge", united.id).stdout
    if former.startswith("arxiv:"):
        assert "cannot be told apart" in said
        explained = digest(root, "explain", united.id).stdout
        assert "another paper, as a person decided" in explained
        assert "one paper, because" not in explained
    else:
        assert "has a record of its own again, with what BibTeX said" in said
        assert records(root) == before
        assert digest(root, "ingest", "bibtex", str(root / "a.bib")).returncode == 0
        assert records(root) == before


@pytest.mark.parametrize("order", [*itertools.permutations(("arxiv", "doi", "ris"))], ids=" ".join)
def test_an_id_that_came_back_in_another_record_is_that_ones_alone(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    """What was separated may come again under a better id, of which the former one is then a former id."""
    root = new_project(tmp_path / "project")
    titles = {
        "doi:10.1234/lamps": "The windy lamps of a made-up harbour",
        "doi:10.1234/looms": "The looms of a made-up library",
    }
    ris = "TY  - JOUR\nTI  - {}\nAU  - Ada Doe\nPY  - 2024\nJO  - Days\nDO  - {}\nER  - \n"
    (root / "a.ris").write_text(
        "".join(ris.format(title, one[4:]) for one, title in titles.items())
    )
    assert digest(root, "ingest", "ris", str(root / "a.ris")).returncode == 0
    assert digest(root, "same", *titles).returncode == 0
    [united] = Store(root / "archive").read_all()
    [former] = united.aliases
    assert "until its source is ingested again" in digest(root, "unmerge", united.id).stdout
    said = f"title={{{titles[former]}}}, author={{Ada Doe}}, year={{2024}}"
    (root / "arxiv.bib").write_text(
        f"@article{{a, {said}, eprint={{2403.00001}}, archivePrefix={{arXiv}}}}"
    )
    (root / "doi.bib").write_text(f"@article{{d, {said}, doi={{{former[4:]}}}}}")
    for one in order:
        source, name = ("ris", "a.ris") if one == "ris" else ("bibtex", f"{one}.bib")
        assert digest(root, "ingest", source, str(root / name)).returncode == 0
    records_now = {paper.id: paper.aliases for paper in Store(root / "archive").read_all()}
    assert records_now == {"arxiv:2403.00001": (former,), united.id: ()}
    assert "Nothing is wrong." in digest(root, "check").stdout
