"""What a report says about the round before."""

import json
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from assessment.models import Assessment, Round
from frameworks.definition import Rating
from people.models import Team
from reports import change_wording, closing, pictures, sections, storing, wording
from reports.charts import Role
from reports.earlier import Earlier, Figures
from reports.models import Snapshot
from reports.report import Report, report_for
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_report, make_round

LOW = WORKED_RATINGS | {"b2": "P", "a2": "N", "b1": "F"}
BEFORE = make_report(LOW, round="H1 2026").as_earlier()


def later(ratings: dict[str, str] = WORKED_RATINGS, earlier: Earlier | None = BEFORE) -> Report:
    return make_report(ratings, earlier=earlier, round="H2 2026")


def said(text: str) -> str:
    return text.replace(wording.NBSP, " ")


# What is kept, and what follows


def test_report_keeps_figures_and_ratings_for_the_next_round() -> None:
    assert BEFORE.whole == Figures(1, Fraction(4, 3), Fraction(1, 2))
    assert BEFORE.pillars["a"] == Figures(0, Fraction(1, 2), Fraction(5, 12))
    assert (BEFORE.round, BEFORE.version, BEFORE.ratings["b2"]) == ("H1 2026", "1.0", Rating.P)


def test_statement_is_gained_or_lost_where_it_crosses_largely_in_place() -> None:
    assert [statement.key for statement in later().gained] == ["a2", "b2"]
    assert later().lost == ()
    back = later(LOW | {"b1": "P"})
    assert ([item.key for item in back.gained], [item.key for item in back.lost]) == ([], ["b1"])


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (WORKED_RATINGS, "Up from level 1 in H1 2026; 72 % in place instead of 50 %."),
        (LOW, "At level 1 as in H1 2026; 50 % in place, as before."),
        (dict.fromkeys(LOW, "N"), "Down from level 1 in H1 2026; 0 % in place instead of 50 %."),
    ],
)
def test_change_is_said_with_level_and_share(now: dict[str, str], sentence: str) -> None:
    assert said(change_wording.change(later(now))) == sentence


def test_change_from_below_the_first_level() -> None:
    nothing = make_report(dict.fromkeys(LOW, "N"), round="H1 2026").as_earlier()
    assert said(change_wording.change(later(earlier=nothing))).startswith("Up from below level 1 in H1 2026;")


@pytest.mark.parametrize(
    ("context", "sentence"),
    [
        ({"round": "H2 2026"}, "This team has no earlier closed round on this model"),
        ({"round": "H2 2026", "incomparable": "1.3"}, "The round before used version 1.3 of this model"),
        ({}, "This report comes from a file"),
    ],
)
def test_report_says_why_nothing_is_compared(context: dict[str, str], sentence: str) -> None:
    report = make_report(**context)
    assert change_wording.change(report) == ""
    assert change_wording.no_change(report).startswith(sentence)
    assert change_wording.no_change(later()) == ""


def test_changes_of_pillars_are_counted_in_levels() -> None:
    rows = [(row.pillar, row.before, row.now, said(row.moved), said(row.share)) for row in sections.changes(later())]
    assert rows == [("Pillar A", "0", 1, "↑ 1", "58 %"), ("Pillar B", "1", 2, "↑ 1", "83 %")]
    assert [row.moved for row in sections.changes(later(LOW))] == ["=", "="]
    assert sections.changes(make_report()) == []


def test_ladder_marks_where_it_stood_before() -> None:
    assert pictures.ladder(later()).marked == {Role.CURRENT: 2, Role.PREVIOUS: 1}


def test_report_with_an_earlier_round_reads_back_as_it_was() -> None:
    assert storing.from_json(json.loads(json.dumps(storing.to_json(later())))) == later()


def test_report_stored_before_there_was_a_comparison_reads_back() -> None:
    stored = storing.to_json(make_report())
    del stored["report"]["earlier"]
    assert storing.from_json(stored) == make_report()


# From rows


def assess(cast: Cast, name: str, ratings: dict[str, str], opened_at: datetime, **more: Any) -> Assessment:
    round = make_round(organization=cast.organization, version=cast.assessment.round.version, name=name)
    Round.objects.filter(pk=round.pk).update(opened_at=opened_at)
    made = make_assessment(team=more.get("team", cast.team), round=round, ratings=ratings)
    if more.get("submit", True):
        made.submit(by=cast.alice)
    return made


def fresh(assessment: Assessment) -> Assessment:
    return Assessment.objects.with_everything().get(pk=assessment.pk)


def test_report_compares_with_the_closed_round_before(cast: Cast) -> None:
    for name, days in [("First", 300), ("Second", 200)]:
        closing.close(assess(cast, name, LOW, timezone.now() - timedelta(days=days)).round)
    assess(cast, "Still open", WORKED_RATINGS, timezone.now() - timedelta(days=100))
    earlier = report_for(fresh(cast.assessment)).earlier
    assert earlier is not None
    assert (earlier.round, earlier.whole.level) == ("Second", 1)


def test_report_compares_with_nothing_of_others_and_nothing_never_submitted(cast: Cast) -> None:
    past = timezone.now() - timedelta(days=100)
    other = Team.objects.create(organization=cast.organization, name="Other", slug="other")
    closing.close(assess(cast, "Of others", LOW, past, team=other).round)
    closing.close(assess(cast, "Never submitted", LOW, past, submit=False).round)
    assert report_for(fresh(cast.assessment)).earlier is None


def test_earlier_round_is_kept_with_a_closed_report(cast: Cast) -> None:
    before = assess(cast, "First", LOW, datetime(2026, 3, 1, tzinfo=UTC))
    closing.close(before.round)
    closing.close(cast.assessment.round)
    kept = report_for(fresh(cast.assessment))
    Snapshot.objects.filter(assessment=before).delete()
    assert report_for(fresh(cast.assessment)) == kept
    assert kept.earlier is not None
