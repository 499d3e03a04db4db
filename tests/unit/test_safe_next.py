"""Where somebody may be sent after signing in."""

import pytest

from core.security import safe_next


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("/planning", "/planning"),
        ("/en/planning?dag=1", "/en/planning?dag=1"),
        ("/zoek?q=%0d%0a", "/zoek?q=%0d%0a"),
        *((odd, "/") for odd in ("", None, "planning", "//x", "/\\x", "/\t/x", "/a\r\nb", " /x")),
        *((odd, "/") for odd in ("https://x", "https:x", "/x\x00", "/a\\b", "/" + "a" * 500)),
    ],
)
def test_safe_next(given: str | None, safe: str) -> None:
    assert safe_next(given) == safe
