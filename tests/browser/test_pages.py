"""Every page works for everybody, in both themes and at every width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, StorageState

from tests.browser.conftest import Site, follow
from tests.browser.looking import CLEAN, broken_rules, smallest_letters

pytestmark = pytest.mark.browser

SIGNED_OUT = {
    "start": "/",
    "sign-in": "/accounts/login/",
    "frameworks": "/frameworks/",
    "comparison": "/compare-frameworks/",
    "scoring": "/help/scoring/",
}
ASSESSMENT = {
    "task list": "",
    "statement": "statements/prompts-2-templates/",
    "pillar": "pillars/prompts/",
    "scope": "scope/",
    "targets": "targets/",
    "questionnaire": "questionnaire/",
    "check": "check/",
    "result": "result/",
}
SIGNED_IN = {"home": "/", "organization": "/o/northwind/", "framework": "/frameworks/microsoft-genaiops/"}
OWNED = {"audit trail": "/o/northwind/audit/", "new round": "/o/northwind/rounds/new/"}
ROUND = "result of a round"
VIEWS = [(1280, "light"), (375, "dark")]


@pytest.fixture
def show(
    browse: Callable[..., Page], site: Site, signed_in: StorageState, reading: StorageState, owning: StorageState
) -> Callable[[str], Page]:
    """Opens a page by its name."""

    def shown(name: str) -> Page:
        if name in SIGNED_OUT:
            page = browse(reduced_motion="reduce")
            page.goto(SIGNED_OUT[name])
            return page
        if name == ROUND:
            page = browse(storage_state=reading, reduced_motion="reduce")
            page.goto(SIGNED_IN["organization"])
            follow(page.get_by_role("link", name="Result of all teams in H2 2026"))
            return page
        if name in OWNED:
            page = browse(storage_state=owning, reduced_motion="reduce")
            page.goto(OWNED[name])
            return page
        page = browse(storage_state=signed_in, reduced_motion="reduce")
        page.goto(SIGNED_IN.get(name) or site.assessments["pages"] + ASSESSMENT[name])
        return page

    return shown


@pytest.mark.parametrize("name", [*SIGNED_OUT, *SIGNED_IN, *OWNED, *ASSESSMENT, ROUND])
def test_page_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(
    show: Callable[[str], Page], name: str
) -> None:
    page = show(name)
    if name in ("result", ROUND):
        page.locator("body[data-plotted]").wait_for()
    for width, theme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        assert (name, width, theme, broken_rules(page)) == (name, width, theme, CLEAN)
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert smallest_letters(page) >= 11


def test_narrow_organization_page_shows_every_action_link(show: Callable[[str], Page]) -> None:
    page = show("organization")
    page.set_viewport_size({"width": 375, "height": 900})
    links = page.locator(".data-table tbody a")
    assert links.count() >= 2
    assert outside(links, width=375) == []


def test_narrow_result_page_shows_every_answer_of_the_first_table(show: Callable[[str], Page]) -> None:
    page = show("result")
    page.set_viewport_size({"width": 375, "height": 900})
    answers = page.locator(".statement-table").first.locator('td[data-label="Answer"]')
    assert answers.count() >= 1
    assert outside(answers, width=375) == []


@pytest.mark.parametrize("width", [320, 375])
def test_narrow_page_shows_the_whole_menu(show: Callable[[str], Page], width: int) -> None:
    page = show("organization")
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("summary", has_text="Account").click()
    assert outside(page.locator(".menu-panel"), width=width) == []


@pytest.mark.parametrize("width", [375, 1280])
def test_tables_keep_their_headings_for_screen_readers_at_every_width(show: Callable[[str], Page], width: int) -> None:
    page = show("organization")
    page.set_viewport_size({"width": width, "height": 900})
    table = page.get_by_role("table", name="Northwind Insurance")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Team", "Round", "Framework", "State", "Answered", "Level", "What you can do"]
    row = table.get_by_role("row").nth(1)
    assert [row.get_by_role("rowheader").count(), row.get_by_role("cell").count()] == [1, 6]


def outside(found: Locator, *, width: int) -> list[str]:
    """The texts of those that are hidden or reach beyond a viewport of this width."""
    return [item.inner_text() for item in found.all() if not is_within(item.bounding_box(), width)]


def is_within(box: FloatRect | None, width: int) -> bool:
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
