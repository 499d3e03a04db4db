"""Use cases, as verbs. They check, change, write history and letters; `transact` commits."""

from booking.services.answering_hosts import answer_as_host, answer_later
from booking.services.asking import change_details, choose_alternative, submit, withdraw
from booking.services.changing_place import ask_measures, choose_place
from booking.services.clockwork import expire_options, forget_drafts, remind_of_options
from booking.services.company import add_installation, add_performer
from booking.services.consent_clockwork import expire_consents, remind_hosts, remind_theatre
from booking.services.deciding import confirm, decline, give_option, undo
from booking.services.drafts import drop_draft, keep_draft
from booking.services.encounters import count_visitors, plan_missing
from booking.services.follow_up import agree_follow_up, ask_for_reports, report
from booking.services.forgetting import close_links, forget_contacts
from booking.services.moments import (
    add_moment,
    change_moment,
    close_moment,
    dismiss_proposal,
)
from booking.services.performer_calendars import warn_performers
from booking.services.ranking import (
    challenge,
    end_overtaken,
    move_option,
    release_option,
    tell_ranks,
    want_option,
)
from booking.services.seats import (
    cancel_seats,
    change_seats,
    forget_visitors,
    hold_seats,
    remind_visitors,
    take_seats,
)
from booking.services.settings import change_settings
from booking.services.together import plan_together
from booking.services.touring import cancel, choose_words, move

__all__ = [
    "add_installation",
    "add_moment",
    "add_performer",
    "agree_follow_up",
    "answer_as_host",
    "answer_later",
    "ask_for_reports",
    "ask_measures",
    "cancel",
    "cancel_seats",
    "challenge",
    "change_details",
    "change_moment",
    "change_seats",
    "change_settings",
    "choose_alternative",
    "choose_place",
    "choose_words",
    "close_links",
    "close_moment",
    "confirm",
    "count_visitors",
    "decline",
    "dismiss_proposal",
    "drop_draft",
    "end_overtaken",
    "expire_consents",
    "expire_options",
    "forget_contacts",
    "forget_drafts",
    "forget_visitors",
    "give_option",
    "hold_seats",
    "keep_draft",
    "move",
    "move_option",
    "plan_missing",
    "plan_together",
    "release_option",
    "remind_hosts",
    "remind_of_options",
    "remind_theatre",
    "remind_visitors",
    "report",
    "submit",
    "take_seats",
    "tell_ranks",
    "undo",
    "want_option",
    "warn_performers",
    "withdraw",
]
