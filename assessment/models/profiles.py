"""What an organization says about itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from frameworks import library
from frameworks.profile import Guidance, guide
from people.models import Organization


class ProfileQuerySet(models.QuerySet["Profile"]):
    def guidance_for(self, organization: Organization) -> Guidance:
        """What follows from what an organization said about itself, if it said anything."""
        row = self.filter(organization=organization).first()
        return guide(library.profile(), row.answers if row else {})


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
