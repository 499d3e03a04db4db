"""The database of `make run`: migrated, and filled with a demo season when it is new.

python -m tools.demo [--anew]
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.steps import PYTHON, ROOT, StepFailed, run, say

DATABASE = ROOT / "instance" / "speelplek.sqlite3"
TRACES = ("", "-wal", "-shm", ".turn")


def main(arguments: list[str]) -> int:
    if "--anew" in arguments:
        say("Throwing the demo season away")
        throw_away()
    try:
        prepare(environment())
    except StepFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return 0


def environment() -> dict[str, str]:
    """Settings of a trial on this machine; those already in the environment win."""
    port = os.environ.get("PORT") or "5000"
    base_url = f"http://127.0.0.1:{port}"
    return {"SPEELPLEK_DEMO": "1", "SPEELPLEK_BASE_URL": base_url, **os.environ}


def prepare(env: Mapping[str, str]) -> None:
    """Bring the database up to date; fill it if this run made it."""
    is_new = not env.get("SPEELPLEK_DATABASE_URL") and not DATABASE.exists()
    say("Preparing the database")
    try:
        flask("db", "upgrade", env=env)
        if is_new:
            say("Making up a demo season in Utrecht")
            flask("demo", "fill", env=env)
    except BaseException:
        if is_new:  # half a season would never be completed
            throw_away()
        raise


def flask(*arguments: str, env: Mapping[str, str]) -> None:
    run([PYTHON, "-m", "flask", "--app", "app", *arguments], env)


def throw_away() -> None:
    for trace in TRACES:
        Path(f"{DATABASE}{trace}").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
