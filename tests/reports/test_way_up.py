"""Ticking what one would put in place, and seeing what it gives. Alice leads, Bob reads."""

import re
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, PlannedAction
from reports import closing, wording
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_bundled_version, make_round, make_team

MIDDLE = WORKED_RATINGS | {"b2": "P"}


def answered(cast: Cast, ratings: dict[str, str] | None = None) -> str:
    for key, rating in (ratings or MIDDLE).items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    return f"{cast.assessment.get_absolute_url()}way-up/"


def full(cast: Cast) -> Assessment:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full", target_level=3)
    keys = list(round.version.definition().statements)
    ratings = dict(zip(keys, ["F", "L", "P", "N", "F"] * 20, strict=False))
    return make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=round, ratings=ratings)


def page(client: Client, path: str, **headers: str) -> str:
    return client.get(path, **headers).content.decode().replace(wording.NBSP, " ")


def claim(html: str) -> str:
    return re.findall(r'<h2 id="outlook-title".*?>(.*?)</h2>', html)[0]


def ticked(html: str, name: str = "statement") -> list[str]:
    return re.findall(rf'<input type="checkbox" name="{name}" value="([\w-]+)"[^>]* checked>', html)


def test_page_begins_with_the_shortest_way(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast))
    assert (ticked(html), claim(html)) == (["b2"], "Level 2, Practised instead of level 1, Started")
    assert "72 % instead of 61 % of what this model asks is in place." in html
    assert "1 statement put in place, at an effort of 2." in html
    assert "Pillar B, level 2: Partly in place → Largely in place" in html


def test_what_is_ticked_decides(cast: Cast, bob: Client) -> None:
    path = answered(cast)
    html = page(bob, f"{path}?chosen=1&statement=a3")
    assert (ticked(html), claim(html)) == (["a3"], "Still level 1, Started")
    nothing = page(bob, f"{path}?chosen=1")
    assert (ticked(nothing), claim(nothing)) == ([], "Nothing is ticked yet.")


def test_action_ticks_all_it_closes(cast: Cast, bob: Client) -> None:
    html = page(bob, f"{full(cast).get_absolute_url()}way-up/?chosen=1&action=pipeline-first")
    [action] = re.findall(r'name="action" value="([\w-]+)"', html)[:1]
    html = page(bob, f"{full_path(cast)}?chosen=1&action={action}")
    assert (ticked(html), ticked(html, "action")) == ([], [action])
    assert claim(html) != "Nothing is ticked yet."


def full_path(cast: Cast) -> str:
    return f"{Assessment.objects.get(round__name='Full').get_absolute_url()}way-up/"


def test_unknown_things_are_passed_over(cast: Cast, bob: Client) -> None:
    html = page(bob, f"{answered(cast)}?chosen=1&statement=nothing&statement=a1&action=%00&statement=<b>")
    assert claim(html) == "Nothing is ticked yet."


def test_htmx_gets_what_it_gives_alone(cast: Cast, bob: Client) -> None:
    html = page(bob, f"{answered(cast)}?chosen=1&statement=b2", HTTP_HX_REQUEST="true")
    assert html.strip().startswith('<section class="way-outlook" id="outlook"')
    assert claim(html) == "Level 2, Practised instead of level 1, Started"


def test_top_of_the_model_offers_nothing(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast, dict.fromkeys(WORKED_RATINGS, "F")))
    assert "Nothing is missing up to the next level or the target." in html


def test_ticked_becomes_the_plan_for_the_lead_alone(cast: Cast, alice: Client, bob: Client) -> None:
    path = answered(cast)
    plan = f"{cast.assessment.get_absolute_url()}plan/"
    assert [f'action="{plan}"' in page(client, path) for client in (alice, bob)] == [True, False]
    assert alice.post(plan, {"statement": ["b2", "a3", "nothing"]}).headers["Location"] == plan
    assert [
        (each.title, each.statements) for each in PlannedAction.objects.of(cast.assessment.round, cast.assessment)
    ] == [
        ("Put in place: The second thing of pillar B is in place.", ["b2"]),
        ("Put in place: The third thing of pillar A is in place.", ["a3"]),
    ]


def test_ticked_statement_becomes_the_action_that_closes_it(cast: Cast) -> None:
    assessment = full(cast)
    client = cast.client_of(owner(cast))
    html = page(client, f"{assessment.get_absolute_url()}way-up/")
    chosen = ticked(html)
    client.post(f"{assessment.get_absolute_url()}plan/", {"statement": chosen})
    planned = PlannedAction.objects.of(assessment.round, assessment)
    assert sorted(key for each in planned for key in each.statements) == sorted(chosen)
    assert [each for each in planned if each.title.startswith("Put in place") and each.action] == []
    assert "" not in [each.action for each in planned]


def owner(cast: Cast) -> Any:
    membership = cast.bob.membership_set.get()
    membership.is_owner = True
    membership.save()
    return cast.bob


def test_plan_of_a_closed_round_can_still_be_made(cast: Cast, alice: Client) -> None:
    path = answered(cast)
    cast.assessment.submit(by=cast.alice)
    closing.close(cast.assessment.round)
    assert claim(page(alice, path)) == "Level 2, Practised instead of level 1, Started"
    alice.post(f"{cast.assessment.get_absolute_url()}plan/", {"statement": ["b2"]})
    assert PlannedAction.objects.count() == 1


@pytest.mark.parametrize("statements", [5, 52])
def test_way_up_asks_the_database_equally_often_whatever_is_ticked(
    cast: Cast, bob: Client, django_assert_num_queries: Any, statements: int
) -> None:
    path = {5: answered(cast), 52: f"{full(cast).get_absolute_url()}way-up/"}[statements]
    page(bob, path)
    with django_assert_num_queries(8):
        page(bob, path)
    with django_assert_num_queries(8):
        page(bob, f"{path}?chosen=1&statement=a3", HTTP_HX_REQUEST="true")
