"""Rounds: their list, opening one, and what an owner changes in it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessment.models import Answer, Assessment, Round, Target
from frameworks.models import Version
from people.models import Team
from tests.conftest import Cast
from tests.factories import (
    make_assessment,
    make_bundled_version,
    make_member,
    make_organization,
    make_round,
    make_team,
    make_user,
)

LIST = "/o/northwind/rounds/"
NEW = "/o/northwind/rounds/new/"
NEXT_MONTH = timezone.localdate() + timedelta(days=30)
FILLED = {"framework": "worked-example", "name": "H1 2027", "teams": ["claims"]}


@pytest.fixture
def owner(cast: Cast) -> Client:
    user = make_user("olivia@example.org")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def cells(client: Client, path: str) -> list[list[str]]:
    """The text of every cell of the page's first table."""
    found = re.findall(r"<tr.*?>(.*?)</tr>", client.get(path).content.decode().split("<tbody", 1)[1], re.DOTALL)
    return [[" ".join(re.sub("<.*?>", "", cell).split()) for cell in re.split(r"</t[dh]>", row)[:-1]] for row in found]


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


# The list


def test_rounds_show_how_many_teams_have_submitted(cast: Cast, owner: Client) -> None:
    make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=cast.assessment.round)
    Assessment.objects.filter(team=cast.team).update(state="submitted", submitted_at=timezone.now())
    Round.objects.update(due_on=date(2020, 5, 29))
    assert cells(owner, LIST) == [["H2 2026", "Worked example 1.0", "Overdue", "29 May 2020", "1 of 2"]]


def test_rounds_show_a_lead_the_own_rounds_and_teams_alone(cast: Cast, alice: Client, bob: Client) -> None:
    fire = make_team(organization=cast.organization, slug="fire")
    make_assessment(team=fire, round=cast.assessment.round)
    other = make_round(organization=cast.organization, version=cast.assessment.round.version, name="Fire only")
    make_assessment(team=fire, round=other)
    assert [row[0::4] for row in cells(alice, LIST)] == [["H2 2026", "0 of 1"]]
    assert [row[0::4] for row in cells(bob, LIST)] == [["Fire only", "0 of 1"], ["H2 2026", "0 of 2"]]


def test_rounds_without_any_say_what_to_do(cast: Cast, owner: Client, bob: Client) -> None:
    Round.objects.all().delete()
    assert "No round has been opened yet. Open one, and its teams can begin to answer." in text(owner.get(LIST))
    assert "No round has been opened for you yet." in text(bob.get(LIST))


def test_round_is_opened_by_owners_alone(owner: Client, alice: Client, bob: Client) -> None:
    assert ["Open a round" in text(each.get(LIST)) for each in (owner, alice, bob)] == [True, False, False]


@pytest.mark.parametrize("rows", [1, 30])
def test_rounds_take_as_many_queries_for_many(
    cast: Cast, bob: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, rows):
        make_round(organization=cast.organization, version=cast.assessment.round.version, name=f"Round {number}")
    with django_assert_num_queries(3):
        assert len(cells(bob, LIST)) == rows


# Opening one


def test_new_round_describes_the_frameworks(owner: Client) -> None:
    facts = ["about 3 minutes", "5 statements", "2 levels", "2 pillars"]
    assert " ".join(f"<span>{fact}</span>" for fact in facts) in text(owner.get(NEW))
    assert "Waymark. The smallest framework that shows every rule" in text(owner.get(NEW))


def test_archived_team_is_asked_nothing_new(cast: Cast, owner: Client) -> None:
    make_team(organization=cast.organization, slug="pets", archived_at=timezone.now())
    assert owner.post(NEW, FILLED | {"teams": ["claims", "pets"]}).status_code == 422
    change = f"{cast.assessment.round.get_absolute_url()}change/"
    assert owner.post(change, {"teams": ["pets"]}).status_code == 422
    assert Assessment.objects.count() == 1


