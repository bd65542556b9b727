"""Results in a browser: complete before Plotly comes and without it, told apart without colors, saved for a slide, and
changing at once on the way up."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, StorageState, expect

from tests.browser.conftest import Site
from tests.browser.looking import CLEAN, broken_rules, smallest_letters
from tests.browser.test_pages import VIEWS

pytestmark = pytest.mark.browser

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true }))"""
DASHES = """lines => lines.map((line) => [line.classList[1], getComputedStyle(line).strokeDasharray])"""
# Where an outline begins, seen from its middle: a circle at its left, a diamond at its top, a square in its corner.
SHAPES = """marks => marks.map((mark) => {
    const box = mark.getBBox(), start = mark.getPointAtLength(0);
    const [x, y] = [(start.x - box.x) / box.width, (start.y - box.y) / box.height];
    return [mark.classList[1], `${Math.round(2 * x)} ${Math.round(2 * y)}`];
})"""
HIDDEN = """parts => parts.filter((part) => getComputedStyle(part).display === "none")
    .map((part) => part.getAttribute("class"))"""
# Whether the figure on the page is drawn with its own numbers, on the canvas it had before.
RENEWED = """(canvas) => {
    const figure = document.querySelector("figure[data-plotted]");
    const then = (traces) => JSON.stringify(traces.find((trace) => trace.meta === "planned")?.r);
    return figure?.querySelector(".chart-plot").firstElementChild === canvas
        && then(canvas.data) === then(JSON.parse(figure.dataset.figure).data);
}"""
PLOTLY_ASKED = (
    """() => performance.getEntriesByType("resource").find((e) => e.name.includes("/plotly.min")).startTime"""
)


def test_result_is_complete_and_light_before_plotly_is_asked_for(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, viewport={"width": 1280, "height": 800})
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{site.assessments['pages']}result/")
    page.locator("body[data-plotted]").wait_for(timeout=60_000)
    assert page.evaluate(LARGEST) < page.evaluate(PLOTLY_ASKED)
    before = {response.url: weight(response) for response in responses if "/plotly.min" not in response.url}
    assert len(before) < len(responses)
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
    expect(charts).to_have_count(3)
    assert (
        charts.evaluate_all("charts => charts.filter(chart => chart.getBoundingClientRect().width > 250).length") == 3
    )
    page.get_by_text("Show as table").nth(1).click()
    expect(page.get_by_role("table", name="Position of each pillar")).to_be_visible()


def test_series_are_told_apart_without_colors_and_can_be_hidden(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in)
    page.goto(f"{site.assessments['H2 2026']}result/")
    radar = page.locator("#radar-figure .chart-svg")
    assert dict(radar.locator(".chart-line").evaluate_all(DASHES)) == {
        "chart-current": "none",
        "chart-target": "6px, 3px",
        "chart-previous": "1.5px, 3.5px",
    }
    assert dict(radar.locator(".chart-mark").evaluate_all(SHAPES)) == {
        "chart-current": "0 1",
        "chart-target": "1 0",
        "chart-previous": "0 0",
    }
    assert set(page.locator(".level-tile").all_inner_texts()) == {"2", "3"}
    page.locator("body[data-plotted]").wait_for()
    shown = page.locator("#radar-figure .chart-plot .legendtext")
    expect(shown).to_have_text(["Now", "Target", "Previous"])
    page.get_by_role("checkbox", name="Target").focus()
    page.keyboard.press("Space")
    expect(shown).to_have_text(["Now", "Previous"])
    assert set(radar.locator("[class]").evaluate_all(HIDDEN)) == {
        "chart-line chart-target",
        "chart-mark chart-target",
        "chart-key-target",
    }
    with page.expect_download() as download:
        page.locator("#radar-figure").get_by_role("button", name="Save as SVG").click()
    saved = Path(download.value.path()).read_text()
    assert ("chart-previous" in saved, "chart-target" in saved) == (True, False)


def test_way_up_changes_at_once_and_its_picture_is_saved(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    page = browse(storage_state=signed_in, viewport={"width": 375, "height": 740})
    page.goto(f"{site.assessments['pages']}way-up/")
    claim = page.locator("#outlook-title")
    expect(claim).to_contain_text(" instead of ")
    figure = page.locator("figure[data-plotted]")
    canvas = figure.locator(".chart-plot > div").element_handle()
    with page.expect_response(lambda response: "way-up" in response.url):
        page.locator(".way-form input[name=statement]:checked").first.uncheck()
    page.wait_for_function(RENEWED, arg=canvas)
    boxes = page.locator(".way-form input[name=statement]:checked")
    while boxes.count():
        with page.expect_response(lambda response: "way-up" in response.url):
            boxes.first.uncheck()
    expect(claim).to_have_text("Nothing is ticked yet.")
    expect(claim).to_be_in_viewport()
    page.go_back()
    expect(claim).not_to_have_text("Nothing is ticked yet.")
    expect(boxes).to_have_count(1)
    page.locator(".way-form input[name=statement]").first.check()
    figure.wait_for()
    expect(page.get_by_role("button", name="Set as plan")).to_be_in_viewport()
    saved = []
    for format in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {format}").first.click()
        saved.append(Path(download.value.path()).read_bytes())
    assert saved[0].startswith(b"<svg")
    assert saved[1].startswith(PNG)
    page.get_by_role("button", name="Set as plan").click()
    page.get_by_role("heading", name="Action plan").wait_for()
    expect(page.locator(".plan-line h3").first).to_be_visible()


def test_way_up_works_without_scripts(browse: Callable[..., Page], site: Site, signed_in: StorageState) -> None:
    page = browse(storage_state=signed_in, java_script_enabled=False)
    page.goto(f"{site.assessments['pages']}way-up/")
    boxes = page.locator(".way-form input[name=statement]:checked")
    while boxes.count():
        boxes.first.uncheck()
    page.get_by_role("button", name="Show what this gives").click()
    expect(page.locator("#outlook-title")).to_have_text("Nothing is ticked yet.")


ROUTES = {
    "pillar": "result/prompts/",
    "way up": "way-up/",
    "plan": "plan/",
    "new action": "plan/new/",
    "calculation": "scored/",
    "trend": "/o/northwind/teams/claims/trend/",
    "comparison": "/o/northwind/compare/",
}


OWNED = {
    "plan of the round": "plan/",
    "new action of the round": "plan/new/",
    "trend of all teams": "/o/northwind/trend/",
}


def test_pages_of_results_break_no_rule_of_accessibility_and_never_scroll_sideways(
    browse: Callable[..., Page], site: Site, signed_in: StorageState
) -> None:
    look_at(browse(storage_state=signed_in, reduced_motion="reduce"), ROUTES, site.assessments["H2 2026"])


def test_pages_of_a_round_break_no_rule_of_accessibility_and_never_scroll_sideways(
    browse: Callable[..., Page], owning: StorageState
) -> None:
    page = browse(storage_state=owning, reduced_motion="reduce")
    page.goto("/o/northwind/compare/")
    round = page.locator("input[name=round]:checked").get_attribute("value")
    look_at(page, OWNED, f"/o/northwind/rounds/{round}/")


def look_at(page: Page, routes: dict[str, str], start: str) -> None:
    """Routes are within `start` where they begin without a slash."""
    for name, route in routes.items():
        page.goto(route if route.startswith("/") else start + route)
        for width, theme in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            assert (name, width, theme, broken_rules(page)) == (name, width, theme, CLEAN)
        page.set_viewport_size({"width": 320, "height": 900})
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, 320)
        assert smallest_letters(page) >= 11, name
