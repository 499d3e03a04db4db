"""Shape of what is typed about people."""

from core.forms import Choice, Email, Form
from core.language import lazy_gettext as _l


class AskLinkForm(Form):
    """Somebody who wants to sign in."""

    email = Email(_l("Je e-mailadres"))


class StepInForm(Form):
    """Somebody who tries the demonstration."""

    role = Choice(
        _l("Wie ben je?"),
        [
            ("asker", _l("Aanvrager")),
            ("planner", _l("Planner van het theater")),
            ("performer", _l("Speler")),
            ("host", _l("Gastheer")),
        ],
    )
