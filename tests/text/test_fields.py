"""Ids from outside that are known in part or in many forms."""

# ruff: noqa: RUF001 - the commas of Chinese

from __future__ import annotations

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
