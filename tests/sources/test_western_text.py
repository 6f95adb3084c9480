"""Text of other code pages that reads as Windows-1252 is told from Western text by its letters."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest
from paper_digest.sources.encodings import decode_text
from paper_digest.sources.western_text import is_western
from paper_digest.text.tex.convert import to_unicode
from paths import SHARED

WESTERN = [
    "François Noël, Thérèse Lefèvre, Benoît Fêtard, Loïc Goûter, naïve, où, À l'œuvre",
    "El niño y la muñeca de José Muñoz, ¿qué?, la 1ª y el 2º de São João, ações, põem, irmãs",
    "Perché è così, più, lunedì, però, la città, cioè, caffè",
    "Jørn Ødegård, Søren Kjær, på reise, børnene, miljø, Åse Bækkelund",
    "Þórður Guðmundsson, Sýslumaður, Ólafía Þorsteinsdóttir, bækur",
    "Põld, Tõnis Võru, Jürgen Groß, Grüße aus München, 5 µm², £5, 3 ± 1",
    "història, mòbil, ciència, Núria Català, coöperatie, België",
    "Šimek and Müller, Žaïra, cœur, Phœnix, manœuvre",
]
OTHERS = [
    ("cp1250", "Karel Čapek"), ("cp1250", "Łukasz Wałęsa"), ("cp1250", "Petr Šimůnek"),
    ("cp1250", "Jiří Dvořák"), ("cp1250", "Pál Erdős"), ("cp1250", "László Szűcs"),
    ("cp1250", "Ivan Kovačić"), ("cp1250", "Gdańsk"), ("cp1250", "Václav Němec"),
    ("cp1250", "Ştefan Poţaţă"), ("cp1250", "Băsescu, Călin"), ("cp1250", "Kościuszko"),
    ("iso8859-2", "Šárka Ľudmila"), ("iso8859-2", "Łódź"), ("iso8859-2", "Tomáš Kuře"),
    ("cp1254", "Ağaoğlu"), ("cp1254", "Ayşe Y\u0131lmaz"), ("cp1254", "Iş\u0131k"), ("cp1254", "İnan Kuş"),
]  # fmt: skip


@pytest.mark.parametrize("text", WESTERN)
def test_western_text_is_western(text: str) -> None:
    assert is_western(text)
    decoded = decode_text(f"@misc{{a, title = {{{text}}}}}".encode("cp1252"), "a.bib")
    assert (text in decoded.text, decoded.undecided) == (True, frozenset())


@pytest.mark.parametrize(("encoding", "text"), OTHERS)
def test_other_code_pages_are_never_stored_as_western(encoding: str, text: str) -> None:
    data = f"@misc{{a, title = {{Plain}}}}\n@misc{{b, title = {{{text}}}}}".encode(encoding)
    decoded = decode_text(data, "a.bib")
    assert decoded.undecided == {2}
    assert "declare its encoding" in decoded.problems[0].cure


def test_one_strange_word_does_not_cost_a_western_file_its_other_lines() -> None:
    lines = [f"@misc{{k{n}, title = {{Élève {n} à l'école}}}}" for n in range(40)]
    strange = "@misc{a, title = {Wroc³aw}}"
    data = "\n".join([*lines, strange]).encode("cp1252")
    decoded = decode_text(data, "a.bib")
    assert decoded.undecided == {41}
    assert decoded.text.splitlines()[:40] == lines
    assert decode_text("\n".join([*lines[:5], strange]).encode("cp1252"), "a").undecided == {
        1,
        2,
        3,
        4,
        5,
        6,
    }


def real_names() -> Iterator[str]:
    with gzip.open(SHARED / "corpus" / "arxiv_40k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            names = json.loads(line)["authors"]
            yield from map(to_unicode, names.split(", ") if isinstance(names, str) else names)


@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="real names are not at hand")
def test_of_real_names_few_are_taken_for_others_and_few_others_for_western() -> None:
    refused = western = mangled = others = 0
    for name in {name for name in real_names() if not name.isascii()}:
        for encoding in ("cp1252", "cp1250", "cp1254"):
            try:
                read = name.encode(encoding).decode("cp1252")
            except UnicodeError:
                continue
            if encoding == "cp1252":
                western += 1
                refused += not is_western(name)
            elif read != name:
                others += 1
                mangled += is_western(read)
    assert western > 3000
    assert refused < western / 100
    assert mangled < others / 20
