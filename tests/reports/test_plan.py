"""A team's plan. Alice leads and keeps it, Bob reads it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessment.models import PlannedAction
from people.models import Membership
from reports import wording
from tests.conftest import Cast
from tests.factories import (
    WORKED_RATINGS,
    make_assessment,
    make_bundled_version,
    make_planned,
    make_round,
    make_user,
)

MIDDLE = WORKED_RATINGS | {"b2": "P"}
FILLED = {
    "title": "Write tests",
    "owner": "Developers",
    "starts_on": "2026-11-01",
    "due_on": "2027-01-31",
    "state": "planned",
    "effort": "2",
    "revision": "0",
}


def answered(cast: Cast, ratings: dict[str, str] | None = None) -> str:
    for key, rating in (ratings or MIDDLE).items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    return f"{cast.assessment.get_absolute_url()}plan/"


def planned(cast: Cast, title: str = "Write tests", days: int = 30, **fields: Any) -> PlannedAction:
    today = timezone.localdate()
    fields = {"starts_on": min(today, today + timedelta(days)), "due_on": today + timedelta(days)} | fields
    return make_planned(round=cast.assessment.round, assessment=cast.assessment, title=title, **fields)


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode().replace(wording.NBSP, " ")


def groups(html: str) -> dict[str, list[str]]:
    """The actions' titles under each heading."""
    parts = re.split(r'<h2 id="(?:now|next|later|done|dropped)">', html)[1:]
    return {part.split("</h2>")[0]: re.findall(r"<h3>(.*?)</h3>", part.split("</section>")[0]) for part in parts}


def line(html: str, row: PlannedAction) -> str:
    text = html.split(f'id="{row.code}">')[1].split("<section")[0].split('<li class="plan-line"')[0]
    return " ".join(re.sub("<.*?>", " ", text).split())


def test_empty_plan_says_how_to_fill_it(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast))
    assert "Nothing is planned yet." in html
    assert groups(html) == {}


def test_actions_are_grouped_by_when_they_are_due(cast: Cast, bob: Client) -> None:
    for title, days in (("Soon", 90), ("Late", -3), ("Next", 200), ("Later", 400)):
        planned(cast, title, days)
    planned(cast, "Over", 10, state="done")
    planned(cast, "Never", 10, state="dropped")
    assert groups(page(bob, answered(cast))) == {
        "Now, within 3 months": ["Late", "Soon"],
        "Next, within 12 months": ["Next"],
        "Later, after 12 months": ["Later"],
        "Done": ["Over"],
        "Dropped": ["Never"],
    }


def test_overdue_is_said_in_words(cast: Cast, bob: Client) -> None:
    late, done = planned(cast, "Late", -3), planned(cast, "Done", -3, state="done")
    html = page(bob, answered(cast))
    assert ", overdue by 3 days" in line(html, late)
    assert "overdue" not in line(html, done)


def test_action_says_what_it_would_bring_and_the_plan_what_all_would(cast: Cast, bob: Client) -> None:
    one, other = planned(cast, "One", statements=["a3"]), planned(cast, "Other", statements=["b2"])
    html = page(bob, answered(cast))
    assert "Still level 1, Started; 72 % instead of 61 % of what this model asks is in place." in line(html, one)
    assert "Level 2, Practised instead of level 1, Started; 72 % instead of 61 %" in line(html, other)
    assert "With all of it done: Level 2, Practised instead of level 1, Started. 83 % instead of 61 %" in html


def test_done_action_offers_its_statements_for_a_fresh_answer(cast: Cast, alice: Client, bob: Client) -> None:
    row = planned(cast, statements=["a3", "a1"], state="done")
    path = answered(cast)
    again = f'href="{cast.assessment.url("statement", "a3")}"'
    assert again in page(alice, path)
    assert "Answer these again, now that it is done: The third thing of pillar A is in place." in line(
        page(alice, path), row
    )
    assert cast.assessment.url("statement", "a1") not in page(alice, path), "it is in place already"
    assert again not in page(bob, path)
    cast.assessment.submit(by=cast.alice)
    assert "Answer these again in the next round:" in line(page(alice, path), row)


def test_library_is_offered_without_what_is_planned(cast: Cast, alice: Client) -> None:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    ratings = dict.fromkeys(round.version.definition().statements, "P")
    assessment = make_assessment(team=cast.team, round=round, ratings=ratings)
    path = f"{assessment.get_absolute_url()}plan/"
    offered = re.findall(r'name="action" value="([\w-]+)"', page(alice, path))
    assert len(offered) > 3
    response = alice.post(path, {"action": offered[0]}, follow=True)
    assert "is in the plan." in response.content.decode()
    assert re.findall(r'name="action" value="([\w-]+)"', page(alice, path)) == offered[1:]
    row = PlannedAction.objects.get()
    assert (row.action, row.revision, row.changed_by) == (offered[0], 0, cast.alice)
    assert row.statements
    assert row.output


