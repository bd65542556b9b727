"""Cells, statements and the other parts of a version."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from frameworks.drafting import draft
from frameworks.models import Cell, Elsewhere, Example, OfficialBand, Statement, Version
from frameworks.publishing import publish_draft
from tests.factories import make_bundled_version, worked_example
from tests.frameworks.admin_pages import change_page, fields_of

pytestmark = pytest.mark.django_db


def test_part_cannot_be_added_to_a_published_version(operator: Client) -> None:
    version = Version.objects.get()
    sent = {"version": version.pk, "order": 9, "level": 1, "start": 0, "end": 9}
    html = operator.post("/admin/frameworks/officialband/add/", sent).content.decode()
    assert "Select a valid choice." in html
    assert not OfficialBand.objects.exists()


def test_statement_of_a_draft_can_be_edited(operator: Client, drafted: Version) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    html = operator.get(change_page(statement)).content.decode()
    assert "nothing in it can be changed" not in html
    response = operator.post(change_page(statement), fields_of(html) | {"text": "Reworded.", "weight": "3"})
    statement.refresh_from_db()
    assert (response.status_code, statement.text, statement.weight) == (302, "Reworded.", 3)
    assert Statement.objects.get(version__minor=0, key="a2").weight == 1


@pytest.mark.parametrize("versions", [1, 2])
def test_list_of_statements_asks_the_database_equally_often(
    operator: Client, django_assert_num_queries: Any, versions: int
) -> None:
    if versions > 1:
        make_bundled_version()
    operator.get("/admin/frameworks/statement/")
    with django_assert_num_queries(5):
        operator.get("/admin/frameworks/statement/")


@pytest.mark.parametrize(("direction", "order"), [("up", ["a2", "a1"]), ("down", ["a1", "a2"])])
def test_statement_is_moved_by_buttons(operator: Client, drafted: Version, direction: str, order: list[str]) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    move = reverse("admin:frameworks_statement_move", args=[statement.pk])
    response = operator.post(move, {"direction": direction})
    assert response.headers["Location"] == f"{change_page(statement.cell)}#statement-{statement.pk}"
    assert list(Statement.objects.filter(cell=statement.cell).values_list("key", flat=True)) == order
    assert [asked.key for asked in drafted.definition().cells[0].statements] == order


def test_moving_is_refused_in_a_published_version(operator: Client) -> None:
    statement = Statement.objects.get(key="a2")
    move = reverse("admin:frameworks_statement_move", args=[statement.pk])
    assert operator.post(move, {"direction": "up"}).status_code == 403
    assert operator.get(move).status_code == 403


def test_saving_a_statement_can_lead_to_the_next_one(operator: Client, drafted: Version) -> None:
    first, second = (Statement.objects.get(version=drafted, key=key) for key in ("a1", "a2"))
    sent = fields_of(operator.get(change_page(first)).content.decode())
    response = operator.post(change_page(first), sent | {"essential": "on", "_next": "Save and next"})
    assert response.headers["Location"] == change_page(second)


def test_key_that_was_published_stays(operator: Client, drafted: Version) -> None:
    known = Statement.objects.get(version=drafted, key="a1")
    assert 'name="key"' not in operator.get(change_page(known)).content.decode()
    add = f"/admin/frameworks/statement/add/?cell={known.cell_id}"
    assert 'name="key"' in operator.get(add).content.decode()


def test_statement_is_previewed_as_a_lead_will_see_it_and_nothing_is_saved(operator: Client, drafted: Version) -> None:
    before = list(Statement.objects.values())
    typed = {"text": "<b>Bold</b>", "help": "What counts.", "evidence": "One\n\nTwo"}
    html = operator.post("/admin/frameworks/statement/preview/", typed).content.decode()
    assert "<h3>&lt;b&gt;Bold&lt;/b&gt;</h3>" in html
    assert [text in html for text in ("What counts.", "One; Two", "Largely in place")] == [True, True, True]
    assert list(Statement.objects.values()) == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "x" * 201}, "Ensure this value has at most 200 characters"),
        ({"text": "Turned \u202e round"}, "The character U+202E is not allowed."),
        ({"help": "x" * 1001}, "expected at most 1000 characters, got 1001"),
        ({"evidence": "\n".join("x" * 11)}, "expected 0 to 10 items, got 11"),
    ],
)
def test_what_a_file_may_not_say_cannot_be_typed(
    operator: Client, drafted: Version, typed: dict[str, str], said: str
) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    sent = fields_of(operator.get(change_page(statement)).content.decode())
    assert said in operator.post(change_page(statement), sent | typed).content.decode()
    assert Statement.objects.get(pk=statement.pk).text == statement.text


def test_line_breaks_of_a_browser_are_kept_as_a_file_has_them(operator: Client, drafted: Version) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    sent = fields_of(operator.get(change_page(statement)).content.decode())
    operator.post(change_page(statement), sent | {"help": "One.\r\nTwo."})
    assert Statement.objects.get(pk=statement.pk).help == "One.\nTwo."


def test_example_is_edited_as_in_a_file(operator: Client, drafted: Version) -> None:
    example = drafted.examples.first()
    assert example
    sent = fields_of(operator.get(change_page(example)).content.decode())
    wrong = operator.post(change_page(example), sent | {"answers": "a1: F\na2: maybe"}).content.decode()
    assert "2:1: a2: expected one of N, P, L, F, DK, NA, or a mapping, got &quot;maybe&quot;" in wrong
    operator.post(
        change_page(example), sent | {"answers": "a1: F\na2: {rating: NA, reason: None}", "level": "0", "coverage": ""}
    )
    example.refresh_from_db()
    assert list(example.definition().answers) == ["a1", "a2"]
    assert example.definition().expect.level == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"level": "11"}, "Ensure this value is less than or equal to 10."),
        (
            {"achievement": "68 %"},
            "expected a share with four decimals such as &quot;0.6875&quot;, got",
        ),
    ],
)
def test_example_expects_only_what_a_file_may_expect(
    operator: Client, drafted: Version, typed: dict[str, str], said: str
) -> None:
    example = drafted.examples.get(name="Level 2 is reached")
    sent = fields_of(operator.get(change_page(example)).content.decode())
    assert said in operator.post(change_page(example), sent | typed).content.decode()
    assert Example.objects.get(pk=example.pk).expect == example.expect


def read_in(html: str, field: str) -> list[str]:
    """The items of the list that a page shows for a field."""
    shown = html.partition(f"field-{field}")[2].partition("</ul>")[0]
    return [strip_tags(item) for item in re.findall("<li>(.*?)</li>", shown)]


def test_lists_of_a_published_version_are_read_as_lists(operator: Client, drafted: Version) -> None:
    Version.objects.filter(pk=drafted.pk).update(limits=["No agents.", "No <law>."])
    Statement.objects.filter(version=drafted, key="a1").update(evidence=["A log"])
    publish_draft(drafted, "1.1", "More.")
    shown = {
        "limits_listed": (drafted, ["No agents.", "No &lt;law&gt;."]),
        "evidence_listed": (drafted.statements.get(key="a1"), ["A log"]),
        "sources_listed": (drafted.cells.first(), ["How an assessment is scored"]),
        "answers_told": (
            drafted.examples.first(),
            ["Partly in place: a3", "Largely in place: a2, b2", "Fully in place: a1, b1"],
        ),
        "expected": (
            drafted.examples.first(),
            ["Level: 2", "Secured level: 2", "Achievement: 0.7222", "Coverage: 1.0000"],
        ),
    }
    for field, (row, items) in shown.items():
        html = operator.get(change_page(row)).content.decode()
        assert (field, read_in(html, field)) == (field, items)


@pytest.mark.parametrize("number", ["²", "9" * 30, "-1", "x"])
@pytest.mark.parametrize("asked", ["cell/add/?level", "statement/add/?cell", "level/add/?version"])
def test_part_asked_for_in_no_place_gets_an_empty_form(operator: Client, asked: str, number: str) -> None:
    assert operator.get(f"/admin/frameworks/{asked}={number}").status_code == 200


def test_statement_cannot_be_added_to_a_published_version(operator: Client) -> None:
    sent = {"cell": Cell.objects.all()[0].pk, "key": "new", "text": "New.", "weight": 1, "effort": 2, "required": "F"}
    html = operator.post("/admin/frameworks/statement/add/", sent).content.decode()
    assert "Select a valid choice." in html
    assert not Statement.objects.filter(key="new").exists()


def test_statement_cannot_be_moved_to_another_version(operator: Client, drafted: Version) -> None:
    other = draft(replace(worked_example(), version="1.2"))
    statement = Statement.objects.get(version=drafted, key="a2")
    sent = fields_of(operator.get(change_page(statement)).content.decode())
    html = operator.post(change_page(statement), sent | {"cell": str(other.cells.all()[0].pk)}).content.decode()
    assert "Select a valid choice." in html
    assert Statement.objects.get(pk=statement.pk).cell_id == statement.cell_id


def test_cell_takes_level_and_pillar_of_one_version(operator: Client, drafted: Version) -> None:
    other = draft(replace(worked_example(), version="1.2"))
    Cell.objects.filter(version=drafted).delete()
    places = {"level": drafted.levels.all()[0].pk, "pillar": other.pillars.all()[0].pk}
    sent = {"basis": "stated", "fact": "A fact.", "sources": "rules"}
    html = operator.post("/admin/frameworks/cell/add/", places | sent).content.decode()
    assert "Select a valid choice." in html
    assert not Cell.objects.filter(version=drafted).exists()


@pytest.mark.parametrize(("model", "within"), [(Statement, "cell"), (Cell, "level"), (Cell, "pillar")])
def test_part_refuses_to_stand_in_another_version(drafted: Version, model: Any, within: str) -> None:
    row = model.objects.filter(version=drafted)[0]
    setattr(row, within, getattr(model.objects.exclude(version=drafted)[0], within))
    with pytest.raises(Elsewhere):
        row.save()


def test_second_of_two_tabs_is_told_instead_of_overwriting(operator: Client, drafted: Version) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    first = second = fields_of(operator.get(change_page(statement)).content.decode())
    operator.post(change_page(statement), first | {"help": "From the first tab."})
    html = operator.post(change_page(statement), second | {"text": "From the second tab."}).content.decode()
    assert "This was changed since you opened it" in html
    assert "From the second tab." in html
    statement.refresh_from_db()
    assert (statement.help, statement.text) == ("From the first tab.", first["text"])


def test_level_with_cells_is_not_deleted_by_a_tick(operator: Client, drafted: Version) -> None:
    sent = fields_of(operator.get(change_page(drafted)).content.decode())
    html = operator.post(change_page(drafted), sent | {"levels-0-DELETE": "on"}).content.decode()
    assert "has cells, which would go with it. Delete it on its own page: see the table below." in html
    assert (drafted.levels.count(), drafted.cells.count()) == (2, 4)
