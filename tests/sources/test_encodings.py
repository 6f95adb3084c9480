"""Encodings: a text is read as what it is, or named; it is never stored as other characters."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import SourceError
from paper_digest.sources.encodings import decode_text

#: Words of each encoding, with letters that no other reads alike.
WORDS = {
    "cp1250": "Šimůnek Łukasz Ţepeş \N{EN DASH} „cost” 5 €",
    "cp1251": "Иванов Пётр № 5 Ґедзь",
    "cp1252": "Žaïra Müller «É» Œuvre \N{EN DASH} “5 €”",
    "cp1253": "Παπαδόπουλος",
    "cp1254": "Ağaoğlu Şişli Diyarbakir",
    "iso8859-2": "Šimůnek Łukasz",
    "iso8859-15": "Žaïra Œuvre €",
    "mac-roman": "Café Müller Köln",
    "koi8-r": "Иванов Пётр",
    "gbk": "王小明 中文标题",
    "gb18030": "王小明 中文标题 €",
    "big5": "王小明 中文標題",
    "shift_jis": "山田太郎 学習と表現",
    "euc_jp": "山田太郎 学習と表現",
    "euc_kr": "김민수 학습 표현",
}
LINES = [
    "%% Encoding: {}",
    "% Encoding: {}",
    "This file was created with JabRef 1.8.\nEncoding: {}",
    "% -*- mode: bibtex; coding: {} -*-",
    "% !TeX encoding = {}",
    "% !TEX encoding={}",
    "@misc{{a, title = {{A}}}}\n% vim: set fileencoding={} :",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("encoding", WORDS)
def test_a_file_is_read_as_it_declares(encoding: str, line: str) -> None:
    text = f"{line.format(encoding)}\n@misc{{k, title = {{{WORDS[encoding]}}}}}\n"
    decoded = decode_text(text.encode(encoding), "a.bib")
    assert (decoded.text, decoded.problems, decoded.undecided) == (text, (), frozenset())


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Cp1250", "cp1250"),
        ("ISO8859_1", "latin-1"),
        ("ISO8859_2", "iso8859-2"),
        ("MacRoman", "mac-roman"),
        ("x-MacRoman", "mac-roman"),
        ("KOI8_R", "koi8-r"),
        ("EUC_JP", "euc_jp"),
        ("SJIS", "shift_jis"),
        ("MS932", "cp932"),
        ("windows-31j", "cp932"),
        ("GB2312", "gbk"),
        ("iso-latin-1-unix", ""),
        ("latin-1-unix", "latin-1"),
    ],
)
def test_names_of_other_programs_are_known(name: str, encoding: str) -> None:
    words = {"latin-1": "Müller", "cp932": "山田①", "gbk": "王小明朱镕基"}.get(
        encoding, WORDS.get(encoding, "Müller")
    )
    text = f"% Encoding: {name}\n{words}"
    decoded = decode_text(text.encode(encoding or "cp1252"), "a.bib")
    assert decoded.text == text
    assert bool(decoded.problems) == (not encoding)


def test_bibdesk_names_an_encoding_in_words() -> None:
    for words, encoding in (
        ("Western (Mac OS Roman)", "mac-roman"),
        ("Central European (Windows Latin 2)", "cp1250"),
        ("Unicode (UTF-8)", "utf-8"),
    ):
        text = f"%% Saved with string encoding {words} \n\nKöln"
        assert decode_text(text.encode(encoding), "a.bib").text == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), max_size=60))
def test_utf_8_needs_no_declaration_and_utf_16_no_mark(words: str) -> None:
    text = f"@misc{{key, title = {{A Title of Some Length, and}}}}\n\n{words}\n"
    forms = [text.encode(), codecs.BOM_UTF8 + text.encode()]
    for order in ("le", "be"):
        wide = text.encode(f"utf-16-{order}")
        mark = codecs.BOM_UTF16_LE if order == "le" else codecs.BOM_UTF16_BE
        forms += [wide, mark + wide]
    for data in forms:
        decoded = decode_text(data, "a.bib")
        assert (decoded.text, decoded.problems) == (text, ())
    assert decode_text(text.replace("\n", "\r\n").encode("utf-16"), "a.bib").text == text


def test_what_declares_nothing_and_is_not_utf_8_is_western_windows() -> None:
    text = "@misc{a,\n title = {“Žaïra” \N{EN DASH} 5 € à l\N{RIGHT SINGLE QUOTATION MARK}œuvre, Müller²}}"
    decoded = decode_text(text.encode("cp1252"), "a.bib")
    assert (decoded.text, decoded.undecided) == (text, frozenset())
    assert [(p.line, "cp1252" in p.what) for p in decoded.problems] == [(2, True)]
    assert decode_text(("% Encoding: UTF8\n" + text).encode("cp1252"), "a").text.endswith(text)


@pytest.mark.parametrize(
    "encoding",
    ["cp1251", "cp1253", "koi8-r", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr", "mac-roman"],
)
def test_what_cannot_be_decided_is_not_stored(encoding: str) -> None:
    text = f"@misc{{a, title = {{Plain}}}}\n@misc{{b, title = {{{WORDS[encoding]}}}}}"
    decoded = decode_text(text.encode(encoding), "a.bib")
    assert decoded.undecided == {2}
    assert [p.line for p in decoded.problems] == [2]
    assert "% Encoding:" in decoded.problems[0].cure
    assert decoded.text.splitlines()[0] == "@misc{a, title = {Plain}}"


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1251", "gbk", "shift_jis"])
@pytest.mark.parametrize(
    "words", ["Žaïra Müller \N{EN DASH} “5 €”", "王小明 中文标题", "Иванов", "שלום עולם"]
)
def test_a_file_that_became_utf_8_is_read_as_such_whatever_it_declares(
    encoding: str, words: str
) -> None:
    text = f"% Encoding: {encoding}\n{words}, the “same” thing"
    decoded = decode_text(text.encode(), "a.bib")
    assert decoded.text == text
    assert ["declares" in p.what for p in decoded.problems] == [True]


@pytest.mark.parametrize("words", ["„Spaß“", "„MENÜ“", "«CAFÉ»"])
def test_two_bytes_that_could_be_utf_8_do_not_overrule_a_declaration(words: str) -> None:
    text = f"% Encoding: windows-1252\n{words}"
    assert decode_text(text.encode("cp1252"), "a.bib").text == text
    # Nor do they among lines that are none.
    text = f"Müller\n{words}"
    assert decode_text(text.encode("cp1252"), "a.bib").text == text


def test_lines_of_two_encodings_are_each_read_as_theirs_but_one_of_both_is_not() -> None:
    lines = ["Müller".encode(), "Žaïra Müller".encode("cp1252"), "\N{EN DASH} “x” Müller".encode()]
    decoded = decode_text(b"\n".join(lines), "a.bib")
    assert decoded.text == "Müller\nŽaïra Müller\n\N{EN DASH} “x” Müller"
    decoded = decode_text(b"\n".join([*lines, "王小明".encode() + b" M\xfcller"]), "a.bib")
    assert decoded.undecided == {4}


def test_declared_bytes_that_the_encoding_does_not_have_are_undecided() -> None:
    decoded = decode_text(b"% Encoding: windows-1252\nfine \xe9\nbroken \x81\n", "a.bib")
    assert decoded.undecided == {3}
    assert decoded.text.splitlines()[1] == "fine é"


def test_an_encoding_nobody_knows_is_named_and_damaged_utf_16_refused() -> None:
    for name in ("klingon", "rot13", "unicode_escape", "base64", "utf-7", "undefined"):
        decoded = decode_text(f"% Encoding: {name}\nMüller".encode(), "a.bib")
        assert decoded.text.endswith("Müller")
        assert [name in p.what for p in decoded.problems] == [True]
    with pytest.raises(SourceError, match="damaged at byte"):
        decode_text("@misc{key, title = {A}}".encode("utf-16")[:-1], "a.bib")


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    try:
        decoded = decode_text(data, "a.bib")
    except SourceError:
        return
    assert all(number <= decoded.text.count("\n") + 1 for number in decoded.undecided)
