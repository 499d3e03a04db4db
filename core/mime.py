"""The bytes of a mail, made from what was kept of it.

The same row always gives the same bytes, so that a second try after a lost connection cannot be
taken for another mail: date, Message-ID and boundaries come from the row.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.message import Message as ParsedMessage
from email.policy import SMTP, compat32
from email.utils import format_datetime
from hashlib import sha256

from core.mail import CalendarPart, header_safe

METHODS = ("REQUEST", "CANCEL")
FILE_NAME = "uitnodiging.ics"
PART_HEADERS = {
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "mime-version",
}


class Unsendable(Exception):
    """No mail can be made of this; trying again will not help. The text is a fact, no address."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything that goes into the bytes."""

    message_id: str  # with its angle brackets
    references: tuple[str, ...]  # earlier mails of this thread, oldest first
    dated_at: datetime
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    language: str
    subject: str
    text: str
    html: str
    calendar: CalendarPart | None = None


def build(parcel: Parcel) -> bytes:
    """The mail as it travels. Raises Unsendable rather than send other headers than meant."""
    try:
        message = _with_parts(parcel, _with_headers(parcel))
        # Last: making parts moves every Content- header into the first of them.
        message["Content-Language"] = parcel.language
        data = message.as_bytes()
    except (MessageError, ValueError, IndexError, LookupError) as error:
        raise Unsendable(type(error).__name__) from error
    _check(data, message.keys(), parts=5 if parcel.calendar else 2)
    return data


def check_this_python() -> None:
    """Build a hostile mail once: some Python releases let a newline in an encoded word through.

    Raises Unsendable when this one does so in spite of `header_safe`.
    """
    hostile = "=?utf-8?q?a=0D=0ABcc:_x@speelplek.example?= \r\nBcc: y@speelplek.example"
    build(
        Parcel(
            message_id="<check@speelplek.example>",
            references=(),
            dated_at=datetime(2026, 1, 1, tzinfo=UTC),
            from_name=hostile,
            from_address="a@speelplek.example",
            to_name=hostile,
            to_address="b@speelplek.example",
            language="nl",
            subject=hostile,
            text=hostile,
            html=hostile,
            calendar=CalendarPart("REQUEST", b""),
        )
    )


def _with_headers(parcel: Parcel) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(parcel.from_name, parcel.from_address)
    message["To"] = _address(parcel.to_name, parcel.to_address)
    message["Subject"] = header_safe(parcel.subject)
    message["Date"] = format_datetime(parcel.dated_at.astimezone(UTC))
    message["Message-ID"] = parcel.message_id
    if parcel.references:
        message["In-Reply-To"] = parcel.references[-1]
        message["References"] = " ".join(parcel.references)
    message["Auto-Submitted"] = "auto-generated"
    return message


def _with_parts(parcel: Parcel, message: EmailMessage) -> EmailMessage:
    # "=_" cannot occur in quoted-printable or base64, so no text can look like a boundary.
    boundary = "=_" + sha256(parcel.message_id.encode()).hexdigest()[:24]
    message.set_content(_encodable(parcel.text), cte="quoted-printable")
    message.make_alternative(boundary + "a")
    message.add_alternative(_encodable(parcel.html), subtype="html", cte="quoted-printable")
    if parcel.calendar:
        _add_calendar(message, parcel.calendar, boundary + "m")
    return message


def _add_calendar(message: EmailMessage, calendar: CalendarPart, boundary: str) -> None:
    """The invitation last among the alternatives, and as a file for who cannot see it there.

    The file is application/ics: a second text/calendar would be a second invitation.
    """
    if calendar.method not in METHODS:
        raise ValueError(calendar.method)
    message.add_alternative(
        calendar.ics,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "UTF-8", "method": calendar.method},
    )
    message.make_mixed(boundary)
    message.add_attachment(calendar.ics, maintype="application", subtype="ics", filename=FILE_NAME)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _address(name: str, address: str) -> Address:
    if not address.isascii():
        raise ValueError("an address outside ASCII")
    return Address(header_safe(name, 100), addr_spec=address)


def _check(data: bytes, meant: list[str], parts: int) -> None:
    """Read the bytes as a receiver will, and compare."""
    read = message_from_bytes(data, policy=compat32)
    bodies = [part for part in read.walk() if part is not read]
    if read.keys() != meant or len(bodies) != parts:
        raise Unsendable("other headers or parts than meant")
    if any(not _only_part_headers(part) for part in bodies):
        raise Unsendable("other headers in a part than meant")


def _only_part_headers(part: ParsedMessage) -> bool:
    return PART_HEADERS.issuperset(name.lower() for name in part.keys())  # noqa: SIM118
