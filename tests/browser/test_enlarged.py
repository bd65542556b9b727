"""Nothing of the questionnaire is lost at 400 %, nor with the text spaced out as WCAG 1.4.12 wants it to bear."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import EXPECTED, Site

pytestmark = pytest.mark.browser

PAGES = ["", "scope/", "statements/organization-2-share/", "pillars/organization/", "targets/", "check/"]
# A window of 1280 by 1024 at 400 %.
ENLARGED = {"width": 320, "height": 256}
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-bottom: 2em !important; }
`);
document.adoptedStyleSheets.push(sheet);
for (const details of document.querySelectorAll("main details")) details.open = true;
"""
# The texts that are cut off, or reach out of the window.
LOST = """
() => [...document.querySelectorAll("main *, header *, footer *")].filter((each) => {
    const style = getComputedStyle(each), box = each.getBoundingClientRect();
    const own = [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !each.checkVisibility() || each.closest(".visually-hidden, .skip-link")) return false;
    const cut = style.overflow !== "visible"
        && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1);
    return cut || box.left < 0 || box.right > innerWidth + 1;
}).map((each) => each.textContent.trim())
"""
# What has the focus and is covered: it is not what one meets at its middle.
COVERED = """
() => {
    const box = document.activeElement.getBoundingClientRect();
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2);
    return !met || !(met === document.activeElement || document.activeElement.contains(met));
}
"""


def test_enlarged_and_spaced_out_pages_lose_no_text_and_never_scroll_sideways(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, bears=EXPECTED, viewport=ENLARGED, reduced_motion="reduce")
    for path in PAGES:
        page.goto(site.assessments["saving"] + path)
        page.evaluate(SPACED)
        assert (path, page.evaluate(LOST), page.evaluate("document.documentElement.scrollWidth")) == (path, [], 320)
    page.goto(f"{site.assessments['saving']}pillars/organization/")
    page.evaluate(SPACED)
    page.context.set_offline(True)
    page.locator("[type=radio]").first.check()
    expect(page.locator(".save-line").first).to_contain_text("you are offline")
    assert (page.evaluate(LOST), page.evaluate("document.documentElement.scrollWidth")) == ([], 320)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert (page.evaluate("document.activeElement.name"), page.evaluate(COVERED)) == (
            page.evaluate("document.activeElement.name"),
            False,
        )
    page.context.set_offline(False)
