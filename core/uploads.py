"""Which forms may send files, and how much. Every other form is kept small."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

MEGABYTE = 1024 * 1024


def takes_files(megabytes: int) -> Callable[[View], View]:
    """A decorator that stands under the route: its forms may be this big together."""

    def decorate(view: View) -> View:
        view.__dict__["largest_body"] = megabytes * MEGABYTE
        return view

    return decorate


def largest_body(view: Callable[..., Any] | None) -> int | None:
    """In bytes; None: as for every form."""
    return getattr(view, "largest_body", None)
