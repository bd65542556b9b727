import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse

from frameworks.drafting import draft
from frameworks.models import Action, Cell, Framework, Level, OfficialBand, Pillar, Practice, Source, Statement, Version
from tests.conftest import Cast
from tests.factories import make_bundled_version, make_user, worked_example

NEVER_ADDED = {"assessment.Assessment"}
assert get_resolver().url_patterns  # with the addresses some models leave the administration
MODELS = sorted(model._meta.label for model in admin.site._registry)


def change_page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def fields_of(html: str) -> dict[str, str]:
    """What the change form would send if nobody touched it."""
    inputs = re.findall(r'<input type="(?:text|number|hidden|url)" name="(.*?)"(?: value="(.*?)")?', html)
    areas = re.findall(r'<textarea name="(.*?)".*?>\s*(.*?)</textarea>', html, re.DOTALL)
    selects = re.findall(r'<select name="(.*?)".*?>.*?<option value="([^"]*)" selected', html, re.DOTALL)
    return {name: value.replace("&quot;", '"') for name, value in [*inputs, *areas, *selects]}


@pytest.fixture
def operator(cast: Cast) -> Client:
    return cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("label", MODELS)
def test_every_list_and_add_page_is_there(operator: Client, label: str) -> None:
    app, model = label.lower().split(".")
    assert operator.get(f"/admin/{app}/{model}/").status_code == 200
    assert operator.get(f"/admin/{app}/{model}/add/").status_code == (403 if label in NEVER_ADDED else 200)


@pytest.mark.parametrize("model", [Version, Level, Pillar, Cell, Statement, Source])
def test_published_version_and_its_parts_are_shown_read_only_with_the_reason(operator: Client, model: Any) -> None:
    html = operator.get(change_page(model.objects.first())).content.decode()
    assert "Worked example 1.0 is published, so nothing in it can be changed. Changes go into a new version." in html
    assert re.findall(r'<(?:input|textarea|select)[^>]* name="(?!csrf|next|.*_FORMS)(\w+)"', html) == []
    assert "deletelink" not in html


@pytest.mark.parametrize("model", [Version, Level, Pillar, Cell, Statement, Source])
def test_published_version_and_its_parts_refuse_posts(operator: Client, model: Any) -> None:
    row, before = model.objects.first(), list(model.objects.values())
    sent = {"name": "Changed", "text": "Changed", "title": "Changed", "fact": "Changed"}
    assert operator.post(change_page(row), sent).status_code == 403
    assert operator.post(change_page(row).replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert list(model.objects.values()) == before


def test_part_cannot_be_added_to_a_published_version(operator: Client) -> None:
    version = Version.objects.get()
    sent = {"version": version.pk, "order": 9, "level": 1, "start": 0, "end": 9}
    html = operator.post("/admin/frameworks/officialband/add/", sent).content.decode()
    assert "Select a valid choice." in html
    assert not OfficialBand.objects.exists()


def test_retired_version_is_as_frozen_as_a_published_one(operator: Client) -> None:
    version = Version.objects.get()
    version.retire()
    assert "Worked example 1.0 is retired, so nothing in it" in operator.get(change_page(version)).content.decode()
    assert operator.post(change_page(version), {"name": "Changed"}).status_code == 403


def test_short_name_of_a_framework_is_set_once(operator: Client) -> None:
    framework = Framework.objects.get()
    assert 'name="slug"' in operator.get("/admin/frameworks/framework/add/").content.decode()
    assert 'name="slug"' not in operator.get(change_page(framework)).content.decode()
    operator.post(change_page(framework), {"slug": "renamed"})
    assert Framework.objects.get().slug == "worked-example"


@pytest.fixture
def drafted(cast: Cast) -> Version:
    return draft(replace(worked_example(), version="1.1"))


def test_statement_of_a_draft_can_be_edited(operator: Client, drafted: Version) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    html = operator.get(change_page(statement)).content.decode()
    assert "nothing in it can be changed" not in html
    response = operator.post(change_page(statement), fields_of(html) | {"text": "Reworded.", "weight": "3"})
    statement.refresh_from_db()
    assert (response.status_code, statement.text, statement.weight) == (302, "Reworded.", 3)
    assert Statement.objects.get(version__minor=0, key="a2").weight == 1


def test_draft_can_be_edited_and_deleted(operator: Client, drafted: Version) -> None:
    html = operator.get(change_page(drafted)).content.decode()
    response = operator.post(change_page(drafted), fields_of(html) | {"name": "Renamed"})
    drafted.refresh_from_db()
    assert (response.status_code, drafted.name, drafted.state) == (302, "Renamed", "draft")
    operator.post(reverse("admin:frameworks_version_delete", args=[drafted.pk]), {"post": "yes"})
    assert list(Version.objects.values_list("minor", flat=True)) == [0]


def test_practice_a_statement_names_cannot_be_deleted(operator: Client) -> None:
    make_bundled_version()
    practice = Statement.objects.exclude(practice=None).first().practice
    operator.post(reverse("admin:frameworks_practice_delete", args=[practice.pk]), {"post": "yes"})
    assert Practice.objects.filter(pk=practice.pk).exists()


@pytest.mark.parametrize("versions", [1, 2])
def test_list_of_statements_asks_the_database_equally_often(
    operator: Client, django_assert_num_queries: Any, versions: int
) -> None:
    if versions > 1:
        make_bundled_version()
    operator.get("/admin/frameworks/statement/")
    with django_assert_num_queries(5):
        operator.get("/admin/frameworks/statement/")


def page(version: Version, name: str) -> str:
    return reverse(f"admin:frameworks_version_{name}", args=[version.pk])


def data(html: str) -> dict[str, str]:
    """What the form of a version sends, with the rows of its tables."""
    checked = re.findall(r'<input type="checkbox" name="([^"]*)" value="([^"]*)"[^>]* checked', html)
    return fields_of(html) | dict(checked)


def test_list_tells_state_counts_and_check(operator: Client, drafted: Version) -> None:
    operator.post("/admin/frameworks/version/", {"action": "check_chosen", "_selected_action": [drafted.pk]})
    html = operator.get("/admin/frameworks/version/").content.decode()
    assert re.findall(r'<span class="tag tag-(\w+)">(\w+)</span>', html) == [("ok", "Published"), ("warn", "Draft")]
    assert html.count("5 statements in 4 cells") == 2
    assert "0 mistakes, 5 warnings" in html


def test_empty_list_offers_the_bundled_frameworks(db: None) -> None:
    client = Cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))
    assert "Import the bundled frameworks" in client.get("/admin/frameworks/version/").content.decode()
    client.post(reverse("admin:frameworks_version_import_bundled"))
    assert Version.objects.published().count() == 6
    assert "Import the bundled frameworks" not in client.get("/admin/frameworks/version/").content.decode()


