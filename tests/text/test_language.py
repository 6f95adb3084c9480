"""The interface in another language: a text falls back and is counted, and none is shown damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.text import language as words
from paper_digest.text.dates import format_date, format_heading, format_long_date, month_name
from paper_digest.text.language import LANGUAGES, format_list, format_number, gettext, ngettext

_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def write_words(folder: Path, body: str) -> Path:
    (folder / "de.po").write_text(_HEADER + body, "utf-8")
    return folder


def test_a_text_without_translation_is_english_and_counted(tmp_path: Path) -> None:
    body = (
        'msgid "Topics"\nmsgstr "Themen"\n\n'
        'msgid "Dates"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "About"\nmsgstr "Unsicher"\n\n'
        'msgid "{n} paper"\nmsgid_plural "{n} papers"\nmsgstr[0] "{n} Arbeit"\nmsgstr[1] ""\n'
    )
    with words.language("de", write_words(tmp_path, body)):
        said = [gettext(one) for one in ("Topics", "Dates", "About", "Never collected")]
        papers = ngettext("{n} paper", "{n} papers", 2)
    assert said == ["Themen", "Dates", "About", "Never collected"]
    assert papers == "2 papers"
    assert words.catalogue_report("de", tmp_path) == (3, ())


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("{count} of {total}", "{count} von {summe}"),
        ("{count} of {total}", "{count} von allen"),
        ("by {name}", "von {name} {"),
        ("by {name}", "von {0}"),
        ("by {name}", "von {name!r}"),
        ("Topics", "<script>"),
        ("Topics", 'Themen" onload='),
        ("Topics", "{name}"),
    ],
)
def test_a_translation_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, source: str, translation: str
) -> None:
    quoted = translation.replace('"', '\\"')
    write_words(tmp_path, f'msgid "{source}"\nmsgstr "{quoted}"\n')
    values = {"count": 1, "total": 2, "name": "A"}
    with words.language("de", tmp_path):
        assert gettext(source, **values) == source.format(**values)
    missing, (problem,) = words.catalogue_report("de", tmp_path)
    assert missing == 1
    assert problem.where == f"{tmp_path}/de.po:6"
    assert problem.cure


def test_a_file_that_is_no_catalogue_leaves_english(tmp_path: Path) -> None:
    (tmp_path / "de.po").write_bytes(b'msgid "Topics"\nmsgstr "Themen\xff"\n')
    with words.language("de", tmp_path):
        assert gettext("Topics") == "Topics"
    assert words.catalogue_report("de", tmp_path).problems


def test_a_language_is_active_in_its_block_alone(tmp_path: Path) -> None:
    body = 'msgid "Topics"\nmsgstr "Themen"\n'
    with words.language("de", write_words(tmp_path, body)):
        with words.language("en"):
            assert gettext("Topics") == "Topics"
        assert gettext("Topics") == "Themen"
        assert words.active_language() == "de"
    assert gettext("Topics") == "Topics"
    assert words.is_english()


def test_english_is_the_text_of_the_code() -> None:
    assert ngettext("{n} paper", "{n} papers", 1) == "1 paper"
    assert ngettext("{n} paper", "{n} papers", 12345) == "12,345 papers"
    assert format_list(["A"]) == "A"
    assert format_list(["A", "B", "C"]) == "A, B and C"
    assert format_date("2025-11-05") == "5 Nov 2025"
    assert format_heading("2025-11-05") == "Wednesday, 5 November 2025"
    assert format_long_date("2025-W07") == "Week 7 of 2025"


@pytest.mark.parametrize(
    ("code", "day", "month", "heading", "number", "items"),
    [
        ("de", "5. Nov. 2025", "November 2025", "Mittwoch, 5. November 2025", "12.345", "A, B und C"),
        ("fr", "5 nov. 2025", "novembre 2025", "mercredi 5 novembre 2025", "12\u202f345", "A, B et C"),
        ("es", "5 nov 2025", "noviembre de 2025", "miércoles, 5 de noviembre de 2025", "12.345", "A, B y C"),
        ("zh", "2025年11月5日", "2025年11月", "2025年11月5日星期三", "12,345", "A、B和C"),
        ("ja", "2025年11月5日", "2025年11月", "2025年11月5日水曜日", "12,345", "A、B、C"),
        ("ar", "5 نوفمبر 2025", "نوفمبر 2025", "الأربعاء، 5 نوفمبر 2025", "12,345", "A وB وC"),
    ],
)  # fmt: skip
def test_dates_numbers_and_lists_are_the_language_s(
    code: str, day: str, month: str, heading: str, number: str, items: str
) -> None:
    with words.language(code):
        assert format_date("2025-11-05") == day
        assert format_long_date("2025-11") == month
        assert format_heading("2025-11-05") == heading
        assert format_number(12345) == number
        assert format_list(["A", "B", "C"]) == items
        assert format_date("2025").startswith("2025")
        assert month_name(11) in {"十一月", *heading.split(), heading[5:8]}


@pytest.mark.parametrize("code", LANGUAGES[1:])
def test_every_catalogue_is_read_without_a_problem(code: str) -> None:
    assert words.catalogue_report(code).problems == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_authors_withdraw_is_not_called_retracted(code: str) -> None:
    with words.language(code):
        withdrawn = {gettext("withdrawn"), gettext("Withdrawn")}
        assert gettext("retracted") not in withdrawn
        # In Chinese the one word is a retraction by a publisher, the other any withdrawal.
        assert not any("撤稿" in one for one in withdrawn)
        assert "撤稿" not in gettext("This paper has been withdrawn.")
