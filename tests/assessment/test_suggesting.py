"""Suggestions from answers to other frameworks."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from assessment.models import Answer, Assessment
from frameworks.models import Practice
from people.models import Event
from tests.conftest import Cast
from tests.factories import make_assessment, make_round, make_version, worked_example


@pytest.fixture
def twin(cast: Cast) -> Assessment:
    """The same team's assessment of a framework that asks for the practice "data" in a1 and b1, as `known` did."""
    return make_twin(cast, "twin", "H1 2027")


def make_twin(cast: Cast, slug: str, round: str) -> Assessment:
    known = worked_example()
    cells = tuple(
        replace(cell, statements=tuple(replace(item, practice=practice(item.key)) for item in cell.statements))
        for cell in known.cells
    )
    version = make_version(replace(known, slug=slug, name=slug.title(), cells=cells, examples=()))
    return make_assessment(
        team=cast.team, round=make_round(organization=cast.organization, version=version, name=round)
    )


def practice(key: str) -> str | None:
    return {"a1": "data", "b1": "tests"}.get(key)


@pytest.fixture(autouse=True)
def practices(db: None) -> None:
    from_library = [("data", "Data"), ("tests", "Tests")]
    Practice.objects.bulk_create(Practice(slug=slug, name=name, summary=name) for slug, name in from_library)


@pytest.fixture
def known(cast: Cast) -> Assessment:
    """What the team said in May to another framework."""
    assessment = make_twin(cast, "ibm", "H1 2026")
    assessment.record_answer("a1", by=cast.alice, rating="L")
    Answer.objects.update(answered_at=datetime(2026, 5, 4, tzinfo=UTC))
    return assessment


def offered(client: Client, assessment: Assessment, page: str = "pillar", name: str = "a") -> list[str]:
    html = client.get(assessment.url(page, name)).content.decode()
    return [" ".join(re.sub("<.*?>", "", text).split()) for text in re.findall(r'"suggestion">(.*?)</div>', html, re.S)]


def test_unanswered_statement_shows_what_was_said_elsewhere(known: Assessment, twin: Assessment, alice: Client) -> None:
    first = "“The first thing of pillar A is in place.”"
    said = f"You said Largely in place to {first} in Ibm, May 2026. Use it: Largely in place"
    assert offered(alice, twin) == offered(alice, twin, "statement", "a1") == [said]
    assert offered(alice, twin, "pillar", "b") == []


def test_suggestion_is_taken_with_one_click_and_waits_to_be_confirmed(
    cast: Cast, known: Assessment, twin: Assessment, alice: Client
) -> None:
    path = twin.url("pillar", "a")
    response = alice.post(path, {"a1-act": "suggestion", "a1-revision": "0", "a2-rating": "F"})
    assert response.url == f"{path}#a1"
    answer = Answer.objects.get(assessment=twin, statement_key="a1")
    assert (answer.rating, answer.state, answer.answered_by) == ("L", "suggested", cast.alice)
    assert Answer.objects.get(assessment=twin, statement_key="a2").rating == "F"
    assert offered(alice, twin) == []
    assert "Suggested by an earlier answer, please confirm" in alice.get(path).content.decode()
    assert twin.unconfirmed() == ["a1"]
    assert Event.objects.filter(verb="taken", actor_email="alice@example.org").count() == 1
    alice.post(path, {"a1-rating": "L", "a1-revision": "1"})
    assert Answer.objects.get(assessment=twin, statement_key="a1").state == "confirmed"


def test_suggestion_never_overwrites_what_somebody_answered_meanwhile(
    cast: Cast, known: Assessment, twin: Assessment, alice: Client
) -> None:
    twin.record_answer("a1", by=cast.bob, rating="N")
    alice.post(twin.url("statement", "a1"), {"a1-act": "suggestion", "a1-revision": "0"})
    assert Answer.objects.filter(assessment=twin).values_list("rating", "state").get() == ("N", "confirmed")


def test_nothing_is_suggested_to_others_and_from_the_same_framework(
    cast: Cast, known: Assessment, twin: Assessment, alice: Client, bob: Client
) -> None:
    again = make_round(organization=cast.organization, version=known.round.version, name="H2 2027")
    assert offered(alice, make_assessment(team=cast.team, round=again)) == []
    assert offered(bob, twin) == []


@pytest.mark.parametrize("state", ["suggested", "carried", "review"])
def test_nothing_is_suggested_from_what_nobody_confirmed(
    known: Assessment, twin: Assessment, alice: Client, state: str
) -> None:
    known.answers.update(state=state)
    assert offered(alice, twin) == []


def test_suggestions_cost_a_constant_number_of_queries(
    cast: Cast, known: Assessment, twin: Assessment, alice: Client, django_assert_num_queries: Any
) -> None:
    for more in (0, 3):
        for number in range(more):
            make_twin(cast, f"more-{number}", f"Round {number}").record_answer("a1", by=cast.alice, rating="F")
        offered(alice, twin)
        with django_assert_num_queries(6):
            offered(alice, twin)
