"""Results in a browser: complete before Plotly comes and without it, told apart without colors, saved for a slide, and
changing at once on the way up."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, StorageState

from tests.browser.conftest import Site
from tests.browser.looking import CLEAN, broken_rules
from tests.browser.test_pages import VIEWS

pytestmark = pytest.mark.browser

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""
PLOTLY_ASKED = (
    """() => performance.getEntriesByType("resource").find((e) => e.name.includes("/plotly.min")).startTime"""
)


def test_result_is_complete_and_light_before_plotly_is_asked_for(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, viewport={"width": 1280, "height": 800})
    weights: dict[str, int] = {}
    page.on("response", lambda response: weights.update({response.url: weight(response)}))
    page.goto(f"{site.assessments['pages']}result/")
    page.locator("body[data-plotted]").wait_for()
    asked = page.evaluate(PLOTLY_ASKED)
    assert page.evaluate(LARGEST) < asked
    before = {url: size for url, size in weights.items() if "/plotly.min" not in url}
    assert len(before) < len(weights)
    assert sum(before.values()) < 200_000, before


def weight(response: Response) -> int:
    """What goes over the line: fonts are compressed already, texts are sent compressed."""
    body = response.body() if response.ok else b""
    return len(body) if ".woff2" in response.url else len(gzip.compress(body))


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {}], ids=["no script", "no Plotly"])
def test_charts_are_there_without_plotly(
    browse: Callable[..., Page], site: Site, signed_in: StorageState, options: dict[str, bool]
) -> None:
    page = browse(storage_state=signed_in, **options)
    page.route("**/plotly.min*.js", lambda route: route.fulfill(body=""))
    page.goto(f"{site.assessments['pages']}result/")
    charts = page.locator("figure.chart svg.chart-svg")
    assert charts.count() == 3
    for chart in charts.all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 250
    page.get_by_text("Show as table").nth(1).click()
    assert page.get_by_role("table", name="Position of each pillar").is_visible()
    for tile in page.locator(".level-tile").all():
        assert tile.inner_text() in ("1", "2", "3", "4")


def test_way_up_changes_at_once_and_its_picture_is_saved(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in)
    page.goto(f"{site.assessments['pages']}way-up/")
    claim = page.locator("#outlook-title")
    first = claim.inner_text()
    assert " instead of " in first
    boxes = page.locator(".way-form input[name=statement]:checked")
    while boxes.count():
        with page.expect_response(lambda response: "way-up" in response.url):
            boxes.first.uncheck()
    page.get_by_role("heading", name="Nothing is ticked yet.").wait_for()
    with page.expect_response(lambda response: "way-up" in response.url):
        page.locator(".way-form input[name=statement]").first.check()
    page.get_by_role("button", name="Set as plan").wait_for()
    saved = []
    for format in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {format}").first.click()
        saved.append(Path(download.value.path()).read_bytes())
    assert saved[0].startswith(b"<svg")
    assert saved[1].startswith(PNG)
    page.get_by_role("button", name="Set as plan").click()
    page.get_by_role("heading", name="Action plan").wait_for()
    assert page.locator(".plan-line h3").first.is_visible()


def test_way_up_works_without_scripts(browse: Callable[..., Page], site: Site, signed_in: StorageState) -> None:
    page = browse(storage_state=signed_in, java_script_enabled=False)
    page.goto(f"{site.assessments['pages']}way-up/")
    boxes = page.locator(".way-form input[name=statement]:checked")
    while boxes.count():
        boxes.first.uncheck()
    page.get_by_role("button", name="Show what this gives").click()
    assert page.locator("#outlook-title").inner_text() == "Nothing is ticked yet."


ROUTES = {
    "pillar": "result/prompts/",
    "way up": "way-up/",
    "plan": "plan/",
    "new action": "plan/new/",
    "calculation": "scored/",
    "trend": "/o/northwind/teams/claims/trend/",
    "comparison": "/o/northwind/compare/",
}


def test_pages_of_results_break_no_rule_of_accessibility_and_never_scroll_sideways(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, reduced_motion="reduce")
    for name, route in ROUTES.items():
        page.goto(route if route.startswith("/") else site.assessments["H2 2026"] + route)
        for width, theme in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            assert (name, width, theme, broken_rules(page)) == (name, width, theme, CLEAN)
        page.set_viewport_size({"width": 320, "height": 900})
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, 320)
