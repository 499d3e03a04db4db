"""Of the settings of the theatre, and of what would make a request fit better."""

from collections.abc import Callable, Mapping
from typing import Any

from booking.rules.settings import SettingTopic, written
from core.language import gettext as _
from core.language import ngettext

Data = Mapping[str, Any]

NAMES: dict[str, Callable[[], str]] = {
    "neighbours": lambda: _("Punten voor bezoekers uit de buurt"),
    "key_figure": lambda: _("Punten voor wie meekomt met een sleutelfiguur"),
    "waiting": lambda: _("Punten voor een wijk die lang wacht"),
    "fewer_visits": lambda: _("Punten voor een wijk met minder speelbeurten"),
    "fewer_seats": lambda: _("Punten voor een wijk met minder plaatsen"),
    "declined": lambda: _("Punten voor een wijk die vaker nee hoorde"),
    "weeks_for_all": lambda: _("Na zoveel weken wachten krijgt een wijk alle punten"),
    "declined_for_all": lambda: _("Na zoveel keer nee krijgt een wijk alle punten"),
    "encounter_minutes": lambda: _("Een ontmoeting duurt, in minuten"),
    "changeover_minutes": lambda: _("Wisselen tussen twee ontmoetingen, in minuten"),
    "pause_minutes": lambda: _("Pauze van een speler, in minuten"),
    "encounters_before_pause": lambda: _("Zoveel ontmoetingen tot een pauze"),
    "encounters_a_day": lambda: _("Ontmoetingen van een speler op een dag, hoogstens"),
    "rest_hours": lambda: _("Rust van een speler tussen twee dagen, in uren"),
    "call_minutes": lambda: _("Een speler is er zo lang van tevoren, in minuten"),
    "get_in_minutes": lambda: _("Opbouw, in minuten"),
    "get_out_minutes": lambda: _("Afbouw, in minuten"),
    "speed_kmh": lambda: _("Snelheid onderweg, in kilometer per uur"),
    "loading_minutes": lambda: _("Laden en lossen, in minuten"),
    "detour": lambda: _("Afstand over de weg, in procent van de rechte lijn"),
    "detour_over_canal": lambda: _("Hetzelfde, over het kanaal"),
    "home_after_hours": lambda: _("Na zoveel uur tussen twee plekken gaat de kubus naar huis"),
    "day_parts_at_most": lambda: _("Dagdelen achter elkaar in één aanvraag, hoogstens"),
    "option_days": lambda: _("Een optie duurt, in dagen"),
    "options_hide": lambda: _("Wie vraagt, ziet een moment niet dat een ander in optie heeft"),
    "challenge_days": lambda: _("Werkdagen om te beslissen als een ander wacht"),
    "offer_days": lambda: _("Wat je aanbiedt bij een afwijzing blijft vrij, in dagen"),
    "notice_days": lambda: _("Van tevoren aanvragen, in dagen"),
    "horizon_days": lambda: _("Vooruit aan te vragen, in dagen"),
    "undo_minutes": lambda: _("Een bevestiging kan terug, in minuten"),
    "theatre_answer_days": lambda: _("Het theater antwoordt binnen, in dagen"),
    "theatre_nudge_hours": lambda: _("Herinnering aan het theater, uren van tevoren"),
    "host_answer_days": lambda: _("Een beheerder antwoordt binnen, in dagen"),
    "nudge_hours": lambda: _("Herinnering aan een beheerder, uren van tevoren"),
    "waiting_offer_hours": lambda: _("Wie wachtte, houdt een vrije plek vast, in uren"),
    "seat_offer_hours": lambda: _("Een vrijgekomen plaats blijft voor wie wachtte, in uren"),
    "invite_weeks": lambda: _("Tussen twee uitnodigingen aan hetzelfde adres, in weken"),
    "morning": lambda: _("Ochtend"),
    "morning_from": lambda: _("Ochtend van"),
    "morning_to": lambda: _("Ochtend tot"),
    "afternoon": lambda: _("Middag"),
    "afternoon_from": lambda: _("Middag van"),
    "afternoon_to": lambda: _("Middag tot"),
    "evening": lambda: _("Avond"),
    "evening_from": lambda: _("Avond van"),
    "evening_to": lambda: _("Avond tot"),
}

