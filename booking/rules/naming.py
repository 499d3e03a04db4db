"""How an address names a time: once, for pages and for letters that lead to them."""

from urllib.parse import urlencode

from core.clock import local_date, to_local
from core.period import Period


def time_in_address(period: Period) -> dict[str, str]:
    """Day, from and until, by the clock in Utrecht."""
    return {
        "datum": local_date(period.start).isoformat(),
        "van": f"{to_local(period.start):%H:%M}",
        "tot": f"{to_local(period.end):%H:%M}",
    }


def with_time(path: str, period: Period, **more: object) -> str:
    """The path, and in its query the time and what else is given."""
    return f"{path}?{urlencode({**time_in_address(period), **more}, safe=':')}"
