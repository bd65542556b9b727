"""Who gets in where. Alice leads the team and answers, Bob reads, Charlie must never get in."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from assessment.models import Answer, Assessment, Round
from people.models import Membership, User
from tests.conftest import Cast
from tests.factories import make_member, make_team, make_user

PUBLIC = {
    "start",
    "scoring",
    "frameworks:frameworks",
    "frameworks:framework",
    "frameworks:compare",
}
MEMBER = {
    "assessment:organization",
    "assessment:rounds",
    "assessment:assessment",
    "assessment:check",
    "assessment:submitted",
    "reports:result",
    "reports:report_pdf",
}
OF_ORGANIZATION = {"assessment:organization", "assessment:rounds", "assessment:profile", "assessment:new_round"}
OWNER = {"assessment:profile", "assessment:new_round"}
OF_ROUND = {"assessment:round"}
ROUND_OWNER = {"assessment:change_round", "reports:close_round", "reports:reopen_round"}
ROUND_DEED = {"assessment:remind"}
KEPT = {"reports:earlier_report_pdf"}  # tested in tests/reports/test_reopening.py
WHOLE = {"reports:round_result"}
ANSWERED = {"assessment:statement", "assessment:pillar"}  # read by members, written by the lead
LEAD = {"assessment:scope", "assessment:submit"} | ANSWERED

# Tested in tests/people/test_pages.py: those for owners alone, and the letter's link for whoever holds it.
PEOPLE = {
    "people:people",
    "people:invite",
    "people:member",
    "people:remove_member",
    "people:resend_invitation",
    "people:revoke_invitation",
    "people:teams",
    "people:new_team",
    "people:team",
    "people:archive_team",
    "people:restore_team",
    "people:rename",
    "people:audit",
    "people:audit_csv",
    "people:marking",
}
HOLDER = {"people:invitation"}

ARGUMENTS = {"assessment:statement": ["a1"], "assessment:pillar": ["a"]}
PUBLIC_ARGUMENTS = {"frameworks:framework": ["worked-example"]}
VALID = {"a1-rating": "F", "systems": "The claims assistant"}


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.name)
        elif str(pattern.pattern) not in ("accounts/", "admin/"):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)


def address(name: str, assessment: Assessment, organization: str = "northwind") -> str:
    """The address of a page of the cast's assessment, or of its round."""
    if name in WHOLE | OF_ROUND | ROUND_OWNER | ROUND_DEED:
        return reverse(name, args=[organization, assessment.round.code])
    if name in OF_ORGANIZATION:
        return reverse(name, args=[organization])
    return reverse(name, args=[organization, assessment.code, *ARGUMENTS.get(name, [])])


def ask(client: Client, name: str, assessment: Assessment, organization: str = "northwind") -> HttpResponse:
    method = client.post if name == "assessment:submit" else client.get
    return method(address(name, assessment, organization))


