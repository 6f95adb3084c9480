"""Install what Debian has for the tests, where it is missing and we may install it.

    python .ci/debian.py [consumers]

With the word ``consumers`` it is the programs that the tests of that mark run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

#: Packages, and the commands of which one will do.
PACKAGES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "rclone": ("rclone",),
    "firefox-esr": ("firefox-esr", "firefox"),
    "rsync": ("rsync",),
}
CONSUMERS = {
    "biber": ("biber",),
    "bibutils": ("bib2xml",),
    "default-jre-headless": ("java",),
    "pandoc": ("pandoc",),
    "texlive-bibtex-extra": ("biber",),
    "texlive-latex-recommended": ("pdflatex",),
    "texlive-luatex": ("lualatex",),
}


def main() -> int:
    """Return 0: tests that need what is missing are skipped and say so."""
    packages = PACKAGES | (CONSUMERS if "consumers" in sys.argv[1:] else {})
    missing = [p for p, names in packages.items() if not any(map(shutil.which, names))]
    if not missing:
        return 0
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print(f"Not found: {', '.join(missing)}. Install them for the tests that need them.")
        return 0
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
    ):
        if subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603 - fixed commands
            print(f"{' '.join(command)} failed: tests will be skipped.")
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
