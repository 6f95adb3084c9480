"""Some days of the simulated year (``tests/tools/simulated_year.py`` lives all of them), each fault once."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from simulated_year import live

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills forks, limits files")

_DAYS = (
    (), (), ("killed",), ("edited by hand",), ("HTML",), (),
    None, None, None,
    ("two at once",), ("two machines",), ("files may not grow",), ("CRLF and BOM",), ("429",),
    ("topic renamed",), ("merge markers",), ("upgrade",), ("503",), ("topic renamed",), ("killed", "two machines"),
)  # fmt: skip


def _planned(number: int, _: random.Random) -> tuple[str, ...] | None:
    return _DAYS[number]


def test_no_paper_and_no_edit_is_lost_whatever_happens(tmp_path: Path) -> None:
    year = live(tmp_path, len(_DAYS), faults=_planned)
    assert year.missing() == set()
    assert year.surprises == []
    assert year.check() == []
    assert len(year.edited) == 1
    # Two sources on each of three bad days; with merge markers those that need the record.
    assert 6 <= year.log["runs that failed"] <= 8
    assert year.log["ended by a signal"] == 2
    assert len(year.world.all_ids()) > 30
