"""Answers save themselves and say so, whatever the network, another person or a session does in between."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Page, Route, StorageState, expect

from people.demo import PASSWORD
from tests.browser.conftest import EXPECTED, LEAD, Site, follow, sign_in
from tests.browser.looking import CLEAN, broken_rules

pytestmark = pytest.mark.browser

SAVED = ".save-line [data-state=saved]"
WITHIN_TWO_SECONDS = 2000
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('waymark-'))"
CARET = "[document.activeElement.value, document.activeElement.selectionStart]"
TOO_LARGE = """field => {
    field.value = "x".repeat(3_000_000);
    field.dispatchEvent(new Event("input", { bubbles: true }));
}"""
THEME_AND_WIDTH = [("light", 1280), ("dark", 375)]


def statement(site: Site, key: str) -> str:
    return f"{site.assessments['saving']}statements/{key}/"


def radio(page: Page, name: str) -> Locator:
    return page.get_by_role("radio", name=name)


def choose(page: Page, name: str) -> None:
    radio(page, name).check()


def chosen(page: Page) -> list[str]:
    return [str(each.get_attribute("value")) for each in page.locator("[type=radio]:checked").all()]


def note(page: Page) -> Locator:
    if not page.get_by_label("Note", exact=False).is_visible():
        page.get_by_text("Note and evidence").click()
    return page.locator("textarea[name$=-note]")


def slow(network: CDPSession, latency: int) -> None:
    conditions = {"offline": False, "latency": latency, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", conditions)


def lose(route: Route) -> None:
    """A network on which pages come, and nothing goes."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_answer_saves_what_was_said_last_and_leaves_the_fields_alone(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in)
    page.goto(statement(site, "prompts-1-simple"))
    assert chosen(page) == []
    field = note(page)
    network = page.context.new_cdp_session(page)
    slow(network, latency=1500)
    choose(page, "Partly in place")
    choose(page, "Fully in place")
    expect(page.locator(".saving")).to_be_visible()
    field.click()
    page.keyboard.type("Seen in May, ")
    expect(page.locator(SAVED)).to_be_visible()
    page.keyboard.type("again in June")
    assert page.evaluate(CARET) == ["Seen in May, again in June", 26]
    assert page.url.endswith(statement(site, "prompts-1-simple"))
    slow(network, latency=500)
    choose(page, "Largely in place")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/prompts-1-api/", wait_until="commit")
    slow(network, latency=0)
    page.wait_for_load_state()
    page.go_back()
    assert (chosen(page), page.locator("textarea[name$=-note]").input_value()) == (["L"], "Seen in May, again in June")
    page.go_forward()
    follow(page.get_by_role("link", name="Previous statement"))
    assert chosen(page) == ["L"]
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_task_list_and_table_show_what_is_stored_and_keep_the_position(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, viewport={"width": 375, "height": 700})
    page.goto(f"{site.assessments['saving']}pillars/augmentation/")
    keys = [str(each.get_attribute("id")) for each in page.locator("[data-answer]").all()]
    last = page.locator(f"#{keys[-1]}")
    last.get_by_role("radio", name="Partly in place").check()
    expect(last.locator(SAVED)).to_be_visible()
    expect(page.locator("[data-answered]")).to_have_text("1")
    page.goto(statement(site, keys[-1]))
    assert chosen(page) == ["P"]
    choose(page, "Fully in place")
    expect(page.locator(SAVED)).to_be_visible()
    follow(page.get_by_role("link", name="Whole pillar on one page"))
    assert page.url.endswith(f"#{keys[-1]}")
    expect(last).to_be_in_viewport()
    assert last.locator("[type=radio]:checked").get_attribute("value") == "F"
    page.goto(site.assessments["saving"])
    row = page.locator(".task").filter(has=page.locator("a[href$='/pillars/augmentation/']"))
    expect(row).to_contain_text(f"In progress, 1 of {len(keys)}")
    expect(row).to_contain_text("Last answered by Liam")
    box = row.bounding_box()
    assert box is not None
    row.click(position={"x": box["width"] - 3, "y": box["height"] - 3})
    page.wait_for_url("**/pillars/augmentation/")


