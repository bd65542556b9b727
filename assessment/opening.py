"""Opening a round for some teams, and what may still change in it while it is open."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, Round, Target
from frameworks.models import Version
from people import audit
from people.models import Organization, Team, User

ROUND = audit.Kind(
    "round",
    _("Round"),
    version=_("Framework"),
    teams=_("Teams"),
    due_on=_("Due"),
    decision=_("Decision asked"),
    target_level=_("Target"),
    targets=_("Targets of pillars"),
    source=_("Answers carried over from"),
    reason=_("Reason"),
    reminded=_("Leads reminded"),
    snapshots=_("Reports stored"),
)
OPENED = ROUND.deed("opened", _("%(who)s opened the round %(what)s."))
CHANGED = ROUND.deed("changed", _("%(who)s changed the round %(what)s."))


@transaction.atomic
def open_round(
    organization: Organization,
    version: Version,
    name: str,
    teams: Iterable[Team],
    due_on: date | None = None,
    target_level: int | None = None,
    source: Round | None = None,
    by: User | None = None,
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
    after = {"version": str(version)} | _described(round) | {"source": source.name if source else None}
    audit.record(OPENED, by, organization, round.code, round.name, after=after)
    return round


@transaction.atomic
def change(
    round: Round,
    due_on: date | None,
    target_level: int | None,
    targets: Mapping[str, int],
    teams: Iterable[Team] = (),
    decision: str = "",
    by: User | None = None,
) -> None:
    """Sets the due date, the decision asked, the one target, and the targets of pillars (slug -> level); adds teams.
    Targets that a team has of its own stay. Raises Closed once the round is."""
    round.lock_open()
    before = _described(Round.objects.get(pk=round.pk))
    round.due_on, round.target_level, round.decision = due_on, target_level, decision
    round.save(update_fields=["due_on", "target_level", "decision"])
    asked = [pillar.slug for pillar in round.version.definition().pillars]
    round.targets.filter(team=None, pillar__in=asked).delete()
    Target.objects.bulk_create(Target(round=round, pillar=pillar, level=level) for pillar, level in targets.items())
    for team in teams:
        Assessment.objects.get_or_create(round=round, team=team)
    differing = audit.differing(before, _described(round))
    audit.record(CHANGED, by, round.organization, round.code, round.name, **differing)


def _described(round: Round) -> dict[str, object]:
    teams = Team.objects.filter(assessment__round=round).order_by("name")
    targets = Target.objects.filter(round=round, team=None).order_by("pillar")
    return {
        "teams": [team.name for team in teams],
        "due_on": round.due_on.isoformat() if round.due_on else None,
        "decision": round.decision,
        "target_level": round.target_level,
        "targets": [f"{target.pillar} {target.level}" for target in targets],
    }


def _assessments_by_team(round: Round) -> dict[int, Assessment]:
    return {row.team_id: row for row in Assessment.objects.filter(round=round).with_everything()}
