"""The trail: what is recorded, how it reads, and that nothing in it ever changes."""

from dataclasses import astuple
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.db.models import ProtectedError

from people import audit, invitations, members, organizations, teams
from people.invitations import Role
from people.models import Event, Invitation, Membership, Organization, Team
from tests.conftest import Cast
from tests.factories import make_invitation, make_organization, make_user


def told() -> list[tuple[Any, ...]]:
    """Sentence and changes of every event, oldest first."""
    lines = [audit.read(event) for event in Event.objects.order_by("pk")]
    return [(line.sentence, *(astuple(change) for change in line.changes)) for line in lines]


def test_event_names_who_did_what_to_what(cast: Cast) -> None:
    teams.archive(cast.team, by=cast.bob)
    event = Event.objects.get()
    assert (event.organization, event.actor_id, event.actor_name, event.actor_email) == (
        cast.organization,
        cast.bob.pk,
        "Bob",
        "bob@example.org",
    )
    assert (event.kind, event.verb, event.object_code, event.object_name) == ("team", "archived", "claims", "Claims")
    assert told() == [("Bob archived the team Claims.",)]


def test_deed_of_nobody_is_told_as_the_program_s(cast: Cast) -> None:
    teams.restore(cast.team)
    assert told() == [("Waymark let the team Claims take part again.",)]


def test_change_of_a_team_tells_what_differs(cast: Cast) -> None:
    lead = Membership.objects.get(user=cast.bob)
    teams.change(cast.team, "Claims", 3, [lead], by=cast.bob)
    assert told() == [("Bob changed the team Claims.", ("Weight", "1", "3"), ("Leads", "Alice", "Bob"))]


def test_new_team_is_told_whole(cast: Cast) -> None:
    teams.create(cast.organization, "Sales", 2, [], by=cast.bob)
    assert told() == [("Bob made the team Sales.", ("Name", "", "Sales"), ("Weight", "", "2"))]


def test_role_changed_and_member_removed_are_told(cast: Cast) -> None:
    alice = Membership.objects.get(user=cast.alice)
    members.change_role(alice, Role(is_executive=True), by=cast.bob)
    members.remove(alice, by=cast.bob)
    assert told() == [
        ("Bob changed the role of Alice.", ("Executive", "no", "yes"), ("Lead of", "Claims", "")),
        ("Bob removed Alice.", ("Owner", "no", ""), ("Executive", "yes", "")),
    ]


def test_invitation_is_told_from_letter_to_membership_without_its_token(cast: Cast) -> None:
    invitations.invite(cast.organization, ["dora@example.org", "nobody"], Role(teams=(cast.team,)), cast.bob)
    first, token = make_invitation(cast.organization, "erin@example.org")
    invitations.resend(first, cast.bob)
    invitations.revoke(first, by=cast.bob)
    invitations.accept(Invitation.objects.get(email="dora@example.org"), make_user("dora@example.org"))
    assert [line[0] for line in told()] == [
        "Bob invited dora@example.org.",
        "Bob sent the invitation of erin@example.org again.",
        "dora@example.org accepted the invitation of dora@example.org.",
    ]
    stored, hashes = str(list(Event.objects.values())), Invitation.objects.values_list("token_hash", flat=True)
    assert [secret for secret in (token, *hashes) if secret in stored] == []


def test_name_and_marking_are_told_with_what_stood_before(cast: Cast) -> None:
    organizations.rename(cast.organization, "Northwind AG", by=cast.bob)
    organizations.mark(cast.organization, "Secret", "Board", by=cast.bob)
    assert told() == [
        ("Bob renamed the organization to Northwind AG.", ("Name", "Northwind", "Northwind AG")),
        (
            "Bob changed the marking of the reports of Northwind AG.",
            ("Confidentiality", "Internal", "Secret"),
            ("Distribution", "", "Board"),
        ),
    ]


def test_event_of_a_deed_nobody_knows_any_more_still_reads(cast: Cast) -> None:
    audit.record(audit.Deed("ship", "sunk", ""), cast.bob, cast.organization, "a", "Vasa", after={"depth": 32})
    assert told() == [("Bob: ship, sunk, Vasa.", ("depth", "", "32"))]
    assert audit.kind_name("ship") == "ship"


def test_deed_that_is_undone_leaves_no_event(cast: Cast) -> None:
    def archive_and_fail() -> None:
        with transaction.atomic():
            teams.archive(cast.team, by=cast.bob)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        archive_and_fail()
    assert not Event.objects.exists()
    assert Team.objects.get().archived_at is None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_event SET actor_name = 'Charlie'",
        "UPDATE people_event SET is_demo = TRUE",
        "DELETE FROM people_event",
    ],
)
def test_database_refuses_to_change_or_remove_an_event(cast: Cast, sql: str) -> None:
    teams.archive(cast.team, by=cast.bob)
    before = list(Event.objects.values())
    with pytest.raises(Error, match="what happened is never changed or removed"), transaction.atomic():
        connection.cursor().execute(sql)
    assert list(Event.objects.values()) == before


def test_organization_with_a_trail_is_not_removed(cast: Cast) -> None:
    teams.archive(cast.team, by=cast.bob)
    with pytest.raises(ProtectedError):
        cast.organization.delete()
    with pytest.raises(Error), transaction.atomic():
        audit.forget(cast.organization)
    assert Organization.objects.filter(slug="northwind").exists()


@pytest.mark.django_db
def test_demo_organization_takes_its_trail_along() -> None:
    demo = make_organization("demo", is_demo=True)
    organizations.rename(demo, "Other")
    audit.forget(demo)
    demo.delete()
    assert not Event.objects.exists()
