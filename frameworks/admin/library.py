"""Practices and actions, with where they are used."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from frameworks.admin.base import LOW, change_url
from frameworks.admin.forms import FileForm
from frameworks.models import Action, Practice, Statement
from frameworks.schema import ACTION, CREDIT, PRACTICE

OVERWRITTEN = _("What comes with Waymark is written anew whenever bundled files are loaded.")


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


class LibraryAdmin(admin.ModelAdmin):
    """`named` is the field that never changes: statements and files name it."""

    named = ""
    formfield_overrides = LOW
    change_form_template = "admin/frameworks/library.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [self.named] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        if not change:
            last = self.model._default_manager.order_by("order").last()
            obj.order = last.order + 1 if last else 0
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= self.uses(context["original"]) if context.get("original") else {}
        return super().render_change_form(request, context, *args, **kwargs)

    def uses(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError


def asking(practices: list[str]) -> list[tuple[Statement, str]]:
    """The statements that ask for one of the practices, with their pages."""
    found = Statement.objects.filter(practice__slug__in=practices).select_related("version__framework", "practice")
    ordered = found.order_by("version__framework__slug", "version__major", "version__minor", "order")
    return [(statement, change_url(statement)) for statement in ordered]


@admin.register(Practice)
class PracticeAdmin(LibraryAdmin):
    form = PracticeForm
    named = "slug"
    list_display = ["name", "slug", "extension"]
    list_filter = ["extension"]
    search_fields = ["name", "slug"]
    fieldsets = [(None, {"fields": ["slug", "name", "summary", "extension"], "description": OVERWRITTEN})]

    def uses(self, row: Practice) -> dict[str, Any]:
        advancing = [action for action in Action.objects.all() if row.slug in action.practices]
        return {"statements": asking([row.slug]), "actions": [(action, change_url(action)) for action in advancing]}


@admin.register(Action)
class ActionAdmin(LibraryAdmin):
    form = ActionForm
    named = "key"
    list_display = ["title", "kind", "owner", "effort", "source_title"]
    list_filter = ["kind", "effort"]
    search_fields = ["title", "key"]
    fieldsets = [
        (None, {"fields": ["key", "kind", "title", "detail", "practices"], "description": OVERWRITTEN}),
        (_("Who, what, when"), {"fields": ["owner", "output", "kpi", "effort", "first_month", "last_month"]}),
        (_("Source"), {"fields": ["source_title", "source_note"]}),
    ]

    def uses(self, row: Action) -> dict[str, Any]:
        return {"statements": asking(row.practices)}