@pytest.mark.parametrize("versions", [1, 30])
def test_list_of_versions_asks_the_database_equally_often(
    operator: Client, django_assert_num_queries: Any, versions: int
) -> None:
    for minor in range(1, versions):
        draft(replace(worked_example(), version=f"1.{minor}"))
    operator.get("/admin/frameworks/version/")
    with django_assert_num_queries(4):
        operator.get("/admin/frameworks/version/")


@pytest.mark.parametrize("slug", ["worked-example", "microsoft-genaiops"])
def test_page_of_a_version_asks_the_database_equally_often(
    operator: Client, django_assert_num_queries: Any, slug: str
) -> None:
    version = make_bundled_version() if slug != "worked-example" else Version.objects.get()
    operator.get(change_page(version))
    with django_assert_num_queries(11):
        operator.get(change_page(version))


def test_actions_create_a_draft_and_lead_to_export_and_copy(operator: Client) -> None:
    version = Version.objects.get()
    chosen = {"_selected_action": [version.pk]}
    exported = operator.post("/admin/frameworks/version/", chosen | {"action": "export_chosen"})
    copied = operator.post("/admin/frameworks/version/", chosen | {"action": "copy_chosen"})
    assert exported.headers["Location"] == page(version, "export")
    assert copied.headers["Location"] == page(version, "copy")
    operator.post("/admin/frameworks/version/", chosen | {"action": "draft_chosen"})
    assert list(Version.objects.values_list("minor", "state")) == [(0, "published"), (1, "draft")]


def test_no_page_of_the_largest_framework_sends_more_than_300_fields(operator: Client) -> None:
    made = draft(replace(make_bundled_version().definition(), version="1.1"))
    rows = [made, made.cells.first(), made.statements.first(), made.examples.first(), made.sources.first()]
    pages = [operator.get(change_page(row)).content.decode() for row in rows]
    sent = [len(re.findall(r"<(?:input|textarea|select)[^>]* name=", html)) for html in pages]
    assert max(sent) <= 120


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
        change_page(example), sent | {"answers": "a1: F\na2: {rating: NA, reason: None}", "expect": "level: 0"}
    )
    example.refresh_from_db()
    assert list(example.definition().answers) == ["a1", "a2"]
    assert example.definition().expect.level == 0


def test_check_names_each_mistake_with_the_page_that_mends_it(operator: Client, drafted: Version) -> None:
    Statement.objects.filter(version=drafted, key="b2").update(weight=7)
    statement = Statement.objects.get(version=drafted, key="b2")
    html = operator.get(page(drafted, "check")).content.decode()
    assert f'<a href="{change_page(statement)}">Statement: {statement.text}, Weight</a>' in html
    assert "expected an integer from 1 to 3, got &quot;7&quot;" in html


