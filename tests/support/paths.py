"""Where the tests find the project, its theme, their inputs and goldens, and real data beside it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generator" / "paper_digest"
THEME = PACKAGE / "site" / "theme"
STANDARD_PAGES = PACKAGE / "builder" / "pages"
DATA = ROOT / "tests" / "data"
#: An archive with its settings, so that tests do not depend on what the project's own holds.
SAMPLE = DATA / "sample"
TOOLS = ROOT / "tests" / "tools"
#: Real metadata and saved pages; tests that need them are skipped where they are absent.
SHARED = ROOT.parent / "shared"