def bare(response: HttpResponse) -> str:
    """The page without what differs at every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@pytest.fixture
def submitted(cast: Cast) -> Assessment:
    cast.assessment.state = Assessment.State.SUBMITTED
    cast.assessment.submitted_at = timezone.now()
    cast.assessment.save()
    return cast.assessment


def test_every_address_is_classified() -> None:
    found = set(names(get_resolver().url_patterns))
    assert sorted(found) == sorted(
        [*PUBLIC, *MEMBER, *OWNER, *OF_ROUND, *ROUND_OWNER, *ROUND_DEED, *KEPT, *WHOLE, *LEAD, *PEOPLE, *HOLDER]
    )


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_page_is_open_to_everybody(cast: Cast, client: Client, name: str) -> None:
    path = reverse(name, args=PUBLIC_ARGUMENTS.get(name, []))
    assert [each.get(path).status_code for each in (client, cast.client_of(cast.charlie))] == [200, 200]


@pytest.mark.parametrize("name", sorted(MEMBER | LEAD))
def test_person_not_signed_in_is_sent_to_sign_in(cast: Cast, client: Client, name: str) -> None:
    assert ask(client, name, cast.assessment).url == f"/accounts/login/?next={address(name, cast.assessment)}"


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_result_of_all_teams_is_for_owners_and_executives(
    submitted: Assessment, cast: Cast, alice: Client, bob: Client, charlie: Client, client: Client, name: str
) -> None:
    make_member(make_user("olivia@example.org"), cast.organization, is_owner=True)
    olivia = cast.client_of(User.objects.get(email="olivia@example.org"))
    assert [ask(each, name, submitted).status_code for each in (olivia, bob, alice, charlie)] == [200, 200, 404, 404]
    assert ask(client, name, submitted).url == f"/accounts/login/?next={address(name, submitted)}"
    assert ask(charlie, name, submitted, "southwind").status_code == 404
    assert olivia.post(address(name, submitted)).status_code == 405
    Membership.objects.filter(user=cast.bob).update(is_executive=False)
    assert ask(bob, name, submitted).status_code == 404


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_round_looks_to_a_lead_and_a_stranger_like_none(cast: Cast, alice: Client, charlie: Client, name: str) -> None:
    invented = Assessment(round=Round(code=uuid4()))
    for each in (alice, charlie):
        assert bare(ask(each, name, cast.assessment)) == bare(ask(each, name, invented))


@pytest.mark.parametrize("name", sorted(OWNER | ROUND_OWNER))
def test_page_of_an_owner_is_for_owners_alone(
    cast: Cast, alice: Client, bob: Client, charlie: Client, client: Client, name: str
) -> None:
    olivia = make_user("olivia@example.org")
    make_member(olivia, cast.organization, is_owner=True)
    if name == "reports:reopen_round":
        Round.objects.update(state=Round.State.CLOSED)
    page = address(name, cast.assessment)
    each = [cast.client_of(olivia), alice, bob, charlie]
    assert [person.get(page).status_code for person in each] == [200, 403, 403, 404]
    assert [person.post(page).status_code for person in each[1:]] == [403, 403, 404]
    assert client.post(page).url == f"/accounts/login/?next={page}"
    Membership.objects.filter(user=olivia).update(is_owner=False, is_executive=True)
    assert each[0].get(page).status_code == 403


@pytest.mark.parametrize("name", sorted(ROUND_DEED))
def test_deed_of_an_owner_is_refused_to_others(
    cast: Cast, alice: Client, bob: Client, charlie: Client, client: Client, name: str
) -> None:
    page = address(name, cast.assessment)
    assert [each.post(page).status_code for each in (alice, bob, charlie)] == [403, 403, 404]
    assert client.post(page).url == f"/accounts/login/?next={page}"
    make_member(make_user("olivia@example.org"), cast.organization, is_owner=True)
    olivia = cast.client_of(User.objects.get(email="olivia@example.org"))
    assert (olivia.get(page).status_code, olivia.post(page).status_code) == (405, 302)


@pytest.mark.parametrize("name", sorted(OF_ROUND))
def test_round_is_read_by_who_has_a_part_in_it(
    cast: Cast, alice: Client, bob: Client, charlie: Client, client: Client, name: str
) -> None:
    assert [ask(each, name, cast.assessment).status_code for each in (alice, bob, charlie)] == [200, 200, 404]
    assert ask(client, name, cast.assessment).url == f"/accounts/login/?next={address(name, cast.assessment)}"
    assert ask(charlie, name, cast.assessment, "southwind").status_code == 404
    assert alice.post(address(name, cast.assessment)).status_code == 405
    Membership.objects.get(user=cast.alice).teams.clear()
    assert ask(alice, name, cast.assessment).status_code == 404


@pytest.mark.parametrize("name", sorted(OF_ROUND | ROUND_OWNER))
def test_stranger_cannot_tell_a_round_from_none(cast: Cast, charlie: Client, name: str) -> None:
    invented = Assessment(round=Round(code=uuid4()))
    assert bare(ask(charlie, name, cast.assessment)) == bare(ask(charlie, name, invented))


@pytest.mark.parametrize("name", sorted(MEMBER))
def test_page_to_read_is_open_to_lead_and_reader(submitted: Assessment, alice: Client, bob: Client, name: str) -> None:
    assert [ask(client, name, submitted).status_code for client in (alice, bob)] == [200, 200]


@pytest.mark.parametrize("name", sorted(LEAD - ANSWERED - {"assessment:submit"}))
def test_page_to_write_is_open_to_the_lead_alone(cast: Cast, alice: Client, bob: Client, name: str) -> None:
    assert [ask(client, name, cast.assessment).status_code for client in (alice, bob)] == [200, 403]


@pytest.mark.parametrize("name", sorted(ANSWERED))
def test_page_with_answers_offers_fields_to_the_lead_alone(cast: Cast, alice: Client, bob: Client, name: str) -> None:
    pages = [ask(client, name, cast.assessment).content.decode() for client in (alice, bob)]
    assert ["<textarea" in page for page in pages] == [True, False]


@pytest.mark.parametrize("name", sorted(LEAD))
def test_reader_who_writes_is_refused_and_changes_nothing(cast: Cast, bob: Client, name: str) -> None:
    response = bob.post(address(name, cast.assessment), VALID)
    assert response.status_code == 403
    assert "Only a lead of this team fills in its assessment." in response.content.decode()
    assert not Answer.objects.exists()
    assert Assessment.objects.get().revision == 0


@pytest.mark.parametrize("name", sorted(MEMBER | LEAD))
def test_stranger_cannot_tell_a_page_from_none(cast: Cast, charlie: Client, name: str) -> None:
    real = ask(charlie, name, cast.assessment)
    invented = ask(charlie, name, Assessment(code=uuid4(), round=cast.assessment.round, team=cast.team))
    assert (real.status_code, invented.status_code) == (404, 404)
    assert bare(real) == bare(invented)


@pytest.mark.parametrize("name", sorted((MEMBER | LEAD) - OF_ORGANIZATION))
def test_lead_of_another_team_finds_nothing(cast: Cast, name: str) -> None:
    dora = make_user("dora@example.org")
    make_member(dora, cast.organization, leads=[make_team(organization=cast.organization, slug="underwriting")])
    assert ask(cast.client_of(dora), name, cast.assessment).status_code == 404


@pytest.mark.parametrize("name", sorted((MEMBER | LEAD) - OF_ORGANIZATION))
def test_invented_assessment_is_not_found_by_members(cast: Cast, alice: Client, name: str) -> None:
    invented = Assessment(code=uuid4(), round=cast.assessment.round, team=cast.team)
    assert ask(alice, name, invented).status_code == 404


@pytest.mark.parametrize("name", sorted((MEMBER | LEAD) - OF_ORGANIZATION))
def test_assessment_is_not_found_under_another_organization(cast: Cast, charlie: Client, name: str) -> None:
    assert ask(charlie, name, cast.assessment, "southwind").status_code == 404


@pytest.mark.parametrize("name", sorted(MEMBER | LEAD))
def test_who_leaves_an_organization_is_out_on_the_next_request(cast: Cast, alice: Client, name: str) -> None:
    assert ask(alice, name, cast.assessment).status_code in (200, 302)
    Membership.objects.filter(user=cast.alice).delete()
    assert ask(alice, name, cast.assessment).status_code == 404


def test_who_stops_leading_a_team_reads_it_no_longer(cast: Cast, alice: Client) -> None:
    Membership.objects.get(user=cast.alice).teams.clear()
    assert ask(alice, "assessment:assessment", cast.assessment).status_code == 404


def test_executive_who_leads_the_team_answers(cast: Cast, bob: Client) -> None:
    Membership.objects.get(user=cast.bob).teams.add(cast.team)
    assert bob.post(cast.assessment.url("statement", "a1"), {"a1-rating": "F"}).status_code == 302


@pytest.mark.parametrize("name", sorted(LEAD))
def test_submitted_assessment_refuses_the_lead_and_stays(submitted: Assessment, alice: Client, name: str) -> None:
    assert ask(alice, name, submitted).status_code == (200 if name in ANSWERED else 403)
    response = alice.post(address(name, submitted), VALID)
    assert response.status_code == 403
    assert (
        "This assessment was submitted or its round is closed, so nothing in it changes." in response.content.decode()
    )
    assert not Answer.objects.exists()
    assert Assessment.objects.values_list("revision", "systems").get() == (0, "")


@pytest.mark.parametrize("name", sorted(LEAD))
def test_closed_round_refuses_the_lead_and_stays(cast: Cast, alice: Client, name: str) -> None:
    Round.objects.update(state=Round.State.CLOSED)
    assert alice.post(address(name, cast.assessment), VALID).status_code == 403
    assert not Answer.objects.exists()
    assert Assessment.objects.values_list("revision", "systems", "state").get() == (0, "", "in_progress")
