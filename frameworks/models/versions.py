"""Frameworks in versions, so that an edit never changes an old result. Once a version is published nothing in it
changes: the model refuses, and so do triggers in the database."""

import re
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from frameworks import definition, schema, wording
from frameworks.models.fields import choices, slug_validator


class Frozen(Exception):
    """Somebody tried to change a published version."""


class Framework(models.Model):
    """A maturity model through all its versions."""

    slug = models.CharField(_("short name"), max_length=60, unique=True, validators=[slug_validator])

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class VersionQuerySet(models.QuerySet["Version"]):
    def numbered(self, framework: str, number: str) -> "VersionQuerySet":
        """The version with this number, in any state; none where that is no number at all."""
        if not re.fullmatch(schema.VERSION.pattern, number):
            return self.none()
        major, minor = number.split(".")
        return self.filter(framework__slug=framework, major=major, minor=minor)

    def published(self) -> "VersionQuerySet":
        return self.filter(state=Version.State.PUBLISHED)

    def released(self, framework_id: int) -> "VersionQuerySet":
        """What a framework was published as, newest first."""
        released = self.filter(framework=framework_id).exclude(state=Version.State.DRAFT)
        return released.select_related("framework").order_by("-major", "-minor")

    def newest(self, framework: str) -> "Version | None":
        """The published version with the highest number."""
        return self.published().filter(framework__slug=framework).order_by("major", "minor").last()

    def newest_of_each(self) -> "list[Version]":
        """Of every framework its newest published version, by the framework's short name."""
        versions = self.published().select_related("framework").order_by("framework__slug", "major", "minor")
        return list({version.framework_id: version for version in versions}.values())


class Version(models.Model):
    """One version of a framework: what an organization is measured against."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="versions")
    major = models.PositiveSmallIntegerField(_("major"), default=1)
    minor = models.PositiveSmallIntegerField(_("minor"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    name = models.CharField(_("name"), max_length=120)
    publisher = models.CharField(_("publisher"), max_length=120)
    summary = models.TextField(_("summary"))
    licence_note = models.TextField(_("licence note"))
    limits = models.JSONField(_("limits"), default=list, blank=True, help_text=_("What the model does not cover."))
    pillars_are = models.CharField(
        _("pillars are"),
        max_length=10,
        choices=choices(wording.PILLARS_ARE),
    )
    entry_level = models.PositiveSmallIntegerField(_("entry level"), choices=[(0, "0"), (1, "1")])
    overall = models.CharField(
        _("overall level"),
        max_length=20,
        default=definition.Overall.LEVELS.value,
        choices=choices(wording.OVERALLS),
    )
    note = models.TextField(_("note"), blank=True, editable=False, help_text=_("What changed, for those who use it."))
    mistakes = models.PositiveSmallIntegerField(_("mistakes"), null=True, editable=False)
    warnings = models.PositiveSmallIntegerField(_("warnings"), null=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)

    objects = VersionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["mistakes", "warnings", "content_hash"])

    class Meta:
        verbose_name = _("framework version")
        verbose_name_plural = _("framework versions")
        ordering = ["framework__slug", "major", "minor"]
        constraints = [models.UniqueConstraint(fields=["framework", "major", "minor"], name="version_number_unique")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.require_draft()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.require_draft()
        return super().delete(*args, **kwargs)

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def definition(self) -> definition.Framework:
        """The same types a file is loaded into. Kept in memory once published, since it cannot change any more."""
        if self.is_draft:
            return read_definition(self)
        return _kept_definition(self.pk, self.content_hash)

    def publish(self, content_hash: str) -> None:
        """From now on only retiring is possible. `publishing` calls this after its checks."""
        self.require_draft()
        self.state = self.State.PUBLISHED
        self.content_hash = content_hash
        self.published_at = timezone.now()
        super().save(update_fields=["major", "minor", "note", "state", "content_hash", "published_at"])

    def retire(self) -> None:
        """No new round can choose it; rounds that use it go on. A draft is deleted instead."""
        if self.state != self.State.PUBLISHED:
            raise Frozen(f"{self} is {self.state}: only a published version can be retired.")
        self.state = self.State.RETIRED
        self.retired_at = timezone.now()
        super().save(update_fields=["state", "retired_at"])

    def require_draft(self) -> None:
        """Raises Frozen once the version is published."""
        if not self.is_draft:
            raise Frozen(f"{self} is {self.state} and cannot be changed: create a draft from it.")


@lru_cache(maxsize=64)
def _kept_definition(pk: int, content_hash: str) -> definition.Framework:
    return read_definition(Version.objects.select_related("framework").get(pk=pk))


def read_definition(version: Version) -> definition.Framework:
    """Seven queries, however large the framework."""
    return definition.Framework(
        slug=version.framework.slug,
        version=version.number,
        name=version.name,
        publisher=version.publisher,
        summary=version.summary,
        licence_note=version.licence_note,
        limits=tuple(version.limits),
        pillars_are=definition.PillarsAre(version.pillars_are),
        entry_level=version.entry_level,
        overall=definition.Overall(version.overall),
        sources=tuple(row.definition() for row in version.sources.all()),
        official_bands=tuple(row.definition() for row in version.officialbands.all()),
        levels=tuple(row.definition() for row in version.levels.all()),
        pillars=tuple(row.definition() for row in version.pillars.all()),
        cells=_read_cells(version),
        examples=tuple(row.definition() for row in version.examples.all()),
    )


def _read_cells(version: Version) -> tuple[definition.Cell, ...]:
    statements: dict[int, list[Any]] = {}
    for row in version.statements.all():
        statements.setdefault(row.cell_id, []).append(row)
    cells = version.cells.select_related("level", "pillar")
    return tuple(cell.definition(statements.get(cell.pk, [])) for cell in cells)
