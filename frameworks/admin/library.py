"""Practices and actions, with where they are used, and the way back to what comes with Waymark."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from frameworks import library
from frameworks.admin.base import LOW, PlainWhenRead, change_url, linked, listed
from frameworks.admin.forms import FileForm
from frameworks.admin.telling import Value, values
from frameworks.difference_tree import Difference
from frameworks.models import Action, Practice, Statement
from frameworks.schema import ACTION, CREDIT, PRACTICE
from frameworks.stocking import action_row, practice_row, write_over


class PracticeForm(FileForm):
    record = PRACTICE


class ActionForm(FileForm):
    record = ACTION
    credits = CREDIT

    practices = forms.MultipleChoiceField(label=_("Practices it advances"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "practices" in self.fields:
            known = list(Practice.objects.values_list("slug", "name"))
            self.fields["practices"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first_month"), data.get("last_month")
        if (first is None) != (last is None):
            self.add_error("last_month", _("Give both months, or none."))
        elif first is not None and last is not None and not 0 <= first <= last <= 24:
            self.add_error("last_month", _("Give the first month, then the last, from 0 to 24."))
        return data


class LibraryAdmin(PlainWhenRead, admin.ModelAdmin):
    """`named` is the field that never changes: statements and files name it. `shipped` has what comes with Waymark, and
    `uses` tells the page where a row is used."""

    named = ""
    shipped: Callable[[], Mapping[str, Any]]
    row_of: Callable[[int, Any], Any]
    uses: Callable[[Any], dict[str, Any]]
    formfield_overrides = LOW
    change_form_template = "admin/frameworks/library.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [self.named] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What comes with Waymark would be back at the next loading."""
        return super().has_delete_permission(request, obj) and not (obj and self.original(obj))

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        """Rows are deleted one by one, where it is seen what uses them."""
        found = super().get_actions(request, action_location=action_location)
        found.pop("delete_selected", None)
        return found

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.take_back)
        name = f"{self.opts.app_label}_{self.opts.model_name}_take_back"
        return [path("<int:pk>/take-back/", view, name=name), *super().get_urls()]

    def original(self, row: Any) -> Any:
        """What comes with Waymark under its name, or None."""
        return self.shipped().get(getattr(row, self.named))

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        if not change:
            last = self.model._default_manager.order_by("order").last()
            obj.order = last.order + 1 if last else 0
        obj.changed_here = obj.definition() != self.original(obj)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if row := context.get("original"):
            context |= self.uses(row) | {"shipped": self.original(row), "undone": self.undone(row)}
        return super().render_change_form(request, context, *args, **kwargs)

    def undone(self, row: Any) -> list[Value]:
        """What taking back would change, word by word."""
        original = self.original(row)
        if not row.changed_here or not original:
            return []
        fresh = self.row_of(row.order, original)
        fields = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
        pairs = [(field.name, shown_value(row, field), shown_value(fresh, field)) for field in fields]
        return values(self.model, [Difference(name, old, new) for name, old, new in pairs if old != new])

    def take_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Gives up what was changed here."""
        row = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if original := self.original(row):
            write_over(row, self.row_of(row.order, original))
            self.log_change(request, row, _("Taken back to what comes with Waymark."))
            messages.success(request, _("It says again what comes with Waymark."))
        return HttpResponseRedirect(change_url(row))


def shown_value(row: Any, field: Any) -> str:
    value = getattr(row, field.attname)
    return "\n".join(value) if isinstance(value, list) else "" if value is None else str(value)


def asking(practices: list[str]) -> list[tuple[Statement, str]]:
    """The statements that ask for one of the practices, with their pages."""
    found = Statement.objects.filter(practice__slug__in=practices).select_related("version__framework", "practice")
    ordered = found.order_by("version__framework__slug", "version__major", "version__minor", "order")
    return [(statement, change_url(statement)) for statement in ordered]


def uses_of_practice(row: Practice) -> dict[str, Any]:
    advancing = [action for action in Action.objects.all() if row.slug in action.practices]
    return {"statements": asking([row.slug]), "actions": [(action, change_url(action)) for action in advancing]}


def uses_of_action(row: Action) -> dict[str, Any]:
    return {"statements": asking(row.practices)}


@admin.register(Practice)
class PracticeAdmin(LibraryAdmin):
    form = PracticeForm
    named = "slug"
    shipped = staticmethod(library.practices)
    row_of = staticmethod(practice_row)
    uses = staticmethod(uses_of_practice)
    list_display = ["name", "slug", "extension", "changed_here"]
    list_filter = ["extension", "changed_here"]
    search_fields = ["name", "slug"]
    fieldsets = [(None, {"fields": ["slug", "name", "summary", "extension"]})]


@admin.register(Action)
class ActionAdmin(LibraryAdmin):
    form = ActionForm
    named = "key"
    shipped = staticmethod(library.actions)
    row_of = staticmethod(action_row)
    uses = staticmethod(uses_of_action)
    list_display = ["title", "kind", "owner", "effort", "source_title", "changed_here"]
    list_filter = ["kind", "effort", "changed_here"]
    search_fields = ["title", "key"]
    fieldsets = [
        (None, {"fields": ["key", "kind", "title", "detail", "practices"]}),
        (_("Who, what, when"), {"fields": ["owner", "output", "kpi", "effort", "first_month", "last_month"]}),
        (_("Source"), {"fields": ["source_title", "source_note"]}),
    ]
    plain = {"practices": ["practices_listed"]}

    @admin.display(description=_("practices it advances"))
    def practices_listed(self, action: Action) -> str:
        return listed(linked(practice) for practice in Practice.objects.filter(slug__in=action.practices))
