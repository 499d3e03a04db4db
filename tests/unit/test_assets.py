"""Only the listed scripts are served, and their addresses change when they do."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core import assets


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(assets.bp)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return assets.asset_url(name)


def test_a_file_under_its_own_version_may_be_kept_for_a_year(
    app: Flask, client: FlaskClient
) -> None:
    with client.get(address(app, "speelplek.js")) as answer:
        assert answer.status_code == 200
        assert answer.cache_control.max_age == assets.A_YEAR
        assert answer.cache_control.immutable


def test_a_file_under_an_old_version_is_not_kept(client: FlaskClient) -> None:
    with client.get("/assets/old/speelplek.js") as answer:
        assert answer.status_code == 200
        assert answer.cache_control.no_cache
        assert not answer.cache_control.immutable


@pytest.mark.parametrize("name", ["package.json", "htmx.org", "..%2fapp.py", "x/htmx.js"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/assets/1/{name}").status_code == 404


def test_the_address_changes_with_the_file(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "some.js"
    monkeypatch.setitem(assets.FILES, "some.js", path)
    before_it_is_there = address(app, "some.js")
    path.write_text("1")
    first = address(app, "some.js")
    path.write_text("1 + 1")
    assert len({before_it_is_there, first, address(app, "some.js")}) == 3


def test_a_script_that_is_not_installed_says_how_to_get_it(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(assets.FILES, "htmx.js", tmp_path / "nothing.js")
    answer = client.get("/assets/0/htmx.js")
    assert answer.status_code == 404
    assert "make run" in answer.text
