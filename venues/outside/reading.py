"""The process that reads one calendar and says when its owner is busy.

A calendar may be made to take for ever or to eat all memory, so it is read where that hurts nobody:
without the settings of the installation, without a database, and within limits of the machine.
It gets a calendar on its input, two moments and our domain as arguments, and writes JSON.
"""

import json
import resource
import sys
from datetime import UTC, datetime

MEMORY = 512 * 1024 * 1024
SECONDS = 20
FILES = 32


def limit() -> None:
    """Before anything else is imported."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
