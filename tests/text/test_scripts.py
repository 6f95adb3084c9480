"""The script of a text decides its language and direction, or says that it does not."""

# ruff: noqa: RUF001 - letters of other scripts that look like Latin ones

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.scripts import TextLanguage, has_rtl_letters, text_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Looms that learn", TextLanguage()),
        ("Über Webstühle", TextLanguage()),
        ("α-looms and β-looms", TextLanguage()),
        ("α", TextLanguage()),
        ("אריגה בנול", TextLanguage("he", is_rtl=True)),
        ("LOOM: אריגה בנול", TextLanguage("he", is_rtl=True, starts_so=False)),
        ("A word of Hebrew: נול", TextLanguage()),
        ("צמר: a word of Hebrew", TextLanguage("", is_rtl=False, starts_so=False)),
        ("دراسة الأنوال القديمة", TextLanguage("ar", is_rtl=True)),
        ("نول", TextLanguage("und-Arab", is_rtl=True)),
        ("کتاب ہے", TextLanguage("ur", is_rtl=True)),
        ("کتابیں اور کپڑے", TextLanguage("ur", is_rtl=True)),
        ("پژوهشی درباره دستگاه‌های بافندگی و کاربرد آنها در صنعت", TextLanguage("fa", is_rtl=True)),
        ("织机", TextLanguage("und-Hani")),
        ("织机" * 20, TextLanguage("zh")),
        ("基于LoomNet的织机", TextLanguage("und-Hani")),
        ("LoomNetwork 织机", TextLanguage()),
        ("織機の研究", TextLanguage("ja")),
        ("베틀의 연구", TextLanguage("ko")),
        ("Ткацкие станки", TextLanguage("und-Cyrl")),
        ("Ткацкий станок: новый вид", TextLanguage("ru")),
        ("Її верстат", TextLanguage("uk")),
        ("Αργαλειός", TextLanguage("el")),
        ("กี่ทอผ้า", TextLanguage("th")),
    ],
)
def test_the_script_decides(text: str, language: TextLanguage) -> None:
    assert text_language(text) == language


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_latin_decides_nothing(text: str) -> None:
    assert text_language(text) == TextLanguage()
    assert not has_rtl_letters(text)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    language = text_language(text)
    assert language.tag.isascii()
    assert not language.is_rtl or has_rtl_letters(text)
