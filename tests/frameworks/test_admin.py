import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from frameworks.drafting import draft
from frameworks.models import Cell, Framework, Level, OfficialBand, Pillar, Practice, Source, Statement, Version
from tests.conftest import Cast
from tests.factories import make_bundled_version, make_user, worked_example

NEVER_ADDED = {"assessment.Assessment"}
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
