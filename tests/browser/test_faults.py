"""Whatever fails around an answer is said in words, at the answer, and what was typed is saved once it works again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, Request, Route, StorageState, expect

from tests.browser.conftest import EXPECTED, LEAD, Site, sign_in
from tests.browser.looking import CLEAN, broken_rules

pytestmark = pytest.mark.browser

WITHIN_TWO_SECONDS = 2000
# htmx gives a request up after ten seconds, and static/js/autosave.js tries again every five.
ONCE_GIVEN_UP = 12_000
ONCE_TRIED_AGAIN = 9000
HUNG, BROKEN, BUSY, SIGNED_OUT, OFFLINE = range(5)


def answers(page: Page) -> list[Locator]:
    page.locator("[data-answer]").first.wait_for()
    return page.locator("[data-answer]").all()[:5]


def say(answer: Locator, note: str) -> None:
    """In one request: typing alone would send another once the typing has paused."""
    field = answer.locator("textarea[name$=-note]")
    field.evaluate("(field, note) => { field.closest('details').open = true; field.value = note; }", note)
    answer.get_by_role("radio", name="Partly in place").check()


def line(answer: Locator) -> Locator:
    return answer.locator(".save-line")


@contextmanager
def failing(page: Page, found: list[Locator]) -> Iterator[None]:
    """The first answer is never answered, the second by an error, the third by a limit."""
    paths = [str(answer.get_attribute("hx-post")) for answer in found]

    def fail(route: Route, request: Request) -> None:
        which = [request.url.endswith(path) for path in paths].index(True)
        if which in (BROKEN, BUSY):
            route.fulfill(status=503 if which == BROKEN else 429, body="<h1>No</h1>")
        elif which != HUNG:
            route.continue_()

    page.route("**/answer/", fail)
    yield
    page.unroute_all()


def test_every_failure_is_said_within_two_seconds_and_mended_by_itself(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED, reduced_motion="reduce")
    page.goto(f"{site.assessments['saving']}pillars/monitoring/")
    found = answers(page)
    session = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    with failing(page, found):
        for which in (HUNG, BROKEN, BUSY):
            say(found[which], f"Typed {which}")
        expect(found[HUNG].locator(".saving")).to_be_visible(timeout=WITHIN_TWO_SECONDS)
        for which in (BROKEN, BUSY):
            expect(line(found[which])).to_contain_text("something went wrong at the server", timeout=WITHIN_TWO_SECONDS)
        page.context.clear_cookies(name="sessionid")
        say(found[SIGNED_OUT], f"Typed {SIGNED_OUT}")
        expect(line(found[SIGNED_OUT])).to_contain_text("you are signed out", timeout=WITHIN_TWO_SECONDS)
        page.context.add_cookies(session)  # type: ignore[arg-type]
        page.context.set_offline(True)
        say(found[OFFLINE], f"Typed {OFFLINE}")
        expect(line(found[OFFLINE])).to_contain_text("you are offline", timeout=WITHIN_TWO_SECONDS)
        for theme, width in (("light", 1280), ("dark", 375)):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            assert (theme, broken_rules(page)) == (theme, CLEAN)
        expect(line(found[HUNG])).to_contain_text("Not saved", timeout=ONCE_GIVEN_UP)
        for which, answer in enumerate(found):
            expect(answer.locator("textarea[name$=-note]")).to_have_value(f"Typed {which}")
    page.context.set_offline(False)
    found[SIGNED_OUT].get_by_role("button", name="Try again").click()
    for answer in found:
        expect(line(answer).locator("[data-state=saved]")).to_be_visible(timeout=ONCE_TRIED_AGAIN)
    page.reload()
    for which, answer in enumerate(answers(page)):
        expect(answer.locator("textarea[name$=-note]")).to_have_value(f"Typed {which}")
        expect(answer.get_by_role("radio", name="Partly in place")).to_be_checked()


def test_text_of_one_person_is_kept_from_the_next_who_signs_in(
    browse: Callable[..., Page], site: Site, signed_in: StorageState, reading: StorageState
) -> None:
    """In another tab of the same browser; and the page waits for the first one to come back."""
    page = browse(storage_state=signed_in, bears=EXPECTED)
    page.goto(f"{site.assessments['saving']}statements/organization-1-limits/")
    page.context.clear_cookies()
    page.context.add_cookies(reading["cookies"])
    found = page.locator("[data-answer]")
    say(found, "Typed by Liam")
    expect(line(found)).to_contain_text("Only a lead of this team fills in its assessment.")
    expect(found.locator("textarea[name$=-note]")).to_have_value("Typed by Liam")
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(other, LEAD)
    found.get_by_role("button", name="Try again").click()
    expect(line(found).locator("[data-state=saved]")).to_be_visible()


def test_text_sent_without_scripts_after_the_session_ended_is_saved_once_signed_in(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED, java_script_enabled=False)
    page.goto(f"{site.assessments['saving']}statements/organization-1-handson/")
    page.get_by_role("radio", name="Fully in place").check()
    page.locator("summary", has_text="Note and evidence").click()
    page.locator("textarea[name$=-note]").fill("Typed\nbefore the end")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("heading", name="Not saved yet: you are signed out").wait_for()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Sign in (opens a new tab)").click()
    sign_in(popup.value, LEAD)
    popup.value.close()
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("heading", name="Not saved yet: please send it once more").wait_for()
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("heading", name="Not saved yet").wait_for(state="detached")
    page.goto(f"{site.assessments['saving']}statements/organization-1-handson/")
    assert page.locator("textarea[name$=-note]").input_value() == "Typed\nbefore the end"


def test_page_that_holds_what_was_typed_breaks_no_rule_of_accessibility(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED, reduced_motion="reduce")
    page.goto(site.assessments["saving"] + "scope/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Not saved yet: you are signed out").wait_for()
    for theme, width in (("light", 1280), ("dark", 320)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        assert (theme, broken_rules(page)) == (theme, CLEAN)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
