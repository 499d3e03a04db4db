from typing import Any

from core.forms import Form, HiddenNumber


class VersionedForm(Form):
    """A form that knows which version of a place was on the screen when it was filled in."""

    version: Any = HiddenNumber(default=0)

    @property
    def seen(self) -> int:
        return int(self.version.data)

    def see(self, version: int) -> None:
        """What is sent next is an answer to this version."""
        self.version.process_data(version)
