"""What a page that saves by itself is told to write into the save line of an answer."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessment.models import Answer, Assessment, Round
from tests.conftest import Cast
from tests.factories import make_member, make_team, make_user


def save(client: Client, cast: Cast, key: str = "a1", revision: int = 0, **fields: Any) -> HttpResponse:
    """As static/js/autosave.js does, from a page that knew of `revision`."""
    said = {"revision": revision} | fields
    data = {f"{key}-{name}": value for name, value in said.items()}
    return client.post(cast.assessment.url("answer", key), data, headers={"HX-Request": "true"})


def test_answer_is_saved_in_few_queries(cast: Cast, alice: Client, django_assert_num_queries: Any) -> None:
    save(alice, cast, rating="F")
    with django_assert_num_queries(8) as asked:
        save(alice, cast, rating="L", revision=1)
    writes = [query["sql"].split()[0] for query in asked.captured_queries if query["sql"][:6] in ("INSERT", "UPDATE")]
    assert writes == ["UPDATE", "UPDATE"]


def test_save_line_says_what_became_of_the_answer(cast: Cast, alice: Client) -> None:
    saved = save(alice, cast, rating="F")
    time = Answer.objects.get().answered_at.strftime("%H:%M")
    assert (saved.status_code, saved.content.decode().strip()) == (200, f'<span data-state="saved">Saved {time}</span>')
    open_yet = save(alice, cast, rating="NA", revision=1)
    assert (open_yet.status_code, Answer.objects.get().rating) == (422, "F")
    assert "Not saved yet. Say why this does not apply, in a few words." in open_yet.content.decode()
    refused = save(alice, cast, rating="L")
    assert refused.status_code == 409
    assert re.findall(r'<button[^>]*name="([\w-]+)" value="(\w+)"', refused.content.decode()) == [
        ("a1-keep", "1"),
        ("a1-act", "theirs"),
    ]


def test_answer_waiting_to_be_confirmed_is_confirmed_in_the_line(cast: Cast, alice: Client) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="L", state="carried")
    assert save(alice, cast, rating="L").status_code == 200
    assert Answer.objects.values_list("state", "answered_by").get() == ("confirmed", cast.alice.pk)


def test_answer_to_what_is_not_asked_is_not_found(cast: Cast, alice: Client) -> None:
    assert save(alice, cast, "a9", rating="F").status_code == 404
    assert not Answer.objects.exists()


def test_only_leads_of_the_team_save_its_answers(cast: Cast, bob: Client, charlie: Client) -> None:
    refused = save(bob, cast, rating="F")
    assert (refused.status_code, "Only a lead of this team fills in its assessment." in refused.content.decode()) == (
        403,
        True,
    )
    assert save(charlie, cast, rating="F").status_code == 404
    other = make_user("dora@example.org")
    make_member(other, cast.organization, leads=[make_team(organization=cast.organization, slug="legal")])
    assert save(cast.client_of(other), cast, rating="F").status_code == 404
    assert not Answer.objects.exists()


def test_team_that_a_membership_of_another_organization_names_is_not_found(cast: Cast, charlie: Client) -> None:
    """Nobody can give such a membership; should one exist, it opens nothing."""
    cast.charlie.membership_set.get().teams.add(cast.team)
    assert save(charlie, cast, rating="F").status_code == 404
    assert not Answer.objects.exists()


@pytest.mark.parametrize("shut", ["submitted", "closed"])
def test_nothing_is_saved_once_the_assessment_is_shut(cast: Cast, alice: Client, shut: str) -> None:
    if shut == "submitted":
        Assessment.objects.update(state=Assessment.State.SUBMITTED)
    else:
        Round.objects.update(state=Round.State.CLOSED)
    refused = save(alice, cast, rating="F")
    assert refused.status_code == 403
    assert "This assessment was submitted or its round is closed" in refused.content.decode()
    assert not Answer.objects.exists()
