"""What the machine says about this installation: environment variables that start with SPEELPLEK_.

Outside demo mode and tests the app refuses to start with settings that are not safe.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from click import ClickException
from flask import Flask, current_app

from core.secrets import own_secret
from core.site import Site

PREFIX = "SPEELPLEK_"
EXAMPLE = Site()
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_SECRET = 32
TLS_MODES = ("starttls", "tls", "none")
MEGABYTE = 1024 * 1024


class UnsafeSettings(ClickException):
    """The app will not start like this; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One per app; `.env.example` explains each to the person who installs it."""

    database_url: str = ""  # empty: SQLite in the instance folder
    secret_key: str = ""  # empty, in demo mode only: the machine makes its own
    secret_key_fallbacks: tuple[str, ...] = ()
    base_url: str = "http://127.0.0.1:5000"
    demo: bool = False
    testing: bool = False
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: str = "starttls"
    mail_from: str = EXAMPLE.mail_from
    phone: str = EXAMPLE.phone
    theatre_name: str = EXAMPLE.theatre
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    inside_calendars: tuple[str, ...] = ()  # "host:port", on the inside and yet read
    backup_dir: str = ""  # empty: the folder "backups" in the instance folder

    @property
    def is_https(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def site(self) -> Site:
        return Site(self.base_url, self.theatre_name, self.phone, self.mail_from)

    @property
    def accepted_hosts(self) -> list[str]:
        """The names this installation answers to; a request for any other name gets 400."""
        own = urlsplit(self.base_url).hostname or ""
        local = LOCAL_HOSTS if self.demo or self.testing else ()
        return [*dict.fromkeys((own, *local, *self.trusted_hosts))]


def settings() -> Settings:
    """The settings of the running app."""
    found: Settings = current_app.extensions["settings"]
    return found


def read_settings(overrides: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Settings from the environment; `overrides` win. Names are the fields' own, in capitals."""
    given = {
        field.name: environment[PREFIX + field.name.upper()]
        for field in fields(Settings)
        if environment.get(PREFIX + field.name.upper())
    }
    chosen = {
        field.name: overrides[field.name.upper()]
        for field in fields(Settings)
        if field.name.upper() in overrides
    }
    return Settings(**{name: _fitting(name, value) for name, value in {**given, **chosen}.items()})


def _fitting(name: str, value: Any) -> Any:
    """The value in the type of its field; the environment knows only text."""
    kind = Settings.__dataclass_fields__[name].type
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    value = value.strip()
    if kind is bool:
        return value.lower() in ("1", "true", "yes", "on")
    if kind is int:
        return _whole(name, value)
    if kind is not str:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value.rstrip("/") if name == "base_url" else value


def _whole(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise UnsafeSettings(f"{PREFIX}{name.upper()} must be a whole number, not {value!r}.")
    return int(value)


def objections(chosen: Settings) -> list[str]:
    """Why the app should not start with these settings; one sentence each."""
    if chosen.testing:
        return []
    return _objections_to_demo(chosen) if chosen.demo else _objections_to_production(chosen)


def _objections_to_demo(chosen: Settings) -> list[str]:
    reasons = []
    if chosen.smtp_host:
        reasons.append(
            "SPEELPLEK_DEMO lets every visitor step in as the theatre, so it may not send mail: "
            "leave SPEELPLEK_SMTP_HOST empty, or turn SPEELPLEK_DEMO off."
        )
    return reasons


def _objections_to_production(chosen: Settings) -> list[str]:
    checks = {
        "Set SPEELPLEK_SECRET_KEY to at least 32 random letters, the same for all processes: "
        "python -c 'import secrets; print(secrets.token_urlsafe(48))'": len(chosen.secret_key)
        >= SHORTEST_SECRET,
        "Set SPEELPLEK_BASE_URL to the public address, which starts with https://. "
        "Links in mails are made from it.": chosen.is_https,
        "Set SPEELPLEK_SMTP_HOST to the mail server: without mail nobody can sign in or be told.": (
            bool(chosen.smtp_host)
        ),
        "Set SPEELPLEK_SMTP_TLS to starttls, tls or none.": chosen.smtp_tls in TLS_MODES,
        "Set SPEELPLEK_MAIL_FROM to the theatre's own address.": chosen.mail_from
        != EXAMPLE.mail_from,
        "Set SPEELPLEK_PHONE: every page shows a number to call.": chosen.phone != EXAMPLE.phone,
    }
    reasons = [sentence for sentence, is_fine in checks.items() if not is_fine]
    if reasons:
        reasons.append("To try Speelplek out on this machine: SPEELPLEK_DEMO=1.")
    return reasons


def configure(app: Flask, overrides: Mapping[str, Any]) -> Settings:
    """Read the settings, refuse unsafe ones, and write what Flask and its extensions need."""
    testing = {"TESTING": bool(overrides.get("TESTING"))}
    chosen = read_settings({**overrides, **testing}, os.environ)
    if reasons := objections(chosen):
        raise UnsafeSettings("Speelplek does not start with these settings.\n" + "\n".join(reasons))
    app.extensions["settings"] = chosen
    app.config.update(flask_config(chosen, Path(app.instance_path)))
    app.config.update(overrides)
    return chosen


def flask_config(chosen: Settings, instance: Path) -> dict[str, Any]:
    secure = chosen.is_https
    return {
        **{name.upper(): value for name, value in asdict(chosen).items()},
        "SECRET_KEY": chosen.secret_key or own_secret(instance),
        "SECRET_KEY_FALLBACKS": list(chosen.secret_key_fallbacks),
        "SQLALCHEMY_DATABASE_URI": database_uri(chosen.database_url, instance),
        # Errors of the database quote the values of a row: addresses, which belong in no log.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True, "hide_parameters": True},
        "TRUSTED_HOSTS": chosen.accepted_hosts,
        "SESSION_COOKIE_NAME": "__Host-speelplek" if secure else "speelplek",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "PERMANENT_SESSION_LIFETIME": 7 * 24 * 3600,
        "MAX_CONTENT_LENGTH": MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE // 2,
        "MAX_FORM_PARTS": 1000,
        "WTF_CSRF_TIME_LIMIT": None,  # people may take a night over a form
        "WTF_CSRF_SSL_STRICT": False,  # private pages send no Referer; core.security looks instead
        "WTF_I18N_ENABLED": False,
    }


def database_uri(given: str, instance: Path) -> str:
    """PostgreSQL always through psycopg 3; without a setting SQLite in the instance folder."""
    if not given:
        instance.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{instance / 'speelplek.sqlite3'}"
    scheme, colon, rest = given.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg{colon}{rest}"
    return given
