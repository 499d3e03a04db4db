"""Steps that take a while: said when they start, skipped when nothing changed since."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
SIGN_OF_LIFE = 5.0  # seconds


class StepFailed(Exception):
    """A step did not work; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Work that depends on the content of some files and leaves something behind."""

    name: str
    said: str
    inputs: tuple[Path, ...]
    made: Path
    work: Callable[[], None]

    @property
    def fingerprint(self) -> str:
        digest = sha256(self.name.encode())
        for path in self.inputs:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @property
    def is_done(self) -> bool:
        stamp = STAMPS / self.name
        return self.made.exists() and stamp.exists() and stamp.read_text() == self.fingerprint

    def do(self) -> None:
        say(self.said)
        self.work()
        STAMPS.mkdir(parents=True, exist_ok=True)
        (STAMPS / self.name).write_text(self.fingerprint)


def do_what_is_left(steps: Iterable[Step]) -> None:
    for step in steps:
        if not step.is_done:
            step.do()


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


def run(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
    """Run a command quietly, with a sign of life every few seconds; its output only if it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        code = _watch(command, output, env or os.environ)
        output.seek(0)
        if code:
            sys.stderr.write(output.read()[-4000:])
            raise StepFailed(f"This command failed: {' '.join(map(str, command))}")


def _watch(command: Sequence[str | Path], output: IO[str], env: Mapping[str, str]) -> int:
    started = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
    ) as process:
        while True:
            try:
                return process.wait(SIGN_OF_LIFE)
            except subprocess.TimeoutExpired:
                print(f"    … still busy, {time.monotonic() - started:.0f} s", flush=True)
