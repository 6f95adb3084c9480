"""Ids from outside that are known in part or in many forms."""

# ruff: noqa: RUF001 - the commas of Chinese

from __future__ import annotations

from urllib.parse import quote

import pytest
from paper_digest.text import fields


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("P18-1001", "P18-1001"),
        ("p18-1001", "P18-1001"),
        ("https://aclanthology.org/2020.acl-main.12/", "2020.acl-main.12"),
        ("https://www.aclweb.org/anthology/P/P18/P18-1001.pdf", "P18-1001"),
        ("https://aclanthology.org/P18-1001v2.pdf", "P18-1001"),
        ("10.18653/v1/2020.ACL-main.1", "2020.acl-main.1"),
        ("https://doi.org/10.3115/v1/p14-1001", "P14-1001"),
        ("P18-1", ""),
        ("2020.acl-main", ""),
        ("https://aclanthology.org/people/a/", ""),
        ("https://example.org/P18-1001", ""),
        (None, ""),
    ],
)
def test_acl_ids_are_known_in_all_their_forms(text: object, bare: str) -> None:
    assert fields.parse_acl_id(text) == bare


#: What programs and people write before a DOI, and after one in an address.
BEFORE_DOI = ["", "doi:", "DOI: ", "DOI ", "doi:https://doi.org/"]
RESOLVERS = [
    "https://doi.org/", "http://dx.doi.org/", "https://www.doi.org/", "doi.org/", "//doi.org/",
    "http://doi.acm.org/", "http://doi.ieeecomputersociety.org/", "https://doi.org/doi:",
]  # fmt: skip
AFTER_DOI = ["", ".", "/", "?utm_source=a", "#citeas", "?a=b#c"]
DOIS = [
    "10.5555/boats.7", "10.5555/s0140-6736(05)12345-6", "10.5555/a[1]_b", "10.5555/what?#b", "10.5555/a%20b",
    "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
    "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-#",
]  # fmt: skip


@pytest.mark.parametrize("doi", DOIS)
def test_a_doi_is_the_same_however_it_is_written(doi: str) -> None:
    for before in BEFORE_DOI[:-1]:
        assert fields.parse_doi(before + doi) == doi
        assert fields.parse_doi(f"{before}{doi.upper()};") == doi
    for resolver in (*RESOLVERS, BEFORE_DOI[-1]):
        for after in AFTER_DOI:
            assert fields.parse_doi(resolver + quote(doi) + after) == doi
    assert (
        fields.parse_doi("https://doi.org/10.5555/A<1::b>3.0.CO;2-#") == "10.5555/a<1::b>3.0.co;2-#"
    )


@pytest.mark.parametrize("resolver", RESOLVERS)
def test_a_doi_that_holds_an_id_gives_it_behind_every_resolver(resolver: str) -> None:
    assert fields.parse_arxiv_id(f"{resolver}10.48550/arXiv.2511.01230v2") == ("2511.01230", 2)
    assert fields.parse_acl_id(f"{resolver}10.18653/v1/2020.acl-main.12") == "2020.acl-main.12"


@pytest.mark.parametrize(
    "text",
    ["10.5555", "doi10.5555/a", "https://doi.org.example.net/10.5555/a", "a doi.org/10.5555/a"],
)
def test_what_is_no_doi_gives_none(text: str) -> None:
    assert fields.parse_doi(text) == ""


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://openreview.net/forum?id=aB_1-c", "aB_1-c"),
        ("https://openreview.net/forum?noteId=x&id=aB_1-c#top", "aB_1-c"),
        ("https://openreview.net/pdf?id=aB_1-c", "aB_1-c"),
        ("https://openreview.net/group?id=Made.up", ""),
        ("https://openreview.net/forum?id=", ""),
        ("aB_1-c", ""),
        (7, ""),
    ],
)
def test_openreview_ids_are_taken_from_addresses(text: object, bare: str) -> None:
    assert fields.parse_openreview_id(text) == bare


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("http://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X"),
        (" https://orcid.org/0000-0002-1825-0097/ ", "0000-0002-1825-0097"),
        ("0000-0002-1825-009", ""),
        ("0000-0002-1825-00970", ""),
        ("\u0660\u0660\u0660\u0660-0002-1825-0097", ""),
        ("https://orcid.org/0000-0002-1825-0097/works", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_an_orcid_id_is_known_bare_and_as_an_address(text: object, bare: str) -> None:
    assert fields.parse_orcid(text) == bare


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X", "0000-0001-5109-3700"]
)
def test_an_orcid_with_one_digit_mistyped_or_two_exchanged_is_none(orcid: str) -> None:
    """What the check digit is for: any one digit wrong, any two neighbours exchanged."""
    for place, right in enumerate(orcid):
        for wrong in "0123456789X" if right != "-" else "":
            changed = orcid[:place] + wrong + orcid[place + 1 :]
            assert fields.parse_orcid(changed) == (orcid if changed == orcid else "")
    digits = orcid.replace("-", "")
    for place in range(15):
        pair = digits[place : place + 2]
        changed = digits[:place] + pair[::-1] + digits[place + 2 :]
        spelt = "-".join(changed[at : at + 4] for at in range(0, 16, 4))
        assert fields.parse_orcid(spelt) == (orcid if spelt == orcid else "")


@pytest.mark.parametrize(
    ("text", "line", "block"),
    [
        ("织机\n研究", "织机研究", "织机研究"),
        ("织机，\n 研究", "织机，研究", "织机，研究"),
        ("織機の\r\nAI\n研究", "織機の AI 研究", "織機の\nAI\n研究"),
        ("织机\n\n研究", "织机 研究", "织机\n\n研究"),
        ("织机\n  研究", "织机研究", "织机\n  研究"),
        ("베틀\n연구", "베틀 연구", "베틀\n연구"),
        ("loom\nstudy", "loom study", "loom\nstudy"),
    ],
)
def test_a_line_end_between_chinese_or_japanese_signs_is_no_space(
    text: str, line: str, block: str
) -> None:
    assert fields.one_line(text) == line
    assert fields.clean_block(text) == block
