"""What is looked at on every page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
# The size in pixels of the smallest letters in the charts one sees; 99 without a chart.
SMALLEST = """
() => Math.min(99, ...[...document.querySelectorAll("figure.chart")].flatMap((figure) => {
    const seen = figure.querySelector("plotted" in figure.dataset ? ".chart-plot" : ".chart-svg");
    return [...seen.querySelectorAll("text")].map((text) =>
        parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a);
}))
"""
CLEAN = "Found 0 accessibility violations:\n"


def broken_rules(page: Page) -> str:
    """The report of axe on the page as it stands."""
    report: str = Axe().run(page, options=RULES).generate_report()
    return report


def smallest_letters(page: Page) -> float:
    """In the charts of the page, in pixels as they are seen."""
    size: float = page.evaluate(SMALLEST)
    return size
