"""Makes rows for tests. Keyword-only, no surprises: what a test relies on it says itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils import timezone

from assessment.aggregation import TeamResult
from assessment.models import Answer, Assessment, PlannedAction, Round
from frameworks import definition, library, publishing, stocking
from frameworks.loading import load
from frameworks.models import Version
from frameworks.scoring import score
from people import invitations
from people.models import Invitation, Membership, Organization, Team, User
from reports import round_report
from reports.earlier import Earlier, EarlierRound
from reports.report import Context, Report, State, compose
from reports.round_report import RoundContext, RoundReport, TeamLine

WORKED_EXAMPLE = Path(__file__).parent / "golden" / "worked-example.yaml"
WORKED_RATINGS = {"a1": "F", "a2": "L", "b1": "F", "a3": "P", "b2": "L"}
"""The answers of the scoring contract's example: level 2."""


@cache
def worked_example() -> definition.Framework:
    """The framework of the scoring contract's example: two levels, pillars a and b, statements a1 a2 a3 b1 b2."""
    return load(WORKED_EXAMPLE.read_bytes(), practices=())


@cache
def bundled() -> library.Library:
    return library.read()


def bundled_framework(slug: str) -> definition.Framework:
    return next(framework for framework in bundled().frameworks.values() if framework.slug == slug)


def make_bundled_version(slug: str = "microsoft-genaiops") -> Version:
    stocking.update_practices(bundled().practices)
    stocking.update_actions(bundled().actions)
    return make_version(bundled_framework(slug))


def make_report(
    ratings: Mapping[str, str] = WORKED_RATINGS,
    framework: definition.Framework | None = None,
    targets: Mapping[str, int] | None = None,
    actions: Sequence[definition.Action] = (),
    earlier: Earlier | None = None,
    **context: Any,
) -> Report:
    """A report without rows, by default on the scoring contract's example."""
    answers = {
        key: definition.Answer(definition.Rating(code), reason="Out of scope" if code == "NA" else "")
        for key, code in ratings.items()
    }
    said = Context(**{"organization": "Northwind", "state": State.CLOSED} | context)
    return compose(framework or worked_example(), answers, targets or {}, said, actions, earlier=earlier)


def make_line(name: str, ratings: Mapping[str, str], framework: definition.Framework, weight: int = 1) -> TeamLine:
    given = {key: definition.Rating(code) for key, code in ratings.items()}
    return TeamLine(name, f"code-of-{name}", TeamResult(weight, score(framework, given), given))


def make_round_report(
    *teams: Mapping[str, str],
    framework: definition.Framework | None = None,
    weights: Sequence[int] = (),
    missing: Sequence[str] = (),
    actions: Sequence[definition.Action] = (),
    earlier: EarlierRound | None = None,
    **context: Any,
) -> RoundReport:
    """A round's report without rows, on the teams' answers, by default to the scoring contract's example."""
    framework = framework or worked_example()
    each = zip(teams, weights or [1] * len(teams), strict=True)
    lines = [make_line(f"Team {n}", given, framework, weight) for n, (given, weight) in enumerate(each, start=1)]
    said = RoundContext(**{"organization": "Northwind", "round": "H2 2026"} | context)
    return round_report.compose(framework, lines, missing, said, actions, earlier=earlier)


def make_action(key: str, *practices: str, **fields: Any) -> definition.Action:
    texts = {name: f"{name.title()} of {key}" for name in ("title", "detail", "owner", "output", "kpi")}
    given: dict[str, Any] = {"kind": definition.ActionKind.ACTION, "source": definition.Credit("Ours")} | texts | fields
    return definition.Action(key=key, practices=practices, **given)


def make_version(framework: definition.Framework | None = None) -> Version:
    framework = framework or worked_example()
    publishing.publish(framework)
    return Version.objects.numbered(framework.slug, framework.version).select_related("framework").get()


def make_user(email: str = "alice@example.org", **fields: Any) -> User:
    return User.objects.create_user(email, **fields)


def make_organization(slug: str = "northwind", **fields: Any) -> Organization:
    return Organization.objects.create(slug=slug, name=fields.pop("name", slug.title()), **fields)


def make_team(*, organization: Organization, slug: str = "claims", **fields: Any) -> Team:
    return Team.objects.create(organization=organization, slug=slug, name=fields.pop("name", slug.title()), **fields)


def make_member(user: User, organization: Organization, *, leads: Sequence[Team] = (), **roles: bool) -> Membership:
    membership = Membership.objects.create(user=user, organization=organization, **roles)
    membership.teams.set(leads)
    return membership


def make_round(*, organization: Organization, version: Version | None = None, **fields: Any) -> Round:
    fields.setdefault("name", "H2 2026")
    return Round.objects.create(organization=organization, version=version or make_version(), **fields)


def make_assessment(
    *, team: Team, round: Round | None = None, ratings: Mapping[str, str] | None = None, **fields: Any
) -> Assessment:
    round = round or make_round(organization=team.organization)
    assessment = Assessment.objects.create(round=round, team=team, **fields)
    Answer.objects.bulk_create(
        Answer(assessment=assessment, statement_key=key, rating=rating, reason="Out of scope" if rating == "NA" else "")
        for key, rating in (ratings or {}).items()
    )
    return assessment


def make_planned(
    *, round: Round, assessment: Assessment | None = None, title: str = "Write tests", **fields: Any
) -> PlannedAction:
    fields = {"starts_on": date(2026, 11, 1), "due_on": date(2027, 1, 31)} | fields
    return PlannedAction.objects.create(round=round, assessment=assessment, title=title, **fields)


def make_invitation(
    organization: Organization, email: str = "dora@example.org", *, leads: Sequence[Team] = (), **fields: Any
) -> tuple[Invitation, str]:
    """An invitation and the token its letter has."""
    token = f"token-of-{email.partition('@')[0]}"
    fields.setdefault("expires_at", timezone.now() + invitations.VALID_FOR)
    made = Invitation.objects.create(
        organization=organization, email=email, token_hash=sha256(token.encode()).hexdigest(), **fields
    )
    made.teams.set(leads)
    return made, token
