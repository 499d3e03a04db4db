"""To which machines a calendar may lead us: those that everybody on the internet can reach.

A name is looked up once, every answer is judged, and the connection goes to the answer that was
judged. Asking the name again for the connection would let it answer something else.
"""

import ipaddress
import socket
from threading import Thread

from venues.outside.addresses import Target
from venues.outside.failures import Failure, Unread

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Python calls some of these global, as they are passed on to elsewhere; where, is not in our hands.
NOT_PUBLIC = [
    ipaddress.ip_network(each)
    for each in (
        "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "100.64.0.0/10", "224.0.0.0/4",
        "240.0.0.0/4", "2001::/23", "2002::/16", "3fff::/20",
    )
]  # fmt: skip
PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")  # leaves out NAT64, mapped, unique local, link-local


def is_public(number: str) -> bool:
    try:
        address = ipaddress.ip_address(number)
    except ValueError:  # such as an interface behind a percent sign
        return False
    if isinstance(address, ipaddress.IPv6Address) and address not in PUBLIC_V6:
        return False
    return address.is_global and not any(address in network for network in NOT_PUBLIC)


def looked_up(target: Target, patience: float) -> list[str]:
    """The numbers of the machine, in the order to try them.

    Raises Unread when there are none, or when one of them is not public.
    """
    numbers = _numbers(target.bare_host, target.port, patience)
    if not numbers:
        raise Unread(Failure.UNKNOWN_HOST)
    if not target.is_inside and not all(is_public(number) for number in numbers):
        raise Unread(Failure.INSIDE_ADDRESS)
    return numbers


def _numbers(host: str, port: int, patience: float) -> list[str]:
    """Looking up a name knows no time limit of its own, so a thread does it that may be left."""
    found: list[str] = []

    def look() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))

    looking = Thread(target=look, daemon=True)
    looking.start()
    looking.join(patience)
    if looking.is_alive():
        raise Unread(Failure.TOO_SLOW)
    return found
