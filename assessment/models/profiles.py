"""What an organization says about itself."""

from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from frameworks import library
from frameworks.profile import Guidance, guide
from people import audit
from people.models import Organization, User

PROFILE = audit.Kind("profile", _("Organization profile"), answers=_("Answers"))
CHANGED = PROFILE.deed("changed", _("%(who)s changed the profile of %(what)s."))


class ProfileQuerySet(models.QuerySet["Profile"]):
    def guidance_for(self, organization: Organization) -> Guidance:
        """What follows from what an organization said about itself, if it said anything; the same object for as long as
        it says the same."""
        said = self.filter(organization=organization).values_list("answers", flat=True).first()
        return _guidance(tuple((said or {}).items()))

    @transaction.atomic
    def keep(self, organization: Organization, answers: Mapping[str, str], by: User | None = None) -> None:
        """What an organization says about itself from now on."""
        row, _made = self.select_for_update().get_or_create(organization=organization)
        before, row.answers, row.changed_by = row.answers, dict(answers), by
        row.save()
        differing = audit.differing({"answers": _told(before)}, {"answers": _told(answers)})
        audit.record(CHANGED, by, organization, organization.slug, organization.name, **differing)


@lru_cache(maxsize=256)
def _guidance(said: tuple[tuple[str, str], ...]) -> Guidance:
    return guide(library.profile(), dict(said))


def _told(answers: Mapping[str, str]) -> list[str]:
    return [f"{question}: {option}" for question, option in answers.items()]


class Profile(models.Model):
    """What an organization says about itself, by the slugs of fixtures/profile.yaml. It orders advice and recommends an
    operating model; scores never see it."""

    organization = models.OneToOneField(Organization, models.CASCADE)
    answers = models.JSONField(_("answers"), default=dict)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization profile")
        verbose_name_plural = _("organization profiles")

    def __str__(self) -> str:
        return str(self.organization)
