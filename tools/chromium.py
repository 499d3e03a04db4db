"""Find a Chromium for the browser tests, or install Debian's; say clearly what to do otherwise.

python -m tools.chromium
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tools.steps import StepFailed, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
WHAT_TO_DO = """The browser tests need Chromium, and none was found.
Install it and try again:
  Debian, Ubuntu:  sudo apt-get install chromium
  Fedora:          sudo dnf install chromium
  macOS:           brew install --cask chromium
or say where it is:  make test CHROMIUM=/path/to/chromium"""


def main() -> int:
    if find() is None:
        try:
            install()
        except StepFailed as failure:
            print(f"\n{failure}\n\n{WHAT_TO_DO}", file=sys.stderr)
            return 1
    return 0


@cache
def find() -> Path | None:
    """The first that starts: on some systems `chromium-browser` only says how to install it."""
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> list[Path]:
    if chosen := os.environ.get("CHROMIUM"):
        return [Path(chosen)]
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    return [*on_path, *ON_A_MAC]


def _starts(path: Path) -> bool:
    try:
        answer = subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def install() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise StepFailed("Chromium cannot be installed from here.")
    say("Installing Chromium for the browser tests")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], env)
    run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], env)
    find.cache_clear()
    if find() is None:
        raise StepFailed("The package was installed, but Chromium does not start.")


if __name__ == "__main__":
    sys.exit(main())
