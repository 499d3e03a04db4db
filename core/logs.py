"""The log: one JSON object per line, without a path, an address or anything a person typed.

Paths hold keys of private links, queries hold postcodes, error messages of the database quote rows.
So a request is named by its endpoint and a failure by its types and places in the code.
"""

import json
import logging
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

ROOT = Path(__file__).parent.parent
log = logging.getLogger("speelplek")


class JsonLines(logging.Formatter):
    """The event, and the facts given with it; never the message of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        facts: dict[str, Any] = getattr(record, "facts", {})
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **facts,
            **(_where(record.exc_info[1]) if record.exc_info else {}),
        }
        return json.dumps(line, default=str)


class ToErrorOutput(logging.StreamHandler[Any]):
    """Writes to whatever the error output is now, not to what it was at the start."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(JsonLines())

    @property
    def stream(self) -> Any:
        return sys.stderr

    @stream.setter
    def stream(self, _value: Any) -> None:
        """There is nothing to set."""


def init_app(app: Flask) -> None:
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(ToErrorOutput())
    # The development server's own lines name paths, and so the keys of private links.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.before_request(_start)
    app.after_request(_tell)


def tell(event: str, **facts: Any) -> None:
    """Write one line. Only ids, names of code and numbers may be among the facts."""
    log.info(event, extra={"facts": facts})


def request_id() -> str:
    """A reference number, also for the person who reports a failure."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4).upper()
    return str(g.request_id)


def failure(error: BaseException) -> None:
    """Write down where it went wrong and what kind of errors it were, without their messages."""
    facts = {"request": request_id(), "endpoint": request.endpoint, **_where(error)}
    log.error("failure", extra={"facts": facts})


def _start() -> None:
    g.started = time.perf_counter()


def _tell(response: Response) -> Response:
    started = g.get("started")
    tell(
        "request",
        request=request_id(),
        endpoint=request.endpoint,
        method=request.method,
        status=response.status_code,
        ms=None if started is None else round((time.perf_counter() - started) * 1000, 1),
        person=g.get("person_id"),
    )
    return response


def _where(error: BaseException | None) -> dict[str, Any]:
    chain = _chain(error)
    return {
        "errors": [_name(each) for each in chain],
        "places": [place for each in chain for place in _places(each)],
    }


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
