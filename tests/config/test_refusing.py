"""What was typed is lost neither with a session nor with a token, and goes to nobody but who sent it."""

import re
from html import unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client

from assessment.models import Answer
from assessment.pages import is_opened_by, new_page
from people.models import User
from tests.conftest import Cast
from tests.factories import make_member, make_user

HERE = {"Origin": "http://testserver"}
NOTE = 'Ask Dora,\r\n"today" <b>or</b> tomorrow'


@pytest.fixture
def browser(cast: Cast) -> Client:
    """Alice's, whose every form is checked for its token."""
    cast.alice.set_password("stone-cairn-ridge")
    cast.alice.save()
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    client = Client(enforce_csrf_checks=True)
    sign_in(client, cast.alice)
    return client


def sign_in(client: Client, user: User) -> None:
    html = client.get("/accounts/login/").content.decode()
    said = hidden(html) | {"login": user.email, "password": "stone-cairn-ridge"}
    assert client.post("/accounts/login/", said, headers=HERE).status_code == 302


def hidden(html: str) -> dict[str, str]:
    """What the main form of a page holds without being shown."""
    main = html.split("<main")[1]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', main)}


def filled_in(client: Client, path: str) -> dict[str, str]:
    """What the page sends once somebody has answered."""
    shown = hidden(client.get(path).content.decode())
    return {"a1-rating": "L", "a1-note": NOTE} | {
        name: value for name, value in shown.items() if name in ("csrfmiddlewaretoken", "a1-revision", "a1-page")
    }


def heading(response: HttpResponse) -> str:
    return re.findall("<h1>(.*?)</h1>", response.content.decode())[0]


def test_answer_sent_after_the_session_ended_is_saved_once_signed_in(cast: Cast, browser: Client) -> None:
    path = cast.assessment.url("statement", "a1")
    typed = filled_in(browser, path)
    del browser.cookies["sessionid"]
    signed_out = browser.post(path, typed, headers=HERE)
    assert (signed_out.status_code, heading(signed_out)) == (401, "Not saved yet: you are signed out")
    assert "no-store" in signed_out["Cache-Control"]
    held = hidden(signed_out.content.decode())
    assert held | {"csrfmiddlewaretoken": ""} == typed | {"csrfmiddlewaretoken": ""}
    assert "<b>or" not in signed_out.content.decode()
    sign_in(browser, cast.alice)
    once_more = browser.post(path, held, headers=HERE)
    assert (once_more.status_code, heading(once_more)) == (403, "Not saved yet: please send it once more")
    assert not Answer.objects.exists()
    assert browser.post(path, hidden(once_more.content.decode()), headers=HERE).status_code == 302
    assert Answer.objects.values_list("note", "answered_by").get() == (NOTE.replace("\r\n", "\n"), cast.alice.pk)


def test_form_of_another_site_is_not_given_back(cast: Cast, browser: Client) -> None:
    path = cast.assessment.url("statement", "a1")
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {}):
        refused = browser.post(path, {"a1-rating": "F", "a1-note": "Planted"}, headers=headers)
        assert (refused.status_code, heading(refused)) == (403, "This form is out of date")
        assert "Planted" not in refused.content.decode()
    assert not Answer.objects.exists()


def test_what_one_person_typed_is_not_saved_under_the_name_of_another(cast: Cast, browser: Client) -> None:
    """Dora, who leads the same team, signed in in another tab of the same browser."""
    dora = make_user("dora@example.org", name="Dora")
    make_member(dora, cast.organization, leads=[cast.team])
    path = cast.assessment.url("statement", "a1")
    typed = filled_in(browser, path)
    doras = cast.client_of(dora)
    refused = doras.post(path, typed)
    assert (refused.status_code, heading(refused)) == (403, "Not saved: somebody else is signed in")
    assert hidden(refused.content.decode())["a1-note"] == NOTE
    for url in (cast.assessment.url("answer", "a1"), path):
        line = doras.post(url, typed, headers={"HX-Request": "true"})
        assert line.status_code == 403
        assert "Somebody else was signed in when this page was opened. Sign in as that person." in line.content.decode()
    assert doras.post(cast.assessment.url("pillar", "a"), typed).status_code == 403
    assert not Answer.objects.exists()


@pytest.mark.parametrize("page", ["one", "a" * 32, "é"])
def test_page_with_an_invented_name_saves_nothing(cast: Cast, alice: Client, page: str) -> None:
    typed = {"a1-rating": "F", "a1-page": page}
    assert alice.post(cast.assessment.url("statement", "a1"), typed).status_code == 403
    assert not Answer.objects.exists()


def test_text_that_the_browser_keeps_itself_needs_no_page_of_its_own(cast: Cast) -> None:
    path = cast.assessment.url("statement", "a1")
    assert Client().post(path, {"a1-note": "Typed", "kept": ""}).url == f"/accounts/login/?next={path}"


def test_password_is_never_given_back(client: Client) -> None:
    path = "/accounts/password/change/"
    assert client.post(path, {"password1": "stone-cairn-ridge"}).url == f"/accounts/login/?next={path}"
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/accounts/login/", {"login": "a@example.org", "password": "secret-stone"}, headers=HERE)
    assert (refused.status_code, "secret-stone" in refused.content.decode()) == (403, False)


def test_page_opened_before_the_secret_key_changed_is_still_known(cast: Cast, settings: Any) -> None:
    page = new_page(cast.alice)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 8
    assert is_opened_by(page, cast.alice)
    assert not is_opened_by(page, cast.bob)
