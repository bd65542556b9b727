import re

import pytest
from django.test import Client

from assessment.models import Assessment, Round
from tests.conftest import Cast
from tests.factories import make_bundled_version

SCOPE = {
    "systems": "Claims assistant",
    "units": "Motor claims",
    "period": "May to October 2026",
    "decision": "Fund one engineer.",
}


def stored() -> dict[str, str]:
    return Assessment.objects.values("systems", "units", "period", "decision").get()


def test_scope_is_kept_and_shown_again(cast: Cast, alice: Client) -> None:
    response = alice.post(cast.assessment.url("scope"), SCOPE)
    assert response.url == cast.assessment.get_absolute_url()
    assert stored() == SCOPE
    assert "Scope and decision are saved." in alice.get(response.url).content.decode()
    html = alice.get(cast.assessment.url("scope")).content.decode()
    assert re.findall(r'type="text" name="(\w+)" value="(.*?)"', html) == list(SCOPE.items())


def test_scope_raises_the_revision(cast: Cast, alice: Client) -> None:
    alice.post(cast.assessment.url("scope"), SCOPE)
    assert Assessment.objects.get().revision == 1


def test_scope_may_stay_empty(cast: Cast, alice: Client) -> None:
    assert alice.post(cast.assessment.url("scope"), {}).status_code == 302
    assert stored() == {"systems": "", "units": "", "period": "", "decision": ""}


def test_scope_too_long_is_refused_and_kept_in_the_form(cast: Cast, alice: Client) -> None:
    response = alice.post(cast.assessment.url("scope"), SCOPE | {"period": "x" * 101})
    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Scope and decision – Waymark</title>" in html
    assert '<a href="#id_period">Ensure this value has at most 100 characters (it has 101).</a>' in html
    assert f'value="{"x" * 101}"' in html
    assert stored() == {"systems": "", "units": "", "period": "", "decision": ""}


@pytest.mark.parametrize("field", list(SCOPE))
def test_scope_refuses_marks_that_turn_the_text(cast: Cast, alice: Client, field: str) -> None:
    response = alice.post(cast.assessment.url("scope"), SCOPE | {field: "one \N{RIGHT-TO-LEFT OVERRIDE}two"})
    assert response.status_code == 422
    assert f'<a href="#id_{field}">Remove the invisible marks that turn the direction' in response.content.decode()
    assert stored() == {"systems": "", "units": "", "period": "", "decision": ""}


def test_scope_takes_no_other_field(cast: Cast, alice: Client) -> None:
    alice.post(cast.assessment.url("scope"), SCOPE | {"state": "submitted", "official_total": "28", "revision": "9"})
    assert Assessment.objects.values_list("state", "official_total", "revision").get() == ("in_progress", None, 1)


def test_scope_asks_for_the_official_total_where_the_publisher_has_a_questionnaire(cast: Cast, alice: Client) -> None:
    page = cast.assessment.url("scope")
    assert "official_total" not in alice.get(page).content.decode()
    Round.objects.update(version=make_bundled_version("microsoft-genaiops"))
    assert "the total, from 0 to 28" in alice.get(page).content.decode()
    assert alice.post(page, SCOPE | {"official_total": "29"}).status_code == 422
    assert alice.post(page, SCOPE | {"official_total": "16"}).status_code == 302
    assert Assessment.objects.get().official_total == 16
    said = (
        "The publisher&#x27;s own questionnaire gave 16 points, which it counts as level\N{NO-BREAK SPACE}3, Managed."
    )
    assert said in alice.get(cast.assessment.url("assessment") + "result/").content.decode()
