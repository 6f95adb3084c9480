"""The words of scripts: those they ask for and no others, as data that cannot become code or markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from paper_digest.text import language as words

SCRIPT = """
const CATALOGUE = { language: "en-GB", messages: {} };
a(gettext("Topics"), pgettext("order", "Date"),
ngettext(
"{n} paper",
"{n} papers",
count,
), gettext('A "phrase"'), gettext("Never translated"), other("Dates"));
"""
ARABIC = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "Topics"
msgstr "المواضيع'\\\\"

msgid "Dates"
msgstr "التواريخ"

msgid "A \\"phrase\\""
msgstr "عبارة"

msgctxt "order"
msgid "Date"
msgstr "التاريخ"

msgid "{n} paper"
msgid_plural "{n} papers"
msgstr[0] "صفر"
msgstr[1] "واحدة"
msgstr[2] "اثنتان"
msgstr[3] "{n} أوراق"
msgstr[4] "{n} ورقة"
msgstr[5] "{n} ورق"
"""


def catalogue_in(script: str) -> dict[str, object]:
    (line,) = re.findall(r"^const CATALOGUE = (\{.*\});$", script, re.MULTILINE)
    value: dict[str, object] = json.loads(line)
    return value


def test_for_english_a_script_stays_as_it_is() -> None:
    assert words.with_words(SCRIPT, [SCRIPT]) is SCRIPT


def test_a_script_has_the_words_that_it_asks_for(tmp_path: Path) -> None:
    (tmp_path / "ar.po").write_text(ARABIC, "utf-8")
    with words.language("ar", tmp_path):
        catalogue = catalogue_in(words.with_words(SCRIPT, [SCRIPT]))
    forms = ("صفر", "واحدة", "اثنتان", "{n} أوراق", "{n} ورقة", "{n} ورق")
    assert catalogue == {
        "language": "ar",
        "dir": "rtl",
        "messages": {
            "Topics": "المواضيع'\\",
            "order\x04Date": "التاريخ",
            "{n} paper": dict(
                zip(("zero", "one", "two", "few", "many", "other"), forms, strict=True)
            ),
            'A "phrase"': "عبارة",
        },
    }


@pytest.mark.parametrize(("code", "forms"), [("ja", 1), ("zh", 1), ("de", 2), ("fr", 2), ("es", 2)])
def test_a_number_that_a_language_words_alike_has_the_same_form(
    tmp_path: Path, code: str, forms: int
) -> None:
    rule = {"ja": "0", "zh": "0", "fr": "n > 1"}.get(code, "n != 1")
    translations = "".join(f'msgstr[{form}] "form {form} {{n}}"\n' for form in range(forms))
    (tmp_path / f"{code}.po").write_text(
        f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: nplurals={forms}; plural=({rule});\\n"\n\n'
        f'msgid "{{n}} paper"\nmsgid_plural "{{n}} papers"\n{translations}',
        "utf-8",
    )
    with words.language(code, tmp_path):
        messages = catalogue_in(words.with_words(SCRIPT, [SCRIPT]))["messages"]
    expected = {"one": "form 0 {n}"} if forms > 1 else {}
    last = f"form {forms - 1} {{n}}"
    millions = {"many": last} if code in {"fr", "es"} else {}
    assert messages == {"{n} paper": expected | millions | {"other": last}}
