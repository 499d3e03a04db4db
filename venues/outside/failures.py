"""Why a calendar could not be read. `venues.outside_phrases` has the sentence for each."""

from enum import StrEnum


class Failure(StrEnum):
    # About the address.
    BAD_ADDRESS = "bad_address"
    NOT_SECURE = "not_secure"
    HAS_PASSWORD = "has_password"  # noqa: S105 - a name, no password
    ODD_PORT = "odd_port"
    INSIDE_ADDRESS = "inside_address"
    ADDRESS_LOST = "address_lost"  # sealed with a key this installation no longer has
    # About the way there.
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"  # its certificate
    TOO_SLOW = "too_slow"
    TOO_MANY_HOPS = "too_many_hops"
    # About what came back.
    NO_ENTRY = "no_entry"
    GONE = "gone"
    SERVER_ERROR = "server_error"
    ODD_ANSWER = "odd_answer"
    CUT_OFF = "cut_off"
    TOO_BIG = "too_big"
    EMPTY = "empty"
    IS_PAGE = "is_page"
    NOT_CALENDAR = "not_calendar"
    TOO_MANY_EVENTS = "too_many_events"
    TOO_HEAVY = "too_heavy"  # it took the reading process too long, or too much memory
    UNFINISHED = "unfinished"  # the worker stopped halfway


class Unread(Exception):
    """Nothing can be said about when its owner is busy; what was known before still holds."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.value)
