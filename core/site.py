"""What this installation is called and where it lives, for what is written outside a request."""

from dataclasses import dataclass

from core.language import DUTCH, language


@dataclass(frozen=True, slots=True)
class Site:
    """Set once, by create_app."""

    base_url: str = "http://127.0.0.1:5000"  # without a slash at the end
    theatre: str = "Stut Theater"
    phone: str = "030 000 00 00"
    mail_from: str = "boekingen@speelplek.example"

    def url(self, path: str) -> str:
        """The whole address of a path, under the prefix of the language being spoken."""
        prefix = "" if language() == DUTCH else f"/{language()}"
        return f"{self.base_url}{prefix}{path}"

    @property
    def domain(self) -> str:
        return self.mail_from.rpartition("@")[2]


_site = Site()


def configure(site: Site) -> None:
    global _site  # noqa: PLW0603 - one per process, like the settings it comes from
    _site = site


def site() -> Site:
    return _site
