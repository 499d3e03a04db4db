"""The sentence for each finding about putting a room online, and the words for how far it is."""

from collections.abc import Callable, Mapping
from typing import Any

from core.language import gettext as _
from core.language import ngettext
from venues.rules.publishing import Status, Task

Data = Mapping[str, Any]


def task_name(task: Task) -> str:
    return {
        Task.PLACE: _("Adres en ontvangst"),
        Task.FACTS: _("Gegevens van de ruimte"),
        Task.TIMES: _("Openingstijden en voorwaarden"),
        Task.PHOTOS: _("Foto's"),
        Task.ONLINE: _("Online zetten"),
    }[task]


def task_status(task: Task, status: Status) -> str:
    """One or two words."""
    if task is Task.ONLINE:
        return _("staat online") if status is Status.DONE else _("nog niet")
    if status is Status.OPTIONAL:
        return _("ontvangst nog leeg") if task is Task.PLACE else _("nog geen")
    return _("ingevuld") if status is Status.DONE else _("nog niet compleet")


def next_step(task: Task) -> str:
    """What its button says."""
    return {
        Task.PLACE: _("Vul het adres aan"),
        Task.FACTS: _("Vul de gegevens aan"),
        Task.TIMES: _("Vul de openingstijden in"),
        Task.PHOTOS: _("Voeg foto's toe"),
        Task.ONLINE: _("Kijk na en zet online"),
    }[task]


def what_helps(task: Task) -> str:
    """What a link says to something that would help and can be left."""
    if task is Task.PLACE:
        return _("Vertel wie er opendoet")
    return next_step(task)


PHRASES: dict[str, Callable[[Data], str]] = {
    "place_unlisted": lambda _d: _(
        "Een aanvrager gaf deze plek op voor zichzelf. Vraag het theater om de plek open te zetten."
    ),
    "street_unsaid": lambda _d: _("Vul de straat van de plek in. Anders vindt niemand je."),
    "use_unsaid": lambda _d: _(
        "Kies waarvoor de ruimte is: voor groepen, voor de kubus of allebei."
    ),
    "people_unsaid": lambda _d: _("Vul in hoeveel mensen erin mogen."),
    "hours_unsaid": lambda _d: _("Vul in wanneer de ruimte open is."),
    "reception_unsaid": lambda _d: _(
        "Er staat niet bij wie er opendoet. Bezoekers willen weten hoe ze binnenkomen."
    ),
    "phone_unsaid": lambda _d: _(
        "Er staat geen telefoonnummer bij. Bezoekers bellen graag als ze je niet vinden."
    ),
    "steps_unsaid": lambda _d: _(
        "Er staat niet bij of je er zonder drempels komt. Voor veel groepen telt dat."
    ),
    "photos_missing": lambda _d: _("Er is nog geen foto. Met een foto kiezen meer groepen je."),
    "last_host": lambda _d: _(
        "Een plek heeft minstens één beheerder. Voeg eerst iemand anders toe."
    ),
    "day_is_over": lambda _d: _("Deze dag is al voorbij. Kies vandaag of later."),
    "too_many_photos": lambda d: _(
        "Een ruimte heeft hoogstens %(most)s foto's. Er kunnen er nog %(left)s bij.",
        most=d["at_most"],
        left=d["left"],
    ),
    "no_such_photo": lambda _d: _("Deze foto is er niet meer."),
    "photo_unreadable": lambda _d: _(
        "Dit bestand is geen foto die we kunnen lezen. Kies een foto als JPEG, PNG of WebP."
    ),
    "photo_has_many_pixels": lambda _d: _("Deze foto is te groot. Maak de foto eerst kleiner."),
    "hits_agreed": lambda d: ngettext(
        "Er staat %(num)d afspraak die dan niet meer past. Kijk eerst wie dit raakt.",
        "Er staan %(num)d afspraken die dan niet meer passen. Kijk eerst wie dit raakt.",
        len(d["hits"]),
    ),
    "hits_changed_meanwhile": lambda _d: _(
        "Er kwam net iets bij, of er veranderde iets. Kijk de lijst opnieuw na."
    ),
    "photo_moves": lambda _d: _("Dit is een bewegend plaatje. Kies een gewone foto."),
}
