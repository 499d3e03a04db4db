"""The season itself: played, planned, in option, waiting and refused. Every booking goes through
the same services as a real one, only earlier: `now` is an argument everywhere."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from booking import services
from booking.demo import (
    blocks,
    casting,
    hosts,
    meeting_again,
    meetings,
    moments,
    partners,
    performers,
    side,
    visits,
)
from booking.demo.places import add_places
from booking.models import BookingRequest
from booking.queries.asking import check_wishes
from booking.queries.desk import nearest_free
from booking.rules.asked import Asked, Contact, Where
from booking.rules.audience import Audience, Weights
from booking.rules.consent import HostAnswer, HostReason
from booking.rules.lifecycle import DeclineReason
from booking.rules.norms import DayPart, Wish
from booking.rules.placement import Chosen
from booking.rules.settings import SettingTopic
from core.clock import local_date, midnight
from core.db import session
from core.fields import new_form_token
from core.findings import Finding, blockers, concerns
from core.history import COMMAND
from people.models import Person, Role
from venues.facts import find_postcode
from venues.models import Room

PLAYERS = ("Christiaan", "Ricardo", "Elias")
ASKED_BEFORE = timedelta(days=30)
DECIDED_BEFORE = timedelta(days=25)
TRIES = 14
# The theatre spoke with these hosts before there was a page to answer on.
SPOKEN_WITH_THE_HOST = "host_not_answered"


@dataclass(frozen=True, slots=True)
class Booking:
    """One made-up request. `in_days`: from today, negative is past."""

    organisation: str
    place: str  # "" for who has none; then `postcode` says where
    in_days: int
    part: DayPart
    audience: Audience
    is_closed: bool = False
    day_parts: int = 1
    postcode: str = ""
    hope: str = ""


MORNING, AFTERNOON, EVENING = DayPart
PLAYED_AND_PLANNED = (
    Booking("De Dreef", "De Dreef", -80, AFTERNOON, Audience(10, 4)),
    Booking("Burennetwerk Zuilen", "Buurtcentrum Zuilen", -66, AFTERNOON, Audience(8, 2, 2)),
    Booking("RAUM", "RAUM", -59, AFTERNOON, Audience(2, 0, 8, 4)),
    Booking("Buurtpact Transwijk", "De Nieuwe Jutter", -45, MORNING, Audience(6, 4)),
    Booking("Resto van Harte", "De Dreef", -38, EVENING, Audience(6, 4), is_closed=True),
    Booking("Burennetwerk Utrecht Zuid", "De Musketon", -31, AFTERNOON, Audience(9, 3)),
    Booking("Samen in de Stad", "Buurtcentrum Sterrenzicht", -24, AFTERNOON, Audience(8, 0, 2)),
    Booking("DOCK", "Speeltuin Bankaplein", -17, AFTERNOON, Audience(4, 0, 8)),
    Booking("De Dreef", "De Dreef", -10, AFTERNOON, Audience(12, 2)),
    Booking("Burennetwerk Zuilen", "Buurtcentrum De Speler", 3, AFTERNOON, Audience(9, 3)),
    Booking("NIZU", "De Musketon", 5, EVENING, Audience(5, 3), is_closed=True),
    Booking("DOCK", "Hart van Hoograven", 10, AFTERNOON, Audience(8, 2, 4)),
    Booking("RAUM", "RAUM", 17, AFTERNOON, Audience(4, 2, 12, 6), day_parts=2),
    Booking("Al Amal", "De Nieuwe Jutter", 24, MORNING, Audience(6, 6), is_closed=True),
    Booking("Vrijwilligers Centrale Utrecht (VCU)", "De Dreef", 31, AFTERNOON, Audience(6, 4)),
)
CLOSES = PLAYED_AND_PLANNED[-2]
IN_OPTION = Booking("Stichting GALM", "Speeltuingebouw Griftsteede", 38, MORNING, Audience(10, 2))
BEHIND = Booking("Buurtteam Sociaal", "Speeltuingebouw Griftsteede", 38, MORNING, Audience(7, 3))
WAITING = (
    Booking(
        "WIL, Wijk Informatie Lijnen Vleuten-De Meern",
        "Castellum Hoge Woerd",
        26,
        AFTERNOON,
        Audience(10, 4),
        hope="Dat buren elkaar daarna groeten.",
    ),
    Booking("U-Centraal", "Buurtcentrum Sterrenzicht", 33, AFTERNOON, Audience(2, 2, 0, 10)),
    Booking(
        "Gezonde Wijkalliantie Leidsche Rijn",
        "",
        40,
        AFTERNOON,
        Audience(8, 4),
        postcode="3544",
        hope="Dat mensen uit de flats elkaar leren kennen.",
    ),
    Booking("Project-O", "Speeltuin De Boog", 45, AFTERNOON, Audience(6, 6, 2)),
)
# In rooms whose host is asked: nobody has answered yet, one says yes, one says no.
ASKING_HOST = Booking("NIZU", "ZIMIHC theater Stefanus", 36, AFTERNOON, Audience(8, 4))
HOST_AGREES = Booking("Resto van Harte", "De Dreef", 47, AFTERNOON, Audience(10, 4))
HOST_REFUSES = Booking(
    "Samen in de Stad",
    "RAUM",
    50,
    AFTERNOON,
    Audience(4, 2, 6),
    hope="Dat studenten en oudere buren elkaar spreken.",
)
# Asked first, so that a stop planned later the same day stands in its way.
CLASHING = Booking(
    "Stichting Oog voor Utrecht", "Stadstuin Klopvaart", 31, AFTERNOON, Audience(8, 4)
)
DECLINED = Booking(
    "Utrechtse Uitdaging", "ZIMIHC theater Stefanus", 20, EVENING, Audience(0, 0, 0, 14)
)
CANCELLED = Booking("Zin in Utrecht", "Hart van Hoograven", 13, MORNING, Audience(5, 3))


def fill(now: datetime) -> None:
    """Fill an empty database."""
    _people(now)
    began = now - timedelta(days=120)
    _weigh(began)
    rooms = add_places(began)
    meetings.lend(rooms)
    hosts.begin(rooms, began)
    hosts.other_days([rooms["ZIMIHC theater Stefanus"], rooms["Buurtcentrum Zuilen"]], now)
    _ask(CLASHING, rooms, now, now - timedelta(days=7))
    for booking in PLAYED_AND_PLANNED:
        _confirm(booking, rooms, now)
    _options((IN_OPTION, BEHIND), rooms, now)
    _decline(DECLINED, rooms, now)
    _cancel(CANCELLED, rooms, now)
    for booking in (*WAITING, ASKING_HOST):
        _ask(booking, rooms, now, now - timedelta(days=2))
    _hear_hosts(rooms, now)
    meetings.meet(rooms, now)
    meetings.ask(rooms, now)
    visits.visit(now)
    meeting_again.meet_again(rooms, now)
    side.around(now)
    moments.collect(rooms, now)
    casting.share(now)
    blocks.repair(now)
    performers.say(now)
    partners.keep_partners(now)
    partners.invite(now)
    hosts.close_on(rooms[CLOSES.place], CLOSES.in_days, now)


def _people(now: datetime) -> None:
    planner = Person(name="De planner", email="planner@stut.example", created_at=now)
    planner.grant(Role.PLANNER)
    session.add(planner)
    services.add_installation("De kubus", piece="Van heel dichtbij", depot_pc4="3563")
    for name in PLAYERS:
        services.add_performer(name, email=f"{name.lower()}@stut.example", now=now)


def _weigh(now: datetime) -> None:
    """Once set by hand, so that the settings have a history."""
    services.change_settings(
        SettingTopic.WEIGHTS,
        {**asdict(Weights()), "key_figure": 13, "waiting": 22},
        why="Wijken die lang wachten, tellen dit seizoen iets zwaarder.",
        version=0,
        by=COMMAND,
        now=now,
    )


def _confirm(booking: Booking, rooms: dict[str, Room], now: datetime) -> BookingRequest:
    decided_at = _before(booking, now, DECIDED_BEFORE)
    request, concerned = _ask(booking, rooms, now, _before(booking, now, ASKED_BEFORE))
    _answer(request, _yes(request), decided_at)
    services.confirm(
        request.id,
        chosen=Chosen(request.choices[0].wish, rooms[booking.place].id),
        accepted=[*concerned, SPOKEN_WITH_THE_HOST],
        version=None,
        by=COMMAND,
        now=decided_at,
    )
    return request


def _options(bookings: Iterable[Booking], rooms: dict[str, Room], now: datetime) -> None:
    """All ask before the first is given an option; then they stand in line for one moment."""
    asked = [_ask(booking, rooms, now, now - timedelta(days=5)) for booking in bookings]
    for number, (request, concerned) in enumerate(asked):
        assert request.room_id
        services.give_option(
            request.id,
            chosen=Chosen(request.choices[0].wish, request.room_id),
            expires_at=midnight(local_date(now) + timedelta(days=11 + number)),
            accepted=[*concerned, "behind_options", SPOKEN_WITH_THE_HOST],
            why="Zij vroegen dit moment het eerst.",
            version=None,
            by=COMMAND,
            now=now - timedelta(days=3),
        )


def _hear_hosts(rooms: dict[str, Room], now: datetime) -> None:
    agreed, _ = _ask(HOST_AGREES, rooms, now, now - timedelta(days=3))
    _answer(agreed, _yes(agreed), now - timedelta(days=1))
    refused, _ = _ask(HOST_REFUSES, rooms, now, now - timedelta(days=3))
    no = HostAnswer(
        says_yes=False, reason=HostReason.IN_USE, words="Dan is hier een kinderfestival."
    )
    _answer(refused, no, now - timedelta(days=1))


def _yes(request: BookingRequest) -> HostAnswer:
    """To all that was asked."""
    keys = tuple(choice.wish.key for choice in request.choices)
    return HostAnswer(says_yes=True, moments=keys)


def _answer(request: BookingRequest, answer: HostAnswer, at: datetime) -> None:
    """What the host says, where there is one."""
    if request.consent:
        services.answer_as_host(request.consent.id, answer, version=None, by=COMMAND, now=at)


def _decline(booking: Booking, rooms: dict[str, Room], now: datetime) -> None:
    request, _ = _ask(booking, rooms, now, now - timedelta(days=6))
    wish = request.choices[0].wish
    free = nearest_free(request, wish, rooms[booking.place].id, now, at_most=2)
    services.decline(
        request.id,
        reason=DeclineReason.OTHER_AUDIENCE,
        words="Kom gerust met mensen uit de buurt, dan kijken we opnieuw.",
        alternatives=[placement.wish for placement in free],
        version=None,
        by=COMMAND,
        now=now - timedelta(days=4),
    )


def _cancel(booking: Booking, rooms: dict[str, Room], now: datetime) -> None:
    request = _confirm(booking, rooms, now)
    services.cancel(
        request.id,
        why="De ruimte wordt die week geverfd.",
        version=None,
        by=COMMAND,
        now=now - timedelta(days=1),
    )


def _before(booking: Booking, now: datetime, ahead: timedelta) -> datetime:
    """So long before it plays, and never in the future."""
    return min(now - timedelta(days=1), now + timedelta(days=booking.in_days) - ahead)


def _ask(
    booking: Booking,
    rooms: dict[str, Room],
    now: datetime,
    at: datetime,
) -> tuple[BookingRequest, list[str]]:
    """The request, and the codes of what there is to mind about its first choice."""
    room = rooms.get(booking.place)
    postcode = find_postcode(room.venue.pc4 if room else booking.postcode)
    assert postcode
    where = Where(postcode, room.id if room else None)
    wish, findings = _first_free(booking, where, now, at)
    asked = Asked(
        where=where,
        wishes=(wish,),
        is_closed=booking.is_closed,
        audience=booking.audience,
        contact=Contact(
            booking.organisation, "De coördinator", partners.address_of(booking.organisation)
        ),
        hope=booking.hope,
    )
    request = services.submit(asked, form_token=new_form_token(), now=at)
    return request, [finding.code for finding in concerns(findings)]


def _first_free(
    booking: Booking, where: Where, now: datetime, at: datetime
) -> tuple[Wish, list[Finding]]:
    """The day asked, or the first one after it that can be."""
    first = local_date(now) + timedelta(days=booking.in_days)
    wishes = [
        Wish(first + timedelta(days=n), booking.part, booking.day_parts) for n in range(TRIES)
    ]
    said = check_wishes(where, wishes, booking.audience.total, at)
    return next((wish, findings) for wish, findings in said if not blockers(findings))
