"""Who may enter. Every route declares it; `people.access` checks it before the view runs."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    PUBLIC = "public"
    LINK = "link"  # whoever has the secret address
    SIGNED_IN = "signed_in"
    PLANNER = "planner"
    PERFORMER = "performer"
    HOST = "host"


def declare(access: Access) -> Callable[[View], View]:
    """A decorator that writes the declaration on the view; it stands under the route."""

    def decorate(view: View) -> View:
        view.__dict__["access"] = access
        return view

    return decorate


def declared(view: Callable[..., Any] | None) -> Access | None:
    found = getattr(view, "access", None)
    return None if found is None else Access(found)


public = declare(Access.PUBLIC)
by_link = declare(Access.LINK)
