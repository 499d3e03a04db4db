"""Puts the application together. Nobody imports this module but the server and the tests."""

from collections.abc import Iterable, Mapping
from typing import Any

import click
from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from booking import filters as booking_filters
from booking import phrases as booking_phrases
from booking.cli import groups as booking_groups
from booking.views import blueprints as booking_blueprints
from core import assets, errors, logs, operations, security, settings, site, templating
from core.access import public
from core.application import Application
from core.cli import groups as core_groups
from core.db import db
from core.language_prefix import LanguagePrefix
from core.migrating import migrate
from core.pages import htmx
from people import access
from people.cli import groups as people_groups
from people.views import blueprints as people_blueprints
from venues.cli import groups as venue_groups
from venues.views import blueprints as venue_blueprints

BLUEPRINTS: list[Blueprint] = [
    assets.bp,
    operations.bp,
    *people_blueprints,
    *venue_blueprints,
    *booking_blueprints,
]
COMMANDS: list[click.Command] = [
    *core_groups,
    *people_groups,
    *venue_groups,
    *booking_groups,
]

csrf = CSRFProtect()


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application; `overrides` win from the environment (names as in `core.settings`)."""
    app = Application(__name__, instance_relative_config=True)
    chosen = settings.configure(app, overrides or {})
    site.configure(chosen.site)
    connect_database(app)
    set_guards(app, chosen)
    templating.init_app(app)
    booking_filters.register(app)
    htmx.init_app(app)
    open_routes(app, BLUEPRINTS)
    for command in COMMANDS:
        app.cli.add_command(command)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    return app


def connect_database(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app)


def set_guards(app: Flask, chosen: settings.Settings) -> None:
    """In this order: what a request is, who sends it, and only then what it holds."""
    logs.init_app(app)
    security.init_app(app, chosen)
    access.init_app(app)
    security.guard_contents(app)
    csrf.init_app(app)
    errors.init_app(app)
    errors.register_phrases(booking_phrases.say)


def open_routes(app: Flask, blueprints: Iterable[Blueprint]) -> None:
    public(app.view_functions["static"])
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
