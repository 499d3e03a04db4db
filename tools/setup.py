"""Make ready: virtual environment, libraries, the two scripts of the pages, translations.

    python3 -m tools.setup [--dev]

Runs on any Python from 3.11. What is there already and has not changed is left alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.steps import PYTHON, ROOT, VENV, Step, StepFailed, do_what_is_left, run, say

OLDEST_PYTHON = (3, 11)
OLDEST_NPM = 7  # the first that reads the lockfile's format


def main(arguments: list[str]) -> int:
    try:
        make_ready(for_development="--dev" in arguments)
    except StepFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return 0


def make_ready(*, for_development: bool) -> None:
    make_environment()
    do_what_is_left([libraries(for_development), scripts(), translations()])


def make_environment() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise StepFailed(f"Speelplek needs Python 3.11 or newer; this is {found}.")
    if not _works(PYTHON):
        say(f"Making a virtual environment in {VENV.name}")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", VENV])


def _works(python: Path) -> bool:
    """Whether the environment has its Python and its pip; half an environment is made anew."""
    if not python.exists() or not list(VENV.glob("lib/*/site-packages/pip/__main__.py")):
        return False
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def libraries(for_development: bool) -> Step:
    name = "requirements-dev.txt" if for_development else "requirements.txt"
    files = ("constraints.txt", "requirements.txt", name)
    return Step(
        name=name,
        said="Fetching the libraries (a minute or so, only the first time)",
        inputs=tuple(ROOT / file for file in dict.fromkeys(files)),
        made=PYTHON,
        work=lambda: install(name),
    )


def install(requirements: str) -> None:
    quietly = ("--disable-pip-version-check", "--progress-bar", "off")
    run([PYTHON, "-m", "pip", "install", *quietly, "-r", ROOT / requirements])


def scripts() -> Step:
    return Step(
        name="npm",
        said="Fetching the scripts of the pages (htmx, idiomorph)",
        inputs=(ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"),
        made=ROOT / "node_modules",
        work=lambda: run([npm(), "ci"], {**os.environ, "npm_config_update_notifier": "false"}),
    )


def npm() -> Path:
    """The machine's own npm, or else the one that comes as a Python package."""
    if found := shutil.which("npm"):
        answer = subprocess.run([found, "--version"], check=False, capture_output=True, text=True)
        major = answer.stdout.strip().partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return Path(found)
    say("This machine has no npm; fetching one as a Python package (60 MB)")
    install("requirements-node.txt")
    return VENV / "bin" / "npm"


def translations() -> Step:
    texts = tuple(sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po")))
    return Step(
        name="translations",
        said="Compiling the translations",
        inputs=texts,
        made=texts[0].with_suffix(".mo") if texts else ROOT,
        work=lambda: run([PYTHON, "-m", "tools.translations", "compile"]),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