def test_new_round_gives_every_chosen_team_an_assessment(cast: Cast, owner: Client) -> None:
    make_team(organization=cast.organization, slug="fire")
    make_team(organization=cast.organization, slug="pets")
    given = FILLED | {"teams": ["claims", "pets"], "due_on": NEXT_MONTH.isoformat(), "target_level": "2"}
    response = owner.post(NEW, given)
    made = Round.objects.get(name="H1 2027")
    assert response.url == f"{LIST}{made.code}/"
    assert (made.due_on, made.target_level, made.version) == (NEXT_MONTH, 2, cast.assessment.round.version)
    assert sorted(row.team.slug for row in made.assessments.all()) == ["claims", "pets"]


def test_new_round_carries_answers_over_to_be_confirmed(cast: Cast, owner: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F", note="As before")
    fire = make_team(organization=cast.organization, slug="fire")
    owner.post(NEW, FILLED | {"teams": ["claims", "fire"], "source": str(cast.assessment.round.code)})
    carried = Answer.objects.get(assessment__round__name="H1 2027")
    assert (carried.assessment.team, carried.statement_key, carried.rating) == (cast.team, "a1", "F")
    assert (carried.note, carried.state) == ("As before", "carried")
    assert Assessment.objects.filter(round__name="H1 2027", team=fire).exists()
    assert cast.assessment.answers.get().state == "confirmed"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": "h2 2026"}, "There is a round of this name already. Choose another name."),
        ({"name": ""}, "This field is required."),
        ({"teams": []}, "This field is required."),
        ({"teams": ["theirs"]}, "theirs is not one of the available choices."),
        ({"due_on": "2020-01-01"}, "Choose today or a day to come."),
        ({"target_level": "3"}, "Choose a level from 1 to 2."),
        ({"framework": "invented"}, "invented is not one of the available choices."),
    ],
)
def test_new_round_is_refused_with_the_reason(
    cast: Cast, charlie: Client, owner: Client, changed: dict[str, Any], message: str
) -> None:
    make_team(organization=make_organization("eastwind"), slug="theirs")
    make_bundled_version()
    response = owner.post(NEW, FILLED | changed)
    assert response.status_code == 422
    assert message in text(response)
    assert Round.objects.get() == cast.assessment.round


def test_answers_are_not_carried_over_from_another_framework(cast: Cast, owner: Client) -> None:
    other = make_round(organization=cast.organization, version=make_bundled_version(), name="Other")
    response = owner.post(NEW, FILLED | {"source": str(other.code)})
    assert response.status_code == 422
    assert "That round asked another framework, so none of its answers fit here." in text(response)


def test_answers_are_not_carried_over_from_another_organization(cast: Cast, owner: Client) -> None:
    elsewhere = make_organization("eastwind")
    theirs = make_round(organization=elsewhere, version=cast.assessment.round.version, name="Theirs")
    assert "Theirs" not in text(owner.get(NEW))
    assert owner.post(NEW, FILLED | {"source": str(theirs.code)}).status_code == 422


def test_retired_version_is_not_to_be_chosen(cast: Cast, owner: Client) -> None:
    make_bundled_version()
    cast.assessment.round.version.retire()
    assert 'value="worked-example"' not in text(owner.get(NEW))
    assert owner.post(NEW, FILLED).status_code == 422


def test_new_round_needs_a_framework_and_a_team(cast: Cast, owner: Client) -> None:
    Round.objects.all().delete()
    Team.objects.all().delete()
    html = text(owner.get(NEW))
    assert "Northwind has no team yet. A round needs at least one to ask." in html
    assert '<a class="btn btn-primary" href="/o/northwind/teams/new/">Add a team</a>' in html
    Version.objects.get().retire()
    assert "No framework is published yet." in text(owner.get(NEW))


# The round


def test_round_shows_teams_with_state_and_progress(cast: Cast, owner: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="DK")
    make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=cast.assessment.round)
    assert cells(owner, cast.assessment.round.get_absolute_url()) == [
        ["Claims", "In progress", "1 of 5", "–"],
        ["Fire", "Not yet started", "0 of 5", "–"],
    ]


