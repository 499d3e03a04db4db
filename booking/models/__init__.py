"""The tables of booking. Read `claim` first: everything scarce goes through it."""

from booking.models.availability import (
    AvoidedPlace,
    PerformerAvailability,
    PerformerDays,
    PerformerTime,
)
from booking.models.block import Block
from booking.models.claim import Claim, ClaimPurpose
from booking.models.consent import HostConsent
from booking.models.draft import RequestDraft
from booking.models.encounter import Encounter, Seat, SeatBooking
from booking.models.follow_up import FollowUp, StopReport
from booking.models.installation import Installation, Performer
from booking.models.invitation import Invitation
from booking.models.moment import Moment, MomentState, YearlyAnswer
from booking.models.option import Option
from booking.models.outreach import InviteRefusal, Outreach, Partner
from booking.models.reception import StopReception
from booking.models.request import Alternative, BookingRequest, RequestChoice
from booking.models.room_booking import RoomBooking, RoomDate
from booking.models.seat_waiting import SeatWaiting
from booking.models.setting import Setting, SettingChange
from booking.models.side import SideItem
from booking.models.stop import Stop, StopSession
from booking.models.swap import SwapEncounter, SwapRequest
from booking.models.waiting import WaitingPlace

__all__ = [
    "Alternative",
    "AvoidedPlace",
    "Block",
    "BookingRequest",
    "Claim",
    "ClaimPurpose",
    "Encounter",
    "FollowUp",
    "HostConsent",
    "Installation",
    "Invitation",
    "InviteRefusal",
    "Moment",
    "MomentState",
    "Option",
    "Outreach",
    "Partner",
    "Performer",
    "PerformerAvailability",
    "PerformerDays",
    "PerformerTime",
    "RequestChoice",
    "RequestDraft",
    "RoomBooking",
    "RoomDate",
    "Seat",
    "SeatBooking",
    "SeatWaiting",
    "Setting",
    "SettingChange",
    "SideItem",
    "Stop",
    "StopReception",
    "StopReport",
    "StopSession",
    "SwapEncounter",
    "SwapRequest",
    "WaitingPlace",
    "YearlyAnswer",
]
