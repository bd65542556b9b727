"""Every page works for everybody, in both themes and at every width."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, StorageState

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
SIGNED_OUT = {"start": "/", "sign-in": "/accounts/login/", "frameworks": "/frameworks/", "scoring": "/help/scoring/"}
ASSESSMENT = {
    "task list": "",
    "statement": "statements/prompts-2-templates/",
    "pillar": "pillars/prompts/",
    "scope": "scope/",
    "check": "check/",
    "result": "result/",
}
SIGNED_IN = {"home": "/", "organization": "/o/northwind/", "framework": "/frameworks/microsoft-genaiops/"}
VIEWS = [(1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")]


@pytest.fixture
def show(browse: Callable[..., Page], site: Site, signed_in: StorageState) -> Callable[[str], Page]:
    """Opens a page by its name."""

    def shown(name: str) -> Page:
        if name in SIGNED_OUT:
            page = browse(reduced_motion="reduce")
            page.goto(SIGNED_OUT[name])
            return page
        page = browse(storage_state=signed_in, reduced_motion="reduce")
        page.goto(SIGNED_IN.get(name) or site.assessments["pages"] + ASSESSMENT[name])
        return page

    return shown


@pytest.mark.parametrize("name", [*SIGNED_OUT, *SIGNED_IN, *ASSESSMENT])
def test_page_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(
    show: Callable[[str], Page], name: str
) -> None:
    page = show(name)
    if name == "result":
        page.locator("body[data-plotted]").wait_for()
    for width, theme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page, options=RULES)
        assert (name, width, theme, found.generate_report()) == (
            name,
            width,
            theme,
            "Found 0 accessibility violations:\n",
        )
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
