"""Run the site and its worker on this machine until Ctrl-C.

    python -m tools.serve

PORT chooses another port than 5000. This is for trying out; docs/operations.md is for production.
"""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from types import FrameType
from typing import IO
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from tools.demo import DATABASE, environment, prepare
from tools.steps import PYTHON, ROOT, StepFailed

HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds until the site must answer
GRACE = 10.0  # seconds for a request or a mail that is under way
LOG = DATABASE.parent / "run.log"
LAST_LINES = 15


def main() -> int:
    env = environment()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        port = free_port(env.get("PORT") or "5000")
        prepare(env)
        return supervise(start(port, env), address=f"http://{HOST}:{port}")
    except StepFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def free_port(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise StepFailed(f"PORT must be a number from 1 to 65535, not {given!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(given)))
        except OSError as error:
            raise StepFailed(
                f"Port {given} is in use on this machine. Choose another: make run PORT=8000"
            ) from error
    return int(given)


def start(port: int, env: Mapping[str, str]) -> dict[str, subprocess.Popen[bytes]]:
    gunicorn = ["gunicorn", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "8"]
    quietly = ["--worker-class", "gthread", "--graceful-timeout", "5", "--log-level", "warning"]
    commands = {
        "site": [*gunicorn, *quietly, "app:create_app()"],
        "worker": ["flask", "--app", "app", "worker"],
    }
    # Each in a session of its own: Ctrl-C reaches only this process, which then stops both in turn.
    with LOG.open("wb") as log:
        return {name: _start(words, env, log) for name, words in commands.items()}


def _start(words: list[str], env: Mapping[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [str(PYTHON), "-m", *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
    )


def supervise(processes: dict[str, subprocess.Popen[bytes]], address: str) -> int:
    try:
        wait_until_answered(address, processes)
        print(f"\n  Speelplek is open on {address}\n", flush=True)
        print(f"  Ctrl-C stops it. What happens is written to {LOG.relative_to(ROOT)}.", flush=True)
        while not stopped(processes):
            time.sleep(0.5)
        raise StepFailed(f"The {stopped(processes)} stopped by itself.\n{last_lines()}")
    finally:
        stop(processes)


def wait_until_answered(address: str, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not answers(address):
        if name := stopped(processes):
            raise StepFailed(f"The {name} did not start.\n{last_lines()}")
        if time.monotonic() > deadline:
            raise StepFailed(f"{urlsplit(address).netloc} does not answer.")
        time.sleep(0.1)


def answers(address: str) -> bool:
    with suppress(URLError, OSError):
        build_opener(ProxyHandler({})).open(f"{address}/healthz", timeout=2).close()
        return True
    return False


def stopped(processes: dict[str, subprocess.Popen[bytes]]) -> str:
    """The name of a process that runs no more, or nothing."""
    return next((name for name, process in processes.items() if process.poll() is not None), "")


def last_lines() -> str:
    lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-LAST_LINES:])


def stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
