"""Levels, pillars, sources and official bands."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest
from django.utils.translation import gettext as _

from frameworks.admin.base import FrozenOncePublished, PartAdmin
from frameworks.admin.forms import FileForm
from frameworks.fields import List, Record
from frameworks.models import Level, OfficialBand, Pillar, Source
from frameworks.schema import BAND, FRAMEWORK, SOURCE


def _item(key: str) -> Record:
    """The form of the entries in a list of a framework file."""
    field = FRAMEWORK.keys[key].field
    assert isinstance(field, List)
    assert isinstance(field.item, Record)
    return field.item


class LevelForm(FileForm):
    record = _item("levels")


class PillarForm(FileForm):
    record = _item("pillars")


class SourceForm(FileForm):
    record = SOURCE
    attributes = {"id": "key"}


class BandForm(FileForm):
    record = BAND
    attributes = {"from": "start", "to": "end"}


class NamedFormSet(forms.BaseInlineFormSet):
    """Every control in the table tells a screen reader what it holds. A row with cells is deleted on its own page,
    which shows what goes with it."""

    def clean(self) -> None:
        super().clean()
        for form in self.deleted_forms:
            if form.instance.pk and form.instance.cell_set.exists():
                text = _(
                    "“%(name)s” has cells, which would go with it. Delete it on its own page: see the table below."
                )
                raise forms.ValidationError(text % {"name": form.instance})

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label


class PartInline(FrozenOncePublished, admin.TabularInline):
    formset = NamedFormSet

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or obj.is_draft)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new framework has room for its first rows, also without JavaScript."""
        return 0 if obj else 3

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "summary":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class LevelInline(PartInline):
    model = Level
    form = LevelForm
    ordering = ["number"]
    fields = ["number", "name", "summary"]


class PillarInline(PartInline):
    model = Pillar
    form = PillarForm
    fields = ["slug", "name", "summary"]


@admin.register(Level)
class LevelAdmin(PartAdmin):
    form = LevelForm
    list_display = ["name", "number", "version"]
    fields = ["version", "number", "name", "summary"]

    def save_model(self, request: HttpRequest, obj: Level, form: forms.ModelForm, change: bool) -> None:
        """Levels stand in the order of their numbers."""
        super().save_model(request, obj, form, change)
        order_levels(obj.version_id)


@admin.register(Pillar)
class PillarAdmin(PartAdmin):
    form = PillarForm
    list_display = ["name", "version"]
    fields = ["version", "slug", "name", "summary"]


@admin.register(Source)
class SourceAdmin(PartAdmin):
    form = SourceForm
    list_display = ["title", "publisher", "confidence", "version"]
    fields = ["version", "key", "title", "publisher", "published", "url", "confidence"]


@admin.register(OfficialBand)
class OfficialBandAdmin(PartAdmin):
    form = BandForm
    section = "official-band"
    list_display = ["version", "level", "start", "end"]
    fields = ["version", "level", "start", "end"]


def order_levels(version: int) -> None:
    """A file lists levels from the lowest to the highest."""
    for level in Level.objects.filter(version=version):
        if level.order != level.number:
            level.order = level.number
            level.save(update_fields=["order"])
