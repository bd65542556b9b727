"""Opening a round for some teams, and what may still change in it while it is open."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from assessment.models import Assessment, Round, Target
from frameworks.models import Version
from people.models import Organization, Team


@transaction.atomic
def open_round(
    organization: Organization,
    version: Version,
    name: str,
    teams: Iterable[Team],
    due_on: date | None = None,
    target_level: int | None = None,
    source: Round | None = None,
) -> Round:
    """Each team gets an assessment; with a source, also what the same team answered there, to be confirmed.

    Raises ValidationError where the source is on another framework."""
    round = Round.objects.create(
        organization=organization, version=version, name=name, due_on=due_on, target_level=target_level
    )
    earlier = _assessments_by_team(source) if source else {}
    for team in teams:
        assessment = Assessment.objects.create(round=round, team=team)
        if team.pk in earlier:
            assessment.carry_over(earlier[team.pk])
    return round


@transaction.atomic
def change(
    round: Round,
    due_on: date | None,
    target_level: int | None,
    targets: Mapping[str, int],
    teams: Iterable[Team] = (),
    decision: str = "",
) -> None:
    """Sets the due date, the decision asked, the one target, and the targets of pillars (slug -> level); adds teams.
    Targets that a team has of its own stay. Raises Closed once the round is."""
    round.lock_open()
    round.due_on, round.target_level, round.decision = due_on, target_level, decision
    round.save(update_fields=["due_on", "target_level", "decision"])
    round.targets.filter(team=None).delete()
    Target.objects.bulk_create(Target(round=round, pillar=pillar, level=level) for pillar, level in targets.items())
    for team in teams:
        Assessment.objects.get_or_create(round=round, team=team)


def _assessments_by_team(round: Round) -> dict[int, Assessment]:
    return {row.team_id: row for row in Assessment.objects.filter(round=round).with_everything()}
