"""The demo organization: bringing it in, and taking it out without a trace."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import yaml
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assessment import opening, plans
from assessment.models import Answer, Assessment, PlannedAction, Profile, Round, Target
from frameworks.definition import Framework
from frameworks.models import Version
from people import audit, organizations
from people.demo import PASSWORD
from people.models import Membership, Organization, Team, User
from reports import closing

SAID = ["rating", "note", "reason", "evidence", "state", "revision", "answered_by", "answered_at"]
FILE = settings.BASE_DIR / "fixtures" / "demo.yaml"


class DemoRefused(Exception):
    """The demo cannot be loaded here and now; the message says why."""


@dataclass
class Cast:
    """The rows that later rows refer to. `owner` does what no lead does."""

    organization: Organization
    teams: dict[str, Team]
    people: dict[str, User]

    @property
    def owner(self) -> User:
        return User.objects.get(membership__organization=self.organization, membership__is_owner=True)


@transaction.atomic
def load() -> None:
    """Writes all of it or nothing. Raises DemoRefused."""
    if settings.PRODUCTION:
        raise DemoRefused("Demo data has passwords that everybody knows: it is not loaded in production.")
    script = yaml.safe_load(FILE.read_text())
    if Organization.objects.filter(slug=script["organization"]["slug"]).exists():
        raise DemoRefused("The demo organization is there already.")
    cast = _make_cast(script)
    for told in script["rounds"]:
        round = _open_round(cast, told)
        if "closed" in told:
            closing.close(round, at=_morning(told["closed"]), by=cast.owner)


@transaction.atomic
def remove() -> bool:
    """Takes the demo organization out, with all it has and the people who belong to nothing else."""
    organization = Organization.objects.filter(is_demo=True).first()
    if organization is None:
        return False
    leaving = organizations.belonging_here_alone(organization)
    audit.forget(organization)
    organization.delete()
    User.objects.filter(pk__in=leaving).delete()
    return True


def _make_cast(script: dict[str, Any]) -> Cast:
    organization = Organization.objects.create(is_demo=True, **script["organization"])
    teams = {told["slug"]: Team.objects.create(organization=organization, **told) for told in script["teams"]}
    cast = Cast(organization, teams, {})
    for told in script["people"]:
        cast.people[told["email"]] = _make_person(cast, told)
    audit.record(organizations.CREATED, cast.owner, organization, organization.slug, organization.name)
    Profile.objects.create(organization=organization, answers=script.get("profile", {}))
    return cast


def _make_person(cast: Cast, told: dict[str, Any]) -> User:
    """Somebody whom `remove` let stay is not made again."""
    user = User.objects.filter(email=told["email"]).first()
    if user is None:
        user = User.objects.create_user(told["email"], PASSWORD, name=told["name"])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    membership = Membership.objects.create(
        user=user,
        organization=cast.organization,
        is_owner=told.get("owner", False),
        is_executive=told.get("executive", False),
    )
    membership.teams.set(cast.teams[slug] for slug in told.get("leads", []))
    return user


def _open_round(cast: Cast, told: dict[str, Any]) -> Round:
    version = Version.objects.newest(told["framework"])
    if version is None:
        raise DemoRefused(f"The framework {told['framework']} is not published: run load_frameworks first.")
    teams = [cast.teams[assessment["team"]] for assessment in told["assessments"]]
    round = opening.open_round(
        cast.organization, version, told["name"], teams, told["due"], target_level=told["target"], by=cast.owner
    )
    round.opened_at = _morning(told["opened"])
    round.save(update_fields=["opened_at"])
    Target.objects.bulk_create(
        Target(round=round, pillar=pillar, level=level) for pillar, level in told.get("targets", {}).items()
    )
    for assessment in told["assessments"]:
        _answer(cast, round, assessment)
    _plan(cast, round, None, told, by=cast.owner)
    return round


def _answer(cast: Cast, round: Round, told: dict[str, Any]) -> None:
    """What was carried over and is said again is confirmed thereby."""
    of_team = Assessment.objects.filter(team=cast.teams[told["team"]]).with_everything()
    assessment = of_team.get(round=round)
    if "carried_from" in told:
        assessment.carry_over(of_team.get(round__name=told["carried_from"]))
    scope = {name: told[name] for name in ("systems", "units", "period", "decision") if name in told}
    of_team.filter(round=round).update(**scope)
    by, at = cast.people[told["by"]], _morning(told.get("submitted", round.opened_at.date()))
    rows = [
        Answer(assessment=assessment, statement_key=key, answered_by=by, answered_at=at, revision=1, **values)
        for key, values in _said(assessment.framework, told).items()
    ]
    Answer.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["assessment", "statement_key"], update_fields=SAID
    )
    if "submitted" in told:
        assessment.submit(by=by)
        Assessment.objects.filter(pk=assessment.pk).update(submitted_at=at)
    _plan(cast, round, assessment, told, by)


def _plan(cast: Cast, round: Round, assessment: Assessment | None, told: dict[str, Any], by: User) -> None:
    today = timezone.localdate()
    for action in told.get("plan", []):
        given = {name: value for name, value in action.items() if name not in ("person", "starts", "due")}
        planned = PlannedAction(
            round=round,
            assessment=assessment,
            person=cast.people.get(action.get("person")),
            starts_on=today + timedelta(days=action["starts"]),
            due_on=today + timedelta(days=action["due"]),
            **given,
        )
        plans.save(planned, by)


def _said(framework: Framework, told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Statement key -> rating, note, reason, evidence."""
    by_level = {
        statement.key: rating for level, rating in told["levels"].items() for statement in framework.at_level(level)
    }
    said = by_level | told["answers"]
    return {key: value if isinstance(value, dict) else {"rating": value} for key, value in said.items()}


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=UTC)
