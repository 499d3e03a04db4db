"""Modules stay small enough to be read in one go."""

from tests.house.tree import files, name_of

LONG, TOO_LONG, TOO_LONG_FOR_TESTS = 300, 400, 600


def test_no_module_is_too_long() -> None:
    sizes = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py")
        if not name_of(path).startswith("migrations/versions/")
    }
    too_long = {name: size for name, size in sizes.items() if size > _limit(name)}
    assert not too_long
    for name, size in sizes.items():
        if size > LONG:
            print(f"{name} is getting long: {size} lines")  # noqa: T201 - pytest shows it with -rP


def _limit(name: str) -> int:
    return TOO_LONG_FOR_TESTS if name.startswith("tests/") else TOO_LONG
