import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse

from frameworks.drafting import draft
from frameworks.models import (
    Cell,
    Framework,
    Level,
    Pillar,
    Source,
    Statement,
    Version,
)
from tests.conftest import Cast
from tests.factories import make_bundled_version, make_user, worked_example
from tests.frameworks.admin_pages import change_page, fields_of, page

NEVER_ADDED = {
    "assessment.Assessment",
    "assessment.Round",
    "mfa.Authenticator",
    "people.Team",
    "socialaccount.SocialAccount",
}
assert get_resolver().url_patterns  # with the addresses some models leave the administration
MODELS = sorted(model._meta.label for model in admin.site._registry)


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


def test_draft_can_be_edited_and_deleted(operator: Client, drafted: Version) -> None:
    html = operator.get(change_page(drafted)).content.decode()
    response = operator.post(change_page(drafted), fields_of(html) | {"name": "Renamed"})
    drafted.refresh_from_db()
    assert (response.status_code, drafted.name, drafted.state) == (302, "Renamed", "draft")
    operator.post(reverse("admin:frameworks_version_delete", args=[drafted.pk]), {"post": "yes"})
    assert list(Version.objects.values_list("minor", flat=True)) == [0]


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
    with django_assert_num_queries(12):
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


def test_draft_and_copy_are_made_by_posts(operator: Client) -> None:
    version = Version.objects.get()
    assert operator.get(page(version, "draft")).status_code == 405
    operator.post(page(version, "draft"))
    again = operator.post(page(version, "draft"), follow=True).content.decode()
    assert "Worked example 1.1 is a draft that says what 1.0 says: go on with it." in again
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


def test_short_name_of_a_deleted_draft_is_free_again(operator: Client) -> None:
    version = Version.objects.get()
    for _time in range(2):
        operator.post(page(version, "copy"), {"slug": "ours", "name": "Ours"})
        made = Version.objects.get(framework__slug="ours")
        operator.post(reverse("admin:frameworks_version_delete", args=[made.pk]), {"post": "yes"})
    assert not Version.objects.filter(framework__slug="ours").exists()


def test_history_of_no_version_is_not_found(operator: Client) -> None:
    assert operator.get("/admin/frameworks/version/x/history/").status_code == 404
