from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import RestrictedError

from assessment.models import Answer, Assessment, Closed, Round, Target
from frameworks.definition import Rating
from frameworks.models import Version
from people.models import Membership
from tests.conftest import Cast
from tests.factories import (
    WORKED_RATINGS,
    make_assessment,
    make_organization,
    make_round,
    make_team,
    make_version,
    worked_example,
)

pytestmark = pytest.mark.django_db


def test_targets_of_a_team_are_its_own_else_those_of_the_round(cast: Cast) -> None:
    round, other = cast.assessment.round, make_team(organization=cast.organization, slug="underwriting")
    assert round.targets_for(cast.team) == {}
    round.target_level = 1
    assert round.targets_for(cast.team) == {"a": 1, "b": 1}
    Target.objects.create(round=round, pillar="b", level=2)
    assert round.targets_for(cast.team) == {"a": 1, "b": 2}
    Target.objects.create(round=round, team=cast.team, pillar="b", level=1)
    assert round.targets_for(cast.team) == {"a": 1, "b": 1}
    assert round.targets_for(other) == {"a": 1, "b": 2}


@pytest.mark.parametrize("own", [True, False])
def test_target_is_one_for_each_pillar_and_team(cast: Cast, own: bool) -> None:
    fields = {"round": cast.assessment.round, "pillar": "a", "level": 1, "team": cast.team if own else None}
    Target.objects.create(**fields)
    with pytest.raises(IntegrityError):
        Target.objects.create(**fields)


def test_round_name_is_unique_in_its_organization(cast: Cast) -> None:
    version = cast.assessment.round.version
    Round.objects.create(organization=make_organization("elsewhere"), version=version, name="H2 2026")
    with pytest.raises(IntegrityError):
        Round.objects.create(organization=cast.organization, version=version, name="H2 2026")


def test_team_has_one_assessment_in_a_round_and_cannot_be_deleted_with_it(cast: Cast) -> None:
    with pytest.raises(RestrictedError):
        cast.team.delete()
    with pytest.raises(IntegrityError):
        make_assessment(team=cast.team, round=cast.assessment.round)


def test_team_of_another_organization_is_refused(cast: Cast) -> None:
    foreign = make_team(organization=make_organization("elsewhere"))
    with pytest.raises(ValidationError, match="another organization"):
        Assessment(round=cast.assessment.round, team=foreign).full_clean()


def test_assessments_visible_to_a_member_are_those_of_led_teams_or_all(cast: Cast) -> None:
    underwriting = make_team(organization=cast.organization, slug="underwriting")
    make_assessment(team=underwriting, round=cast.assessment.round)
    seen = {
        member.user.email: [row.team.slug for row in Assessment.objects.visible_to(member).newest_round_first()]
        for member in Membership.objects.all()
    }
    assert seen == {
        "alice@example.org": ["claims"],
        "bob@example.org": ["claims", "underwriting"],
        "charlie@example.org": [],
    }


def test_answered_counts_ratings_and_not_knowing_but_nothing_empty_or_archived(cast: Cast) -> None:
    for key, rating, state in [
        ("a1", "F", "confirmed"),
        ("a2", "DK", "confirmed"),
        ("a3", "", "confirmed"),
        ("b1", "F", "archived"),
    ]:
        Answer.objects.create(assessment=cast.assessment, statement_key=key, rating=rating, state=state)
    assert Assessment.objects.with_answered().get().answered == 2
    assert cast.assessment.ratings() == {"a1": Rating.F, "a2": Rating.DK}
    assert cast.assessment.unanswered() == ["b1", "a3", "b2"]


def test_answer_to_what_the_version_does_not_ask_is_kept_and_not_counted(cast: Cast) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="gone", rating="F")
    assert cast.assessment.ratings() == {}


def test_answer_is_one_for_each_statement(cast: Cast) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1")
    with pytest.raises(IntegrityError):
        Answer.objects.create(assessment=cast.assessment, statement_key="a1")


def test_recording_an_answer_confirms_it(cast: Cast) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="F", state="carried")
    assert cast.assessment.unconfirmed() == ["a1"]
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    assert cast.assessment.unconfirmed() == []


def next_assessment(cast: Cast, version: Version | None = None, name: str = "H1 2027") -> Assessment:
    """The same team's in another round, by default of the same version."""
    version = version or cast.assessment.round.version
    return make_assessment(team=cast.team, round=make_round(organization=cast.organization, version=version, name=name))


def states(assessment: Assessment) -> dict[str, str]:
    return dict(assessment.answers.order_by("pk").values_list("statement_key", "state"))


def test_answers_carried_over_keep_all_that_was_said_by_whom_and_when(cast: Cast) -> None:
    said = {"rating": "NA", "reason": "No data", "note": "Ask Dora", "evidence": ["Minutes"]}
    before = cast.assessment.record_answer("a1", by=cast.bob, **said)
    after = next_assessment(cast)
    after.carry_over(cast.assessment)
    row = Answer.objects.get(assessment=after)
    assert {name: getattr(row, name) for name in said} == said
    assert (row.statement_key, row.state, row.revision) == ("a1", "carried", 0)
    assert (row.answered_by, row.answered_at) == (cast.bob, before.answered_at)
    assert after.unconfirmed() == ["a1"]
    assert Assessment.objects.get(pk=after.pk).revision == 1
    assert states(cast.assessment) == {"a1": "confirmed"}


