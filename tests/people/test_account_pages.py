"""The pages of signing in show in our frame and wording, and obey the content security policy."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_user

SIGNED_OUT_PAGES = {
    "/accounts/login/": "Sign in",
    "/accounts/signup/": "Sign up with your organization",
    "/accounts/inactive/": "This account is closed",
    "/accounts/confirm-email/": "Confirm your email address",
    "/accounts/confirm-email/no-such-key/": "Confirm your email address",
    "/accounts/password/reset/": "Reset your password",
    "/accounts/password/reset/done/": "Check your email",
    "/accounts/password/reset/key/1-no-such-key/": "This link no longer works",
    "/accounts/password/reset/key/done/": "Your password is changed",
}
SIGNED_IN_PAGES = {
    "/accounts/logout/": "Sign out?",
    "/accounts/password/change/": "Change your password",
    "/accounts/reauthenticate/": "Enter your password again",
    "/accounts/second-step/": "Second step at sign-in",
    "/account/": "Your account",
    "/organizations/new/": "Create an organization",
}
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)")


@pytest.fixture
def dora(db: None, client: Client) -> Client:
    client.force_login(make_user("dora@example.org", password="stone-cairn-ridge"))
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "heading"), SIGNED_OUT_PAGES.items())
def test_page_for_people_not_signed_in_has_one_heading_and_nothing_inline(
    client: Client, path: str, heading: str
) -> None:
    html = page(client, path)
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert INLINE.findall(html) == []


@pytest.mark.parametrize(("path", "heading"), SIGNED_IN_PAGES.items())
def test_page_for_people_signed_in_has_one_heading_and_nothing_inline(dora: Client, path: str, heading: str) -> None:
    html = page(dora, path)
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert INLINE.findall(html) == []


@pytest.mark.django_db
def test_sign_in_leads_from_email_to_password_to_button_to_forgotten_password(client: Client) -> None:
    html = page(client, reverse("account_login"))
    parts = ['name="login"', 'name="password"', 'type="submit"', "Forgot your password?"]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)
    assert html.count("Forgot your password?") == 1


@pytest.mark.django_db
def test_sign_in_that_fails_says_so_in_title_and_summary_and_keeps_the_email(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "alice@example.org", "password": "wrong"})
    html = response.content.decode()
    assert "<title>Error: Sign in – Waymark</title>" in html
    assert html.count('class="error-summary"') == 1
    assert 'value="alice@example.org"' in html
    assert "_auth_user_id" not in client.session


def test_menu_of_someone_signed_in_signs_out_by_post(dora: Client) -> None:
    html = page(dora, reverse("account_change_password"))
    assert "<strong>dora@example.org</strong>" in html
    assert '<form method="post" action="/accounts/logout/" data-sign-out>' in html
    dora.post(reverse("account_logout"))
    assert "_auth_user_id" not in dora.session


@pytest.mark.django_db
def test_missing_page_answers_in_our_frame(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "There is nothing here that you can see" in response.content.decode()


@pytest.mark.django_db
def test_form_without_token_is_refused_in_our_frame() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@example.org"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "<h1>This form is out of date</h1>" in html
    assert INLINE.findall(html) == []
