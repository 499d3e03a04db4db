"""Every address says who may enter, and holds to it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from core.access import Access, declared

FILLING = {"filename": "nothing.css", "purpose": "bevestig"}
CLOSED = (303, 403, 404, 405)
ANYONE = (Access.PUBLIC, Access.LINK)


def routes(app: Flask) -> Iterator[tuple[Rule, Access]]:
    for rule in app.url_map.iter_rules():
        access = declared(app.view_functions[rule.endpoint])
        assert access is not None, f"{rule.endpoint} does not declare who may enter"
        yield rule, access


def address(app: Flask, rule: Rule) -> str:
    """The address of a route with something plausible in each of its places."""
    values = {name: FILLING.get(name, 1) for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_route_declares_who_may_enter(app: Flask) -> None:
    assert len(list(routes(app))) > 10


def test_planning_is_for_planners(app: Flask) -> None:
    for rule, access in routes(app):
        if rule.rule.startswith("/planning"):
            assert access is Access.PLANNER, rule.rule
        if rule.rule.startswith(("/mijn-ruimtes", "/mijn-speelbeurten")):
            assert access not in ANYONE, rule.rule


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_stranger_enters_no_closed_route(app: Flask, client: FlaskClient, method: str) -> None:
    for rule, access in routes(app):
        if access in ANYONE:
            continue
        path = address(app, rule)
        for prefix in ("", "/en"):
            answer = client.open(prefix + path, method=method)
            assert answer.status_code in CLOSED, f"{method} {path}"
            if answer.status_code == 303:
                assert answer.location.startswith(f"{prefix}/inloggen?next={prefix}/"), path


def test_routes_that_only_read_take_no_post(app: Flask) -> None:
    """What changes something has a route of its own, so that no GET can fall into it."""
    for rule, _access in routes(app):
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        assert methods <= {"GET", "POST"}, rule.rule
