"""Settings: read from the environment, and unsafe ones keep the app from starting."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app import create_app
from core.secrets import own_secret
from core.settings import (
    Settings,
    UnsafeSettings,
    database_uri,
    flask_config,
    objections,
    read_settings,
)

SAFE = {
    "SPEELPLEK_SECRET_KEY": "x" * 48,
    "SPEELPLEK_BASE_URL": "https://speelplek.example",
    "SPEELPLEK_SMTP_HOST": "smtp.speelplek.example",
    "SPEELPLEK_MAIL_FROM": "theater@speelplek.example",
    "SPEELPLEK_PHONE": "030 123 45 67",
}


def refused(**environment: str) -> str:
    return "\n".join(objections(read_settings({}, {**SAFE, **environment})))


def test_safe_settings_are_accepted() -> None:
    assert objections(read_settings({}, SAFE)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SPEELPLEK_SECRET_KEY": ""}, "SPEELPLEK_SECRET_KEY"),
        ({"SPEELPLEK_SECRET_KEY": "short"}, "SPEELPLEK_SECRET_KEY"),
        ({"SPEELPLEK_BASE_URL": ""}, "SPEELPLEK_BASE_URL"),
        ({"SPEELPLEK_BASE_URL": "http://speelplek.example"}, "SPEELPLEK_BASE_URL"),
        ({"SPEELPLEK_SMTP_HOST": ""}, "SPEELPLEK_SMTP_HOST"),
        ({"SPEELPLEK_SMTP_TLS": "ssl"}, "SPEELPLEK_SMTP_TLS"),
        ({"SPEELPLEK_MAIL_FROM": ""}, "SPEELPLEK_MAIL_FROM"),
        ({"SPEELPLEK_PHONE": ""}, "SPEELPLEK_PHONE"),
        ({"SPEELPLEK_DEMO": "1"}, "SPEELPLEK_DEMO"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_unsafe_settings_are_refused_with_a_sentence(change: dict[str, str], said: str) -> None:
    assert said in refused(**change)


def test_nothing_set_names_everything_that_is_missing() -> None:
    said = "\n".join(objections(Settings()))
    for name in ("SECRET_KEY", "BASE_URL", "SMTP_HOST", "MAIL_FROM", "PHONE", "DEMO"):
        assert f"SPEELPLEK_{name}" in said


def test_demo_needs_no_settings() -> None:
    assert objections(read_settings({}, {"SPEELPLEK_DEMO": "1"})) == []


def test_unsafe_app_does_not_start() -> None:
    with pytest.raises(UnsafeSettings, match="does not start"):
        create_app({"SECRET_KEY": "", "DEMO": False})


def test_command_line_says_why_without_a_traceback(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if "SPEELPLEK" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "worker", "--once"],
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SPEELPLEK_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "uri"),
    [
        ("postgresql://u:p@h/db", "postgresql+psycopg://u:p@h/db"),
        ("postgres://h/db?sslmode=require", "postgresql+psycopg://h/db?sslmode=require"),
        ("postgresql+psycopg://h/db", "postgresql+psycopg://h/db"),
        ("sqlite:////srv/a.sqlite3", "sqlite:////srv/a.sqlite3"),
    ],
)
def test_database_is_reached_by_the_driver_we_test(given: str, uri: str, tmp_path: Path) -> None:
    assert database_uri(given, tmp_path) == uri


def test_without_database_setting_sqlite_stands_in_the_instance_folder(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    assert database_uri("", instance) == f"sqlite:///{instance}/speelplek.sqlite3"
    assert instance.is_dir()


def test_lists_numbers_and_switches_are_read() -> None:
    chosen = read_settings(
        {"PHONE": "030 765 43 21"},
        {
            **SAFE,
            "SPEELPLEK_TRUSTED_PROXIES": "2",
            "SPEELPLEK_TRUSTED_HOSTS": "a.example, b.example",
            "SPEELPLEK_SECRET_KEY_FALLBACKS": "old,older",
            "SPEELPLEK_INSIDE_CALENDARS": "nas.example:8080",
            "SPEELPLEK_BASE_URL": "https://speelplek.example/",
            "SPEELPLEK_DEMO": "no",
        },
    )
    assert chosen.trusted_proxies == 2
    assert chosen.accepted_hosts == ["speelplek.example", "a.example", "b.example"]
    assert chosen.secret_key_fallbacks == ("old", "older")
    assert chosen.inside_calendars == ("nas.example:8080",)
    assert chosen.base_url == "https://speelplek.example"
    assert not chosen.demo
    assert chosen.phone == "030 765 43 21"


@pytest.mark.parametrize("value", ["two", "-1", "1e3", "٢", "1.0"])
def test_number_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(UnsafeSettings, match="SPEELPLEK_SMTP_PORT"):
        read_settings({}, {"SPEELPLEK_SMTP_PORT": value})


def test_production_answers_to_its_own_name_only(tmp_path: Path) -> None:
    config = flask_config(read_settings({}, SAFE), tmp_path)
    assert config["TRUSTED_HOSTS"] == ["speelplek.example"]
    assert config["SESSION_COOKIE_SECURE"] is True
    assert config["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True
    assert not (tmp_path / "secret_key").exists()


def test_machine_makes_its_own_secret_once(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    secret = own_secret(folder)
    assert len(secret) >= 43
    assert own_secret(folder) == secret
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    for number in range(20):
        folder = tmp_path / str(number)
        with ThreadPoolExecutor(6) as pool:
            assert len(set(pool.map(own_secret, [folder] * 6))) == 1
