"""Names in parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.paper import Author
from paper_digest.text.names import (
    Name,
    in_order_of_script,
    is_collaboration,
    last_family_name,
    list_authors,
    split_name,
)
from paper_digest.text.tex import convert as latex
from paper_strategies import authors


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Ada King Lovelace", Name("Lovelace", "Ada King")),
        ("Jan van der Berg", Name("Berg", "Jan", "van der")),
        ("Juan de la Cruz Prado", Name("Cruz Prado", "Juan", "de la")),
        ("Ana da Silva", Name("Silva", "Ana", "da")),
        ("Otto von Made-Up", Name("Made-Up", "Otto", "von")),
        ("Hal Weaver III", Name("Weaver", "Hal", "", "III")),
        ("Sam Weaver Jr.", Name("Weaver", "Sam", "", "Jr.")),
        ("Sam Weaver, Jr.", Name("Weaver", "Sam", "", "Jr.")),
        ("Jan van der Berg Jr", Name("Berg", "Jan", "van der", "Jr")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ("van der Berg, Jan", Name("Berg", "Jan", "van der")),
        (r"Ren\'e Thr\"ader", Name("Thräder", "René")),
        ("Plato", Name(literal="Plato")),
        ("  Ada   Lovelace , ", Name("Lovelace", "Ada")),
        ("Weaver, Sam, Jr., MD", Name(literal="Weaver, Sam, Jr., MD")),
        ("The LOOM Collaboration", Name(literal="The LOOM Collaboration")),
        ("Loom Project", Name(literal="Loom Project")),
        ("王小明", Name(literal="王小明")),
        ("王 小明", Name(literal="王 小明")),
        ("김철수", Name(literal="김철수")),
        ("IV", Name(literal="IV")),
        ("van Berg", Name("Berg", "van")),
    ],
)
def test_a_name_without_known_family_follows_the_documented_rules(name: str, parts: Name) -> None:
    assert split_name(Author(name)) == parts


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("María del Carmen López Ruiz", "López Ruiz", Name("López Ruiz", "María del Carmen")),
        ("Jan van der Berg", "van der Berg", Name("Berg", "Jan", "van der")),
        ("Sam Weaver Jr.", "Weaver", Name("Weaver", "Sam", "", "Jr.")),
        ("Wang Wei", "Wang", Name("Wang", "Wei")),
        ("王小明", "王", Name("王", "小明")),
        ("小明 王", "王", Name("王", "小明")),
        ("김철수", "김", Name("김", "철수")),
        ("Somebody Else", "Lovelace", Name(literal="Somebody Else")),
    ],
)
def test_a_family_name_that_a_source_gave_is_believed(name: str, family: str, parts: Name) -> None:
    assert split_name(Author(name, family=family)) == parts


@pytest.mark.parametrize(
    ("name", "family", "printed"),
    [
        ("小明 王", "王", "王小明"),
        ("娜娜 欧阳", "欧阳", "欧阳娜娜"),
        ("철수 김", "김", "김철수"),
        ("ひかり 山田", "山田", "山田ひかり"),
        ("ジョン スミス", "スミス", "ジョン スミス"),
        ("Wei 王", "王", "Wei 王"),
        ("王小明", "王", "王小明"),
        ("Wei Wang", "Wang", "Wei Wang"),
        ("Нина Ост", "Ост", "Нина Ост"),
    ],
)
def test_a_name_is_written_in_the_order_of_its_script(name: str, family: str, printed: str) -> None:
    ordered = in_order_of_script(Author(name, family=family))
    assert ordered == Author(printed, family=family) == in_order_of_script(ordered)
    assert split_name(ordered) == split_name(Author(name, family=family))


def test_a_name_without_a_visible_character_is_no_name() -> None:
    assert split_name(Author("\u202e \x07")) is None


def test_a_persons_name_is_no_bodys() -> None:
    assert is_collaboration("ATLAS Collaboration")
    assert not is_collaboration("The Viet Made-up")


@given(authors)
def test_no_sign_of_a_name_is_lost_but_commas(author: Author) -> None:
    name = split_name(author)
    whole = latex.to_unicode(author.name).strip(" ,;")
    kept = "".join(name) if name else ""
    assert sorted(kept.replace(" ", "").replace(",", "")) == sorted(
        whole.replace(" ", "").replace(",", "")
    )


@given(st.lists(st.from_regex(r"[A-Z][a-z]+", fullmatch=True), max_size=20), st.integers(1, 10))
def test_a_list_of_authors_counts_all_and_never_cuts_one(names: list[str], max_shown: int) -> None:
    line = list_authors(names, len(names), max_shown)
    if len(names) <= max_shown + 1:
        assert line == ", ".join(names)
    else:
        written, _, rest = line.partition(" and ")
        assert written.split(", ") == names[:max_shown]
        assert rest == f"{len(names) - max_shown} more"


@given(st.integers(1, 12), st.integers(0, 20), st.integers(1, 10))
def test_authors_whose_names_are_not_at_hand_are_counted_too(
    named: int, unnamed: int, max_shown: int
) -> None:
    names = [f"Author{place}" for place in range(named)]
    line = list_authors(names, named + unnamed, max_shown)
    written, _, rest = line.partition(" and ")
    more = int(rest.removesuffix(" more")) if rest else 0
    assert len(written.split(", ")) + more == named + unnamed


@pytest.mark.parametrize(
    ("count", "words"), [(0, ""), (1, "1 author"), (2, "2 authors"), (1300, "1,300 authors")]
)
def test_authors_without_names_are_counted(count: int, words: str) -> None:
    assert list_authors((), count, 3) == words


@pytest.mark.parametrize(
    ("author", "family"),
    [
        (Author("Ada King Lovelace"), "Lovelace"),
        (Author("Ada King Lovelace", family="King Lovelace"), "King Lovelace"),
        (Author("Jan van der Berg"), "Berg"),
        (Author(" "), ""),
    ],
)
def test_records_are_compared_by_the_family_name_given_or_the_last_word(
    author: Author, family: str
) -> None:
    assert last_family_name(author) == family
