"""The second step at sign-in, with the codes an authenticator app would show."""

import json
import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from people.models import User
from people.second_step import SecondStepAdapter
from tests.factories import make_invitation, make_organization, make_user

PASSWORD = "stone-cairn-ridge"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def dora(db: None) -> User:
    user = make_user("dora@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in() -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": "dora@example.org", "password": PASSWORD})
    return client


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up() -> tuple[str, list[str]]:
    """The secret and the recovery codes, as a person sees them."""
    client = sign_in()
    say_the_password_again(client)
    page = client.get("/accounts/second-step/totp/activate/").content.decode()
    found = re.search(r'<code class="secret">(\w+)</code>', page)
    assert found
    response = client.post("/accounts/second-step/totp/activate/", {"code": app_code(found[1])})
    assert response.url == "/accounts/second-step/recovery-codes/"
    codes = re.findall(r"<li><code>(\w+)</code></li>", client.get(response.url).content.decode())
    cache.clear()
    return found[1], codes


def say_the_password_again(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_password_alone_no_longer_lets_in(dora: User) -> None:
    secret, _codes = set_up()
    client = sign_in()
    assert not is_in(client)
    assert (
        "Enter the code your authenticator app shows"
        in client.get("/accounts/second-step/authenticate/").content.decode()
    )
    client.post("/accounts/second-step/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/accounts/second-step/authenticate/", {"code": app_code(secret)})
    assert is_in(client)


def test_new_password_by_mail_does_not_stand_in_for_the_second_step(dora: User) -> None:
    set_up()
    client = Client()
    client.post("/accounts/password/reset/", {"email": dora.email})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[0]).url
    client.post(form, {"password1": f"{PASSWORD}-2", "password2": f"{PASSWORD}-2"})
    assert not is_in(client)
    response = client.post("/accounts/login/", {"login": dora.email, "password": f"{PASSWORD}-2"})
    assert (response.url, is_in(client)) == ("/accounts/second-step/authenticate/", False)


def test_invitation_does_not_stand_in_for_the_second_step(dora: User) -> None:
    set_up()
    _invitation, token = make_invitation(make_organization(), dora.email)
    client = Client()
    client.post(f"/invitation/{token}/", {"new_password1": f"{PASSWORD}-2", "new_password2": f"{PASSWORD}-2"})
    assert (is_in(client), dora.membership_set.exists()) == (False, False)


def test_code_of_the_app_works_once(dora: User) -> None:
    secret, _codes = set_up()
    code = app_code(secret)
    first, second = sign_in(), sign_in()
    for client in (first, second):
        client.post("/accounts/second-step/authenticate/", {"code": code})
    assert [is_in(first), is_in(second)] == [True, False]


def test_recovery_code_works_once(dora: User) -> None:
    _secret, codes = set_up()
    assert len(codes) == 10
    first, second = sign_in(), sign_in()
    for client in (first, second):
        client.post("/accounts/second-step/authenticate/", {"code": codes[0]})
    assert [is_in(first), is_in(second)] == [True, False]
    assert "9 codes are left." in first.get("/accounts/second-step/").content.decode()


def test_codes_are_guessed_only_so_often(dora: User) -> None:
    secret, _codes = set_up()
    client = sign_in()
    for number in range(6):
        client.post("/accounts/second-step/authenticate/", {"code": f"{number:06}"})
    client.post("/accounts/second-step/authenticate/", {"code": app_code(secret)})
    assert not is_in(client)


def test_secrets_are_stored_encrypted(dora: User) -> None:
    secret, codes = set_up()
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert not [text for text in [secret, *codes] if text in stored]


def test_secret_outlives_a_change_of_the_key_that_names_the_old_one(settings: Any) -> None:
    adapter = SecondStepAdapter()
    stored = adapter.encrypt("the secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert adapter.decrypt(stored) == "the secret"


def test_secret_of_a_forgotten_key_fits_no_code(settings: Any) -> None:
    adapter = SecondStepAdapter()
    stored = adapter.encrypt("the secret")
    settings.SECRET_KEY = "another key"
    assert adapter.decrypt(stored) != adapter.decrypt(stored)


def test_second_step_is_turned_off_again(dora: User) -> None:
    secret, _codes = set_up()
    client = sign_in()
    client.post("/accounts/second-step/authenticate/", {"code": app_code(secret)})
    say_the_password_again(client)
    assert "Turn the second step off?" in client.get("/accounts/second-step/totp/deactivate/").content.decode()
    client.post("/accounts/second-step/totp/deactivate/")
    assert is_in(sign_in())


def test_operators_need_the_second_step_in_production(dora: User, settings: Any) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    assert sign_in().get("/admin/").status_code == 200
    settings.PRODUCTION = True
    client = sign_in()
    say_the_password_again(client)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/second-step/totp/activate/"
    assert "Operators sign in with a second step." in response.content.decode()
    set_up()
    assert client.get("/admin/").status_code == 200
