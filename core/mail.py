"""A mail as its writer sees it, and the two layouts that put it on paper: text and HTML.

The writer gives one content; whoever reads text and whoever reads HTML are told the same. Building
the bytes that travel is `core.mime`; keeping and delivering them is `core.outbox`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from core.language import DUTCH, gettext, language, ngettext, speaking
from core.plain_text import safe_line, safe_lines
from core.site import site

TEMPLATES = Path(__file__).parent.parent / "templates"
HEADER_LIMIT = 150
TEXT_LIMIT = 50_000


class Action(NamedTuple):
    """The one thing the reader is asked to do."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail says. Write it inside `speaking(recipient.language)`."""

    subject: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()  # what, when, where: (term, value)
    action: Action | None = None
    footnote: str = ""
    way_out: Action | None = None  # last and small: how to get no such mails any more


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    address: str
    language: str = DUTCH


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An invitation or its cancellation, as `booking.invites` makes it."""

    method: str  # REQUEST or CANCEL
    ics: bytes
    organizer: str = ""  # the ORGANIZER's address, which must be the sender; "": the theatre's own


@dataclass(frozen=True, slots=True)
class Written:
    """A message in both layouts."""

    subject: str
    text: str
    html: str


def header_safe(value: str, limit: int = HEADER_LIMIT) -> str:
    """A value that cannot begin another header.

    "=?" opens an encoded word, and Python before 3.11.10 writes a newline hidden in one as a real
    newline.
    """
    return safe_line(value, limit).replace("=?", "= ?")[:limit].strip()


def written(message: Message, to: Recipient) -> Written:
    """The message on paper, in the language of who reads it."""
    with speaking(to.language):
        said = {"message": message, "to": to, "site": site(), "language": language()}
        return Written(
            subject=header_safe(message.subject),
            text=_on_paper("mail/layout.txt", said) + "\n",
            html=_on_paper("mail/layout.html", said),
        )


def _on_paper(layout: str, said: dict[str, object]) -> str:
    return safe_lines(_layouts.get_template(layout).render(said), TEXT_LIMIT)


def _environment() -> Environment:
    """An environment of its own: mails are written where there is no request."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    environment.filters["safe_line"] = safe_line
    return environment


_layouts = _environment()