def test_answers_carried_over_wait_whatever_state_they_had(cast: Cast) -> None:
    for key, state in {"a1": "confirmed", "a2": "carried", "a3": "suggested", "b1": "review"}.items():
        Answer.objects.create(assessment=cast.assessment, statement_key=key, rating="L", state=state)
    Answer.objects.create(assessment=cast.assessment, statement_key="gone", rating="F", state="archived")
    after = next_assessment(cast)
    after.carry_over(cast.assessment)
    assert states(after) == dict.fromkeys(["a1", "a2", "a3", "b1"], "carried")
    assert states(cast.assessment)["gone"] == "archived"


def test_answers_carried_over_to_another_version_are_reviewed_where_it_asks_differently(cast: Cast) -> None:
    for key in WORKED_RATINGS:
        cast.assessment.record_answer(key, by=cast.alice, rating="L")
    known = worked_example()
    first, *others = known.cells
    kept, reworded = first.statements
    cells = (replace(first, statements=(kept, replace(reworded, help="Every time."))), *others[:-1])
    after = next_assessment(cast, make_version(replace(known, version="2.0", cells=cells, examples=())))
    after.carry_over(cast.assessment)
    assert states(after) == {"a1": "carried", "a2": "review", "b1": "carried", "a3": "carried"}


def test_answers_are_carried_over_only_where_there_are_none(cast: Cast) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    after = next_assessment(cast)
    after.carry_over(cast.assessment)
    with pytest.raises(ValidationError, match="has answers already"):
        after.carry_over(cast.assessment)
    assert states(after) == {"a1": "carried"}


def test_answers_of_another_team_or_framework_are_not_carried_over(cast: Cast) -> None:
    other = make_assessment(
        team=make_team(organization=cast.organization, slug="other"), round=cast.assessment.round, ratings={"a1": "F"}
    )
    elsewhere = next_assessment(cast, make_version(replace(worked_example(), slug="elsewhere")))
    Answer.objects.create(assessment=elsewhere, statement_key="a1", rating="F")
    for source in (other, elsewhere):
        with pytest.raises(ValidationError, match="only from the same team and on the same framework"):
            cast.assessment.carry_over(source)
    assert states(cast.assessment) == {}


def test_answer_waiting_to_be_confirmed_stands_against_submitting(cast: Cast) -> None:
    answered = make_assessment(
        team=make_team(organization=cast.organization, slug="other"),
        round=cast.assessment.round,
        ratings=WORKED_RATINGS,
    )
    answered.answers.filter(statement_key="b1").update(state="suggested")
    with pytest.raises(ValidationError) as refused:
        answered.submit(by=cast.alice)
    assert refused.value.params == {"keys": ["b1"]}
    assert Assessment.objects.get(pk=answered.pk).state == "in_progress"


@pytest.mark.parametrize(
    "deed",
    [
        lambda assessment, by: assessment.record_answer("a1", by=by, rating="F"),
        lambda assessment, by: assessment.describe(systems="The claims assistant"),
        lambda assessment, by: assessment.submit(by=by),
        lambda assessment, by: assessment.carry_over(assessment),
    ],
)
@pytest.mark.parametrize("ended", ["submitted", "closed"])
def test_deed_that_comes_too_late_changes_nothing(cast: Cast, deed: Any, ended: str) -> None:
    """The assessment was read before it ended elsewhere."""
    read_before = Assessment.objects.with_everything().get()
    if ended == "closed":
        Round.objects.update(state="closed")
    else:
        Assessment.objects.update(state="submitted")
    with pytest.raises(Closed):
        deed(read_before, cast.alice)
    assert not Answer.objects.exists()
    assert Assessment.objects.values_list("revision", "systems").get() == (0, "")


def test_revisions_of_two_readers_add_up(cast: Cast) -> None:
    first, second = Assessment.objects.with_everything().get(), Assessment.objects.with_everything().get()
    first.record_answer("a1", by=cast.alice, rating="F")
    second.record_answer("a2", by=cast.alice, rating="F")
    assert Assessment.objects.get().revision == 2


@pytest.mark.parametrize(("level", "valid"), [(None, True), (0, False), (1, True), (2, True), (3, False)])
def test_target_of_a_round_is_a_level_of_its_version(cast: Cast, level: int | None, valid: bool) -> None:
    round = cast.assessment.round
    round.target_level = level
    assert problems(round) == ({} if valid else {"target_level": ["Choose a level from 1 to 2."]})


@pytest.mark.parametrize(
    ("pillar", "level", "expected"),
    [
        ("a", 2, {}),
        ("a", 0, {"level": ["Choose a level from 1 to 2."]}),
        ("a", 3, {"level": ["Choose a level from 1 to 2."]}),
        ("c", 2, {"pillar": ["Choose one of: a, b."]}),
    ],
)
def test_target_names_a_pillar_and_a_level_of_the_version(
    cast: Cast, pillar: str, level: int, expected: dict[str, list[str]]
) -> None:
    assert problems(Target(round=cast.assessment.round, pillar=pillar, level=level)) == expected


def problems(row: Round | Target) -> dict[str, list[str]]:
    """What is wrong with a row, by field."""
    try:
        row.full_clean()
    except ValidationError as refused:
        return refused.message_dict
    return {}
