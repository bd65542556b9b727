"""What a version consists of, as rows, so that admins can edit it. A part is frozen with its version."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from frameworks import definition, wording
from frameworks.models.fields import choices, slug_validator
from frameworks.models.library import Practice
from frameworks.models.versions import Version


class Elsewhere(Exception):
    """Somebody tried to tie a part of one version to a part of another."""


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
