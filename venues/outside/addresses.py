"""The address of a calendar: what may be asked for at all."""

import ipaddress
import re
from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from venues.outside.failures import Failure, Unread

LONGEST_ADDRESS = 2000
PORTS = {"https": 443, "http": 80}
SUBSCRIBING = {"webcal": "https", "webcals": "https"}  # how calendars write "subscribe to this"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """What to connect to and what to ask there."""

    scheme: str
    host: str
    port: int
    path: str  # with the query
    is_inside: bool = False  # listed by whoever runs this installation: may be on the inside

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def bare_host(self) -> str:
        return self.host.strip("[]")


def tidied(typed: str) -> str:
    """As people paste it: a subscription link, or without its beginning."""
    address = typed.strip()
    scheme = address.partition("://")[0].lower()
    if not _SCHEME.match(address):
        return f"https://{address}"
    return SUBSCRIBING[scheme] + address[len(scheme) :] if scheme in SUBSCRIBING else address


def target(address: str, inside: Container[str] = ()) -> Target:
    """Raises Unread for an address that is not to be asked. `inside`: as "host:port"."""
    parts = _parts(address)
    host, port = _host(parts), _port(parts)
    scheme = parts.scheme.lower()
    is_inside = f"{host}:{port}" in inside
    if scheme not in PORTS:
        raise Unread(Failure.BAD_ADDRESS)
    if scheme == "http" and not is_inside:
        raise Unread(Failure.NOT_SECURE)
    if port != PORTS["https"] and not is_inside:
        raise Unread(Failure.ODD_PORT)
    if not is_inside and _is_number(host):
        raise Unread(Failure.INSIDE_ADDRESS)
    return Target(scheme, host, port, _path(parts), is_inside)


def _parts(address: str) -> SplitResult:
    if len(address) > LONGEST_ADDRESS or _UNSAFE.search(address):
        raise Unread(Failure.BAD_ADDRESS)
    try:
        parts = urlsplit(address)
        has_name = parts.username is not None or parts.password is not None
    except ValueError as error:
        raise Unread(Failure.BAD_ADDRESS) from error
    if has_name:
        raise Unread(Failure.HAS_PASSWORD)
    return parts


def _host(parts: SplitResult) -> str:
    """In the letters that travel: names in other scripts have a spelling for that."""
    name = parts.netloc.rpartition("@")[2]
    name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    try:
        host = name if name.startswith("[") else name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Unread(Failure.BAD_ADDRESS) from error
    if not _HOST.fullmatch(host):
        raise Unread(Failure.BAD_ADDRESS)
    return host.lower()


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or PORTS.get(parts.scheme.lower(), 0)
    except ValueError as error:
        raise Unread(Failure.BAD_ADDRESS) from error


def _is_number(host: str) -> bool:
    """No calendar that people share is known by a number alone, in whatever way it is written."""
    if re.fullmatch(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+))*\.?", host):
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return f"{path}?{query}" if query else path
