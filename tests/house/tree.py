"""The project's own files, as the tests of the house look at them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("core", "people", "venues", "booking")
NOT_OURS = {".git", ".env", "node_modules", "instance", "test-output", "__pycache__"}


def files(*suffixes: str) -> Iterator[Path]:
    """All files that are ours; with suffixes only those. What git ignores is left out."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not _is_left_out(parts) and (not suffixes or path.suffix in suffixes):
            yield path


def templates() -> Iterator[Path]:
    """The pages and their parts; mail has rules of its own."""
    yield from (path for path in files(".html") if name_of(path).startswith("templates/"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)


def _is_left_out(parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") and part != ".ci" for part in parts[:-1])
    is_measured = parts[-1].startswith(".coverage")  # left behind by an earlier run
    return hidden or is_measured or bool(NOT_OURS.intersection(parts))
