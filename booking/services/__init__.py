"""Use cases, as verbs. They check, change, write history and letters; `transact` commits."""

from booking.services.answering_hosts import answer_as_host, answer_later
from booking.services.asking import change_details, choose_alternative, submit, withdraw
from booking.services.changing_place import ask_measures, choose_place
from booking.services.clockwork import expire_options, forget_drafts, remind_of_options
from booking.services.company import add_installation, add_performer
from booking.services.consent_clockwork import expire_consents, remind_hosts, remind_theatre
from booking.services.deciding import confirm, decline, give_option, undo
from booking.services.drafts import drop_draft, keep_draft
from booking.services.forgetting import close_links, forget_contacts
from booking.services.performer_calendars import warn_performers
from booking.services.touring import cancel, move

__all__ = [
    "add_installation",
    "add_performer",
    "answer_as_host",
    "answer_later",
    "ask_measures",
    "cancel",
    "change_details",
    "choose_alternative",
    "choose_place",
    "close_links",
    "confirm",
    "decline",
    "drop_draft",
    "expire_consents",
    "expire_options",
    "forget_contacts",
    "forget_drafts",
    "give_option",
    "keep_draft",
    "move",
    "remind_hosts",
    "remind_of_options",
    "remind_theatre",
    "submit",
    "undo",
    "warn_performers",
    "withdraw",
]
