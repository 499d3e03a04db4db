"""Has a calendar read by a process of its own, and takes no longer over it than we have."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.period import Period
from venues.outside.content import looked_over
from venues.outside.failures import Failure, Unread
from venues.outside.found import Busy, Found

ROOT = Path(__file__).parent.parent.parent
COMMAND = (sys.executable, "-m", "venues.outside.reading")
PATIENCE = 20.0  # seconds


def busy_in(content: bytes, window: Period, own_domain: str, patience: float = PATIENCE) -> Found:
    """When its owner is busy within the window. Raises Unread."""
    span = [str(int(at.timestamp())) for at in (window.start, window.end)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, with numbers as its arguments
            [*COMMAND, *span, own_domain],
            input=looked_over(content),
            capture_output=True,
            check=True,
            timeout=patience,
            cwd=ROOT,
            env={},  # it has no business with our secrets
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Unread(Failure.TOO_HEAVY) from error
    return _found(json.loads(done.stdout))


def _found(answer: dict[str, Any]) -> Found:
    if "failure" in answer:
        raise Unread(Failure(answer["failure"]))
    times = (Busy(_moment(start), _moment(end), bool(soft)) for start, end, soft in answer["times"])
    return Found(tuple(times), int(answer["skipped"]))


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
