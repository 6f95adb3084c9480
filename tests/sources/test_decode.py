"""What came instead of JSON or XML is said in words; control characters do not cost an answer."""

from __future__ import annotations

import pytest
from paper_digest.model.errors import SourceError
from paper_digest.sources.decode import read_json, read_xml
from paper_digest.sources.entry_location import EntryLocation, quote_value

EXPECTED = "expected boats"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "is empty"),
        (b"\x1f\x8b\x08\0", "compressed"),
        (b"\xef\xbb\xbf  <!doctype HTML><p>", "web page"),
        (b'{"a": "b', "ends in the middle"),
        (b"[1, 2", "ends in the middle"),
        (b"[1 2]", "is not JSON"),
        (b'["\xe9"]', "not UTF-8"),
        (b"[" * 99_999, "nested too deeply"),
    ],
)
def test_json_errors_say_what_came(data: bytes, named: str) -> None:
    with pytest.raises(SourceError) as fault:
        read_json(data, "boats.json", EXPECTED)
    assert named in fault.value.what
    assert EXPECTED in fault.value.what
    assert fault.value.where.startswith("boats.json")
    assert fault.value.cure


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"<a><b>", "ends in the middle"),
        (b"<a><b></a>", "is not XML"),
        (b"<a>\xe9</a>", "is not XML"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "declares entities"),
        (b"<?xml version='1.0' encoding='x-none'?><a/>", "encoding"),
        (b"no XML", "is not XML"),
    ],
)
def test_xml_errors_say_what_came(data: bytes, named: str) -> None:
    with pytest.raises(SourceError) as fault:
        read_xml(data, "boats.xml", EXPECTED)
    assert named in fault.value.what
    assert EXPECTED in fault.value.what
    assert fault.value.where.startswith("boats.xml")


@pytest.mark.parametrize("bad", [b"\x0b", b"&#11;", b"&#x0B;", b"&#0;"])
def test_control_characters_are_dropped_with_a_problem(bad: bytes) -> None:
    root, problems = read_xml(b"<a>bo" + bad + b"at&#10;</a>", "boats.xml", EXPECTED)
    assert root.text == "boat\n"
    assert "1 control characters" in problems[0].what
    assert read_xml(b"<a>&#9;&#13;&#x41;&#110;</a>", "boats.xml", EXPECTED)[1] == ()


def test_utf16_is_read_as_declared() -> None:
    root, _ = read_xml("<?xml version='1.0'?><a>é</a>".encode("utf-16"), "boats.xml", EXPECTED)
    assert root.text == "é"
    assert read_json('["é"]'.encode("utf-16"), "boats.json", EXPECTED) == ["é"]


def test_quotes_are_short_and_on_one_line() -> None:
    assert quote_value("a\nb\x07") == "“a b”"
    assert quote_value({"a": 1}) == "“{'a': 1}”"
    assert len(quote_value("x" * 999)) < 99


def test_a_place_names_entry_and_line() -> None:
    place = EntryLocation("boats.jsonl", "entry 3", 7).with_name("arXiv:2511.01230")
    problem = place.problem("it leaks", "mend it")
    assert str(problem) == "boats.jsonl:7: entry 3 (arXiv:2511.01230): it leaks; mend it"


@pytest.mark.parametrize(
    ("named", "codec", "text"),
    [
        ("ISO-8859-1", "cp1252", "Café “kites” \u2013 two"),
        ("iso-8859-1", "latin-1", "Café"),
        ("windows-1252", "cp1252", "Café “kites” \u2013 two"),
        ("ISO-8859-9", "cp1254", "Şişli\u2019de “uçurtma”"),
        ("windows-1251", "cp1251", "Змеи “в небе”"),
        ("koi8-r", "koi8-r", "Змеи в небе"),
        ("GB2312", "gb18030", "风筝与灯"),
        ("gbk", "gbk", "風箏与灯"),
        ("Big5", "big5", "風箏與燈"),
        ("Shift_JIS", "cp932", "凧と①灯"),
        ("EUC-JP", "euc-jp", "凧と灯"),
        ("EUC-KR", "cp949", "연과 등불"),
        ("utf-8", "utf-8", "Café “风筝”"),
        ("utf-16", "utf-16", "Café “风筝”"),
    ],
)
def test_xml_is_read_in_the_encoding_that_its_writers_meant(
    named: str, codec: str, text: str
) -> None:
    data = f"<?xml version='1.0' encoding='{named}' standalone='yes'?>\n<a>{text}</a>".encode(codec)
    root, problems = read_xml(data, "a.xml", "expected XML")
    assert (root.text, problems) == (text, ())


def test_xml_that_is_unicode_in_spite_of_what_it_says_is_read_so_and_named() -> None:
    data = "<?xml version='1.0' encoding='ISO-8859-1'?><a>Café, Čapek, Łódź, Şişli</a>".encode()
    root, [problem] = read_xml(data, "a.xml", "expected XML")
    assert root.text == "Café, Čapek, Łódź, Şişli"
    assert "declares cp1252 and is UTF-8" in problem.what


def test_the_line_of_a_fault_is_the_files_in_any_encoding() -> None:
    data = "<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\n“<b></a>".encode("cp1252")
    with pytest.raises(SourceError, match=r"a\.xml:3"):
        read_xml(data, "a.xml", "expected XML")
