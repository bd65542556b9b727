"""Somebody signs up with an organization, makes teams, invites a lead, opens a round, sees it answered, and closes it:
all on pages and by mail, without the administration."""

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, follow

pytestmark = pytest.mark.browser

TEAMS = ["Legal", "Sales", "Support"]
OWNER = "hanna@harbour.example"
LEAD = "dora@harbour.example"
PASSWORD = "cairn-on-the-ridge"
HOME = "/o/harbour-bank/"


def test_owner_comes_from_sign_up_to_a_closed_round_with_three_teams(browse: Callable[..., Page], site: Site) -> None:
    owner = browse(java_script_enabled=False)
    sign_up(owner, site.mail)
    for team in TEAMS:
        make_team(owner, team)
    invite(owner, LEAD)
    open_round(owner, "Journey")
    lead = browse(java_script_enabled=False)
    join(lead, letter_to(LEAD, site.mail, "/invitation/"))
    for team in TEAMS:
        answer(lead, team)
    close(owner, "Journey")
    assert owner.locator("main").inner_text().count("Submitted") >= len(TEAMS)
    follow(owner.get_by_role("link", name="Result of all teams"))
    assert re.search(r"3 of 3 teams", owner.locator("main").inner_text())
    owner.goto(f"{HOME}audit/?kind=round")
    told = owner.locator("tbody th").all_inner_texts()
    assert [line.splitlines()[0] for line in told] == [
        "Hanna Berg closed the round Journey.",
        "Hanna Berg opened the round Journey.",
    ]


def sign_up(page: Page, mail: Path) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill("Hanna Berg")
    page.get_by_label("Email").fill(OWNER)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_label("Organization").fill("Harbour Bank")
    follow(page.get_by_role("button", name="Sign up"))
    page.goto(letter_to(OWNER, mail, "/accounts/confirm-email/"))
    follow(page.get_by_role("button", name="Confirm this address"))
    if page.get_by_role("button", name="Sign in").count():
        page.get_by_label("Email").fill(OWNER)
        page.get_by_label("Password").fill(PASSWORD)
        follow(page.get_by_role("button", name="Sign in"))
    page.goto(HOME)


def make_team(page: Page, name: str) -> None:
    page.goto(f"{HOME}teams/new/")
    page.get_by_label("Name").fill(name)
    follow(page.locator("main form button[type=submit]"))
    page.get_by_text(f"The team {name} is there.").wait_for()


def invite(page: Page, address: str) -> None:
    page.goto(f"{HOME}people/invite/")
    page.get_by_label("Email addresses").fill(address)
    for team in TEAMS:
        page.get_by_label(team, exact=True).check()
    follow(page.get_by_role("button", name="Send the invitations"))
    page.get_by_text("1 invitation is on its way.").wait_for()


def open_round(page: Page, name: str) -> None:
    page.goto(f"{HOME}rounds/new/")
    page.locator("input[name=framework][value=genai-blind-spots]").check()
    page.get_by_label("Name").fill(name)
    for team in TEAMS:
        page.get_by_label(team, exact=True).check()
    follow(page.get_by_role("button", name="Open the round"))
    page.get_by_role("heading", name=name).wait_for()


def letter_to(address: str, folder: Path, place: str) -> str:
    """The link in a letter to an address, which begins with this place."""
    letters = [email.message_from_string(path.read_text(), policy=email.policy.default) for path in folder.iterdir()]
    letter = next(each for each in letters if each["To"] == address)
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(rf"{place}[^\s/]+/", body.get_content())
    assert found
    return found[0]


def join(page: Page, link: str) -> None:
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    follow(page.locator("main form button[type=submit]"))
    page.wait_for_url(f"**{HOME}")


def answer(page: Page, team: str) -> None:
    page.goto(HOME)
    follow(page.get_by_role("link", name=re.compile(team)).first)
    address = page.url
    for pillar in [link.get_attribute("href") for link in page.locator('.task-list a[href*="/pillars/"]').all()]:
        page.goto(pillar)
        page.locator('input[value="L"]').evaluate_all("cards => cards.forEach(card => { card.checked = true })")
        follow(page.get_by_role("button", name="Save these answers"))
    page.goto(f"{address}check/")
    follow(page.get_by_role("button", name="Submit"))
    page.wait_for_url("**/submitted/")


def close(page: Page, name: str) -> None:
    page.goto(f"{HOME}rounds/")
    follow(page.get_by_role("link", name=name))
    follow(page.get_by_role("link", name="Close the round"))
    follow(page.get_by_role("button", name="Close the round"))
    page.get_by_text("The round is closed, and its reports are stored.").wait_for()
