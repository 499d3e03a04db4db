"""Of requests for the cube, options, stops and encounters."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from booking.rules.audience import Part
from booking.rules.lifecycle import DeclineReason, RequestState, StopState
from booking.rules.norms import DayPart, Wish
from core.filters import clock_time, long_date, short_date, time_span
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]


def minutes(length: timedelta) -> str:
    return _("%(number)s min", number=int(length.total_seconds() // 60))


def day_part(part: DayPart) -> str:
    return {
        DayPart.MORNING: _("ochtend"),
        DayPart.AFTERNOON: _("middag"),
        DayPart.EVENING: _("avond"),
    }[part]


def moment(wish: Wish) -> str:
    """For example "donderdag 4 februari 2027, middag"; more day-parts are counted."""
    first = f"{long_date(wish.day)}, {day_part(wish.part)}"
    if wish.day_parts == 1:
        return first
    return _("%(first)s en daarna (%(number)s dagdelen)", first=first, number=wish.day_parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def request_state(state: RequestState) -> str:
    return {
        RequestState.SUBMITTED: _("wacht op antwoord"),
        RequestState.OPTIONED: _("in optie"),
        RequestState.CONFIRMED: _("gaat door"),
        RequestState.DECLINED: _("afgewezen"),
        RequestState.WITHDRAWN: _("ingetrokken"),
        RequestState.CANCELLED: _("geannuleerd"),
        RequestState.EXPIRED: _("verlopen"),
    }[state]


def next_step(state: RequestState) -> str:
    """What the asker can expect or do."""
    return {
        RequestState.SUBMITTED: _("Het theater kijkt wat kan."),
        RequestState.OPTIONED: _("We houden een moment voor je vrij. Het is nog niet zeker."),
        RequestState.CONFIRMED: _("De kubus komt. Je hoeft nu niets te doen."),
        RequestState.DECLINED: _("Het lukt niet op het moment dat je vroeg."),
        RequestState.WITHDRAWN: _("Je trok deze aanvraag in. Je hoeft niets meer te doen."),
        RequestState.CANCELLED: _("Deze afspraak gaat niet door."),
        RequestState.EXPIRED: _("De optie is voorbij. Vraag de kubus opnieuw aan als je wilt."),
    }[state]


def stop_state(state: StopState) -> str:
    return {
        StopState.CONFIRMED: _("gaat door"),
        StopState.CANCELLED: _("gaat niet door"),
        StopState.UNDONE: _("teruggenomen"),
    }[state]


def ordinal(number: int) -> str:
    """For example "tweede"."""
    known = {
        1: _("eerste"),
        2: _("tweede"),
        3: _("derde"),
        4: _("vierde"),
        5: _("vijfde"),
        6: _("zesde"),
        7: _("zevende"),
        8: _("achtste"),
        9: _("negende"),
        10: _("tiende"),
    }
    return known.get(number) or _("%(number)se", number=number)


def decline_reason(reason: DeclineReason | None) -> str:
    return {
        None: "",
        DeclineReason.NO_TIME: _("De kubus of de spelers zijn dan al ergens anders."),
        DeclineReason.DOES_NOT_FIT: _("De kubus kan op die plek niet staan."),
        DeclineReason.OTHER_AUDIENCE: _("We kozen nu voor een wijk waar we nog niet waren."),
        DeclineReason.OTHER: _("Er is een andere reden."),
    }[reason]


def score_part(part: Part) -> str:
    """What a part of the neighbourhood score was computed from."""
    amount = part.amount
    match part.code:
        case "neighbours":
            return ngettext(
                "%(num)d bezoeker komt uit de buurt", "%(num)d bezoekers komen uit de buurt", amount
            )
        case "key_figure":
            return ngettext(
                "%(num)d bezoeker komt mee met een sleutelfiguur",
                "%(num)d bezoekers komen mee met een sleutelfiguur",
                amount,
            )
        case "waiting" if amount < 0:
            return _("De kubus was nog nooit in deze wijk")
        case "waiting":
            return ngettext(
                "De laatste keer in deze wijk is %(num)d week geleden",
                "De laatste keer in deze wijk is %(num)d weken geleden",
                amount,
            )
        case "fewer_seats":
            return ngettext(
                "%(num)d plaats in deze wijk dit seizoen",
                "%(num)d plaatsen in deze wijk dit seizoen",
                amount,
            )
        case "fewer_visits":
            return ngettext(
                "%(num)d keer in deze wijk dit seizoen",
                "%(num)d keer in deze wijk dit seizoen",
                amount,
            )
    return ngettext(
        "%(num)d aanvraag uit deze wijk afgewezen",
        "%(num)d aanvragen uit deze wijk afgewezen",
        amount,
    )


def history_action(action: str) -> str:
    known = {
        "submitted": _("aangevraagd"),
        "changed": _("gegevens gewijzigd"),
        "optioned": _("in optie genomen"),
        "follow-up agreed": _("vervolg afgesproken"),
        "room to continue": _("ruimte geboekt om elkaar weer te zien"),
        "reception agreed": _("ontvangst en nagesprek afgesproken"),
        "reported": _("verteld hoe het was"),
        "words chosen": _("titel gekozen"),
        "counted": _("bezoekers geteld"),
        "seats held": _("plaatsen vastgehouden voor eigen mensen"),
        "challenged": _("gevraagd te beslissen"),
        "wanted": _("wil het zeker"),
        "released": _("optie losgelaten"),
        "option moved": _("plaats in de rij veranderd"),
        "overtaken": _("moment ging naar een ander"),
        "confirmed": _("bevestigd"),
        "undone": _("bevestiging teruggenomen"),
        "declined": _("afgewezen"),
        "reopened": _("ander moment gekozen"),
        "withdrawn": _("ingetrokken"),
        "cancelled": _("geannuleerd"),
        "moved": _("verplaatst"),
        "recast": _("andere speler"),
        "cast": _("ontmoetingen verdeeld"),
        "swapped": _("onderling geruild"),
        "expired": _("optie verlopen"),
        "side proposed": _("voorgesteld rond de kubus"),
        "side changed": _("voorstel rond de kubus veranderd"),
        "side asked to change": _("gevraagd iets te veranderen rond de kubus"),
        "side lost its room": _("ruimte kan niet meer rond de kubus"),
        "side agreed": _("afgesproken rond de kubus"),
        "side declined": _("afgewezen rond de kubus"),
        "side withdrawn": _("afgezegd rond de kubus"),
        "blocked": _("blokkade gemaakt"),
        "block lifted": _("blokkade weggehaald"),
        "offer dropped": _("aangeboden moment vervallen"),
        "forgotten": _("persoonsgegevens gewist"),
        "host asked": _("beheerder gevraagd"),
        "host agreed": _("beheerder zegt ja"),
        "host refused": _("beheerder zegt nee"),
        "host answers later": _("beheerder denkt nog na"),
        "host reminded": _("beheerder herinnerd"),
        "host silent": _("geen antwoord van de beheerder"),
        "host not needed": _("antwoord van de beheerder niet meer nodig"),
        "place chosen": _("andere plek gevraagd"),
        "measures asked": _("maten gevraagd aan de beheerder"),
        "theatre reminded": _("planners herinnerd"),
        "booked": _("gevraagd of geboekt"),
        "room agreed": _("beheerder zegt ja"),
        "room refused": _("beheerder zegt nee"),
        "new time agreed": _("andere tijd is goed"),
        "new time refused": _("andere tijd kan niet, de oude blijft"),
        "other time offered": _("beheerder stelt een andere tijd voor"),
        "given away": _("tijd ging naar een andere organisatie"),
        "room host reminded": _("beheerder herinnerd"),
        "partner added": _("op de lijst gezet"),
        "partner changed": _("gegevens gewijzigd"),
        "partner retired": _("van de lijst gehaald"),
        "partner back": _("weer op de lijst gezet"),
        "invitation drafted": _("uitnodiging klaargezet"),
        "invitation rewritten": _("tekst gewijzigd"),
        "invitation sent": _("uitnodiging verstuurd"),
        "invitation dropped": _("concept weggegooid"),
        "no invitations wanted": _("wil geen uitnodigingen"),
        "invitations welcome": _("wil weer uitnodigingen"),
        "performer added": _("speler toegevoegd"),
        "performer retired": _("speelt niet meer mee"),
        "performer back": _("speelt weer mee"),
        "availability said": _("gezegd wanneer en waar"),
        "days said": _("andere dagen opgegeven"),
        "days taken back": _("andere dagen weggehaald"),
        "moment added": _("bijzondere dagen toegevoegd"),
        "moment changed": _("bijzondere dagen gewijzigd"),
        "moment dismissed": _("voorstel overgeslagen"),
        "moment planned": _("samen gepland"),
        "moment closed": _("afgesloten"),
        "moment reopened": _("weer geopend"),
        "promise moved": _("antwoord voor een andere dag beloofd"),
        "room host silent": _("geen antwoord van de beheerder, verlopen"),
    }
    return known.get(action, action)


PHRASES: dict[str, Callable[[Data], str]] = {
    "too_many_visitors": lambda d: _(
        "%(visitors)s bezoekers passen niet: hier is plaats voor %(fits)s."
        " Neem %(parts)s dagdelen.",
        visitors=d["visitors"],
        fits=d["fits"],
        parts=d["day_parts"],
    ),
    "cube_taken": lambda d: _("De kubus is dan in %(district)s.", district=d["district"]),
    "cube_arrives_late": lambda d: _(
        "De kubus komt uit %(district)s en kan niet voor %(time)s uur spelen:"
        " %(get_out)s afbouwen, %(travel)s reizen, %(get_in)s opbouwen.",
        district=d["district"],
        time=clock_time(d["earliest"]),
        get_out=minutes(d["get_out"]),
        travel=minutes(d["travel"]),
        get_in=minutes(d["get_in"]),
    ),
    "cube_must_leave": lambda d: _(
        "De kubus moet daarna naar %(district)s en kan tot %(time)s uur spelen:"
        " %(get_out)s afbouwen, %(travel)s reizen.",
        district=d["district"],
        time=clock_time(d["latest"]),
        get_out=minutes(d["get_out"]),
        travel=minutes(d["travel"]),
    ),
    "performer_taken": lambda d: _("%(name)s speelt dan ergens anders.", name=d["name"]),
    "performer_busy_outside": lambda d: _(
        "%(name)s kan dan niet: dat staat in de eigen agenda.", name=d["name"]
    ),
    "performer_full_day": lambda d: _(
        "%(name)s speelt die dag meer dan %(number)s ontmoetingen.",
        name=d["name"],
        number=d["at_most"],
    ),
    "performer_unrested": lambda d: _(
        "%(name)s heeft dan geen %(hours)s uur rust tussen twee dagen.",
        name=d["name"],
        hours=d["hours"],
    ),
    "no_performer": lambda d: _(
        "Op %(day)s van %(span)s kan geen speler.",
        day=short_date(d["session"].start),
        span=time_span(d["session"]),
    ),
    "in_the_past": lambda _d: _("Dit moment is al voorbij of begint zo."),
    "place_unavailable": lambda d: _("%(place)s ontvangt de kubus nu niet.", place=d["place"]),
    "place_taken": lambda d: _("%(place)s is dan bezet.", place=d["place"]),
    "place_closed": lambda d: _(
        "De plek is op %(day)s van %(span)s niet open.",
        day=short_date(d["session"].start),
        span=time_span(d["session"]),
    ),
    "closed_at_get_in": lambda d: _(
        "De plek is nog dicht bij het opbouwen: iemand moet om %(time)s uur opendoen.",
        time=clock_time(d["at"]),
    ),
    "closed_at_get_out": lambda d: _(
        "De plek is al dicht bij het afbouwen: iemand moet tot %(time)s uur blijven.",
        time=clock_time(d["until"]),
    ),
    "hours_unknown": lambda d: _(
        "We weten niet wanneer %(place)s open is: vraag het de beheerder.", place=d["place"]
    ),
    "stands_overnight": lambda _d: _("De kubus blijft 's nachts staan. Kan dat daar?"),
    "too_soon": lambda d: _(
        "Vraag minstens %(days)s dagen van tevoren aan: kies een dag vanaf %(first)s.",
        days=d["days"],
        first=long_date(d["first_day"]),
    ),
    "too_far": lambda d: _(
        "Zo ver vooruit plannen we nog niet: kies een dag tot en met %(last)s.",
        last=long_date(d["last_day"]),
    ),
    "too_many_day_parts": lambda d: _(
        "Kies 1 tot en met %(number)s dagdelen achter elkaar.", number=d["at_most"]
    ),
    "mostly_from_city": lambda d: _(
        "De meeste bezoekers komen niet uit de buurt: %(nearby)s van de %(visitors)s wel.",
        nearby=d["nearby"],
        visitors=d["visitors"],
    ),
    "first_visit_to_district": lambda _d: _("Eerste keer in deze wijk."),
    "not_in_this_state": lambda d: _(
        "Dit kan niet meer: de aanvraag is %(state)s.", state=request_state(d["state"])
    ),
    "asked_too_often": lambda _d: _(
        "Er kwamen vandaag heel veel aanvragen van jou. Probeer het morgen weer, of bel ons."
    ),
    "no_choice": lambda _d: _("Kies minstens één moment."),
    "choice_not_free": lambda d: _(
        "%(moment)s kan niet meer. Kies een ander moment.", moment=_capital(moment(d["wish"]))
    ),
    "no_such_alternative": lambda _d: _("Dit moment bieden we niet (meer) aan."),
    "too_late_to_undo": lambda _d: _(
        "Terugdraaien kan niet meer: de mails zijn weg. Annuleer de speelbeurt als het niet kan."
    ),
    "too_many_alternatives": lambda d: _(
        "Bied hoogstens %(number)s andere momenten aan.", number=d["at_most"]
    ),
    "option_end_date": lambda d: _(
        "Kies een einddatum na vandaag en voor %(day)s.", day=long_date(d["last"])
    ),
    "no_such_room": lambda _d: _("Kies een plek die bestaat."),
    "no_cube": lambda _d: _("Er is geen kubus die rijdt."),
    "no_such_request": lambda _d: _("Deze aanvraag bestaat niet."),
    "changed_meanwhile": lambda d: _(
        "Iemand veranderde deze aanvraag net. Nu geldt: %(state)s.", state=request_state(d["state"])
    ),
    "just_taken": lambda _d: _("Iemand was je net voor: dit moment is niet meer vrij."),
    "already_played": lambda _d: _(
        "Deze speelbeurt is geweest: verplaatsen of annuleren kan niet meer."
    ),
    "no_stop": lambda _d: _("Bij deze aanvraag hoort geen speelbeurt die doorgaat."),
}
