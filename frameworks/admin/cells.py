"""A cell: what the source says at one level in one pillar, and the statements asked there."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frameworks.admin.base import PartAdmin, by_number, change_url, linked, listed
from frameworks.admin.forms import FileForm
from frameworks.models import Cell, Level, Pillar, Version
from frameworks.schema import CELL


class CellForm(FileForm):
    record = CELL

    sources = forms.MultipleChoiceField(
        label=gettext_lazy("Sources"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where the source says it. Sources are added on the page of the version."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.chosen_version()
        if "sources" in self.fields and version:
            sources = version.sources.values_list("key", "title")
            self.fields["sources"].choices = list(sources)  # type: ignore[attr-defined]
        for name, model in (("level", Level), ("pillar", Pillar)):
            if name in self.fields and version:
                rows = model._default_manager.filter(version=version)
                self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def chosen_version(self) -> Version | None:
        """Of a new cell, the one its level belongs to."""
        if self.instance.pk:
            return Version.objects.select_related("framework").get(pk=self.instance.version_id)
        drafts = Level.objects.filter(version__state=Version.State.DRAFT).select_related("version__framework")
        level = by_number(drafts, self.data.get("level") or self.initial.get("level"))
        return level.version if level else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        level, pillar = data.get("level"), data.get("pillar")
        if level and pillar and level.version_id != pillar.version_id:
            self.add_error("pillar", _("Choose a pillar of the same version as the level."))
        elif level and pillar and Cell.objects.filter(level=level, pillar=pillar).exclude(pk=self.instance.pk).exists():
            self.add_error("pillar", _("This pillar has a cell at this level already."))
        return data


@admin.register(Cell)
class CellAdmin(PartAdmin):
    form = CellForm
    list_display = ["pillar", "level", "basis", "version"]
    list_select_related = ["version__framework", "pillar", "level"]
    fields = ["level", "pillar", "basis", "fact", "sources"]
    plain = {"sources": ["sources_listed"]}
    change_form_template = "admin/frameworks/cell.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A cell stays in its place; its statements can be moved to another."""
        return ["level", "pillar"] if obj else []

    @admin.display(description=gettext_lazy("sources"))
    def sources_listed(self, cell: Cell) -> str:
        return listed(linked(source) for source in cell.version.sources.filter(key__in=cell.sources))

    def save_model(self, request: HttpRequest, obj: Cell, form: forms.ModelForm, change: bool) -> None:
        obj.version = obj.level.version
        super().save_model(request, obj, form, change)

    def parent_url(self, row: Cell) -> str:
        return f"{change_url(row.version)}#coverage"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if cell := context.get("original"):
            context["statements"] = cell.statements.select_related("practice")
        else:
            context["version"] = context["adminform"].form.chosen_version()
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Cell) -> HttpResponse:
        response = super().response_change(request, obj)
        if "_next" not in request.POST or not isinstance(response, HttpResponseRedirect):
            return response
        following = next_of(list(Cell.objects.filter(version=obj.version_id)), obj)
        return HttpResponseRedirect(change_url(following) if following else self.parent_url(obj))

    def response_post_save_add(self, request: HttpRequest, obj: Cell) -> HttpResponseRedirect:
        """A new cell wants its statements."""
        return HttpResponseRedirect(f"{change_url(obj)}#statements")


def next_of[Row](rows: list[Row], row: Row) -> Row | None:
    """The one after it; None behind the last."""
    following = rows[rows.index(row) + 1 :]
    return following[0] if following else None
