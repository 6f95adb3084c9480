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