def test_nothing_new_leaves_the_plan_as_it_is(cast: Cast, alice: Client) -> None:
    response = alice.post(answered(cast), {"action": "nothing"}, follow=True)
    assert "Nothing new was chosen, so the plan is as it was." in response.content.decode()


def test_lead_writes_an_action(cast: Cast, alice: Client) -> None:
    path = answered(cast)
    response = alice.post(f"{path}new/", FILLED | {"person": cast.bob.pk, "statements": ["a3"]})
    assert response.headers["Location"] == path
    row = PlannedAction.objects.get()
    assert (row.title, row.person, row.due_on, row.statements) == ("Write tests", cast.bob, date(2027, 1, 31), ["a3"])
    assert "Bob" in line(page(alice, path), row)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"due_on": "2026-10-01"}, "Choose a day on or after the start."),
        ({"due_on": "soon"}, "Enter a valid date."),
        ({"statements": ["nothing"]}, "Select a valid choice."),
        ({"effort": "9"}, "Select a valid choice."),
    ],
)
def test_action_not_filled_in_well_is_kept_in_sight(
    cast: Cast, alice: Client, wrong: dict[str, Any], said: str
) -> None:
    response = alice.post(f"{answered(cast)}new/", FILLED | {"kpi": "All green"} | wrong)
    html = response.content.decode()
    assert (response.status_code, said in html, "All green" in html) == (422, True, True)
    assert "<title>Error: " in html
    assert not PlannedAction.objects.exists()


def test_person_of_another_organization_cannot_be_chosen(cast: Cast, alice: Client) -> None:
    response = alice.post(f"{answered(cast)}new/", FILLED | {"person": cast.charlie.pk})
    assert response.status_code == 422
    assert "Charlie" not in response.content.decode()


def test_who_has_left_stays_named_by_role(cast: Cast, alice: Client) -> None:
    eve = make_user("eve@example.org", name="Eve")
    row = planned(cast, person=eve, owner="Platform team")
    path = answered(cast)
    assert "Eve" in line(page(alice, path), row)
    eve.delete()
    assert "Platform team" in line(page(alice, path), row)


def test_action_is_changed(cast: Cast, alice: Client) -> None:
    row = planned(cast)
    path = answered(cast)
    assert alice.post(f"{path}{row.code}/", FILLED | {"state": "doing"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.revision) == ("doing", 1)


def test_two_who_change_an_action_are_both_shown(cast: Cast, alice: Client) -> None:
    row = planned(cast)
    path = f"{answered(cast)}{row.code}/"
    owner = make_user("olivia@example.org", name="Olivia")
    Membership.objects.create(user=owner, organization=cast.organization, is_owner=True)
    cast.client_of(owner).post(path, FILLED | {"title": "Write many tests"})
    response = alice.post(path, FILLED | {"title": "Write few tests"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Olivia changed this action" in html
    assert "Write many tests" in html
    assert 'value="Write few tests"' in html
    row.refresh_from_db()
    assert row.title == "Write many tests"
    [revision] = re.findall(r'name="revision" value="(\d+)"', html)
    assert alice.post(path, FILLED | {"title": "Write few tests", "revision": revision}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.revision) == ("Write few tests", 2)


def test_action_of_another_plan_is_not_found(cast: Cast, alice: Client) -> None:
    other = make_assessment(
        team=cast.team,
        round=make_round(organization=cast.organization, name="Other", version=cast.assessment.round.version),
    )
    row = make_planned(round=other.round, assessment=other)
    assert alice.get(f"{answered(cast)}{row.code}/").status_code == 404


def test_plan_is_a_file_that_no_spreadsheet_runs(cast: Cast, bob: Client) -> None:
    planned(cast, '=HYPERLINK("x")', owner="Platform", statements=["a3"])
    answered(cast)
    response = bob.get(f"{cast.assessment.get_absolute_url()}plan.csv")
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    heads, row = content.lstrip("\ufeff").splitlines()
    assert heads == "Action,Responsible,Starts,Due,State,Effort,Output,KPI,Statements"
    assert row.startswith('"\'=HYPERLINK(""x"")",Platform,')
    assert row.endswith("Planned,medium,,,The third thing of pillar A is in place.")


@pytest.mark.parametrize("rows", [1, 30])
def test_plan_asks_the_database_equally_often_for_one_and_thirty_actions(
    cast: Cast, bob: Client, django_assert_num_queries: Any, rows: int
) -> None:
    path = answered(cast)
    for number in range(rows):
        planned(cast, f"Action {number}", statements=["a3"], person=cast.bob)
    page(bob, path)
    with django_assert_num_queries(9):
        assert page(bob, path).count('<li class="plan-line"') == rows


def test_longest_output_is_counted_as_a_browser_counts_it(cast: Cast, alice: Client) -> None:
    row = planned(cast)
    path, longest = answered(cast).replace("plan/", f"plan/{row.code}/"), "x\r\n" * 149 + "yy"
    assert alice.post(path, FILLED | {"output": longest, "kpi": longest}).status_code == 302
    row.refresh_from_db()
    assert row.output == row.kpi == longest.replace("\r\n", "\n")
    assert len(row.output) == 300
