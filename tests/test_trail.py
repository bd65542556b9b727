"""Every request that may change something of an organization leaves an event in its trail, and names who sent it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse

from people.models import Event, Membership
from reports import closing
from reports.round_report import report_for
from tests.conftest import Cast
from tests.factories import (
    make_assessment,
    make_bundled_version,
    make_invitation,
    make_member,
    make_planned,
    make_round,
    make_user,
    make_version,
    worked_example,
)
from tests.test_conventions import patterns

type Request = Callable[[Cast], tuple[list[Any], dict[str, Any]]]
"""Arguments of the address, and what is sent there."""


def of_organization(**data: Any) -> Request:
    return lambda cast: (["northwind"], data)


def of_team(**data: Any) -> Request:
    return lambda cast: (["northwind", "claims"], data)


def of_member(**data: Any) -> Request:
    return lambda cast: (["northwind", Membership.objects.get(user=cast.bob).code], data)


def of_invitation(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    return ["northwind", make_invitation(cast.organization)[0].code], {}


def of_letter(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    return [make_invitation(cast.organization, "olivia@example.org")[1]], {}


def of_answer(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    answer = cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    return ["northwind", cast.assessment.code, "a1"], {"revision": answer.revision}


def of_round(**data: Any) -> Request:
    return lambda cast: (["northwind", cast.assessment.round.code], data)


def of_closed_round(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    closing.close(cast.assessment.round)
    return ["northwind", cast.assessment.round.code], {"reason": "A mistake"}


def of_older_version(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    make_version(replace(worked_example(), version="2.0"))
    return ["northwind", cast.assessment.round.code], {"version": "2.0"}


def of_assessment(*arguments: str, **data: Any) -> Request:
    return lambda cast: (["northwind", cast.assessment.code, *arguments], data)


def of_answered_assessment(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    for key in cast.assessment.framework.statements:
        cast.assessment.record_answer(key, by=cast.alice, rating="F")
    return ["northwind", cast.assessment.code], {}


def of_submitted_assessment(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    arguments, _ = of_answered_assessment(cast)
    cast.assessment.submit(by=cast.alice)
    return arguments, {"reason": "A mistake"}


ACTION = {
    "title": "Write tests",
    "starts_on": "2026-11-01",
    "due_on": "2027-01-31",
    "state": "planned",
    "effort": "2",
    "revision": "0",
}


def of_planned_action(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    round, assessment = cast.assessment.round, cast.assessment
    planned = make_planned(round=round, assessment=assessment, title="Write more tests")
    return ["northwind", assessment.code, planned.code], ACTION


def of_shared_action(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="H1 2027")
    ratings = dict.fromkeys(round.version.definition().statements, "P")
    make_assessment(team=cast.team, round=round, ratings=ratings).submit(by=cast.alice)
    return ["northwind", round.code], {"action": report_for(round).actions[0].action.key}


def of_planned_action_of_round(cast: Cast) -> tuple[list[Any], dict[str, Any]]:
    round = cast.assessment.round
    planned = make_planned(round=round, title="Write more tests")
    return ["northwind", round.code, planned.code], ACTION


SENT: dict[str, Request] = {
    "people:new_organization": lambda cast: ([], {"name": "Eastwind"}),
    "people:rename": of_organization(name="Northwind AG"),
    "people:marking": of_organization(confidentiality="Secret", distribution="Board"),
    "people:invite": of_organization(addresses="dora@example.org", is_owner="on"),
    "people:member": of_member(is_owner="on"),
    "people:remove_member": of_member(),
    "people:resend_invitation": of_invitation,
    "people:revoke_invitation": of_invitation,
    "people:invitation": of_letter,
    "people:new_team": of_organization(name="Sales", weight=1),
    "people:team": of_team(name="Claims", weight=2),
    "people:archive_team": of_team(),
    "people:restore_team": of_team(),
    "assessment:profile": of_organization(archetype="shaper"),
    "assessment:new_round": of_organization(framework="worked-example", name="H1 2027", teams=["claims"]),
    "assessment:change_round": of_round(target_level=2),
    "assessment:remind": of_round(),
    "assessment:scope": of_assessment(systems="The claims assistant"),
    "assessment:statement": of_assessment("a1", **{"a1-rating": "F"}),
    "assessment:answer": of_assessment("a1", **{"a1-rating": "F"}),
    "assessment:pillar": of_assessment("a", **{"a1-rating": "F"}),
    "assessment:verify": of_answer,
    "assessment:targets": of_assessment(a=2),
    "assessment:submit": of_answered_assessment,
    "assessment:reopen_assessment": of_submitted_assessment,
    "reports:plan": of_assessment(statement="a1"),
    "reports:new_action": of_assessment(**ACTION),
    "reports:planned_action": of_planned_action,
    "reports:round_plan": of_shared_action,
    "reports:new_round_action": of_round(**ACTION),
    "reports:round_action": of_planned_action_of_round,
    "reports:close_round": of_round(),
    "reports:upgrade_round": of_older_version,
    "reports:reopen_round": of_closed_round,
}

OF_NO_ORGANIZATION = {"account"}  # one's own name


@pytest.fixture
def olivia(cast: Cast) -> Client:
    """An owner, who leads the team, too."""
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True, leads=[cast.team])
    return cast.client_of(user)


@pytest.mark.parametrize("name", sorted(SENT))
def test_request_that_changes_something_leaves_an_event(cast: Cast, olivia: Client, name: str) -> None:
    arguments, data = SENT[name](cast)
    before = set(Event.objects.values_list("pk", flat=True))
    status = 200 if name == "assessment:answer" else 302  # it is told what to write into its page
    assert olivia.post(reverse(name, args=arguments), data).status_code == status
    left = Event.objects.exclude(pk__in=before)
    expected = "eastwind" if name == "people:new_organization" else "northwind"
    assert set(left.values_list("organization__slug", "actor_email")) == {(expected, "olivia@example.org")}


@pytest.mark.parametrize("pattern", list(patterns(get_resolver())), ids=lambda pattern: pattern.name)
def test_every_other_address_takes_nothing_in(pattern: URLPattern) -> None:
    """One that takes a POST belongs into the table, with what it is sent."""
    if pattern.name not in {name.split(":")[1] for name in SENT} | OF_NO_ORGANIZATION:
        assert pattern.callback(RequestFactory().post("/")).status_code == 405
