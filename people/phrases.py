"""The letters about signing in. Write them inside `speaking(person.language)`."""

from core.language import gettext as _
from core.mail import Action, Message


def sign_in_letter(url: str) -> Message:
    return Message(
        subject=_("Log in bij Speelplek"),
        paragraphs=(
            _("Met de knop hieronder log je in bij Speelplek."),
            _("De link werkt één keer, en tien minuten lang."),
        ),
        action=Action(_("Log in"), url),
        footnote=_("Vroeg je dit niet zelf? Dan hoef je niets te doen: er is niets gebeurd."),
    )


def planner_letter(url: str) -> Message:
    """To somebody who may plan from now on."""
    return Message(
        subject=_("Je mag plannen in Speelplek"),
        paragraphs=(
            _("Je kunt vanaf nu inloggen bij Speelplek en de tournee plannen."),
            _("Een wachtwoord is er niet. Vul je e-mailadres in en je krijgt een link."),
        ),
        action=Action(_("Naar het inloggen"), url),
    )
