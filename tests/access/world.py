"""A full organization: every kind of row that can belong to one, and a person of every kind, inside and outside."""

from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from django.utils import timezone

from assessment.models import (
    Assessment,
    AssessmentReopening,
    PlannedAction,
    Profile,
    Reminder,
    Reopening,
    Target,
    VersionChange,
)
from frameworks.models import Version
from people.models import Invitation, Membership, Organization, Team, User
from reports import closing
from reports.models import Snapshot
from tests.access.canaries import plant
from tests.factories import (
    WORKED_RATINGS,
    make_assessment,
    make_invitation,
    make_member,
    make_organization,
    make_planned,
    make_round,
    make_team,
    make_user,
)

PASSWORD = "stone-cairn-ridge"


@dataclass
class World:
    """`open` and `closed` are what its lead's team answers and answered; `people` the person of each kind by name, and
    `sessions` the keys of their visits."""

    organization: Organization
    team: Team
    open: Assessment
    closed: Assessment
    kept: Snapshot
    planned: dict[str, PlannedAction]
    invitation: Invitation
    token: str
    people: dict[str, User]
    sessions: dict[str, str] = field(default_factory=dict)

    def parts(self, state: str) -> dict[str, str]:
        """What stands in an address after each of its words, for the open or the closed round."""
        assessment: Assessment = getattr(self, state)
        bystander = Membership.objects.get(user=self.people["bystander"], organization=self.organization)
        return {
            "o": self.organization.slug,
            "assessments": str(assessment.code),
            "rounds": str(assessment.round.code),
            "reports": str(self.kept.code),
            "plan": str(self.planned[state].code),
            "versions": str(VersionChange.objects.get(round__organization=self.organization).code),
            "people": str(bystander.code),
            "teams": self.team.slug,
            "invitations": str(self.invitation.code),
            "invitation": self.token,
            "statements": "a1",
            "pillars": "a",
            "result": "a",
            "frameworks": "worked-example",
            "worked-example": "1.0",
        }


def make_world(slug: str, sign: str, version: Version) -> World:
    """`sign` marks the canaries in all its texts."""
    organization = make_organization(slug)
    team = make_team(organization=organization, slug=f"{slug}-claims")
    other = make_team(organization=organization, slug=f"{slug}-underwriting")
    archived = make_team(organization=organization, slug=f"{slug}-retail", archived_at=timezone.now())
    people = _make_people(organization, team, other)
    invitation, token = make_invitation(
        organization, f"dora-{slug}@example.org", leads=[team], invited_by=people["owner"]
    )
    make_invitation(organization, f"eve-{slug}@example.org", leads=[archived])
    Profile.objects.create(organization=organization, answers={})
    opened = _make_open_round(organization, version, team, other, people["lead"])
    closed = _make_closed_round(organization, version, team, people["owner"])
    for row in (opened, closed):
        for assessment in (row, None):
            make_planned(round=row.round, assessment=assessment, person=people["lead"])
    plant(organization, sign)
    closed = Assessment.objects.with_everything().get(pk=closed.pk)
    closing.close(closed.round)
    for person in people.values():
        person.refresh_from_db()
        confirm(person)
    kept = _keep_another(closed, f"zq{sign}9999x")
    planned = {
        "open": PlannedAction.objects.get(assessment=opened),
        "closed": PlannedAction.objects.get(assessment=None, round=closed.round),
    }
    return World(organization, team, opened, closed, kept, planned, invitation, token, people)


def _make_people(organization: Organization, team: Team, other: Team) -> dict[str, User]:
    names = ("owner", "lead", "other_lead", "executive", "ex_member", "bystander")
    people = {name: make_user(f"{name}@{organization.slug}.example", password=PASSWORD) for name in names}
    make_member(people["owner"], organization, is_owner=True)
    make_member(people["lead"], organization, leads=[team])
    make_member(people["other_lead"], organization, leads=[other])
    make_member(people["executive"], organization, is_executive=True)
    make_member(people["bystander"], organization, is_executive=True)
    make_member(people["ex_member"], organization, is_owner=True).delete()
    return people


def _make_open_round(organization: Organization, version: Version, team: Team, other: Team, lead: User) -> Assessment:
    round = make_round(organization=organization, version=version, due_on=date(2030, 6, 30), target_level=1)
    Target.objects.create(round=round, team=team, pillar="a", level=2)
    Reminder.objects.create(round=round, lead=lead, sent_on=date(2026, 1, 1))
    VersionChange.objects.create(round=round, old=version, new=version, is_upgrade=True)
    make_assessment(team=other, round=round, ratings={"a1": "P"})
    return make_assessment(team=team, round=round, ratings=WORKED_RATINGS)


def _make_closed_round(organization: Organization, version: Version, team: Team, owner: User) -> Assessment:
    round = make_round(organization=organization, version=version, name="H1 2026")
    Reopening.objects.create(round=round, reason="A number was wrong", reopened_by=owner)
    assessment = make_assessment(team=team, round=round, ratings=WORKED_RATINGS)
    AssessmentReopening.objects.create(assessment=assessment, reason="A word was wrong", reopened_by=owner)
    assessment.submit(by=owner)
    return assessment


def _keep_another(assessment: Assessment, name: str) -> Snapshot:
    """A report from before the round was reopened, with the file of the one on closing."""
    kept = closing.kept(assessment)
    assert kept is not None
    fields = {name: getattr(kept, name) for name in ("round", "assessment", "report", "content_hash")}
    return Snapshot.objects.create(
        kind=Snapshot.Kind.REOPENED, name=name, waymark_version="0", pdf=closing.document(kept), **fields
    )


def confirm(person: User) -> None:
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
