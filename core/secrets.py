"""The secret a machine makes for itself on its first run, for trying Speelplek out."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

FILE_NAME = "secret_key"


def own_secret(folder: Path) -> str:
    """The same secret for all processes that start in this folder, also when they start at once."""
    kept = folder / FILE_NAME
    if not kept.exists() or not kept.stat().st_size:
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(kept)
    return kept.read_text(encoding="ascii").strip()


def _write_once(kept: Path) -> None:
    # A hard link either makes the whole file appear or fails: nobody ever reads half a secret.
    descriptor, name = mkstemp(dir=kept.parent, prefix=f".{kept.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        if kept.exists() and not kept.stat().st_size:
            Path(name).replace(kept)  # an empty file is no secret, however it came there
        with suppress(FileExistsError, FileNotFoundError):
            os.link(name, kept)
    finally:
        Path(name).unlink(missing_ok=True)
