"""A round that is open follows its framework: to minor versions by itself, to others when an owner says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.carrying import Fate, upgrade
from assessment.models import Answer, Assessment, Round, Target, VersionChange
from assessment.opening import ROUND
from frameworks.definition import Pillar
from frameworks.differences import Changes, compare
from frameworks.models import Version
from people import audit
from people.models import User

FOLLOWED = ROUND.deed("followed", _("The round %(what)s took over a newer minor version."))
UPGRADED = ROUND.deed("upgraded", _("%(who)s upgraded the round %(what)s to a newer version."))


@dataclass(frozen=True)
class Effect:
    """What an upgrade does to one team's answers, in numbers. `new` counts the statements it has yet to answer."""

    assessment: Assessment
    kept: int
    review: int
    archived: int
    new: int

    @property
    def submits_again(self) -> bool:
        return bool(self.assessment.submitted_at and (self.review or self.new))


def changes_of(round: Round, version: Version) -> Changes:
    return compare(round.version.definition(), version.definition())


def follow(round: Round, newer_minor: int | None) -> None:
    """Takes over the minor version with this id, which asks and counts the same in clearer words: answers stay as they
    are. One that changes more than its number says is left to be offered."""
    if newer_minor is None or round.is_closed:
        return
    version = Version.objects.select_related("framework").get(pk=newer_minor)
    if changes_of(round, version).kind != "major":
        with transaction.atomic():
            locked = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
            if not locked.is_closed and locked.version_id == round.version_id:
                _pin(round, version, FOLLOWED, by=None)
        round.refresh_from_db(fields=["version", "state"])


def offer(round: Round) -> Version | None:
    """The newest version an owner can upgrade this open round to."""
    newest = Version.objects.newest(round.version.framework.slug)
    if newest is None or round.is_closed:
        return None
    return newest if (newest.major, newest.minor) > (round.version.major, round.version.minor) else None


def effects(round: Round, changes: Changes) -> Iterator[Effect]:
    """Team by team, by name."""
    rows = Assessment.objects.filter(round=round).with_everything().prefetch_related("answers")
    for assessment in rows.order_by("team__name"):
        answers = {row.statement_key: row for row in assessment.answers.all()}
        fates = list(upgrade(changes, answers).items())
        asked = [key for key, fate in fates if fate is not Fate.ARCHIVED and answers[key].rating]
        yield Effect(
            assessment,
            kept=sum(1 for _key, fate in fates if fate is Fate.KEPT),
            review=sum(1 for _key, fate in fates if fate is Fate.REVIEW),
            archived=sum(1 for key, fate in fates if fate is Fate.ARCHIVED and _is_live(answers[key])),
            new=_size(changes) - len(asked),
        )


def upgrade_round(round: Round, version: Version, by: User | None) -> None:
    """Pins the version and gives every answer the state it has under it. Part of `reports.closing.upgrade`, which holds
    the lock and has stored what stood before."""
    changes = changes_of(round, version)
    _pin(round, version, UPGRADED, by)
    for assessment in Assessment.objects.filter(round=round).with_everything():
        assessment.round = round
        assessment.upgrade(changes, by)


def set_aside(round: Round, version: Version) -> list[tuple[Pillar, Target]]:
    """The targets this version has no pillar for. They count again where a later one has it."""
    asked = {pillar.slug for pillar in version.definition().pillars}
    gone = {pillar.slug: pillar for pillar in round.version.definition().pillars if pillar.slug not in asked}
    targets = (
        Target.objects.filter(round=round, pillar__in=gone).select_related("team").order_by("pillar", "team__name")
    )
    return [(gone[target.pillar], target) for target in targets]


def _pin(round: Round, version: Version, deed: audit.Deed, by: User | None) -> None:
    old, round.version = round.version, version
    round.save(update_fields=["version"])
    VersionChange.objects.create(
        round=round, old=old, new=version, is_upgrade=deed is UPGRADED, changed_at=timezone.now(), changed_by=by
    )
    before, after = {"version": str(old)}, {"version": str(version)}
    audit.record(deed, by, round.organization, round.code, round.name, before, after)


def _is_live(answer: Answer) -> bool:
    return answer.state != Answer.State.ARCHIVED


def _size(changes: Changes) -> int:
    """How many statements the newer version asks."""
    return sum(map(len, (changes.kept, changes.reworded, changes.rescored, changes.moved, changes.new)))
