"""What every framework draws on: practices that several models ask for, and actions that advance them.

`changed_here`: an admin wrote or changed the row, so what comes with Waymark is not written over it."""

from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from frameworks import definition, wording
from frameworks.models.fields import choices, slug_validator


class Practice(models.Model):
    """What several models ask for in their own words."""

    slug = models.CharField(_("short name"), max_length=60, unique=True, validators=[slug_validator])
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"))
    extension = models.BooleanField(
        _("extension"), default=False, help_text=_("Asked for by none of the published models.")
    )
    order = models.PositiveIntegerField(_("order"), default=0, editable=False)
    changed_here = models.BooleanField(_("changed here"), default=False, editable=False)

    history = HistoricalRecords(excluded_fields=["changed_here"])

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def definition(self) -> definition.Practice:
        return definition.Practice(self.slug, self.name, self.summary, self.extension)


class ActionQuerySet(models.QuerySet["Action"]):
    def definitions(self) -> tuple[definition.Action, ...]:
        """What the rows say; the same objects for as long as they say the same."""
        return _definitions(tuple((*row, tuple(practices)) for *row, practices in self.values_list(*DEFINED)))


class Action(models.Model):
    """Something to do that advances practices."""

    key = models.CharField(_("key"), max_length=60, unique=True, validators=[slug_validator])
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=choices(wording.ACTION_KINDS),
    )
    title = models.CharField(_("title"), max_length=120)
    detail = models.TextField(_("detail"))
    owner = models.CharField(_("owner"), max_length=120)
    output = models.CharField(_("output"), max_length=300)
    kpi = models.CharField(_("KPI"), max_length=300)
    first_month = models.PositiveSmallIntegerField(_("first month"), null=True, blank=True)
    last_month = models.PositiveSmallIntegerField(_("last month"), null=True, blank=True)
    effort = models.PositiveSmallIntegerField(_("effort"), default=2, choices=list(wording.EFFORTS.items()))
    practices = models.JSONField(_("practices it advances"), default=list)
    source_title = models.CharField(_("source"), max_length=300)
    source_note = models.TextField(_("note on the source"), blank=True)
    order = models.PositiveIntegerField(_("order"), default=0, editable=False)
    changed_here = models.BooleanField(_("changed here"), default=False, editable=False)

    objects = ActionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["changed_here"])

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    def definition(self) -> definition.Action:
        months = None if self.first_month is None or self.last_month is None else (self.first_month, self.last_month)
        return definition.Action(
            key=self.key,
            kind=definition.ActionKind(self.kind),
            title=self.title,
            detail=self.detail,
            owner=self.owner,
            output=self.output,
            kpi=self.kpi,
            practices=tuple(self.practices),
            source=definition.Credit(self.source_title, self.source_note),
            effort=self.effort,
            months=months,
        )


DEFINED = (
    *("key", "kind", "title", "detail", "owner", "output", "kpi", "first_month", "last_month", "effort"),
    *("source_title", "source_note", "practices"),
)


@lru_cache(maxsize=8)
def _definitions(rows: tuple[tuple[Any, ...], ...]) -> tuple[definition.Action, ...]:
    return tuple(Action(**dict(zip(DEFINED, row, strict=True))).definition() for row in rows)
