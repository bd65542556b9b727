import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks.definition import Answer, Framework, Rating
from reports import storing
from reports.report import Context, Report, State, compose
from tests.factories import bundled, bundled_framework, make_action, make_report, worked_example
from tests.frameworks import builders, strategies

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TIMES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
CONTEXTS = st.builds(
    Context,
    organization=TEXTS,
    team=TEXTS,
    decision=TEXTS,
    state=st.sampled_from(State),
    as_of=st.none() | TIMES,
    official_total=st.none() | st.integers(0, 99),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any framework with any answers, targets, texts and actions."""
    model: Framework = draw(builders.frameworks() | strategies.frameworks())
    answers = {
        key: Answer(rating, draw(TEXTS), draw(TEXTS), tuple(draw(st.lists(TEXTS, max_size=2))))
        for key, rating in draw(builders.ratings_of(model)).items()
    }
    targets = {pillar.slug: draw(st.integers(1, len(model.levels))) for pillar in model.pillars if draw(st.booleans())}
    practices = sorted({statement.practice for statement in model.statements.values() if statement.practice})
    actions = [make_action("kit", *practices, months=draw(st.sampled_from([None, (0, 3)])))]
    return compose(model, answers, targets, draw(CONTEXTS), actions)


def stored(report: Report) -> Any:
    """As the database gives it back."""
    return json.loads(json.dumps(storing.to_json(report)))


@given(report=reports())
@settings(max_examples=60, deadline=None)
def test_stored_report_reads_back_as_it_was(report: Report) -> None:
    assert storing.from_json(stored(report)) == report


@pytest.mark.parametrize("slug", ["microsoft-genaiops", "datastax-genai"])
def test_report_on_a_bundled_framework_reads_back_as_it_was(slug: str) -> None:
    model = bundled_framework(slug)
    ratings = dict(zip(model.statements, [*"NPLF", "DK", "NA"] * 20, strict=False))
    targets = {pillar.slug: 2 for pillar in model.pillars}
    report = make_report(ratings, model, targets, bundled().actions)
    assert storing.from_json(stored(report)) == report


def test_stored_report_says_numbers_as_fractions_and_times_as_text() -> None:
    kept = storing.to_json(make_report({"a1": "F"}, as_of=datetime(2026, 11, 20, 9, 30, tzinfo=UTC)))
    assert kept["format"] == 1
    assert kept["report"]["score"]["achievement"] == "1/6"
    assert kept["report"]["context"]["as_of"] == "2026-11-20T09:30:00+00:00"
    assert kept["report"]["answers"]["a1"] == {"rating": "F", "note": "", "reason": "", "evidence": []}


def test_report_of_a_newer_waymark_is_refused() -> None:
    with pytest.raises(storing.UnknownFormat, match="this report has format 2, and this Waymark reads 1"):
        storing.from_json(storing.to_json(make_report()) | {"format": 2})


def test_content_hash_depends_on_what_is_said_and_not_on_the_order_of_keys() -> None:
    kept = storing.to_json(make_report())
    turned = dict(reversed(kept.items()))
    other = storing.to_json(make_report(framework=replace(worked_example(), name="Another")))
    assert storing.content_hash(turned) == storing.content_hash(kept)
    assert storing.content_hash(other) != storing.content_hash(kept)
    assert len(storing.content_hash(kept)) == 64


def test_rating_reads_back_as_a_rating() -> None:
    assert storing.from_json(stored(make_report({"a1": "DK"}))).answers["a1"].rating is Rating.DK
