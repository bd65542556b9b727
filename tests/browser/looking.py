"""What is looked at on every page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
CLEAN = "Found 0 accessibility violations:\n"


def broken_rules(page: Page) -> str:
    """The report of axe on the page as it stands."""
    report: str = Axe().run(page, options=RULES).generate_report()
    return report
