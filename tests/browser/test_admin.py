"""An operator writes a framework from nothing and publishes it; every kind of page is looked at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import OPERATOR, Site, follow, sign_in
from tests.browser.looking import CLEAN, broken_rules
from tests.serving import ROOT

pytestmark = pytest.mark.browser

VIEWS = [(1280, "light"), (375, "dark")]
LIST = "/admin/frameworks/version/"


def look(page: Page) -> None:
    """No rule of accessibility is broken, and nothing scrolls sideways."""
    for width, theme in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert (page.url, width, broken_rules(page)) == (page.url, width, CLEAN)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name, exact=True))


def create_framework(page: Page) -> None:
    page.goto(LIST)
    look(page)
    follow(page.get_by_role("link", name="New framework"))
    for name, text in {"slug": "small", "name": "Small model", "publisher": "Northwind", "summary": "A test."}.items():
        page.locator(f"#id_{name}").fill(text)
    page.get_by_label("Licence note").fill("Ours.")
    page.get_by_label("Pillars are").select_option("official")
    page.get_by_label("Entry level").select_option("0")
    for row, name in enumerate(["First", "Second"]):
        page.locator(f"#id_levels-{row}-number").fill(str(row + 1))
        page.locator(f"#id_levels-{row}-name").fill(name)
        page.locator(f"#id_levels-{row}-summary").fill(f"The {name.lower()}.")
        page.locator(f"#id_pillars-{row}-slug").fill("ab"[row])
        page.locator(f"#id_pillars-{row}-name").fill(f"Pillar {'AB'[row]}")
        page.locator(f"#id_pillars-{row}-summary").fill("What it is about.")
    press(page, "Create draft")
    page.get_by_role("heading", name="What is asked, by level and pillar").wait_for()


def add_source(page: Page) -> None:
    follow(page.locator("#sources").get_by_role("link", name="Add"))
    for name, text in {"key": "book", "title": "A book", "publisher": "Northwind", "published": "2026"}.items():
        page.locator(f"#id_{name}").fill(text)
    page.get_by_label("Confidence").select_option("original")
    press(page, "Save")


def add_cell(page: Page, level: int) -> None:
    """The first empty place of a level, with one statement."""
    follow(page.locator(f".coverage tbody tr:first-child td:nth-child({level + 1}) a"))
    page.get_by_label("Basis").select_option("stated")
    page.get_by_label("What the source says").fill(f"The book says it at {level}.")
    page.get_by_label("A book").check()
    press(page, "Save and add statements")
    follow(page.get_by_role("link", name="Add a statement"))
    page.get_by_label("Key").fill(f"a-{level}")
    page.get_by_label("Text").fill(f"What the book asks at level {level} is in place.")
    expect(page.locator(".preview-card h3")).to_have_text(f"What the book asks at level {level} is in place.")
    if level == 1:
        look(page)
    press(page, "Save statement")
    if level == 1:
        look(page)
    follow(page.locator(".breadcrumbs").get_by_role("link", name="Small model 1.0"))


def reorder_by_keyboard(page: Page) -> None:
    first = page.locator(".coverage tbody tr").first
    assert first.get_by_role("rowheader").inner_text() == "Pillar A"
    first.get_by_role("button", name="Down Pillar A").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("“Pillar A” was moved down.")).to_be_visible()
    assert page.locator(".coverage tbody th").all_inner_texts() == ["Pillar B", "Pillar A"]
    look(page)


def try_scoring(page: Page) -> None:
    follow(page.get_by_role("link", name="Preview"))
    look(page)
    for card in page.get_by_label("Fully in place").all():
        card.check()
    press(page, "Keep for the trial and continue")
    expect(page.get_by_role("heading", name="Level 2, Second")).to_be_visible()
    expect(page.get_by_role("heading", name="Level reached")).to_be_visible()
    look(page)
    follow(page.locator(".back-link a"))


def publish(page: Page) -> None:
    follow(page.get_by_role("link", name="Publish"))
    press(page, "Publish this version")
    expect(page.get_by_text("Say what changed, in a sentence or two.")).to_be_visible()
    look(page)
    page.get_by_label("What changed").fill("The first version.")
    page.get_by_label("I have seen the warnings").check()
    press(page, "Publish this version")
    expect(page.get_by_text("Small model 1.0 is published.")).to_be_visible()
    expect(page.get_by_text("so nothing in it can be changed")).to_be_visible()
    assert page.locator("#version_form :is(input:not([type=hidden]), textarea, select)").count() == 0


@pytest.fixture(scope="module")
def operating(chromium: Browser, site: Site) -> StorageState:
    """What a browser keeps once an operator has signed in."""
    with chromium.new_context(base_url=site.url) as context:
        sign_in(context.new_page(), OPERATOR)
        return context.storage_state()


def test_framework_is_written_from_nothing_tried_and_published(
    browse: Callable[..., Page], operating: StorageState
) -> None:
    page = browse(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", storage_state=operating)
    create_framework(page)
    add_source(page)
    for level in (1, 2):
        add_cell(page, level)
    reorder_by_keyboard(page)
    try_scoring(page)
    publish(page)


def test_import_is_shown_before_it_is_written_and_a_major_version_touches_no_open_round(
    browse: Callable[..., Page], site: Site, operating: StorageState
) -> None:
    page = browse(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", storage_state=operating)
    assessment = site.assessments["operator"]
    before = read(page, assessment)
    file = (ROOT / "fixtures/frameworks/aim-genai.yaml").read_text()
    upload(page, file.replace("entry_level: 0", "entry_level: 7"))
    expect(page.get_by_text("model.yaml has 1 mistake. Nothing was written.")).to_be_visible()
    look(page)
    without_examples = file.partition("examples:")[0]
    upload(page, without_examples.replace("summary: >-\n", "summary: >-\n  Reworded.\n", 1).replace("weight: 2", "", 1))
    expect(page.locator("ins").first).to_contain_text("Reworded.")
    look(page)
    press(page, "Create draft 2.0")
    expect(page.get_by_text("was created as a draft.")).to_be_visible()
    draft = page.url
    for name in ("Check", "Compare", "History", "Copy as a new framework"):
        follow(page.get_by_role("link", name=name, exact=True))
        look(page)
        page.goto(draft)
    follow(page.get_by_role("link", name="Publish"))
    page.get_by_label("What changed").fill("One statement weighs less.")
    for box in page.get_by_label("I have seen the warnings").all():
        box.check()
    press(page, "Publish this version")
    expect(page.get_by_text("2.0 is published.")).to_be_visible()
    assert read(page, assessment) == before


def read(page: Page, assessment: str) -> list[bytes]:
    """The result of an assessment, but for the tokens of its forms, and its report as a PDF."""
    answers = [page.request.get(f"{assessment}{name}") for name in ("result/", "report.pdf")]
    assert [answer.status for answer in answers] == [200, 200]
    return [re.sub(rb'(csrfmiddlewaretoken" value=)"\w+"', rb"\1", answer.body()) for answer in answers]


def upload(page: Page, text: str) -> None:
    page.goto(f"{LIST}import-file/")
    file = {"name": "model.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    page.get_by_label("A file of yours").set_input_files(file)  # type: ignore[arg-type]
    press(page, "Show what it would change")
