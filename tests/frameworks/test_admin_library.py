"""Practices and actions, changed and taken back."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from frameworks import library
from frameworks.definition import Practice as Said
from frameworks.models import Action, Practice, Statement
from frameworks.stocking import update_actions, update_practices
from tests.conftest import Cast
from tests.factories import make_bundled_version, make_user
from tests.frameworks.admin_pages import change_page

pytestmark = pytest.mark.django_db


def test_practice_a_statement_names_cannot_be_deleted(operator: Client) -> None:
    make_bundled_version()
    practice = Statement.objects.exclude(practice=None).first().practice
    operator.post(reverse("admin:frameworks_practice_delete", args=[practice.pk]), {"post": "yes"})
    assert Practice.objects.filter(pk=practice.pk).exists()


def test_practice_and_action_tell_where_they_are_used(operator: Client) -> None:
    make_bundled_version()
    statement = Statement.objects.exclude(practice=None).select_related("practice")[0]
    html = operator.get(change_page(statement.practice)).content.decode()
    assert f'href="{change_page(statement)}"' in html
    action = next(row for row in Action.objects.all() if statement.practice_id in row.practices)
    assert f'href="{change_page(action)}"' in html
    assert f'href="{change_page(statement)}"' in operator.get(change_page(action)).content.decode()


@pytest.fixture
def rewritten(operator: Client) -> Practice:
    """The first bundled practice, with a name of the admin's own."""
    update_practices(library.practices().values())
    row = Practice.objects.all()[0]
    operator.post(library_page(row, "change"), {"name": "Ours", "summary": row.summary})
    row.refresh_from_db()
    assert row.name == "Ours"
    return row


def library_page(row: Any, name: str) -> str:
    return reverse(f"admin:frameworks_{row._meta.model_name}_{name}", args=[row.pk])


def test_loading_leaves_what_an_admin_changed_and_says_so(rewritten: Practice) -> None:
    out = StringIO()
    call_command("load_frameworks", stdout=out)
    rewritten.refresh_from_db()
    assert rewritten.name == "Ours"
    assert "practices and actions changed here: 1 left as they are" in out.getvalue().splitlines()


def test_loading_leaves_a_practice_of_ours_that_a_release_names_alike(operator: Client) -> None:
    operator.post("/admin/frameworks/practice/add/", {"slug": "prompts", "name": "Ours", "summary": "Ours alone."})
    assert update_practices([Said("prompts", "Prompts", "Prompts are designed.")]) == 0
    assert [row.name for row in Practice.objects.all()] == ["Ours"]


def test_what_comes_with_waymark_is_taken_back(operator: Client, rewritten: Practice) -> None:
    shipped = library.practices()[rewritten.slug]
    html = operator.get(library_page(rewritten, "change")).content.decode()
    assert f"<del>Ours</del><ins>{shipped.name}</ins>" in html
    assert operator.get(library_page(rewritten, "take_back")).status_code == 405
    operator.post(library_page(rewritten, "take_back"))
    rewritten.refresh_from_db()
    assert (rewritten.definition(), rewritten.changed_here) == (shipped, False)
    assert [change.name for change in rewritten.history.all()] == [shipped.name, "Ours"]
    assert update_practices(library.practices().values()) == 0


def test_action_is_taken_back_too(operator: Client) -> None:
    update_practices(library.practices().values())
    update_actions(library.actions().values())
    row = Action.objects.all()[0]
    Action.objects.filter(pk=row.pk).update(title="Ours", first_month=None, last_month=None, changed_here=True)
    operator.post(library_page(row, "take_back"))
    row.refresh_from_db()
    assert row.definition() == library.actions()[row.key]


def test_typing_the_shipped_words_again_is_no_change(operator: Client, rewritten: Practice) -> None:
    shipped = library.practices()[rewritten.slug]
    operator.post(library_page(rewritten, "change"), {"name": shipped.name, "summary": shipped.summary})
    rewritten.refresh_from_db()
    assert rewritten.changed_here is False


def test_what_comes_with_waymark_is_not_deleted_since_it_would_come_back(operator: Client, rewritten: Practice) -> None:
    assert operator.post(library_page(rewritten, "delete"), {"post": "yes"}).status_code == 403
    own = Practice.objects.create(slug="own", name="Own", summary="Own.", changed_here=True)
    operator.post(library_page(own, "delete"), {"post": "yes"})
    assert not Practice.objects.filter(pk=own.pk).exists()


def test_taking_back_is_for_staff_with_rights(rewritten: Practice) -> None:
    looks = Cast.client_of(make_user("looks@example.org", is_staff=True))
    assert looks.post(library_page(rewritten, "take_back")).status_code == 403
    rewritten.refresh_from_db()
    assert rewritten.name == "Ours"
