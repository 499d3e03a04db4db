"""What every measurement does: databases of its own, percentiles, a table."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.databases import migrate
from tests.postgres import postgres

Row = Sequence[object]
IN_EARNEST = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "deadlock_timeout=1s")


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh migrated database of each kind, by name."""
    with tempfile.TemporaryDirectory() as folder, postgres(*IN_EARNEST) as server:
        urls = {"SQLite": f"sqlite:///{Path(folder) / 'bench.sqlite3'}", "PostgreSQL": server}
        for url in urls.values():
            migrate(url)
        yield urls


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        migrate(url)
        yield url


def percentile(durations: Sequence[float], share: float) -> float:
    """In milliseconds."""
    ordered = sorted(durations)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def syncs_a_second(seconds: float = 0.5) -> float:
    """How often this disk says that a small write is safe."""
    with tempfile.NamedTemporaryFile() as file:
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            file.write(b"x" * 512)
            file.flush()
            os.fdatasync(file.fileno())
            count += 1
        return count / (time.perf_counter() - start)


def table(title: str, head: Row, rows: Sequence[Row]) -> None:
    """Columns as wide as what is in them."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(head))]
    print(f"\n{title}")
    for row in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
