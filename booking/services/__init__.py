"""Use cases, as verbs. They check, change, write history and letters; `transact` commits."""

from booking.services.answering_hosts import answer_as_host, answer_later
from booking.services.asking import change_details, choose_alternative, submit, withdraw
from booking.services.availability import add_days, forget_days, remove_days, say_availability
from booking.services.blocking import lift_block, make_block
from booking.services.casting import cast_encounters
from booking.services.changing_place import ask_measures, choose_place
from booking.services.clockwork import expire_options, forget_drafts, remind_of_options
from booking.services.company import add_installation, add_performer
from booking.services.consent_clockwork import expire_consents, remind_hosts, remind_theatre
from booking.services.deciding import confirm, decline, give_option, undo
from booking.services.drafts import drop_draft, keep_draft
from booking.services.encounters import count_visitors, plan_missing
from booking.services.follow_up import agree_follow_up, ask_for_reports, report
from booking.services.forgetting import close_links, forget_contacts
from booking.services.inviting import (
    draft_invitations,
    drop_invitation,
    forget_outreach,
    refuse_invitations,
    rewrite_invitation,
    send_invitation,
    welcome_invitations,
)
from booking.services.meeting_again import book_what_continues
from booking.services.moments import (
    add_moment,
    change_moment,
    close_moment,
    dismiss_proposal,
    remind_to_choose,
    reopen_moment,
)
from booking.services.partners import add_partner, bring_back, change_partner, retire_partner
from booking.services.performer_calendars import warn_performers
from booking.services.performers import (
    bring_performer_back,
    invite_performer,
    retire_performer,
)
from booking.services.ranking import (
    challenge,
    end_overtaken,
    move_option,
    release_option,
    tell_ranks,
    want_option,
)
from booking.services.receiving import agree_reception
from booking.services.seat_line import forget_seat_line, tend_line
from booking.services.seat_waiting import leave_seat_line, take_offered_seat, wait_for_seat
from booking.services.seats import (
    cancel_seats,
    change_seats,
    forget_visitors,
    hold_seats,
    remind_visitors,
    take_seats,
)
from booking.services.settings import change_settings
from booking.services.side import (
    agree_side,
    ask_side_change,
    change_side,
    choose_side_again,
    decline_side,
    propose_side,
    withdraw_side,
)
from booking.services.swapping import answer_swap, ask_swap, forget_swap_words, take_swap_back
from booking.services.together import plan_together
from booking.services.touring import cancel, choose_words, move

__all__ = [
    "add_days",
    "add_installation",
    "add_moment",
    "add_partner",
    "add_performer",
    "agree_follow_up",
    "agree_reception",
    "agree_side",
    "answer_as_host",
    "answer_later",
    "answer_swap",
    "ask_for_reports",
    "ask_measures",
    "ask_side_change",
    "ask_swap",
    "book_what_continues",
    "bring_back",
    "bring_performer_back",
    "cancel",
    "cancel_seats",
    "cast_encounters",
    "challenge",
    "change_details",
    "change_moment",
    "change_partner",
    "change_seats",
    "change_settings",
    "change_side",
    "choose_alternative",
    "choose_place",
    "choose_side_again",
    "choose_words",
    "close_links",
    "close_moment",
    "confirm",
    "count_visitors",
    "decline",
    "decline_side",
    "dismiss_proposal",
    "draft_invitations",
    "drop_draft",
    "drop_invitation",
    "end_overtaken",
    "expire_consents",
    "expire_options",
    "forget_contacts",
    "forget_days",
    "forget_drafts",
    "forget_outreach",
    "forget_seat_line",
    "forget_swap_words",
    "forget_visitors",
    "give_option",
    "hold_seats",
    "invite_performer",
    "keep_draft",
    "leave_seat_line",
    "lift_block",
    "make_block",
    "move",
    "move_option",
    "plan_missing",
    "plan_together",
    "propose_side",
    "refuse_invitations",
    "release_option",
    "remind_hosts",
    "remind_of_options",
    "remind_theatre",
    "remind_to_choose",
    "remind_visitors",
    "remove_days",
    "reopen_moment",
    "report",
    "retire_partner",
    "retire_performer",
    "rewrite_invitation",
    "say_availability",
    "send_invitation",
    "submit",
    "take_offered_seat",
    "take_seats",
    "take_swap_back",
    "tell_ranks",
    "tend_line",
    "undo",
    "wait_for_seat",
    "want_option",
    "warn_performers",
    "welcome_invitations",
    "withdraw",
    "withdraw_side",
]
