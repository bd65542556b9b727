import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.models import Assessment
from frameworks.definition import Framework
from reports import closing, storing
from reports.models import Snapshot
from reports.round_report import LevelLine, RoundReport, compose_for, report_for
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_organization, make_round_report, make_team
from tests.frameworks import builders
from tests.frameworks.builders import cell, framework, s

TOP = WORKED_RATINGS
MIDDLE = WORKED_RATINGS | {"b2": "P"}
NONE = dict.fromkeys(WORKED_RATINGS, "N")


@pytest.fixture
def three_teams(cast: Cast) -> Assessment:
    """Claims, of weight 2, and Zeta submitted; Late did not. Another organization has the same round."""
    cast.team.weight = 2
    cast.team.save()
    for key, rating in TOP.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    round = cast.assessment.round
    for slug, ratings in {"zeta": NONE, "late": TOP}.items():
        made = make_assessment(team=make_team(organization=cast.organization, slug=slug), round=round, ratings=ratings)
        if slug == "zeta":
            made.submit(by=cast.alice)
    elsewhere = make_team(organization=make_organization("eastwind"), slug="strangers")
    make_assessment(team=elsewhere, ratings=TOP, round=make_round_elsewhere(elsewhere, round)).submit(by=cast.charlie)
    return Assessment.objects.with_everything().get(pk=cast.assessment.pk)


def make_round_elsewhere(team: Any, like: Any) -> Any:
    return type(like).objects.create(organization=team.organization, version=like.version, name=like.name)


# Composed


def test_levels_run_from_the_top_to_the_entry_level_with_their_teams() -> None:
    assert make_round_report(TOP, MIDDLE, MIDDLE, NONE).levels == (
        LevelLine(2, "Practised", 1, 1),
        LevelLine(1, "Started", 2, 3),
        LevelLine(0, None, 1, 4),
    )


def test_levels_end_with_what_the_model_grants_to_everybody() -> None:
    granted = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), entry_level=1)
    assert make_round_report({"a1": "N", "a2": "N"}, framework=granted).levels == (
        LevelLine(2, "Level 2", 0, 0),
        LevelLine(1, "Level 1", 1, 1),
    )


def test_team_that_did_not_submit_is_named_and_counts_nowhere() -> None:
    alone, with_missing = make_round_report(TOP), make_round_report(TOP, missing=["Late"])
    assert (with_missing.missing, with_missing.teams, len(with_missing.submitted)) == (("Late",), 2, 1)
    assert with_missing.score == alone.score
    assert with_missing.levels == alone.levels


def test_round_nobody_submitted_in_has_no_score() -> None:
    report = make_round_report(missing=["Late"])
    assert (report.score, report.teams, report.submitted) == (None, 1, ())


@pytest.mark.parametrize(("weights", "weighted"), [((1, 1), False), ((3, 3), False), ((1, 2), True)])
def test_weights_matter_where_they_differ(weights: tuple[int, ...], weighted: bool) -> None:
    assert make_round_report(TOP, NONE, weights=weights).is_weighted is weighted


def test_pillar_is_covered_to_its_highest_statement() -> None:
    partly = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(1, "b", s("b1")), cell(2, "b"))
    report = make_round_report({}, framework=partly)
    assert [report.covered_to(slug) for slug in "ab"] == [2, 1]


# From rows


def test_report_has_the_teams_of_this_round_that_submitted(three_teams: Assessment) -> None:
    report = compose_for(three_teams.round)
    assert [(line.name, line.result.weight, line.result.score.level) for line in report.submitted] == [
        ("Claims", 2, 2),
        ("Zeta", 1, 0),
    ]
    assert report.submitted[0].reference == str(three_teams.code)
    assert report.submitted[0].result.ratings == three_teams.ratings()
    assert report.missing == ("Late",)
    assert (report.context.organization, report.context.round, report.context.closed_at) == (
        "Northwind",
        "H2 2026",
        None,
    )


def test_closing_stores_the_report_of_the_round_as_it_was(three_teams: Assessment) -> None:
    round = three_teams.round
    closing.close(round, at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    snapshot = Snapshot.objects.get(assessment=None)
    before = compose_for(round)
    assert before.context.closed_at == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert snapshot.as_round_report() == before
    assert (snapshot.round, snapshot.kind, snapshot.pdf) == (round, "close", None)
    assert snapshot.content_hash == storing.content_hash(snapshot.report)
    three_teams.team.name = "Renamed"
    three_teams.team.weight = 9
    three_teams.team.save()
    three_teams.answers.update(rating="N")
    assert report_for(round) == before
    assert compose_for(round) != before


def test_report_of_an_open_round_follows_its_rows(three_teams: Assessment) -> None:
    before = report_for(three_teams.round)
    three_teams.answers.update(rating="N")
    assert report_for(three_teams.round) != before


def test_closed_report_is_read_once_without_its_file(three_teams: Assessment, django_assert_num_queries: Any) -> None:
    closing.close(three_teams.round)
    with django_assert_num_queries(2) as queries:
        report_for(three_teams.round)
    assert [query for query in queries.captured_queries if '"pdf"' in query["sql"]] == []
    with django_assert_num_queries(1):
        report_for(three_teams.round)


def test_round_closed_by_an_older_waymark_is_composed_from_its_rows(three_teams: Assessment) -> None:
    closing.close(three_teams.round)
    stored = report_for(three_teams.round)
    Snapshot.objects.filter(assessment=None).delete()
    assert report_for(three_teams.round) == stored


# Stored


@st.composite
def reports(draw: st.DrawFn) -> RoundReport:
    model: Framework = draw(builders.frameworks())
    teams = [draw(builders.ratings_of(model)) for _ in range(draw(st.integers(0, 3)))]
    weights = [draw(st.integers(1, 3)) for _ in teams]
    closed_at = draw(st.none() | st.just(datetime(2026, 11, 22, 9, 30, tzinfo=UTC)))
    return make_round_report(*teams, framework=model, weights=weights, missing=["Späte & <b>"], closed_at=closed_at)


@given(report=reports())
@settings(max_examples=40, deadline=None)
def test_stored_report_reads_back_as_it_was(report: RoundReport) -> None:
    assert storing.round_from_json(json.loads(json.dumps(storing.to_json(report)))) == report


def test_report_of_a_newer_waymark_is_refused() -> None:
    with pytest.raises(storing.UnknownFormat, match="this report has format 2, and this Waymark reads 1"):
        storing.round_from_json(storing.to_json(make_round_report(TOP)) | {"format": 2})
