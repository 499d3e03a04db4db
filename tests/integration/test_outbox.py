"""Mail as rows: written with what it tells about, handed out in order, taken back in time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import outbox
from core.clock import utcnow
from core.db import session, transact
from core.findings import Refused
from core.language import gettext as _
from core.language import speaking
from core.mail import CalendarPart, Message, Recipient
from core.mime import build
from core.outbox import MailState, OutboxMail, delivery
from core.outbox.delivery import PACE, Claimed
from core.outbox.queries import mail_counts, mail_page, mails_about, waiting_since
from core.transport import ACCEPTED, Answer, ListTransport, Verdict
from core.worker import Worker
from people.models import Role
from tests import builders
from tests.conftest import NOW, CountQueries, SignIn

SANNE = Recipient("Sanne Bakker", "Sanne@Buurthuis.example")
OMAR = Recipient("Omar Idrissi", "omar@wijk.example")
REQUEST = CalendarPart("REQUEST", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
CANCEL = CalendarPart("CANCEL", b"BEGIN:VCALENDAR\r\nX-A:1\r\nEND:VCALENDAR\r\n")
LATER = Answer(Verdict.LATER, "De mailserver neemt nu geen mail aan (451).")
REFUSED = Answer(Verdict.REFUSED, "De mailserver weigert deze mail (550).")
LOST = Answer(Verdict.LATER, "De verbinding met de mailserver brak af.", in_doubt=True)
UNDO = timedelta(minutes=10)

pytestmark = pytest.mark.usefixtures("app")


def post(key: str, to: Recipient = SANNE, now: datetime = NOW, **more: Any) -> int:
    message = Message(subject=f"Onderwerp {key}", paragraphs=("Een zin.",))
    given = {"thread": "request:1", "about": ("request", 1), **more}
    return transact(lambda: outbox.post(message, to, key=key, now=now, **given).id)


def mail(mail_id: int) -> OutboxMail:
    session.rollback()
    return session.get_one(OutboxMail, mail_id, populate_existing=True)


def claim(now: datetime = NOW, owner: str = "me") -> Claimed | None:
    return transact(delivery.claim, owner, now)


def claimed_id(now: datetime = NOW, owner: str = "me") -> int | None:
    found = claim(now, owner)
    return found.id if found else None


def settle(answer: Answer, now: datetime = NOW, owner: str = "me") -> int:
    """Hand out the next mail and note this answer to it."""
    found = claim(now, owner)
    assert found
    assert transact(delivery.settle, found, answer, now)
    return found.id


def withdraw(now: datetime = NOW, held_until: datetime | None = None) -> outbox.Withdrawal:
    return transact(outbox.withdraw, "request:1", now, held_until=held_until)


def test_mail_is_there_when_the_transaction_is_and_only_then() -> None:
    def posting_and_failing() -> None:
        outbox.post(Message("Hoi", ("Zin.",)), SANNE, key="a", thread="t", about=("x", 1), now=NOW)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transact(posting_and_failing)
    assert mail_page(None, 1).mails == []
    post("a")
    assert len(mail_page(None, 1).mails) == 1


def test_same_key_is_posted_once() -> None:
    first = post("stop:1:confirmed")
    assert post("stop:1:confirmed", OMAR) == first
    assert mail(first).to_address == "sanne@buurthuis.example"
    assert sum(mail_counts().values()) == 1


def test_mail_taken_back_is_sent_after_all_when_posted_again() -> None:
    first = post("stop:1:confirmed", not_before=NOW + UNDO)
    withdraw()
    assert post("stop:1:confirmed", now=NOW + UNDO) == first
    assert claimed_id(NOW + UNDO) == first


def test_mail_keeps_what_it_was_born_with() -> None:
    with speaking("en"):
        found = mail(post("a", not_before=NOW + UNDO, calendar=REQUEST))
    assert found.message_id.endswith("@speelplek.example>")
    assert "a" not in found.message_id.partition("@")[0].split("-")
    assert (found.dated_at, found.due_at) == (NOW + UNDO, NOW + UNDO)
    assert (found.state, found.attempts) == (MailState.PENDING, 0)
    assert found.from_address == "boekingen@speelplek.example"
    assert _("Hallo %(name)s,", name="Sanne Bakker") in found.text


def test_organizer_of_an_invitation_is_the_sender() -> None:
    part = CalendarPart("REQUEST", REQUEST.ics, organizer="oud@speelplek.example")
    assert mail(post("a", calendar=part)).from_address == "oud@speelplek.example"


def test_hostile_names_and_subjects_are_kept_harmless() -> None:
    hostile = "=?utf-8?q?a=0D=0ABcc:_x@speelplek.example?= \r\nBcc: y \x00 \ud83d"
    message = Message(hostile, (hostile,), ((hostile, hostile),), footnote=hostile)
    to = Recipient(hostile, "sanne@buurthuis.example")
    transact(lambda: outbox.post(message, to, key="a", thread="t", about=("x", 1), now=NOW).id)
    found = claim()
    assert found
    headers = build(found.parcel).partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc" not in headers


def test_mail_waits_for_its_moment() -> None:
    posted = post("a", not_before=NOW + UNDO)
    assert not delivery.anything_due(NOW)
    assert claim() is None
    assert delivery.anything_due(NOW + UNDO)
    assert claimed_id(NOW + UNDO) == posted


def test_mail_is_in_one_pair_of_hands() -> None:
    first, second = post("a"), post("b", OMAR)
    assert {claimed_id(owner="me"), claimed_id(owner="you")} == {first, second}
    assert claim(owner="third") is None
    assert claim(NOW + PACE.lease / 2, owner="third") is None


def test_mail_of_a_dead_worker_is_handed_out_again() -> None:
    posted = post("a")
    assert claimed_id() == posted
    assert claim(NOW + PACE.lease - timedelta(seconds=1)) is None
    again = claim(NOW + PACE.lease, owner="you")
    assert again
    assert (mail(posted).attempts, mail(posted).in_doubt) == (2, True)


def test_answer_counts_only_from_whoever_holds_the_mail() -> None:
    posted = post("a")
    mine = claim()
    yours = claim(NOW + PACE.lease, owner="you")
    assert mine
    assert yours
    assert not transact(delivery.settle, mine, REFUSED, NOW + PACE.lease)
    assert mail(posted).state is MailState.PENDING
    assert transact(delivery.settle, yours, ACCEPTED, NOW + PACE.lease)
    assert mail(posted).state is MailState.SENT


def test_pauses_grow_and_end_with_giving_up() -> None:
    posted, now, pauses = post("a"), NOW, []
    while mail(posted).state is MailState.PENDING:
        settle(LATER, now)
        pauses.append(mail(posted).due_at - now)
        now = mail(posted).due_at
        transact(delivery.bury, now)
    assert timedelta(seconds=15) <= pauses[0] <= timedelta(seconds=30)
    assert max(pauses) <= PACE.longest_pause
    assert all(pause >= timedelta(minutes=30) for pause in pauses[8:])
    assert PACE.give_up_after <= now - NOW <= PACE.give_up_after + PACE.longest_pause
    assert (mail(posted).state, mail(posted).last_error) == (MailState.DEAD, LATER.reason)


def test_mail_that_kills_its_worker_is_given_up_too() -> None:
    posted, now = post("a"), NOW
    while mail(posted).state is MailState.PENDING:
        assert claimed_id(now) == posted
        now = max(mail(posted).due_at, now + PACE.lease)
        transact(delivery.bury, now)
    assert mail(posted).attempts < 150
    assert mail(posted).in_doubt


def test_refused_mail_is_dead_at_once() -> None:
    posted = post("a")
    settle(REFUSED)
    assert (mail(posted).state, mail(posted).last_error) == (MailState.DEAD, REFUSED.reason)


def test_mail_does_not_pass_an_earlier_one_to_the_same_person() -> None:
    first, second, other = post("a"), post("b"), post("c", OMAR)
    assert settle(LATER) == first
    assert settle(ACCEPTED) == other
    assert claim() is None
    again = mail(first).due_at
    assert settle(ACCEPTED, again) == first
    assert settle(ACCEPTED, again) == second


def test_reminder_of_next_month_does_not_hold_up_the_mail_of_today() -> None:
    post("reminder", not_before=NOW + timedelta(days=30))
    change = post("change")
    assert claimed_id() == change


def test_dead_mail_holds_up_nobody() -> None:
    post("a")
    second = post("b")
    settle(REFUSED)
    assert claimed_id() == second


def test_mails_of_a_thread_refer_to_each_other() -> None:
    first, second = mail(post("a")), mail(post("b"))
    assert first.references == ""
    assert second.references == first.message_id
    for number in range(20):
        post(f"more:{number}")
    last = mail(post("last")).references.split()
    assert len(last) == 10
    assert last[0] == first.message_id
    assert mail(post("c", OMAR)).references == ""
    assert mail(post("d", thread="request:2")).references == ""


def test_newer_invitation_takes_the_place_of_one_that_waits() -> None:
    first = post("a", calendar=REQUEST, not_before=NOW + UNDO)
    other = post("b", OMAR, calendar=REQUEST, not_before=NOW + UNDO)
    words = post("c", not_before=NOW + UNDO)
    second = post("d", calendar=REQUEST, not_before=NOW + 2 * UNDO)
    assert mail(first).state is MailState.WITHDRAWN
    assert {mail(each).state for each in (other, words, second)} == {MailState.PENDING}
    assert mail(second).calendar_method == "REQUEST"


def test_invitation_in_hand_makes_way_when_it_could_not_leave() -> None:
    first = post("a", calendar=REQUEST)
    held = claim()
    second = post("b", calendar=REQUEST)
    assert mail(first).state is MailState.PENDING
    assert held
    transact(delivery.settle, held, LATER, NOW)
    assert mail(first).state is MailState.WITHDRAWN
    assert claimed_id() == second


@pytest.mark.parametrize(
    ("answer", "has_calendar"),
    [(None, False), (LATER, False), (REFUSED, False), (LOST, True), (ACCEPTED, True)],
    ids=["waits", "put off", "refused", "in doubt", "sent"],
)
def test_cancellation_reaches_only_calendars_that_may_hold_the_entry(
    answer: Answer | None, has_calendar: bool
) -> None:
    post("a", calendar=REQUEST)
    if answer:
        settle(answer)
    cancelled = mail(post("b", calendar=CANCEL))
    assert (cancelled.calendar_method == "CANCEL") is has_calendar
    assert (cancelled.calendar is not None) is has_calendar


def test_cancellation_follows_an_invitation_that_is_in_hand() -> None:
    post("a", calendar=REQUEST)
    claim()
    assert mail(post("b", calendar=CANCEL)).calendar_method == "CANCEL"


def test_taking_back_in_time_leaves_nothing_to_send() -> None:
    post("a", calendar=REQUEST, not_before=NOW + UNDO)
    post("b", OMAR, calendar=REQUEST, not_before=NOW + UNDO)
    post("c", thread="request:2")
    assert withdraw() == (2, 0)
    assert mail_counts()[MailState.WITHDRAWN] == 2
    assert withdraw() == (0, 0)


@pytest.mark.parametrize(
    ("answer", "left"), [(LATER, 0), (LOST, 1), (ACCEPTED, 1)], ids=["put off", "in doubt", "sent"]
)
def test_taking_back_tells_what_may_have_left(answer: Answer, left: int) -> None:
    post("a")
    settle(answer)
    post("b", OMAR)
    assert withdraw().left == left


def test_mail_in_hand_counts_as_left_and_stays() -> None:
    posted = post("a")
    claim()
    assert withdraw() == (0, 1)
    assert mail(posted).state is MailState.PENDING


def test_taking_back_after_a_worker_died_remembers_the_doubt() -> None:
    posted = post("a", calendar=REQUEST)
    claim()
    assert withdraw(NOW + PACE.lease) == (1, 1)
    assert (mail(posted).state, mail(posted).in_doubt) == (MailState.WITHDRAWN, True)
    assert mail(post("b", calendar=CANCEL)).calendar_method == "CANCEL"


def test_taking_back_looks_no_further_than_asked() -> None:
    post("a")
    settle(ACCEPTED)
    reminder = post("b", not_before=NOW + timedelta(days=30))
    post("c", now=NOW + UNDO, not_before=NOW + 2 * UNDO)
    assert withdraw(NOW + UNDO, held_until=NOW + 2 * UNDO) == (1, 0)
    assert mail(reminder).state is MailState.PENDING


def test_dead_mail_gets_another_chance() -> None:
    posted = post("a")
    settle(REFUSED)
    transact(delivery.retry, posted, now=NOW + UNDO)
    assert (mail(posted).attempts, mail(posted).last_error) == (0, "")
    assert settle(ACCEPTED, NOW + UNDO) == posted


def test_only_dead_mail_gets_another_chance() -> None:
    posted = post("a")
    with pytest.raises(Refused, match="mail_not_given_up"):
        transact(delivery.retry, posted, now=NOW)
    with pytest.raises(Refused, match="mail_not_given_up"):
        transact(delivery.retry, posted + 1, now=NOW)


def test_old_invitation_is_not_sent_after_a_newer_one() -> None:
    posted = post("a", calendar=REQUEST)
    settle(REFUSED)
    post("b", calendar=REQUEST)
    with pytest.raises(Refused, match="mail_overtaken"):
        transact(delivery.retry, posted, now=NOW)


def test_content_is_erased_after_a_month_but_not_what_was_sent() -> None:
    posted, waiting = post("a", calendar=REQUEST), post("b", OMAR, not_before=NOW + UNDO)
    settle(ACCEPTED)
    after = NOW + delivery.KEEP_CONTENT
    assert transact(delivery.forget, after) == 0
    assert transact(delivery.forget, after + timedelta(minutes=1)) == 1
    found = mail(posted)
    assert (found.is_erased, found.html, found.calendar) == (True, "", b"")
    assert (found.calendar_method, found.to_address) == ("REQUEST", "sanne@buurthuis.example")
    assert not mail(waiting).is_erased
    assert mail(post("c", calendar=CANCEL)).calendar_method == "CANCEL"


def test_erased_mail_cannot_be_tried_again() -> None:
    posted = post("a")
    settle(REFUSED)
    transact(delivery.forget, NOW + timedelta(days=40))
    with pytest.raises(Refused, match="mail_erased"):
        transact(delivery.retry, posted, now=NOW)


def test_how_long_mail_waits_is_known() -> None:
    assert waiting_since(NOW) is None
    post("a", not_before=NOW + UNDO)
    assert waiting_since(NOW) is None
    assert waiting_since(NOW + 2 * UNDO) == NOW + UNDO


def test_mails_about_a_subject_are_found_in_order() -> None:
    second, first = post("a", not_before=NOW + UNDO), post("b", OMAR)
    post("c", about=("request", 2))
    assert [each.id for each in mails_about(("request", 1))] == [first, second]


def test_worker_delivers_what_is_due_and_builds_the_same_bytes_again() -> None:
    long_ago = utcnow() - timedelta(hours=1)
    post("a", now=long_ago, calendar=REQUEST)
    held = claim(long_ago)
    assert held
    expected = build(held.parcel)
    transact(delivery.settle, held, LATER, long_ago)
    transport = ListTransport()
    assert Worker(transport).round() == 1
    [kept] = transport.kept
    assert (kept.data, kept.to) == (expected, "sanne@buurthuis.example")
    assert kept.sender == "boekingen@speelplek.example"


def test_mail_that_cannot_be_made_is_dead_and_the_rest_goes_on() -> None:
    poison = post("a", Recipient("X", "geen adres"), now=utcnow())
    fine = post("b", now=utcnow())
    assert Worker(ListTransport()).round() == 2
    assert (mail(poison).state, mail(fine).state) == (MailState.DEAD, MailState.SENT)
    assert "adres" not in mail(poison).last_error


def test_worker_gives_up_on_what_it_tried_for_two_days() -> None:
    long_ago = utcnow() - PACE.give_up_after
    posted = post("a", now=long_ago)
    settle(LATER, long_ago)
    transport = ListTransport()
    Worker(transport).round()
    assert mail(posted).state is MailState.DEAD
    assert not transport.kept


def test_idle_worker_leaves_the_database_alone(count_queries: CountQueries) -> None:
    post("a", now=utcnow() + timedelta(days=1))
    with count_queries() as seen:
        Worker(ListTransport(), tasks=[]).round()
    assert {statement.split()[0] for statement in seen} <= {"BEGIN", "SELECT"}
    assert "BEGIN IMMEDIATE" not in seen


class Breaking(ListTransport):
    def send(self, data: bytes, *, sender: str, to: str) -> Answer:
        if to.startswith("sanne"):
            raise RuntimeError("sanne@buurthuis.example")
        return super().send(data, sender=sender, to=to)


def test_transport_that_breaks_on_one_mail_gets_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    poison, fine = post("a", now=utcnow()), post("b", OMAR, now=utcnow())
    Worker(Breaking()).round()
    assert (mail(poison).state, mail(fine).state) == (MailState.PENDING, MailState.SENT)
    assert mail(poison).in_doubt
    assert "sanne" not in capsys.readouterr().err


# The theatre's pages.


def planner(signed_in: SignIn) -> Any:
    return signed_in(builders.person("Noor", Role.PLANNER))


def test_planner_sees_the_post_newest_first(signed_in: SignIn) -> None:
    post("a", not_before=NOW), post("<b>vet</b>", OMAR)
    page = planner(signed_in).visit("/planning/post")
    assert page.h1 == "Post"
    assert page.text.index("Onderwerp <b>vet</b>") < page.text.index("Onderwerp a")


def test_post_is_shown_per_state_and_per_page(signed_in: SignIn) -> None:
    visitor = planner(signed_in)
    for number in range(60):
        post(f"mail {number}", thread=f"thread {number}")
    settle(REFUSED, NOW)
    failed = visitor.visit("/planning/post").link("Mislukt").follow()
    assert "Onderwerp mail 0" in failed.text
    assert "Onderwerp mail 1" not in failed.text
    assert "De mailserver weigert deze mail (550)." in failed.text
    second = visitor.visit("/planning/post?staat=pending").link("Ouder").follow()
    assert "Onderwerp mail 59" not in second.text
    assert "Onderwerp mail 1" in second.text
    assert second.link("Nieuwer").follow().path == "/planning/post?staat=pending"


@pytest.mark.parametrize(
    "query", ["?staat=x&pagina=0", "?pagina=-1", "?pagina=999999999", "?pagina=²&staat=sent"]
)
def test_odd_questions_get_a_page(signed_in: SignIn, query: str) -> None:
    assert planner(signed_in).visit(f"/planning/post{query}").h1 == "Post"


def test_list_is_also_a_fragment(signed_in: SignIn) -> None:
    post("a")
    fragment = planner(signed_in).visit("/planning/post", htmx=True)
    assert fragment.soup.find(id="mails")
    assert fragment.soup.h1 is None


def test_mail_is_shown_as_text_and_as_source_and_with_its_invitation(signed_in: SignIn) -> None:
    posted = post("a", calendar=REQUEST)
    visitor = planner(signed_in)
    page = visitor.visit(f"/planning/post/{posted}")
    assert "Een zin." in page.text
    assert "<!doctype html>" in page.text
    assert "BEGIN:VCALENDAR" in page.text
    invitation = visitor.get(f"/planning/post/{posted}/uitnodiging.ics")
    assert invitation.data == REQUEST.ics
    assert invitation.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" in invitation.headers["Content-Disposition"]


def test_mail_as_received_can_run_nothing(app: Flask, signed_in: SignIn) -> None:
    message = Message("Hoi", ("<script>alert(1)</script>",))
    posted = transact(
        lambda: outbox.post(message, SANNE, key="a", thread="t", about=("x", 1), now=NOW).id
    )
    visitor = planner(signed_in)
    # A plain client: a mail is no page of the site.
    plain = FlaskClient(app, visitor.response_wrapper)
    plain._cookies = visitor._cookies
    response = plain.get(f"/planning/post/{posted}/html")
    policy = response.headers["Content-Security-Policy"]
    assert response.status_code == 200
    assert "&lt;script&gt;" in response.text
    assert "<script" not in response.text
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'unsafe" not in policy


def test_planner_tries_a_failed_mail_again(signed_in: SignIn) -> None:
    posted = post("a")
    settle(REFUSED)
    visitor = planner(signed_in)
    page = visitor.visit(f"/planning/post/{posted}")
    assert "De mailserver weigert deze mail (550)." in page.text
    again = page.form("Probeer opnieuw").submit()
    assert mail(posted).state is MailState.PENDING
    assert "Probeer opnieuw" not in again.text


def test_second_click_on_try_again_gets_a_sentence(signed_in: SignIn) -> None:
    posted = post("a")
    settle(REFUSED)
    page = planner(signed_in).visit(f"/planning/post/{posted}")
    form = page.form("Probeer opnieuw")
    form.submit()
    assert "al verstuurd, wacht nog" in form.submit(status=409).text


def test_sign_in_links_are_for_their_reader_only(signed_in: SignIn) -> None:
    posted = post("a", thread="sign-in:abc")
    visitor = planner(signed_in)
    page = visitor.visit(f"/planning/post/{posted}")
    assert "Een zin." not in page.text
    assert visitor.get(f"/planning/post/{posted}/html").status_code == 404


@pytest.mark.parametrize("path", ["", "/1", "/1/html", "/1/uitnodiging.ics"])
def test_post_is_not_for_others(signed_in: SignIn, path: str) -> None:
    post("a", calendar=REQUEST)
    host = signed_in(builders.person("Henk", Role.HOST))
    assert host.get(f"/planning/post{path}").status_code == 403
    assert host.post("/planning/post/1/opnieuw").status_code in (400, 403)


@pytest.mark.parametrize("path", ["/99", "/99/html", "/99/uitnodiging.ics", "/0", "/99999999999"])
def test_unknown_mail_is_no_page(signed_in: SignIn, path: str) -> None:
    assert planner(signed_in).get(f"/planning/post{path}").status_code == 404
