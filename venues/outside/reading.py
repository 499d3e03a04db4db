"""The process that reads one calendar and says when its owner is busy.

A calendar may be made to take for ever or to eat all memory, so it is read where that hurts nobody:
without the settings of the installation, without a database, within limits of the machine. It gets
a calendar on its input, two moments and our domain as arguments, and writes JSON.
"""

import json
import resource
import sys
from datetime import UTC, datetime
from typing import Any

from core.period import Period
from venues.outside.busy import busy_times
from venues.outside.failures import Unread

MEMORY = 512 * 1024 * 1024
SECONDS = 12  # of the processor
FILES = 32


def limit() -> None:
    """What goes over it is refused, or ends this process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer(content: bytes, start: str, end: str, own_domain: str) -> dict[str, Any]:
    window = Period(*(datetime.fromtimestamp(int(at), UTC) for at in (start, end)))
    try:
        found = busy_times(content, window, own_domain)
    except Unread as unread:
        return {"failure": unread.failure}
    times = [
        (int(each.start.timestamp()), int(each.end.timestamp()), each.is_tentative)
        for each in found.times
    ]
    return {"times": times, "skipped": found.skipped}


if __name__ == "__main__":
    limit()
    json.dump(answer(sys.stdin.buffer.read(), *sys.argv[1:]), sys.stdout)
