"""Who is listed to be invited, what refuses a letter, what becomes of drafts, and the partners."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from booking import clockwork, services
from booking.models import InviteRefusal, Outreach, Partner
from booking.queries.inviting import Invitee, address_hash, fitting_rooms, invitees_in
from booking.rules.lifecycle import DeclineReason
from booking.rules.outreach import InviteeKind, PartnerDetails
from booking.services.inviting import Letter
from core.db import session, transact
from core.fields import new_form_token
from core.outbox import MailState, OutboxMail, delivery
from people.models import Role
from tests import builders as b
from tests.conftest import CountQueries, SetClock, SignIn
from tests.integration.bookings import ask, refused
from tests.pages import CheckingClient

OVERVECHT = "03"
LETTER = Letter("Komt de kubus ook?", "Dag.\n\nKom je langs?")


def partner(name: str = "De Dreef", email: str = "dreef@buurt.example", **more: Any) -> Partner:
    details = PartnerDetails(name, "3563", email=email, **more)
    return transact(services.add_partner, details, by=b.PLANNER, now=b.NOW)


def listed() -> list[Invitee]:
    session.rollback()
    return invitees_in(OVERVECHT, fitting_rooms(OVERVECHT), b.NOW)


def write(*keys: str, at: timedelta = timedelta(0), **more: Any) -> int:
    given: dict[str, Any] = {"form_token": new_form_token(), "by": b.PLANNER, **more}
    return transact(services.draft_invitations, OVERVECHT, keys, LETTER, now=b.NOW + at, **given)


def latest() -> Outreach:
    session.rollback()
    return session.query(Outreach).order_by(Outreach.id.desc()).limit(1).one()


def send(outreach: Outreach, at: timedelta = timedelta(0), letter: Letter = LETTER) -> Outreach:
    given: dict[str, Any] = {"version": None, "by": b.PLANNER, "now": b.NOW + at}
    return transact(services.send_invitation, outreach.id, letter, **given)


def mail() -> OutboxMail:
    """The one that was written last."""
    session.expire_all()
    return session.query(OutboxMail).order_by(OutboxMail.id.desc()).limit(1).one()


@pytest.fixture
def desk(app: object, signed_in: SignIn, set_clock: SetClock) -> CheckingClient:
    set_clock(b.NOW)
    return signed_in(transact(b.person, "Noor", Role.PLANNER))


def test_listed_are_partners_who_asked_before_and_hosts_of_fitting_rooms(app: object) -> None:
    hall = b.stage()
    host = transact(b.person, "Piet", Role.HOST)
    small: dict[str, Any] = {"floor_length_cm": 100, "floor_width_cm": 100}
    transact(b.room, "Te klein", host=transact(b.person, "Els", Role.HOST), **small)
    transact(b.room, "De Schuur", host=host)
    partner()
    before = ask(hall.id, who="before", organisation="Vroeg eerder")
    decline: dict[str, Any] = {
        "words": "",
        "alternatives": (),
        "version": None,
        "by": b.PLANNER,
        "now": b.NOW,
    }
    transact(services.decline, before.id, reason=DeclineReason.NO_TIME, **decline)
    ask(hall.id, who="now", organisation="Vraagt nu")
    partner("Vraagt nu", email="iemand@anders.example")
    partner("Vroeg eerder", email="andere@buurt.example")
    assert [(each.kind, each.name) for each in listed()] == [
        (InviteeKind.PARTNER, "De Dreef"),
        (InviteeKind.HOST, "De Schuur"),
        (InviteeKind.PARTNER, "Vroeg eerder"),
    ]
    transact(services.retire_partner, 3, why="Dubbel.", version=None, by=b.PLANNER, now=b.NOW)
    [asked] = [each for each in listed() if each.kind is InviteeKind.ORGANISATION]
    assert (asked.name, asked.address) == ("Vroeg eerder", "before@buren.example")


def test_one_draft_and_one_letter_in_eight_weeks(app: object) -> None:
    kept = partner()
    token = new_form_token()
    assert write(f"partner.{kept.id}", form_token=token) == 1
    assert write(f"partner.{kept.id}", form_token=token) == 1, "the same form, sent twice"
    with refused("invitee_has_draft"):
        write(f"partner.{kept.id}")
    send(latest())
    with refused("invited_lately"):
        write(f"partner.{kept.id}", at=timedelta(weeks=7))
    write(f"partner.{kept.id}", at=timedelta(weeks=7), accepted=[f"partner.{kept.id}"])
    with refused("invitee_gone"):
        write("partner.99")


def test_the_database_keeps_one_draft_for_an_address(app: object) -> None:
    kept = partner()
    write(f"partner.{kept.id}")
    first = latest()
    copied = {
        column.key: getattr(first, column.key)
        for column in Outreach.__mapper__.columns
        if column.key != "id"
    }
    with pytest.raises(IntegrityError):
        transact(lambda: session.add(Outreach(**copied)))


def test_a_draft_never_leaves_nor_fades_by_itself(app: object) -> None:
    kept = partner()
    write(f"partner.{kept.id}")
    later = b.NOW + timedelta(days=60)
    assert transact(delivery.claim, "worker", later) is None
    transact(delivery.forget, later)
    assert mail().state is MailState.DRAFT
    assert mail().text
    send(latest(), timedelta(days=60), Letter("Anders", "Nieuwe tekst."))
    assert (mail().state, mail().subject) == (MailState.PENDING, "Anders")
    with refused("invitation_no_draft"):
        send(latest())


def test_whoever_refuses_is_written_to_no_more(app: object) -> None:
    kept = partner()
    write(f"partner.{kept.id}")
    first = send(latest())
    eight = timedelta(weeks=8)
    write(f"partner.{kept.id}", at=eight)
    waiting = latest()
    transact(services.refuse_invitations, first.id, by=b.PLANNER, now=b.NOW + eight)
    assert listed() == []
    assert latest().dropped_at
    assert mail().state is MailState.WITHDRAWN
    with refused("invitation_no_draft"):
        send(waiting, eight)
    transact(services.welcome_invitations, first.id, by=b.PLANNER, now=b.NOW + eight)
    assert [each.name for each in listed()] == ["De Dreef"]


def test_a_refusal_in_between_stops_what_is_about_to_be_sent(app: object) -> None:
    write(f"partner.{partner().id}")
    refusal = InviteRefusal(address_hash=address_hash("Dreef@buurt.example "), at=b.NOW)
    transact(lambda: session.add(refusal))
    with refused("invitee_refused"):
        send(latest())
    assert mail().state is MailState.DRAFT


def test_addresses_go_after_a_year(app: object) -> None:
    kept = partner()
    write(f"partner.{kept.id}")
    send(latest())
    session.query(OutboxMail).update({"state": MailState.SENT, "sent_at": b.NOW})
    session.commit()
    clockwork.forget_people(b.NOW + timedelta(days=366))
    assert (latest().address, latest().words, latest().name) == ("", "", "De Dreef")
    assert mail().to_address == ""


def test_planners_keep_the_list(desk: CheckingClient) -> None:
    empty = desk.visit("/planning/dekking/3")
    assert "Hier kennen we nog niemand." in empty.text
    form = empty.link("Zet een partner op de lijst").follow().form("partner")
    wrong = form.fill(name="Buren", postcode="1011").submit(status=422)
    assert wrong.form("partner").fields["name"] == "Buren"
    added = wrong.form("partner").fill(postcode="3563 CB", phone="030 123 45 67").submit()
    assert "Overvecht, 3563" in added.text
    changing = added.link("Wijzig").follow()
    changed = changing.form("partner").fill(name="De buren", email="de@buren.example").submit()
    assert "gegevens gewijzigd (Noor), naam van “Buren” naar “De buren”" in changed.text
    assert "de@buren" not in changed.text[changed.text.index("Wat er gebeurde") :]
    stale = changing.form("partner").fill(name="Anders").submit(status=409)
    assert stale.form("partner").fields["name"] == "Anders"
    double = desk.visit("/planning/partners/nieuw").form("partner")
    double.fill(name="DE BUREN", postcode="3563").submit(status=422)
    assert "De buren" in desk.visit("/planning/dekking/3").text
    gone = changed.form("/van-de-lijst").submit(status=422)
    gone = gone.form("/van-de-lijst").fill(why="Bestaat niet meer.").submit()
    assert "Bestaat niet meer." in gone.text
    assert "De buren" not in desk.visit("/planning/dekking/3").text
    gone.form("/terug").submit()
    assert "De buren" in desk.visit("/planning/dekking/3").text


def test_a_draft_can_be_thrown_away(desk: CheckingClient) -> None:
    write(f"partner.{partner().id}")
    draft = desk.visit(f"/planning/post/{mail().id}")
    assert draft.h1 == "Concept: De Dreef"
    thrown = draft.form("drop").submit()
    assert "weggegooid" in thrown.text
    assert "Ingetrokken" in desk.visit(f"/planning/post/{mail().id}").text
    assert desk.get(f"/planning/post/{mail().id}/concept").status_code == 303
    assert desk.get("/planning/dekking/11").status_code == 404
    assert "Kies eerst wie je uitnodigt." in desk.visit("/planning/dekking/3/uitnodigen").text


def test_queries_do_not_grow_with_who_is_there(
    desk: CheckingClient, count_queries: CountQueries
) -> None:
    hall = b.stage()

    def fill(number: int) -> None:
        ask(hall.id, who=f"who{number}", organisation=f"Vraagt {number}")
        host = transact(b.person, f"Host{number}", Role.HOST)
        transact(b.room, f"Zaal {number}", host=host)
        write(f"partner.{partner(f'Buren {number}', f'b{number}@buurt.example').id}")
        send(latest())

    fill(1)
    with count_queries() as few:
        desk.visit("/planning/dekking/3")
    for number in (2, 3, 4):
        fill(number)
    with count_queries() as many:
        page = desk.visit("/planning/dekking/3")
    assert "Buren 4" in page.text
    assert len(few) == len(many)