PHRASES: dict[str, Callable[[Data], str]] = {
    "weights_not_hundred": lambda d: _(
        "Samen moeten de punten 100 zijn. Nu zijn het er %(total)s.", total=d["total"]
    ),
    "setting_out_of_bounds": lambda d: _(
        "%(setting)s: kies een getal van %(low)s tot en met %(high)s.",
        setting=setting_name(d["setting"]),
        low=d["low"],
        high=d["high"],
    ),
    "day_part_ends_first": lambda _d: _(
        "Een dagdeel eindigt later dan het begint. Pas de tijden aan."
    ),
    "day_parts_overlap": lambda _d: _(
        "Een dagdeel begint pas als het vorige voorbij is. Pas de tijden aan."
    ),
    "nudge_before_question": lambda _d: _(
        "Een herinnering komt na de vraag. Kies minder uren, of meer dagen om te antwoorden."
    ),
    "nothing_left_to_ask": lambda _d: _(
        "Zo blijft er geen dag over om aan te vragen. Kies meer dagen vooruit."
    ),
    "nothing_changed": lambda _d: _("Er is niets veranderd. Pas een getal aan, of ga terug."),
    "settings_changed_meanwhile": lambda _d: _(
        "Een ander heeft dit net veranderd. Kijk onder aan de pagina wat er nu geldt. Wat je"
        " invulde staat er nog: bewaar opnieuw als het zo moet."
    ),
    "say_why_lower": lambda d: ngettext(
        "Een andere aanvraag voor dit moment staat hoger bij wijkpubliek. Schrijf in één zin"
        " waarom je deze kiest.",
        "%(num)d andere aanvragen voor dit moment staan hoger bij wijkpubliek. Schrijf in één zin"
        " waarom je deze kiest.",
        d["number"],
    ),
    "lift_open_stop": lambda _d: _(
        "Kies voor een open speelbeurt. Dan kunnen ook mensen die langslopen meedoen."
    ),
    "lift_more_neighbours": lambda d: ngettext(
        "Komt er nog 1 bezoeker bij die in de buurt woont of met een sleutelfiguur meekomt?"
        " Dan past dit beter.",
        "Komen er nog %(num)d bezoekers bij die in de buurt wonen of met een sleutelfiguur"
        " meekomen? Dan past dit beter.",
        d["number"],
    ),
    "lift_neighbours_instead": lambda d: ngettext(
        "Nodig in plaats van 1 bezoeker uit de hele stad iemand uit de buurt uit. Dan past dit"
        " beter.",
        "Nodig in plaats van %(num)d bezoekers uit de hele stad mensen uit de buurt uit. Dan past"
        " dit beter.",
        d["number"],
    ),
    "lift_key_figure": lambda d: _(
        "Ken je een sleutelfiguur: iemand die mensen meebrengt? Als die %(number)s mensen"
        " meebrengt, past dit beter.",
        number=d["number"],
    ),
}


def setting_name(name: str) -> str:
    return NAMES[name]()


def setting_topic(topic: SettingTopic) -> str:
    return {
        SettingTopic.WEIGHTS: _("Wijkpubliek"),
        SettingTopic.PLAYING: _("Ontmoetingen en spelers"),
        SettingTopic.TOURING: _("Opbouwen en reizen"),
        SettingTopic.ANSWERING: _("Opties en antwoorden"),
        SettingTopic.DAY_PARTS: _("Dagdelen"),
    }[topic]


def setting_value(value: object, name: str) -> str:
    """As it is kept, or as it stands in the history."""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, list | tuple):
        first, last = (str(each)[:5].replace(":", ".") for each in value)
        return _("%(first)s tot %(last)s uur", first=first, last=last)
    assert isinstance(value, int | float)
    return str(written(name, value))


def score_part_name(code: str) -> str:
    """Short, for in a line of the history."""
    return {
        "neighbours": _("buurt"),
        "key_figure": _("sleutelfiguur"),
        "waiting": _("wachten"),
        "fewer_visits": _("speelbeurten"),
        "fewer_seats": _("plaatsen"),
        "declined": _("afgewezen"),
    }.get(code, code)
