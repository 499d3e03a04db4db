"""What people type, read as a value. Each function raises ValueError where it cannot.

Digits are 0 to 9 only: Python's own int() also takes '1_0', '1e3' in disguise and the digits of
other scripts, and so would two people see two numbers.
"""

import re
from datetime import date, time
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

_NUMBER = re.compile(r"[0-9]{1,9}")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(?::00)?(?: ?(?:uur|u))?", re.IGNORECASE)
_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")
_PC4 = re.compile(r"[1-9][0-9]{3}")
_PHONE = re.compile(r"\+?[0-9()\-. /]{6,30}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9]+(/|$))")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,60}[a-z0-9]")
MAX_ADDRESS = 254


def whole_number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def calendar_date(text: str) -> date:
    """A date written as 2026-10-01 or as 1-10-2026."""
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DUTCH_DATE.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ValueError(text)
    return date(int(year), int(month), int(day))


def clock_time(text: str) -> time:
    """A time written as 14:00, 14.00 or 14 uur."""
    match = _CLOCK.fullmatch(text)
    if not match:
        raise ValueError(text)
    return time(int(match[1]), int(match[2] or 0))


def postcode(text: str) -> str:
    """'3563cb' becomes '3563 CB'."""
    match = _POSTCODE.fullmatch(text)
    if not match:
        raise ValueError(text)
    return f"{match[1]} {match[2].upper()}"


def postcode_or_pc4(text: str) -> str:
    """A whole postcode, or only its four digits."""
    return text if _PC4.fullmatch(text) else postcode(text)


def phone_number(text: str) -> str:
    digits = sum(letter.isdigit() for letter in text)
    if not _PHONE.fullmatch(text) or not 8 <= digits <= 15:
        raise ValueError(text)
    return text


def email_address(text: str) -> str:
    """One address, in ASCII and lower case; an international domain in its ASCII form."""
    if len(text) > MAX_ADDRESS or "=?" in text:
        raise ValueError(text)
    try:
        valid = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(text) from error
    if not valid.ascii_email:
        raise ValueError(text)
    return valid.ascii_email.lower()


def web_address(text: str) -> str:
    """An http or https address; one without a scheme gets https."""
    whole = text if _SCHEME.match(text) else f"https://{text}"
    parts = urlsplit(whole)
    sound = (
        parts.scheme in ("http", "https")
        and parts.username is None
        and _HOST.fullmatch(_ascii_host(parts.hostname or ""))
        and not re.search(r"[\s\\<>\"']", whole)
        and (parts.port is None or parts.port > 0)  # reading it raises when it is not a number
    )
    if not sound:
        raise ValueError(text)
    return whole


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ValueError(host) from error
