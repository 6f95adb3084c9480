"""Take pictures of every kind of page in four forms, into ``screenshots/``: ``make screenshots``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "support")]

from page_kinds import KINDS  # noqa: E402 - the tests' folders are put on the path above
from paths import ROOT  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from reading_archive import write_archive  # noqa: E402
from temporary_project import build_site, new_project, served  # noqa: E402

OUT = ROOT / "screenshots"
FORMS = {
    f"{device}-{scheme}": {
        "viewport": {"width": width, "height": height},
        "color_scheme": scheme,
        "has_touch": device == "phone",
        "is_mobile": device == "phone",
    }
    for device, width, height in (("desk", 1280, 900), ("phone", 390, 844))
    for scheme in ("light", "dark")
}


def main() -> None:
    """Build the bundled archive with the awkward papers, and photograph it."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = new_project(Path(folder) / "site")
        write_archive(place)
        with served(build_site(place)) as address, sync_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            for form, options in FORMS.items():
                _take(browser, address, form, options)
            browser.close()


def _take(browser: Browser, address: str, form: str, options: dict[str, object]) -> None:
    context = browser.new_context(**options)  # type: ignore[arg-type] # a table of options
    page = context.new_page()
    for kind, path in KINDS.items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=OUT / f"{kind}-{form}.png")
    context.close()


if __name__ == "__main__":
    main()
