"""The Flask application, with its own log."""

from types import TracebackType

from flask import Flask

from core import logs


class Application(Flask):
    def log_exception(
        self,
        exc_info: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> None:
        """Not as Flask does it: the path and the message may hold keys and addresses."""
        if exc_info[1] is not None:
            logs.failure(exc_info[1])