def test_publishing_is_blocked_by_mistakes(operator: Client, drafted: Version) -> None:
    Statement.objects.filter(version=drafted, key="b2").update(weight=7)
    assert "Publish this version" not in operator.get(page(drafted, "publish")).content.decode()
    operator.post(page(drafted, "publish"), {"number": "2.0", "note": "Note", "accepted": "on"})
    assert Version.objects.get(pk=drafted.pk).is_draft


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"number": "1.1", "accepted": "on"}, "Say what changed, in a sentence or two."),
        ({"number": "1.1", "note": "Note"}, "Look at the warnings, then tick this."),
        ({"number": "one", "note": "Note", "accepted": "on"}, "Give two whole numbers, such as 1.2."),
        ({"number": "1.0", "note": "Note", "accepted": "on"}, "Version 1.0 exists already."),
    ],
)
def test_publishing_wants_number_note_and_a_look_at_the_warnings(
    operator: Client, drafted: Version, sent: dict[str, str], said: str
) -> None:
    assert said in operator.post(page(drafted, "publish"), sent).content.decode()
    assert Version.objects.get(pk=drafted.pk).is_draft


def test_published_draft_has_its_note_on_the_public_page(operator: Client, drafted: Version) -> None:
    Statement.objects.filter(version=drafted, key="a2").update(text="Said better.")
    html = operator.get(page(drafted, "publish")).content.decode()
    assert 'name="number" value="1.1"' in html
    assert "<ins>" in html
    operator.post(page(drafted, "publish"), {"number": "1.1", "note": "Said <better>.", "accepted": "on"})
    assert Version.objects.get(pk=drafted.pk).state == "published"
    public = operator.get("/frameworks/worked-example/").content.decode()
    assert "Said &lt;better&gt;." in public


def test_comparison_shows_words_that_came_and_went(operator: Client, drafted: Version) -> None:
    statement = Statement.objects.get(version=drafted, key="a2")
    Statement.objects.filter(pk=statement.pk).update(text=f"{statement.text} Always.")
    html = operator.get(page(drafted, "compare")).content.decode()
    assert "<ins> Always.</ins>" in html
    assert "Only words change" in html


def test_retiring_is_confirmed_and_keeps_the_rounds(operator: Client) -> None:
    version = Version.objects.get()
    assert "Rounds that use it go on" in operator.get(page(version, "retire")).content.decode()
    operator.post(page(version, "retire"))
    assert Version.objects.get().state == "retired"


def test_draft_and_copy_are_made_by_posts(operator: Client) -> None:
    version = Version.objects.get()
    assert operator.get(page(version, "draft")).status_code == 405
    operator.post(page(version, "draft"))
    taken = operator.post(page(version, "copy"), {"slug": "worked-example", "name": "Ours"}).content.decode()
    assert "There is a framework with this short name already." in taken
    operator.post(page(version, "copy"), {"slug": "ours", "name": "Ours"})
    assert [str(made) for made in Version.objects.filter(state="draft")] == ["Ours 1.0", "Worked example 1.1"]


def test_history_tells_who_changed_what_word_by_word(operator: Client) -> None:
    version = Version.objects.get()
    operator.post(page(version, "draft"))
    made = Version.objects.get(minor=1)
    statement = Statement.objects.get(version=made, key="a2")
    sent = fields_of(operator.get(change_page(statement)).content.decode())
    operator.post(change_page(statement), sent | {"text": f"{statement.text} Always."})
    html = operator.get(reverse("admin:frameworks_version_history", args=[made.pk])).content.decode()
    assert re.findall(r"<p>(\w+): ([\w ]+) <strong>", html) == [
        ("Changed", "statement"),
        ("Added", "framework version"),
    ]
    assert "<ins> Always.</ins>" in html
    assert "root@example.org" in html


@pytest.mark.parametrize("name", ["check", "export", "compare", "publish", "copy", "retire", "history"])
def test_pages_of_versions_are_for_staff_with_rights(cast: Cast, name: str) -> None:
    version = Version.objects.get()
    assert cast.client_of(cast.charlie).get(page(version, name)).status_code == 302
    looks = make_user("looks@example.org", is_staff=True)
    assert cast.client_of(looks).get(page(version, name)).status_code == 403


def test_practice_and_action_tell_where_they_are_used(operator: Client) -> None:
    make_bundled_version()
    statement = Statement.objects.exclude(practice=None).select_related("practice")[0]
    html = operator.get(change_page(statement.practice)).content.decode()
    assert f'href="{change_page(statement)}"' in html
    action = next(row for row in Action.objects.all() if statement.practice_id in row.practices)
    assert f'href="{change_page(action)}"' in html
    assert f'href="{change_page(statement)}"' in operator.get(change_page(action)).content.decode()


def test_check_of_an_empty_draft_points_to_the_version_itself(operator: Client, drafted: Version) -> None:
    for parts in (drafted.levels, drafted.sources, drafted.examples):
        parts.all().delete()
    html = operator.get(page(drafted, "check")).content.decode()
    assert re.findall(r">Framework version: Worked example 1.1, ([\w ]+)</a>", html) == [
        "Sources",
        "Levels",
        "Cells",
        "Worked examples",
    ]