def test_round_shows_a_lead_the_own_team_to_read(cast: Cast, alice: Client) -> None:
    make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=cast.assessment.round)
    page = cast.assessment.round.get_absolute_url()
    assert [row[0] for row in cells(alice, page)] == ["Claims"]
    assert [word in text(alice.get(page)) for word in ("Change due date", "Close the round", "Result of all")] == [
        False,
        False,
        False,
    ]


def test_round_is_not_found_by_a_lead_of_a_team_it_does_not_ask(cast: Cast) -> None:
    dora = make_user("dora@example.org")
    make_member(dora, cast.organization, leads=[make_team(organization=cast.organization, slug="fire")])
    assert cast.client_of(dora).get(cast.assessment.round.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_round_takes_as_many_queries_for_many_teams(
    cast: Cast, bob: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, rows):
        make_assessment(team=make_team(organization=cast.organization, slug=f"t{number}"), round=cast.assessment.round)
    bob.get(cast.assessment.round.get_absolute_url())
    with django_assert_num_queries(9):
        assert len(cells(bob, cast.assessment.round.get_absolute_url())) == rows


def test_owner_is_led_to_remind_until_every_team_has_submitted(cast: Cast, owner: Client) -> None:
    page = cast.assessment.round.get_absolute_url()
    primary = r'btn-primary"[^>]*>(.*?)<'
    assert re.findall(primary, text(owner.get(page))) == ["Remind the teams that have not submitted"]
    Assessment.objects.update(state="submitted", submitted_at=timezone.now())
    assert re.findall(primary, text(owner.get(page))) == ["Close the round"]


# Changing it


def test_round_is_extended_given_targets_and_a_team(cast: Cast, owner: Client) -> None:
    fire = make_team(organization=cast.organization, slug="fire")
    round = cast.assessment.round
    Target.objects.create(round=round, pillar="a", level=1)
    Target.objects.create(round=round, pillar="a", level=1, team=cast.team)
    given = {"due_on": NEXT_MONTH.isoformat(), "target_level": "1", "target-b": "2", "teams": ["fire"]}
    assert owner.post(round.url("change_round"), given).url == round.get_absolute_url()
    round.refresh_from_db()
    assert (round.due_on, round.targets_for(fire), round.targets_for(cast.team)) == (
        NEXT_MONTH,
        {"a": 1, "b": 2},
        {"a": 1, "b": 2},
    )
    assert sorted(row.team.slug for row in round.assessments.all()) == ["claims", "fire"]
    assert Target.objects.filter(team=cast.team).exists()


def test_change_page_shows_what_is_set(cast: Cast, owner: Client) -> None:
    round = cast.assessment.round
    Round.objects.update(due_on=date(2020, 5, 29), target_level=1)
    Target.objects.create(round=round, pillar="b", level=2)
    html = text(owner.get(round.url("change_round")))
    assert 'value="2020-05-29"' in html
    assert re.findall(r'value="(\d)" selected', html) == ["1", "2"]


def test_due_date_that_has_passed_may_stay_but_not_be_chosen(cast: Cast, owner: Client) -> None:
    round = cast.assessment.round
    Round.objects.update(due_on=date(2020, 5, 29))
    assert owner.post(round.url("change_round"), {"due_on": "2020-05-29"}).status_code == 302
    assert owner.post(round.url("change_round"), {"due_on": "2020-05-30"}).status_code == 422
    assert Round.objects.get().due_on == date(2020, 5, 29)


def test_closed_round_is_not_changed(cast: Cast, owner: Client) -> None:
    Round.objects.update(state="closed", target_level=1)
    response = owner.post(cast.assessment.round.url("change_round"), {"target_level": "2"})
    assert response.status_code == 403
    assert "This round is closed, so nothing in it changes. Reopen it first." in text(response)
    assert Round.objects.get().target_level == 1
