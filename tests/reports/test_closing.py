import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from assessment.models import Assessment, Target
from frameworks.models import Action
from frameworks.stocking import update_actions
from people.models import Organization, Team, User
from reports import closing, storing
from reports.models import Snapshot
from reports.report import State, compose_for, report_for
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_action, make_assessment, make_round, make_team


@pytest.fixture
def submitted(cast: Cast) -> Assessment:
    Target.objects.create(round=cast.assessment.round, pillar="a", level=2)
    update_actions([make_action("kit", "testing")])
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating, note=f"About {key}")
    cast.assessment.submit(by=cast.alice)
    return cast.assessment


def fresh() -> Assessment:
    return Assessment.objects.with_everything().get()


def shown(client: Client, assessment: Assessment) -> list[str]:
    """Title and content of the result page."""
    html = client.get(assessment.get_absolute_url() + "result/").content.decode()
    return re.findall(r'<title>.*?</title>|<header class="headline">.*?</main>', html, re.DOTALL)


def test_closing_stores_the_report_as_it_was_shown(submitted: Assessment) -> None:
    closing.close(submitted.round)
    snapshot = Snapshot.objects.exclude(assessment=None).get()
    expected = compose_for(fresh())
    assert expected.context.state is State.CLOSED
    assert snapshot.as_report() == expected
    assert (snapshot.round, snapshot.assessment, snapshot.kind) == (submitted.round, submitted, "close")
    assert snapshot.waymark_version == settings.VERSION
    assert snapshot.content_hash == storing.content_hash(snapshot.report)


def test_closing_ends_the_round_with_its_time(submitted: Assessment) -> None:
    closing.close(submitted.round)
    kept = fresh().round
    assert (kept.state, kept.closed_at, submitted.round.is_closed) == ("closed", submitted.round.closed_at, True)
    assert kept.closed_at is not None


def test_closing_twice_stores_the_report_once(submitted: Assessment) -> None:
    stale = fresh().round
    closing.close(submitted.round)
    before = list(Snapshot.objects.values())
    closing.close(submitted.round)
    closing.close(stale)
    assert list(Snapshot.objects.values()) == before
    assert stale.closed_at == submitted.round.closed_at


def test_closing_stores_every_assessment_of_this_round_alone(cast: Cast, submitted: Assessment) -> None:
    late = make_assessment(team=make_team(organization=cast.organization, slug="late"), round=submitted.round)
    other = make_round(organization=cast.organization, version=submitted.round.version, name="H1 2027")
    make_assessment(team=cast.team, round=other, ratings=WORKED_RATINGS).submit(by=cast.alice)
    closing.close(submitted.round)
    kept = {
        snapshot.assessment: snapshot.as_report().context.state
        for snapshot in Snapshot.objects.exclude(assessment=None)
    }
    assert kept == {submitted: State.CLOSED, late: State.UNSUBMITTED}


def test_result_never_submitted_says_so_and_stays_whatever_changes(cast: Cast, bob: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    closing.close(cast.assessment.round)
    before = shown(bob, cast.assessment)
    assert ", never submitted" in before[0]
    assert "never submitted: the round was closed before." in before[1]
    cast.assessment.answers.update(rating="N")
    assert shown(bob, cast.assessment) == before


def test_result_of_a_closed_round_stays_whatever_changes(cast: Cast, submitted: Assessment, bob: Client) -> None:
    closing.close(submitted.round)
    before = shown(bob, submitted)
    assert len(before) == 2
    Organization.objects.filter(slug="northwind").update(name="Renamed")
    Team.objects.update(name="Renamed")
    User.objects.filter(pk=cast.alice.pk).delete()
    Assessment.objects.update(systems="Others", decision="Others", official_total=3)
    submitted.answers.update(rating="N", note="Others")
    Target.objects.update(level=1)
    Action.objects.all().delete()
    submitted.round.name = "Renamed"
    submitted.round.save()
    assert shown(bob, submitted) == before


def test_report_of_an_open_round_follows_its_rows(submitted: Assessment, bob: Client) -> None:
    before = shown(bob, submitted)
    Team.objects.update(name="Renamed")
    assert shown(bob, submitted) != before


def test_closed_report_is_read_once_and_never_with_its_file(
    submitted: Assessment, django_assert_num_queries: Any
) -> None:
    closing.close(submitted.round)
    assessment = fresh()
    with django_assert_num_queries(2) as first:
        report_for(assessment)
    with django_assert_num_queries(1) as second:
        report_for(assessment)
    asked = [query["sql"] for query in [*first.captured_queries, *second.captured_queries]]
    assert [('"report"' in sql, '"pdf"' in sql) for sql in asked] == [(False, False), (True, False), (False, False)]
