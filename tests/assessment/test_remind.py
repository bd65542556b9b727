"""Reminding leads by email: in the organization's name, at most once a day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assessment.models import Assessment, Reminder, Round
from people.models import Membership, User
from tests.conftest import Cast
from tests.factories import make_assessment, make_member, make_organization, make_round, make_team, make_user


@pytest.fixture
def owner(cast: Cast) -> Client:
    user = make_user("olivia@example.org")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def remind(owner: Client, round: Round) -> str:
    """The text of the page it leads to."""
    response: Any = owner.post(round.url("remind"), follow=True)
    return " ".join(response.content.decode().split())


def test_lead_gets_one_mail_for_all_teams_that_have_not_submitted(cast: Cast, owner: Client) -> None:
    round = cast.assessment.round
    Round.objects.update(due_on=date(2020, 5, 29))
    fire = make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=round)
    done = make_assessment(team=make_team(organization=cast.organization, slug="pets"), round=round, state="submitted")
    Membership.objects.get(user=cast.alice).teams.add(fire.team, done.team)
    assert "1 lead was reminded." in remind(owner, round)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["alice@example.org"], "H2 2026 waits for your answers")
    assert sent.from_email == '"Northwind (Waymark)" <waymark@localhost>'
    site = "http://127.0.0.1:8000"
    assert sent.body == (
        "Northwind waits for your answers in the round H2 2026. They were due on 29 May 2020.\n\nNot submitted yet:\n\n"
        f"Claims\n{site}{cast.assessment.get_absolute_url()}\n\nFire\n{site}{fire.get_absolute_url()}\n\n"
        "You can stop at any time and continue later: what you have answered is kept.\n\n"
    )
    assert f'<a href="{site}{fire.get_absolute_url()}">Fire</a>' in sent.alternatives[0].content  # type: ignore[attr-defined]


def test_lead_gets_one_mail_a_day(cast: Cast, owner: Client) -> None:
    remind(owner, cast.assessment.round)
    said = remind(owner, cast.assessment.round)
    assert "1 lead had a reminder today already, and gets no second one." in said
    assert len(mail.outbox) == 1
    Reminder.objects.update(sent_on=timezone.localdate() - timedelta(days=1))
    assert "1 lead was reminded." in remind(owner, cast.assessment.round)
    assert len(mail.outbox) == 2


def test_team_without_a_lead_is_named(cast: Cast, owner: Client) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    said = remind(owner, cast.assessment.round)
    assert "Nobody leads these teams, so nobody was reminded: Claims." in said
    assert mail.outbox == []


def test_mail_that_cannot_be_sent_may_be_tried_again(cast: Cast, owner: Client, settings: Any) -> None:
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1},
        }
    }
    assert "No mail could be sent to 1 lead. Try again later." in remind(owner, cast.assessment.round)
    settings.MAILERS = working
    assert "1 lead was reminded." in remind(owner, cast.assessment.round)


def test_round_of_another_organization_reminds_nobody_here(cast: Cast, owner: Client) -> None:
    elsewhere = make_organization("eastwind")
    theirs = make_assessment(
        team=make_team(organization=elsewhere, slug="theirs"),
        round=make_round(organization=elsewhere, version=cast.assessment.round.version),
    )
    assert owner.post(theirs.round.url("remind")).status_code == 404
    assert mail.outbox == []


def test_nobody_is_reminded_once_all_have_submitted_or_the_round_is_closed(cast: Cast, owner: Client) -> None:
    round = cast.assessment.round
    offer = "Remind the teams that have not submitted"
    assert offer in owner.get(round.get_absolute_url()).content.decode()
    Assessment.objects.update(state="submitted")
    assert offer not in remind(owner, round)
    Assessment.objects.update(state="in_progress")
    Round.objects.update(state="closed")
    assert offer not in owner.get(round.get_absolute_url()).content.decode()
    assert owner.post(round.url("remind")).status_code == 403
    assert mail.outbox == []
