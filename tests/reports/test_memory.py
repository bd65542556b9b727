"""What was composed and written is kept in memory, and shown only where everything it says still holds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from assessment import verifying
from assessment.models import Aim, Answer, Assessment, Profile, Round
from frameworks import library
from frameworks.models import Action
from people.models import Team, User
from reports import closing, comparison, report, round_report
from tests.conftest import Cast
from tests.factories import make_assessment, make_bundled_version, make_round, make_team


def forget() -> None:
    caches["pages"].clear()
    round_report.LINES.values.clear()
    for kept in (report._composed, round_report._composed, comparison._compared):
        kept.cache_clear()


def fresh() -> Assessment:
    return Assessment.objects.with_everything().get(team__slug="claims")


def make_action(kind: str) -> None:
    """One that is about the first statement."""
    statement = next(iter(fresh().framework.statements.values()))
    Action.objects.create(key=kind, kind=kind, title=f"A first {kind}", practices=[statement.practice])


def say_what_it_is(cast: Cast) -> None:
    question, option = next((q, o) for q in library.profile().questions for o in q.options if o.supports)
    Profile.objects.keep(cast.organization, {question.slug: option.slug}, by=cast.alice)


def rate(cast: Cast, **said: Any) -> None:
    fresh().record_answer(next(iter(fresh().framework.statements)), by=cast.alice, **said)


CHANGES: dict[str, Callable[[Cast], Any]] = {
    "rating": lambda cast: rate(cast, rating="N"),
    "note": lambda cast: rate(cast, rating="F", note="Seen in May"),
    "row alone": lambda cast: Answer.objects.update(rating="N"),
    "verification": lambda cast: verifying.verify(fresh(), next(iter(fresh().framework.statements)), 0, by=cast.bob),
    "person": lambda cast: User.objects.filter(pk=cast.alice.pk).update(name="Alicia"),
    "team": lambda cast: Team.objects.filter(slug="claims").update(name="Fraud"),
    "target of the team": lambda cast: fresh().aim({"deployment": Aim(4)}, by=cast.alice),
    "target of the round": lambda cast: Round.objects.update(target_level=4),
    "official total": lambda cast: fresh().describe(by=cast.alice, official_total=12),
    "action": lambda cast: Action.objects.update(title="Try it twice"),
    "another action": lambda cast: make_action("pitfall"),
    "profile": say_what_it_is,
    "submission": lambda cast: fresh().submit(by=cast.alice),
    "closing": lambda cast: closing.close(fresh().round),
}


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """Result and pillar of the claims team, result of its round, comparison of all teams: as they were looked at."""
    Assessment.objects.all().delete()
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="H1 2027")
    ratings = dict.fromkeys(round.version.definition().statements, "F")
    claims = make_assessment(team=cast.team, round=round, ratings=ratings)
    other = make_team(organization=cast.organization, slug="fire")
    make_assessment(team=other, round=round, ratings=ratings, state="submitted")
    Answer.objects.update(answered_by=cast.alice)
    Answer.objects.filter(statement_key__in=list(ratings)[:20]).update(rating="P")
    make_action("action")
    at = f"{claims.get_absolute_url()}result/"
    return [at, f"{at}deployment/", f"/o/northwind/rounds/{round.code}/result/", "/o/northwind/compare/"]


@pytest.mark.parametrize("change", CHANGES)
def test_no_page_shows_what_does_not_hold_any_more(cast: Cast, bob: Client, addresses: list[str], change: str) -> None:
    before = shown(bob, addresses)
    assert shown(bob, addresses) == before
    CHANGES[change](cast)
    after = shown(bob, addresses)
    assert after != before
    forget()
    assert after == shown(bob, addresses)


def shown(client: Client, addresses: list[str]) -> list[str]:
    return [client.get(path).content.decode().split("<main")[1].split("</main>")[0] for path in addresses]


def test_what_only_a_lead_is_offered_is_kept_from_others(alice: Client, bob: Client, addresses: list[str]) -> None:
    offers = [shown(client, addresses[:2]) for client in (alice, bob, alice)]
    assert ["Change the answer" in pillar for _result, pillar in offers] == [True, False, True]
    assert ["Continue answering" in result for result, _pillar in offers] == [True, False, True]
