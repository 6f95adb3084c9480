"""The checksum of a record: every edit is seen, and nothing else is taken for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.store.record_checksum import was_edited, with_checksum, without_checksum
from paper_digest.store.record_format import decode_paper, encode_paper
from paper_strategies import records

ID = st.just("arxiv:2503.00010")


@given(records(ID), st.data())
def test_every_edit_is_seen(paper: object, data: st.DataObject) -> None:
    plain = encode_paper(paper)  # type: ignore[arg-type]
    written = with_checksum(plain)
    assert not was_edited(written)
    assert not was_edited(written.replace(b"\n", b"\r\n"))
    assert without_checksum(written) == plain
    assert decode_paper(written, "x.md") == decode_paper(plain, "x.md")
    place = data.draw(st.integers(0, len(plain) - 1))
    edited = bytes([*plain[:place], plain[place] ^ 1, *plain[place + 1 :]])
    mark = written[len(plain.partition(b"\n---\n")[0]) :].split(b"\n---\n")[0]
    head, end, body = edited.partition(b"\n---\n")
    if end:
        assert was_edited(head + mark + end + body)


def test_records_of_earlier_versions_are_not_known_to_be_edited() -> None:
    assert not was_edited(b'---\nid: "arxiv:2503.00010"\n---\n')
    assert not was_edited(b"")
