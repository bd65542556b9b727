"""Reminding by email the leads of teams that have not submitted: each at most once a day for a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Literal

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import Assessment, Reminder, Round
from assessment.opening import ROUND
from people import audit, letters
from people.models import Membership, User

REMINDED = ROUND.deed("reminded", gettext_lazy("%(who)s reminded the leads of the round %(what)s."))

type Outcome = Literal["sent", "already", "failed"]


@dataclass(frozen=True)
class Reminded:
    """How many leads got a mail now, how many had one today already, to how many none could be sent, and the names of
    the teams that nobody leads."""

    sent: int
    already: int
    failed: int
    without_lead: tuple[str, ...]


def remind(round: Round, by: User | None = None) -> Reminded:
    """Writes one mail to each lead, naming all teams of theirs that have not submitted."""
    late = Assessment.objects.filter(round=round, state=Assessment.State.IN_PROGRESS)
    late = late.select_related("team", "round__organization").order_by("team__name")
    leads = {assessment: _leads(assessment) for assessment in late.prefetch_related(_active_leads())}
    people = dict.fromkeys(lead for found in leads.values() for lead in found)
    outcomes = {lead: _write(round, lead, [row for row in leads if lead in leads[row]]) for lead in people}
    written = {"reminded": [str(lead) for lead, outcome in outcomes.items() if outcome == "sent"]}
    audit.record(REMINDED, by, round.organization, round.code, round.name, after=written)
    said = list(outcomes.values())
    return Reminded(
        sent=said.count("sent"),
        already=said.count("already"),
        failed=said.count("failed"),
        without_lead=tuple(row.team.name for row, found in leads.items() if not found),
    )


def _active_leads() -> Prefetch:
    memberships = Membership.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    return Prefetch("team__membership_set", memberships, to_attr="active_leads")


def _leads(assessment: Assessment) -> list[User]:
    return [membership.user for membership in assessment.team.active_leads]  # type: ignore[attr-defined]


def _write(round: Round, lead: User, assessments: Iterable[Assessment]) -> Outcome:
    """The row is there before the mail, so that two owners who remind at once send one mail; without mail it goes."""
    reminder, is_new = Reminder.objects.get_or_create(round=round, lead=lead, sent_on=timezone.localdate())
    if not is_new:
        return "already"
    try:
        _letter(round, lead, assessments).send()
    except (OSError, SMTPException):
        reminder.delete()
        return "failed"
    return "sent"


def _letter(round: Round, lead: User, assessments: Iterable[Assessment]) -> EmailMultiAlternatives:
    organization = round.organization.name
    context: dict[str, object] = {
        "organization": letters.unlinked(organization),
        "round": letters.unlinked(round.name),
        "due_on": round.due_on,
        "is_overdue": round.is_overdue,
        "tasks": [(letters.unlinked(row.team.name), settings.BASE_URL + row.get_absolute_url()) for row in assessments],
    }
    subject = _("%(round)s waits for your answers") % {"round": letters.one_line(round.name)}
    return letters.compose("assessment/mail/reminder", subject, organization, lead.email, context)
