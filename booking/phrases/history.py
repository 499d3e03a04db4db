"""What happened, as a story: who, what, from what to what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking.phrases.availability import said_changes
from booking.phrases.moments import moment_changes
from booking.phrases.outreach import partner_changes
from booking.phrases.reception import talk_when
from booking.phrases.settings import score_part_name
from booking.phrases.tour import moment, ordinal
from booking.rules.norms import parse_wish
from booking.rules.reception import Talk, TalkAfter
from core.filters import day_and_span, long_date
from core.history import Actor
from core.language import gettext as _
from core.language import ngettext
from core.period import Period


def actor(who: Actor, names: Mapping[int, str]) -> str:
    """`names`: of persons, by id; who is not among them is not there any more."""
    if who.kind == "person":
        return names.get(who.person_id or 0) or _("iemand van wie de naam niet meer bekend is")
    return {
        "asker": _("de aanvrager"),
        "host": _("de beheerder"),
        "partner": _("de partner"),
        "invited": _("wie de uitnodiging kreeg"),
        "clock": _("de klok"),
        "command": _("een opdracht op de server"),
    }[who.kind]


def details(facts: Mapping[str, Any]) -> list[str]:
    """The facts of an entry that say something to a reader, in words."""
    moved = [_moved(name, *values) for name, values in facts.get("cast", {}).items()]
    said = [_change(facts), *moved, *(_fact(name, value) for name, value in facts.items())]
    return [each for each in said if each]


def _change(facts: Mapping[str, Any]) -> str:
    if "before" not in facts or "after" not in facts or facts["before"] == facts["after"]:
        return ""
    return _(
        "van %(before)s naar %(after)s",
        before=_value(facts["before"]),
        after=_value(facts["after"]),
    )


def _side_change(name: str, before: str, after: str) -> str:
    """Of something around a stop; an empty place is the place of the stop."""
    here = _("bij de kubus")
    words = {
        "titles": _("naam"),
        "texts": _("tekst"),
        "places": _("plek"),
        "people": _("aantal mensen"),
    }
    return _from_to(words[name], before or here, after or here)


def _span(times: str) -> str:
    start, end = (datetime.fromisoformat(each) for each in times.split("/"))
    return day_and_span(Period(start, end))


def _from_to(what: str, before: str, after: str) -> str:
    return _("%(what)s van %(before)s naar %(after)s", what=what, before=before, after=after)


def _moved(name: str, before: str, after: str) -> str:
    words = {"place": _("plek"), "cube": _("kubus"), "players": _("spelers")}
    return _from_to(words.get(name, name), before, after)


def _fact(name: str, value: Any) -> str:
    match name, value:
        case "moment", str():
            wish = parse_wish(value)
            return moment(wish) if wish else ""
        case "until", str():
            return _("tot %(day)s", day=long_date(datetime.fromisoformat(value)))
        case "rank", int():
            return _("%(rank)s optie", rank=ordinal(value))
        case "place", str():
            return value
        case "score", {"points": points, "of": of, "parts": parts, "version": version}:
            return _(
                "wijkpubliek %(points)s van %(of)s (%(parts)s; instellingen versie %(version)s)",
                points=points,
                of=of,
                parts=", ".join(f"{score_part_name(code)} {each}" for code, each, _of in parts),
                version=version,
            )
        case "competing", [_first, *_rest]:
            return ngettext(
                "%(num)d andere aanvraag voor dezelfde tijd: %(which)s",
                "%(num)d andere aanvragen voor dezelfde tijd: %(which)s",
                len(value),
                which=", ".join(f"{reference} ({points})" for reference, points in value),
            )
        case "subjects", [before, after]:
            return _(
                "onderwerp voor onszelf van %(before)s naar %(after)s",
                before=_value(before),
                after=_value(after),
            )
        case "said", dict():
            return said_changes(value)
        case "hits", int() if value:
            return ngettext("raakt %(num)d speelbeurt", "raakt %(num)d speelbeurten", value)
        case "encounter", int():
            return _("ontmoeting %(number)s", number=value)
        case "titles" | "texts" | "places" | "people", [before, after]:
            return _side_change(name, before, after)
        case "partner", "other":
            return _("iemand anders doet het")
        case "times", [before, after]:
            return _from_to(_("tijd"), _span(before), _span(after))
        case "changed", dict():  # of a partner or of a moment: their parts have other names
            return partner_changes(value) or moment_changes(value)
        case "promised", [before, after]:
            return _(
                "van %(before)s naar %(after)s",
                before=_("voor %(day)s", day=long_date(datetime.fromisoformat(before))),
                after=_("voor %(day)s", day=long_date(datetime.fromisoformat(after))),
            )
        case "planned", int():
            return ngettext("%(num)d aanvraag bevestigd", "%(num)d aanvragen bevestigd", value)
        case "offered", int() if value:
            return ngettext(
                "%(num)d aanvraag kreeg dagen dichtbij",
                "%(num)d aanvragen kregen dagen dichtbij",
                value,
            )
        case "talk", [str(after), minutes]:
            return talk_when(Talk(TalkAfter(after), minutes))
        case "seats", int():
            return ngettext("%(num)d plaats", "%(num)d plaatsen", value)
        case "accepted", [_first, *_rest]:
            return ngettext(
                "met %(num)d punt van aandacht", "met %(num)d punten van aandacht", len(value)
            )
    return ""


def _value(value: Any) -> str:
    if isinstance(value, str):
        wish = parse_wish(value)
        return moment(wish) if wish else f"“{value}”" if value else _("niets")
    return str(value)
