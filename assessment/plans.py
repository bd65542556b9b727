"""Plans: putting actions into one, and changing them without losing what somebody else wrote."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from assessment.models import Assessment, PlannedAction, Round
from assessment.models.planned_actions import ADDED, CHANGED
from people import audit
from people.models import User


class ChangedMeanwhile(Exception):
    """Somebody else changed the action since it was shown. `stored` is what it says now."""

    def __init__(self, stored: PlannedAction) -> None:
        super().__init__(str(stored))
        self.stored = stored


@dataclass(frozen=True)
class Proposal:
    """What may become a planned action. `months` is how long it may take; `action` its key in the library, or ""."""

    title: str
    months: int
    action: str = ""
    owner: str = ""
    output: str = ""
    kpi: str = ""
    effort: int = 2
    statements: tuple[str, ...] = field(default=())


@transaction.atomic
def add(round: Round, assessment: Assessment | None, proposals: Iterable[Proposal], by: User) -> list[PlannedAction]:
    """Puts them into the plan of the team, or of the round. What is in it already stays as it is."""
    present = set(PlannedAction.objects.of(round, assessment).exclude(action="").values_list("action", flat=True))
    new = [each for each in proposals if each.action not in present]
    return [_add(_made(round, assessment, proposal), by) for proposal in new]


def _made(round: Round, assessment: Assessment | None, proposal: Proposal) -> PlannedAction:
    today = timezone.localdate()
    return PlannedAction(
        round=round,
        assessment=assessment,
        action=proposal.action,
        title=proposal.title[:200],
        owner=proposal.owner[:100],
        output=proposal.output[:300],
        kpi=proposal.kpi[:300],
        effort=proposal.effort,
        starts_on=today,
        due_on=_in_months(today, proposal.months),
        statements=list(proposal.statements),
    )


def _in_months(today: date, months: int) -> date:
    """About so many months later."""
    return today + timedelta(days=months * 365 // 12)


@transaction.atomic
def save(planned: PlannedAction, by: User) -> None:
    """Keeps a new action, or a changed one. Raises ChangedMeanwhile where it is no longer of the revision it was
    shown with."""
    if planned.pk is None:
        _add(planned, by)
        return
    stored = (
        PlannedAction.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=planned.pk)
    )
    if stored.revision != planned.revision:
        raise ChangedMeanwhile(stored)
    differing = audit.differing(stored.described(), planned.described())
    if differing["after"]:
        planned.revision += 1
        _keep(planned, by, CHANGED, **differing)


def _add(planned: PlannedAction, by: User) -> PlannedAction:
    _keep(planned, by, ADDED, after=planned.described())
    return planned


def _keep(planned: PlannedAction, by: User, deed: audit.Deed, **told: dict[str, object]) -> None:
    planned.changed_by = by
    planned.save()
    audit.record(deed, by, planned.round.organization, planned.code, planned.title, **told)
