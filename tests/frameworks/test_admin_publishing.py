"""A draft checked, compared and published."""

import re
from typing import Any

import pytest
from django.test import Client

from frameworks.models import (
    Statement,
    Version,
)
from tests.frameworks.admin_pages import change_page, page

pytestmark = pytest.mark.django_db


def test_check_names_each_mistake_with_the_page_that_mends_it(operator: Client, drafted: Version) -> None:
    Statement.objects.filter(version=drafted, key="b2").update(weight=7)
    statement = Statement.objects.get(version=drafted, key="b2")
    html = operator.get(page(drafted, "check")).content.decode()
    assert f'<a href="{change_page(statement)}">Statement: {statement.text}, Weight</a>' in html
    assert "expected an integer from 1 to 3, got &quot;7&quot;" in html


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
    note = "Said <better>." + "\r\n" * 1000 + "x" * 986
    operator.post(page(drafted, "publish"), {"number": "1.1", "note": note, "accepted": "on"})
    published = Version.objects.get(pk=drafted.pk)
    assert (published.state, len(published.note)) == ("published", 2000)
    public = operator.get("/frameworks/worked-example/").content.decode()
    assert "Said &lt;better&gt;." in public


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Nothing changes but the number."),
        ({"text": "Said better."}, "Only words change"),
        ({"weight": 3}, "Structure or scoring changes"),
    ],
)
def test_page_of_a_draft_tells_how_much_changed(
    operator: Client, drafted: Version, changed: dict[str, Any], said: str
) -> None:
    Statement.objects.filter(version=drafted, key="a2").update(**changed or {"key": "a2"})
    html = operator.get(change_page(drafted)).content.decode()
    assert said in html
    assert f'<a href="{page(drafted, "compare")}?with={Version.objects.get(minor=0).pk}">Compare with 1.0</a>' in html


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
