"""Author lists of BibTeX files: as BibTeX reads them, and as other programs and people write them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from paper_digest.model.paper import Author
from paper_digest.sources.bibtex.names import AuthorNamesError, parse_authors
from paper_digest.sources.bibtex.text import compose_name, latex_to_text

GIVEN = st.sampled_from(["Pia", "Ulf", "Jan", "Mira", "Łucja", r"\'Emile", "Ana", "Tove Maria"])
FAMILY = st.sampled_from(["Ost", "Held", "Keller", "Brandt", "Ek", "Šimek", r"M{\"u}ller", "Alm"])
PEOPLE = st.lists(st.tuples(GIVEN, FAMILY), min_size=1, max_size=6)


def people(field: str, key: str = "") -> list[tuple[str, str]]:
    """Return names and family names of a field."""
    return [(a.name, a.family) for a in parse_authors(field, latex_to_text, key).authors]


def expected(persons: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what is right for given and family names."""
    plain = [(latex_to_text(given), latex_to_text(family)) for given, family in persons]
    return [(f"{given} {family}", family) for given, family in plain]


@given(
    PEOPLE,
    st.sampled_from([" and ", "; ", " ; ", ";\n", " and\n"]),
    st.sampled_from(["{1}, {0}", "{0} {1}"]),
)
def test_lists_with_and_or_semicolons(
    persons: list[tuple[str, str]], separator: str, form: str
) -> None:
    field = separator.join(form.format(*person) for person in persons)
    assert people(field) == expected(persons)
    assert people(field.replace(separator, "; ", 1)) == expected(persons)


@given(PEOPLE.filter(lambda persons: len(persons) > 1), st.sampled_from([" & ", r" \& ", " und "]))
def test_other_words_for_and_stand_between_whole_names(
    persons: list[tuple[str, str]], separator: str
) -> None:
    field = separator.join(f"{given} {family}" for given, family in persons)
    listed = parse_authors(field, latex_to_text)
    assert [(a.name, a.family) for a in listed.authors] == expected(persons)
    assert listed.misread == (compose_name(field),)


@pytest.mark.parametrize("body", ["Parcels \\& Sons", "Ost \\& Held Group", "Karl von und zu Hof"])
def test_other_words_for_and_part_no_single_name(body: str) -> None:
    assert len(people(body)) == 1


@given(PEOPLE, st.sampled_from("PMJ"))
def test_initials_that_stand_last_are_no_family_name(
    persons: list[tuple[str, str]], initial: str
) -> None:
    field = "; ".join(f"{family} {initial}" for _, family in persons)
    families = [latex_to_text(family) for _, family in persons]
    assert people(field) == [(f"{family} {initial}", family) for family in families]


LETTERS = {r"\~n": "ñ", r"\~{n}": "ñ", r"{\~n}": "ñ", r"\~ n": "ñ", r"\~{\^e}": "ễ", r"\L ": "Ł", r"\o ": "ø",
           r"\aa ": "å", r"\o{}": "ø", r"\'\i ": "í", r"\c c": "ç", r"\v{s}": "š"}  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(LETTERS)), st.sampled_from(sorted(LETTERS))),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["{1}, {0}", "{0} {1}", "{0}~{1}"]),
)
def test_no_letter_of_latex_divides_a_name(persons: list[tuple[str, str]], form: str) -> None:
    parts = [(f"Jo{given}ao", f"{family}oz") for given, family in persons]
    letters = [(f"Jo{LETTERS[given]}ao", f"{LETTERS[family]}oz") for given, family in persons]
    field = " and ".join(form.format(*person) for person in parts)
    assert people(field) == [(f"{given} {family}", family) for given, family in letters]


@given(st.sampled_from(["Md", "Md."]), st.sampled_from(["Ost", "Al Mamun", "van Held"]))
def test_the_short_form_of_mohammad_is_a_given_name(given_name: str, family: str) -> None:
    right = (f"{given_name} {family}", family)
    assert people(f"{family}, {given_name} and Held, Pia") == [right, ("Pia Held", "Held")]
    assert people(f"Held, Pia and {family}, {given_name}")[1] == right
    assert people("Ulf Held, MD") == people("Held, Ulf, MD") == [("Ulf Held MD", "Held")]
    assert people("Held, Jr., Md") == [("Md Held Jr.", "Held")]


def test_a_list_in_braces_is_a_list() -> None:
    assert people("{Ost, Pia; Held, Ulf}") == [("Pia Ost", "Ost"), ("Ulf Held", "Held")]


@given(PEOPLE, st.sampled_from([", ", " and ", ", and "]))
def test_lists_with_commas_between_whole_names(persons: list[tuple[str, str]], last: str) -> None:
    names = [f"{given} {family}" for given, family in persons]
    field = last.join(filter(None, (", ".join(names[:-1]), names[-1])))
    assume(len(names) != 2 or last != ", ")  # see the test of keys
    listed = parse_authors(field, latex_to_text)
    assert [(a.name, a.family) for a in listed.authors] == expected(persons)
    assert bool(listed.misread) == (len(names) > 2)


