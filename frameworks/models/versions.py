"""Framework definitions as rows, so that admins can edit them, in versions, so that an edit never changes an old
result. Once a version is published nothing in it changes: the model refuses, and so do triggers in the database."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from frameworks import definition, schema, wording
from frameworks.models.fields import choices, slug_validator
from frameworks.models.library import Practice


class Frozen(Exception):
    """Somebody tried to change a published version."""


class Elsewhere(Exception):
    """Somebody tried to tie a part of one version to a part of another."""


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


class VersionPart(models.Model):
    """What belongs to a version, and is frozen with it. `order` is the place in the file, which breaks ties; `within`
    names the parts of the same version it stands in."""

    within: tuple[str, ...] = ()

    version = models.ForeignKey(Version, models.CASCADE, related_name="%(class)ss")
    order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.version.require_draft()
        self.require_one_version()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.version.require_draft()
        return super().delete(*args, **kwargs)

    def require_one_version(self) -> None:
        """Raises Elsewhere where it stands in a part of another version."""
        for name in self.within:
            if getattr(self, name).version_id != self.version_id:
                raise Elsewhere(f"“{self}” belongs to {self.version}, its {name} to another version.")


class Source(VersionPart):
    key = models.CharField(_("id"), max_length=60, validators=[slug_validator])
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=120)
    published = models.CharField(_("published"), max_length=60)
    confidence = models.CharField(
        _("confidence"),
        max_length=20,
        choices=choices(wording.CONFIDENCES),
    )
    url = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(VersionPart.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="source_key_unique")]

    def __str__(self) -> str:
        return self.title

    def definition(self) -> definition.Source:
        confidence = definition.Confidence(self.confidence)
        return definition.Source(self.key, self.title, self.publisher, self.published, confidence, self.url or None)


class OfficialBand(VersionPart):
    level = models.PositiveSmallIntegerField(_("level"))
    start = models.PositiveSmallIntegerField(_("from"))
    end = models.PositiveSmallIntegerField(_("to"))

    class Meta(VersionPart.Meta):
        verbose_name = _("official band")
        verbose_name_plural = _("official bands")

    def __str__(self) -> str:
        return f"{self.start}-{self.end}: {self.level}"

    def definition(self) -> definition.OfficialBand:
        return definition.OfficialBand(self.level, self.start, self.end)


class Level(VersionPart):
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    name = models.CharField(_("name"), max_length=60)
    summary = models.TextField(_("summary"))

    class Meta(VersionPart.Meta):
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="level_number_unique")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def definition(self) -> definition.Level:
        return definition.Level(self.number, self.name, self.summary)


class Pillar(VersionPart):
    slug = models.CharField(_("short name"), max_length=60, validators=[slug_validator])
    name = models.CharField(_("name"), max_length=60)
    summary = models.TextField(_("summary"))

    class Meta(VersionPart.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")
        constraints = [models.UniqueConstraint(fields=["version", "slug"], name="pillar_slug_unique")]

    def __str__(self) -> str:
        return self.name

    def definition(self) -> definition.Pillar:
        return definition.Pillar(self.slug, self.name, self.summary)


class Cell(VersionPart):
    """One (level, pillar) pair the source covers."""

    within = ("level", "pillar")

    level = models.ForeignKey(Level, models.CASCADE, verbose_name=_("level"))
    pillar = models.ForeignKey(Pillar, models.CASCADE, verbose_name=_("pillar"))
    basis = models.CharField(_("basis"), max_length=20, choices=choices(wording.BASES))
    fact = models.TextField(_("what the source says"))
    sources = models.JSONField(_("source ids"), default=list)

    class Meta(VersionPart.Meta):
        verbose_name = _("cell")
        verbose_name_plural = _("cells")
        constraints = [models.UniqueConstraint(fields=["version", "level", "pillar"], name="cell_unique")]

    def __str__(self) -> str:
        return f"{self.pillar}, {self.level}"

    def definition(self, statements: Iterable["Statement"]) -> definition.Cell:
        return definition.Cell(
            level=self.level.number,
            pillar=self.pillar.slug,
            basis=definition.Basis(self.basis),
            fact=self.fact,
            sources=tuple(self.sources),
            statements=tuple(statement.definition() for statement in statements),
        )


class Statement(VersionPart):
    within = ("cell",)

    cell = models.ForeignKey(Cell, models.CASCADE, related_name="statements", verbose_name=_("cell"))
    key = models.CharField(_("key"), max_length=60, validators=[slug_validator])
    text = models.CharField(_("text"), max_length=200)
    help = models.TextField(_("help"), blank=True, help_text=_("What counts, and what does not."))
    evidence = models.JSONField(_("examples of evidence"), default=list, blank=True)
    essential = models.BooleanField(_("essential"), default=False)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    effort = models.PositiveSmallIntegerField(_("effort"), default=2, choices=list(wording.EFFORTS.items()))
    practice = models.ForeignKey(
        Practice, models.PROTECT, to_field="slug", null=True, blank=True, verbose_name=_("practice")
    )
    required = models.CharField(
        _("required"),
        max_length=2,
        default="F",
        choices=[(step.value, wording.RATINGS[step].text) for step in definition.STEPS],
        help_text=_("The rating of the practice that fulfils this statement."),
    )

    class Meta(VersionPart.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="statement_key_unique")]

    def __str__(self) -> str:
        return self.text

    def definition(self) -> definition.Statement:
        return definition.Statement(
            key=self.key,
            text=self.text,
            help=self.help,
            evidence=tuple(self.evidence),
            essential=self.essential,
            weight=self.weight,
            effort=self.effort,
            practice=self.practice_id,
            required=definition.Rating(self.required),
        )


class Example(VersionPart):
    """A worked case that must come out as written before the version can be published.

    `answers` is a list, since PostgreSQL keeps no order of keys: {"statement", "rating", "note", "reason",
    "evidence"}, of which the first two are needed. `expect` has the attributes of definition.Expectation."""

    name = models.CharField(_("name"), max_length=120)
    answers = models.JSONField(_("answers"), default=list)
    expect = models.JSONField(_("expected"), default=dict)

    class Meta(VersionPart.Meta):
        verbose_name = _("worked example")
        verbose_name_plural = _("worked examples")

    def __str__(self) -> str:
        return self.name

    def definition(self) -> definition.Example:
        answers = {answer["statement"]: _answer(answer) for answer in self.answers}
        return definition.Example(self.name, answers, definition.Expectation(**self.expect))


def _answer(kept: Mapping[str, Any]) -> definition.Answer:
    return definition.Answer(
        rating=definition.Rating(kept["rating"]),
        note=kept["note"],
        reason=kept["reason"],
        evidence=tuple(kept["evidence"]),
    )


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
    statements: dict[int, list[Statement]] = {}
    for row in version.statements.all():
        statements.setdefault(row.cell_id, []).append(row)
    cells = version.cells.select_related("level", "pillar")
    return tuple(cell.definition(statements.get(cell.pk, [])) for cell in cells)
