"""Signing in by OpenID Connect, with a service of our own on this machine."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from people.models import Membership, User
from people.second_step import SecondStepAdapter
from tests.conftest import Cast
from tests.factories import make_invitation, make_user
from tests.people import openid_site

DORA = {"sub": "service-17", "email": "dora@example.org", "email_verified": True, "name": "Dora Lee"}


class Service(BaseHTTPRequestHandler):
    """Lets everybody in as `person`, without asking."""

    person: dict[str, Any] = DORA

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        pages = {
            "/.well-known/openid-configuration": {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/person",
                "jwks_uri": f"{here}/keys",
            },
            "/person": self.person,
        }
        self._answer(pages[self.path])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = {"iss": f"http://{self.headers['Host']}", "aud": "waymark", "exp": time.time() + 60, **self.person}
        self._answer({"access_token": "a", "token_type": "Bearer", "id_token": jwt.encode(claims, "k" * 32)})

    def log_message(self, *_said: Any) -> None:
        pass

    def _answer(self, data: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())


@pytest.fixture(autouse=True)
def service(settings: Any, monkeypatch: Any) -> Iterator[type[Service]]:
    cache.clear()
    monkeypatch.setattr(Service, "person", DORA)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        settings.OPENID = {
            "provider_id": "service",
            "name": "Northwind ID",
            "client_id": "waymark",
            "secret": "secret",
            "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [settings.OPENID]}}
        settings.ROOT_URLCONF = openid_site.__name__
        yield Service
        server.shutdown()


def go(client: Client, process: str = "login") -> Any:
    """The whole way: to the service, and back with what it said."""
    sent = client.post(f"/accounts/oidc/service/login/?process={process}").url
    asked = parse_qs(urlsplit(sent).query)
    assert (urlsplit(sent).path, asked["code_challenge_method"]) == ("/authorize", ["S256"])
    return client.get("/accounts/oidc/service/login/callback/", {"code": "c", "state": asked["state"][0]})


def person_in(client: Client) -> str:
    user_id = client.session.get("_auth_user_id")
    return User.objects.get(pk=user_id).email if user_id else ""


@pytest.mark.django_db
def test_person_with_a_confirmed_address_gets_an_account_and_is_in(client: Client) -> None:
    assert go(client).url == "/"
    assert person_in(client) == "dora@example.org"
    assert list(User.objects.values_list("name", "email")) == [("Dora Lee", "dora@example.org")]
    assert "Create an organization" in client.get("/").content.decode()
    assert person_in_again() == "dora@example.org"
    assert User.objects.count() == 1


def person_in_again() -> str:
    client = Client()
    go(client)
    return person_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize("confirmed", [False, None, "true", 1])
def test_unconfirmed_address_lets_nobody_in(client: Client, service: type[Service], confirmed: Any) -> None:
    service.person = DORA | {"email_verified": confirmed}
    response = go(client)
    assert response.status_code == 403
    assert "Your address is not confirmed there" in response.content.decode()
    assert (person_in(client), User.objects.count()) == ("", 0)


@pytest.mark.django_db
def test_address_that_the_service_no_longer_confirms_lets_nobody_in(client: Client, service: type[Service]) -> None:
    go(client)
    service.person = DORA | {"email_verified": False}
    assert person_in_again() == ""


def test_address_of_somebody_here_does_not_make_one_them(cast: Cast, client: Client, service: type[Service]) -> None:
    EmailAddress.objects.create(user=cast.alice, email="alice@example.org", verified=True, primary=True)
    service.person = DORA | {"email": "alice@example.org"}
    assert go(client).url == "/accounts/confirm-email/"
    assert person_in(client) == ""
    assert [message.subject for message in mail.outbox] == ["Waymark: you have an account already"]


@pytest.mark.django_db
def test_somebody_here_connects_the_service_and_then_signs_in_by_it(service: type[Service]) -> None:
    user = make_user("dora@example.org", password="stone-cairn-ridge")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": "stone-cairn-ridge"})
    client.post("/accounts/reauthenticate/", {"password": "stone-cairn-ridge"})
    assert "It is not connected with your account yet." in client.get("/accounts/connections/").content.decode()
    go(client, process="connect")
    assert "It is connected with your account." in client.get("/accounts/connections/").content.decode()
    service.person = DORA | {"email": "other@example.org"}
    assert person_in_again() == "dora@example.org"


@pytest.mark.django_db
def test_service_does_not_stand_in_for_the_second_step(client: Client) -> None:
    go(client)
    secret = SecondStepAdapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.TOTP, data={"secret": secret})
    again = Client()
    assert go(again).url == "/accounts/second-step/authenticate/"
    assert person_in(again) == ""


def test_where_nobody_signs_up_an_invitation_lets_in(cast: Cast, client: Client, settings: Any) -> None:
    settings.SIGN_UP = False
    assert "Accounts are by invitation" in go(client).content.decode()
    _invitation, token = make_invitation(cast.organization, is_executive=True)
    go(client)
    assert person_in(client) == "dora@example.org"
    client.post(f"/invitation/{token}/")
    assert Membership.objects.filter(user__email="dora@example.org", is_executive=True).count() == 1


@pytest.mark.django_db
def test_answer_that_was_not_asked_for_is_refused(client: Client) -> None:
    response = client.get("/accounts/oidc/service/login/callback/", {"code": "c", "state": "invented"})
    assert "You are not signed in" in response.content.decode()
    assert person_in(client) == ""


@pytest.mark.django_db
def test_sign_in_page_offers_the_service(client: Client) -> None:
    html = client.get("/accounts/login/").content.decode()
    assert "Sign in with Northwind ID" in html
    assert 'action="/accounts/oidc/service/login/"' in html


@pytest.mark.django_db
def test_addresses_are_not_there_where_no_service_is_set(client: Client, settings: Any) -> None:
    settings.OPENID, settings.ROOT_URLCONF = {}, "config.urls"
    pages = ["oidc/service/login/", "oidc/service/login/callback/", "connections/", "service/signup/"]
    assert [client.get(f"/accounts/{page}").status_code for page in pages] == [404, 404, 404, 404]
    assert "Sign in with" not in client.get("/accounts/login/").content.decode()