def test_two_who_change_one_answer_choose_which_one_stays(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    path = statement(site, "prompts-2-templates")
    first, second = (browse(storage_state=signed_in, bears=EXPECTED) for _ in range(2))
    for page in (first, second):
        page.goto(path)
    choose(first, "Partly in place")
    expect(first.locator(SAVED)).to_be_visible()
    choose(second, "Fully in place")
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("Yours", timeout=WITHIN_TWO_SECONDS)
    assert [" ".join(side.inner_text().split()) for side in conflict.locator(".conflict-sides > div").all()] == [
        "Yours Fully in place Keep mine",
        "Theirs Partly in place Use theirs",
    ]
    for theme, width in THEME_AND_WIDTH:
        second.set_viewport_size({"width": width, "height": 900})
        second.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert broken_rules(second) == CLEAN
    second.get_by_role("button", name="Use theirs").click()
    expect(radio(second, "Partly in place")).to_be_checked()
    with first.expect_response("**/answer/"):
        choose(first, "Not in place")
    choose(second, "Largely in place")
    second.get_by_role("button", name="Keep mine").click()
    second.wait_for_url(lambda url: not url.endswith(path))
    first.goto(path)
    assert chosen(first) == ["L"]


def test_nothing_is_lost_offline_or_signed_out(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED)
    page.goto(statement(site, "prompts-2-system"))
    line = page.locator(".save-line")
    page.context.set_offline(True)
    choose(page, "Partly in place")
    expect(line).to_contain_text("Not saved: you are offline.", timeout=WITHIN_TWO_SECONDS)
    with page.expect_event("dialog") as asked:
        page.evaluate("setTimeout(() => location.assign('/'))")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    page.context.set_offline(False)
    expect(page.locator(SAVED)).to_be_visible()
    kept = [cookie for cookie in page.context.cookies() if cookie["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(kept)  # type: ignore[arg-type]
    field = note(page)
    field.fill("Typed while signed out")
    expect(line).to_contain_text("Not saved: you are signed out.", timeout=WITHIN_TWO_SECONDS)
    assert page.locator("input[type=password]").count() == 0
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Sign in (opens a new tab)").click()
    sign_in(popup.value, LEAD)
    popup.value.close()
    assert field.input_value() == "Typed while signed out"
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(SAVED)).to_be_visible()
    page.reload()
    assert page.locator("textarea[name$=-note]").input_value() == "Typed while signed out"
    page.context.clear_cookies(name="sessionid")
    note(page).fill("Typed before continuing")
    expect(line).to_contain_text("Not saved: you are signed out.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Email").fill(LEAD)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("textarea[name$=-note]")).to_have_value("Typed before continuing")
    expect(page.locator(SAVED)).to_be_visible()


def test_what_was_sent_in_vain_is_asked_for_and_comes_back_unless_it_is_cleared(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED, viewport={"width": 375, "height": 700})
    page.goto(statement(site, "prompts-4-assembled"))
    choose(page, "Does not apply")
    note(page).fill("Typed before leaving")
    expect(page.locator(".save-line")).to_contain_text("Not saved yet. Say why this does not apply")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error-summary")).to_be_focused()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Skip for now").click()
    page.wait_for_url("**/prompts-4-refine/")
    assert asked == ["beforeunload"]
    page.goto(statement(site, "prompts-4-assembled"))
    expect(page.locator("textarea[name$=-note]")).to_have_value("Typed before leaving")
    expect(page.locator(".save-line")).to_contain_text("Not saved yet. Say why this does not apply")
    page.get_by_role("button", name="Clear answer").click()
    expect(page.locator(".save-line")).to_have_text("")
    page.reload()
    assert (chosen(page), page.evaluate(KEPT)) == ([], [])


