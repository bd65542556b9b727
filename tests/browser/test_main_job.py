"""From signing in to the downloaded report."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState
from pypdf import PdfReader

from tests.browser.conftest import Site, follow, sign_in

pytestmark = pytest.mark.browser

FOCUSED = r"(document.activeElement.labels?.[0] || document.activeElement).innerText.trim().split('\n')[0]"


def test_lead_answers_one_by_one_submits_and_downloads_the_report(browse: Callable[..., Page]) -> None:
    page = browse()
    sign_in(page)
    follow(page.get_by_role("link", name="Continue: Underwriting"))
    describe(page)
    while page.get_by_role("link", name="Continue answering").is_visible():
        follow(page.get_by_role("link", name="Continue answering"))
        while "/statements/" in page.url:
            answer(page)
    submit(page)
    level = read_level(page)
    page.locator("body[data-plotted]").wait_for()
    assert page.locator("figure[data-plotted] .js-plotly-plot").count() == 3
    assert positions_of_picture(page) == positions_of_table(page)
    assert level_on_paper(page) == level


def test_lead_without_scripts_answers_pillar_by_pillar(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(java_script_enabled=False, storage_state=signed_in)
    page.goto(site.assessments["pillars"])
    for number in range(1, page.locator(".task-name").count() - 2):
        follow(page.locator(".task-name").nth(number))
        for card in page.locator('input[value="L"]').all():
            card.check()
        follow(page.get_by_role("button", name="Save these answers"))
    submit(page)
    level = read_level(page)
    assert positions_of_picture(page) == positions_of_table(page)
    assert level_on_paper(page) == level


def test_statement_is_answered_by_keyboard_alone(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in)
    page.goto(site.assessments["keyboard"])
    tab_to(page, "Begin with the first statement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements/**")
    first = page.url
    tab_to(page, "Not in place")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Save and continue")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first)
    page.goto(first)
    assert page.locator("input[type=radio]:checked").get_attribute("value") == "P"


def describe(page: Page) -> None:
    follow(page.get_by_role("link", name="Scope and decision"))
    page.get_by_label("What should the sponsor decide?").fill("Fund one engineer.")
    follow(page.get_by_role("button", name="Save"))


def answer(page: Page) -> None:
    """Keeps what is answered already, and confirms what was carried over."""
    if not page.locator("input[type=radio]:checked").count():
        page.get_by_role("radio", name="Largely in place").check()
    follow(page.get_by_role("button", name=re.compile("(Save|Confirm) and continue")))


def submit(page: Page) -> None:
    follow(page.get_by_role("link", name="Check and submit").first)
    follow(page.get_by_role("button", name="Submit assessment"))
    follow(page.get_by_role("link", name="See the result"))


def read_level(page: Page) -> str:
    """The level in the headline of the result."""
    [level] = re.findall(r"(?i)\blevel\s(\d)", page.get_by_role("heading", level=1).inner_text())[:1]
    return level


def positions_of_picture(page: Page) -> list[float]:
    """What the radar tells a screen reader."""
    spoken = page.locator("#radar-desc").text_content() or ""
    return [float(number) for number in re.findall(r"Now (\d(?:.\d)?)", spoken)]


def positions_of_table(page: Page) -> list[float]:
    cells = page.get_by_role("table", name="Profile").locator("tbody th .secondary").all_inner_texts()
    return [float(text.split(":")[0]) for text in cells]


def level_on_paper(page: Page) -> str:
    """The level on the first page of the downloaded file."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download report (PDF)").click()
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF")
    text = " ".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    return re.findall(r"Level (\d) of \d", text)[0]


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the element with this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        label = page.evaluate(FOCUSED)
        if label == name:
            return
    raise AssertionError(f"Tab does not lead to “{name}”")
