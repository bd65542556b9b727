"""What the settings come to in production and in an evaluation, and how the site behaves by them."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import Cast

PRODUCTION = {
    "WAYMARK_ENV": "production",
    "WAYMARK_SECRET_KEY": "k" * 40,
    "WAYMARK_ALLOWED_HOSTS": "waymark.example.org, www.example.org",
    "WAYMARK_BASE_URL": "https://waymark.example.org",
}


def values(folder: Path, names: list[str], **variables: str) -> Any:
    """Some settings, as a process with this environment has them."""
    environment = {"PATH": os.environ["PATH"], "WAYMARK_DATA_DIR": str(folder), **variables}
    code = f"import json; from config import settings; print(json.dumps([getattr(settings, n) for n in {names!r}]))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    return dict(zip(names, json.loads(run.stdout), strict=True))


TRANSPORT = [
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_NAME",
    "ALLOWED_HOSTS",
    "SECURE_PROXY_SSL_HEADER",
    "DEBUG",
]


def test_production_keeps_to_https(tmp_path: Path) -> None:
    assert values(tmp_path, TRANSPORT, **PRODUCTION) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "ALLOWED_HOSTS": ["waymark.example.org", "www.example.org"],
        "SECURE_PROXY_SSL_HEADER": None,
        "DEBUG": False,
    }


def test_evaluation_answers_on_this_machine_alone(tmp_path: Path) -> None:
    assert values(tmp_path, TRANSPORT) == {
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_NAME": "sessionid",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SECURE_PROXY_SSL_HEADER": None,
        "DEBUG": False,
    }


def test_evaluation_keeps_everything_in_the_data_folder(tmp_path: Path) -> None:
    found = values(tmp_path, ["DATABASES", "MAILERS", "SECRET_KEY"])
    assert found["DATABASES"]["default"]["NAME"] == f"{tmp_path}/waymark.sqlite3"
    assert found["MAILERS"]["default"]["OPTIONS"] == {"file_path": f"{tmp_path}/mail"}
    assert found["SECRET_KEY"] == (tmp_path / "secret-key").read_text()


OPENID = {
    "WAYMARK_OPENID_URL": "https://id.northwind.example/realm/",
    "WAYMARK_OPENID_CLIENT_ID": "waymark",
    "WAYMARK_OPENID_CLIENT_SECRET": "secret",
}


def test_service_for_signing_in_is_off_unless_it_is_named(tmp_path: Path) -> None:
    assert values(tmp_path, ["OPENID"]) == {"OPENID": {}}


def test_service_for_signing_in_comes_from_the_environment(tmp_path: Path) -> None:
    found = values(tmp_path, ["OPENID", "SECURE_CSP"], **OPENID)
    assert found["OPENID"] == {
        "provider_id": "service",
        "name": "single sign-on",
        "client_id": "waymark",
        "secret": "secret",
        "settings": {"server_url": "https://id.northwind.example/realm"},
    }
    assert found["SECURE_CSP"]["form-action"] == ["'self'", "https://id.northwind.example"]


def test_production_writes_no_key(tmp_path: Path) -> None:
    assert values(tmp_path, ["SECRET_KEY"], **PRODUCTION) == {"SECRET_KEY": "k" * 40}
    assert list(tmp_path.iterdir()) == []


def test_scheme_behind_trusted_proxies_is_what_they_say(tmp_path: Path) -> None:
    found = values(tmp_path, ["SECURE_PROXY_SSL_HEADER"], WAYMARK_TRUSTED_PROXIES="1", **PRODUCTION)
    assert found == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_version_is_the_package_s() -> None:
    package = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    assert package["project"]["version"] == settings.VERSION


@pytest.mark.django_db
def test_page_names_what_a_browser_may_load() -> None:
    response = Client().get("/accounts/login/")
    assert response["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=(), microphone=(), ")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/invitation/token/", "/accounts/confirm-email/key/"])
def test_address_that_is_a_secret_is_told_to_nobody(path: str) -> None:
    assert Client().get(path)["Referrer-Policy"] == "strict-origin"


@pytest.mark.django_db
def test_page_of_somebody_signed_in_is_never_stored(cast: Cast) -> None:
    response = cast.client_of(cast.alice).get("/")
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_page_of_nobody_in_particular_may_be_stored() -> None:
    assert "no-store" not in Client().get("/frameworks/").get("Cache-Control", "")


@pytest.mark.django_db
def test_page_asks_for_a_sign_in_unless_it_is_public() -> None:
    response = Client().get("/o/northwind/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/o/northwind/")


@pytest.mark.django_db
def test_admin_asks_for_the_same_sign_in() -> None:
    assert Client().get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=%2Fadmin%2F"