def test_what_was_typed_comes_back_after_a_crash_and_goes_with_signing_out(
    browse: Callable[..., Page], site: Site
) -> None:
    page = browse(bears=EXPECTED)
    sign_in(page)
    page.goto(statement(site, "prompts-2-effect"))
    choose(page, "Partly in place")
    page.locator(SAVED).wait_for()
    page.locator("textarea[name$=-evidence]").evaluate(TOO_LARGE)
    expect(page.locator(".save-line")).to_contain_text("this is more than we can take")
    field = note(page)
    page.get_by_label("Evidence").fill("Minutes")
    expect(page.locator(SAVED)).to_be_visible()
    page.route("**/prompts-2-effect/**", lose)
    field.fill("Typed before the crash")
    expect(page.locator(".save-line")).to_contain_text("the server does not answer")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("textarea[name$=-note]")).to_have_value("Typed before the crash")
    expect(page.locator(".save-line")).to_contain_text("the server does not answer")
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(SAVED)).to_be_visible()
    assert page.evaluate(KEPT) == []
    page.evaluate("sessionStorage.setItem('waymark-answer left', 'behind')")
    page.get_by_text("Account", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(site.url + "/")
    assert page.evaluate(KEPT) == []


def test_keys_choose_only_inside_the_group(browse: Callable[..., Page], site: Site, signed_in: StorageState) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED)
    page.goto(statement(site, "prompts-3-trace"))
    page.keyboard.press("Tab")
    page.keyboard.press("3")
    assert chosen(page) == ["L"]
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ["P"]
    note(page).fill("")
    page.keyboard.type("1234")
    assert (chosen(page), note(page).input_value()) == (["P"], "1234")
    expect(page.locator(SAVED)).to_be_visible()
    choose(page, "Does not apply")
    expect(page.locator(".save-line")).to_contain_text("Not saved yet. Say why this does not apply")
    page.keyboard.press("Control+Enter")
    expect(page).to_have_title(
        "Error: A production output can be traced to the version of the prompt behind it. – Waymark"
    )
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    expect(page.get_by_label("Why does it not apply?")).to_be_focused()
    assert page.locator("textarea[name$=-note]").input_value() == "1234"
    page.keyboard.type("Bought as a service")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/prompts-3-flow/**")


def test_whole_questionnaire_is_answered_and_submitted_by_keyboard(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, reduced_motion="reduce")
    page.goto(site.assessments["keys"])
    presses, answered = 0, 0
    for path in [str(link.get_attribute("href")) for link in page.locator("a.task-name[href*='/pillars/']").all()]:
        page.goto(path)
        count = page.locator("[data-answer]").count()
        page.locator("[type=radio]").first.focus()
        for number in range(count):
            if number:
                presses += tab_to_next_group(page)
            page.keyboard.press(str(answered % 4 + 1))
            presses, answered = presses + 1, answered + 1
            assert is_uncovered(page)
        expect(page.locator(SAVED)).to_have_count(count)
    assert (answered, presses) == (52, 52 + 2 * 46)
    page.goto(site.assessments["keys"] + "check/")
    page.locator("section .summary-act a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements/**")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/check/")
    page.get_by_role("button", name="Submit assessment").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The assessment is submitted").wait_for()
    page.go_back()
    assert page.get_by_role("button", name="Submit assessment").count() == 0
    page.goto(path)
    expect(page.get_by_text("Submitted on").first).to_be_visible()
    assert page.locator("main :is(input, textarea, select, button)").count() == 0


def tab_to_next_group(page: Page) -> int:
    """How many presses of Tab lead from one group of answers to the next."""
    name = page.evaluate("document.activeElement.name")
    for presses in range(1, 5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            assert page.evaluate("document.activeElement.name") != name
            return presses
    raise AssertionError("Tab does not lead to the next statement")


def is_uncovered(page: Page) -> bool:
    """Whether what has the focus is what one sees at its place."""
    return bool(
        page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return seen === document.activeElement;
            }"""
        )
    )