@given(PEOPLE.filter(lambda p: len(p) > 1), st.sampled_from([", ", ", and ", " and "]))
def test_lists_with_commas_between_families_and_initials(
    persons: list[tuple[str, str]], last: str
) -> None:
    persons = [(f"{latex_to_text(given)[0]}.", family) for given, family in persons]
    names = [f"{family}, {initial}" for initial, family in persons]
    field = last.join((", ".join(names[:-1]), names[-1]))
    assert people(field) == expected(persons)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("P. Ost, U. Held", [("P. Ost", "Ost"), ("U. Held", "Held")]),
        ("{García Márquez}, Gabriel José", [("Gabriel José García Márquez", "García Márquez")]),
        ("Ruiz de Ek, Ana Pia", [("Ana Pia Ruiz de Ek", "Ruiz de Ek")]),
        ("Pia Ost and \\'Emile Ek and {\\v S}imek, B.", [("Pia Ost", "Ost"), ("Émile Ek", "Ek"), ("B. Šimek", "Šimek")]),
        ("van der Holt, Jan Piet and Mira Brandt", [("Jan Piet van der Holt", "van der Holt"), ("Mira Brandt", "Brandt")]),
        ("King, Jr., Martin", [("Martin King Jr.", "King")]),
        ("King, Martin, Jr.", [("Martin King Jr.", "King")]),
        ("Martin King, Jr.", [("Martin King Jr.", "King")]),
        ("Martin King, III and Pia Ost", [("Martin King III", "King"), ("Pia Ost", "Ost")]),
        ("M&uuml;ller, J&#246;rg; Ost, Pia", [("Jörg Müller", "Müller"), ("Pia Ost", "Ost")]),
        ("{Nook; Harbour and Sons} and Ost, P.", [("Nook; Harbour and Sons", "Nook; Harbour and Sons"), ("P. Ost", "Ost")]),
    ],
)  # fmt: skip
def test_one_name_stays_one(field: str, names: list[tuple[str, str]]) -> None:
    assert people(field) == names


@pytest.mark.parametrize(
    "field", ["Ost, Pia, Held", "Plato, Socrates, Zeno", "Ost, P., Held, Ulf", "A, B, C, D, E"]
)
def test_commas_that_no_rule_explains_are_a_fault(field: str) -> None:
    with pytest.raises(AuthorNamesError, match="commas"):
        parse_authors(field, latex_to_text)


def test_the_key_decides_whether_a_comma_stands_between_two_persons() -> None:
    one, two = "García Márquez, Gabriel José", "Pia Ost, Ulf Held"
    for key in ("Garcia1967", "garcia-marquez:1967", "García:x"):
        assert people(one, key) == [("Gabriel José García Márquez", "García Márquez")]
    for key in ("ost2020", "OstHeld20", "Ost_Held"):
        assert people(two, key) == [("Pia Ost", "Ost"), ("Ulf Held", "Held")]
    for field in (one, two):
        with pytest.raises(AuthorNamesError, match="one person or two"):
            people(field, "paper7")
    listed = "García Márquez, Gabriel José and Ost, Pia"
    assert people(listed)[0] == ("Gabriel José García Márquez", "García Márquez")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Wei Zhang 0012 and Jan Keller 0001", ["Wei Zhang", "Jan Keller"]),
        ("Zhang 0012, Wei and {Jan Keller 0001}", ["Wei Zhang", "Jan Keller"]),
        ("Wei Zhang 1012 and Wei~Li~0003", ["Wei Zhang 1012", "Wei Li"]),
        ("Team Parcels 2023", ["Team Parcels 2023"]),
    ],
)
def test_the_numbers_of_namesakes_are_no_part_of_a_name(field: str, names: list[str]) -> None:
    assert [name for name, _ in people(field)] == names
    listed = parse_authors(field, latex_to_text, from_dblp=True)
    assert not any(name[-1].isdigit() for name in (a.name for a in listed.authors))


@pytest.mark.parametrize(
    "ending",
    [" et al.", " et al", ", et~al.", " et. al.", " and others", " and et al.", " and {et al.}", "; et al."],
)  # fmt: skip
def test_others_are_no_author(ending: str) -> None:
    listed = parse_authors(f"Ost, Pia{ending}", latex_to_text)
    assert [a.name for a in listed.authors] == ["Pia Ost"]
    assert listed.cut


@pytest.mark.parametrize("name", ["Bo Test", "Test, Bo"])
def test_what_stands_in_brackets_after_a_name_is_the_affiliation(name: str) -> None:
    field = f"{name} (Kuwait\n University, Dept. 1; East) and Al One (Ed.) and Wei (Wayne) Ek"
    listed = parse_authors(field, lambda text: " ".join(latex_to_text(text).split()))
    assert listed.authors == (
        Author("Bo Test", "Test", affiliation="Kuwait University, Dept. 1; East"),
        Author("Al One", "One"),
        Author("Wei (Wayne) Ek", "Ek"),
    )


@given(st.text(alphabet="Ab{}(),;. \\~0d", max_size=60))
def test_no_list_makes_it_stumble(field: str) -> None:
    try:
        listed = parse_authors(field, latex_to_text)
    except AuthorNamesError:
        return
    assert all(author.name for author in listed.authors)
    assert all(one is not two for one, two in pairwise(listed.authors))
