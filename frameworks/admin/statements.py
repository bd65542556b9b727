"""A statement: what is asked, how it counts, and how a lead will see it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from frameworks.admin.base import PartAdmin, by_number, change_url, listed
from frameworks.admin.cells import next_of
from frameworks.admin.forms import FileForm, LinesField
from frameworks.models import Cell, Statement, Version
from frameworks.schema import STATEMENT
from frameworks.wording import RATINGS


class StatementForm(FileForm):
    record = STATEMENT

    evidence = LinesField(label=_("Examples of evidence"), help_text=_("Things one could show, one on each line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cell = self.chosen_cell()
        if "cell" in self.fields and cell:
            cells = Cell.objects.filter(version=cell.version_id).select_related("level", "pillar")
            self.fields["cell"].queryset = cells  # type: ignore[attr-defined]

    def chosen_cell(self) -> Cell | None:
        """Of a new statement, the one of a draft that is asked for."""
        if self.instance.pk:
            return Cell.objects.select_related("version__framework").get(pk=self.instance.cell_id)
        drafts = Cell.objects.filter(version__state=Version.State.DRAFT).select_related("version__framework")
        return by_number(drafts, self.data.get("cell") or self.initial.get("cell"))

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        cell = self.chosen_cell()
        others = Statement.objects.filter(version=cell.version_id if cell else None, key=key)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another statement of this version has this key."))
        return key


class PreviewForm(forms.Form):
    """The part of the questionnaire that shows a statement."""

    use_required_attribute = False
    rating = forms.ChoiceField(
        choices=[(code.value, label) for code, label in RATINGS.items()], widget=forms.RadioSelect, required=False
    )

    def __init__(self, text: str, help: str, evidence: list[str]) -> None:
        super().__init__(prefix="preview")
        self.fields["rating"].label = text
        self.fields["rating"].help_text = help
        self.evidence = evidence


@admin.register(Statement)
class StatementAdmin(PartAdmin):
    form = StatementForm
    list_display = ["text", "cell", "version"]
    list_select_related = ["version__framework", "cell__pillar", "cell__level"]
    ordering = ["version", "cell__order", "order"]
    search_fields = ["key", "text"]
    change_form_template = "admin/frameworks/statement.html"
    fieldsets = [
        (_("What is asked"), {"fields": ["cell", "key", "text", "help", "evidence"]}),
        (_("How it counts"), {"fields": ["essential", "weight", "effort", "practice", "required"]}),
    ]

    plain = {"evidence": ["evidence_listed"]}

    @admin.display(description=_("examples of evidence"))
    def evidence_listed(self, statement: Statement) -> str:
        return listed(statement.evidence)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "text":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Answers hang on a key once it was published."""
        return ["key"] if obj and was_published(obj) else []

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview)
        return [path("preview/", preview, name="frameworks_statement_preview"), *super().get_urls()]

    def siblings(self, row: Statement) -> list[Statement]:
        return list(Statement.objects.filter(cell=row.cell_id))

    def parent_url(self, row: Statement) -> str:
        return f"{change_url(row.cell)}#statements"

    def save_model(self, request: HttpRequest, obj: Statement, form: forms.ModelForm, change: bool) -> None:
        obj.version = obj.cell.version
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        shown = context.get("original") or Statement()
        cell = context["adminform"].form.chosen_cell()
        context["preview"] = PreviewForm(shown.text, shown.help, shown.evidence)
        context |= {"cell": cell, "version": cell.version if cell else None}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Statement) -> HttpResponse:
        response = super().response_change(request, obj)
        if "_next" not in request.POST or not isinstance(response, HttpResponseRedirect):
            return response
        following = next_of(in_order(obj.version), obj)
        return HttpResponseRedirect(change_url(following) if following else f"{change_url(obj.version)}#coverage")

    def preview(self, request: HttpRequest) -> HttpResponse:
        """How a lead will see what the form says now; saves nothing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        said = request.POST
        evidence = [line.strip() for line in said.get("evidence", "").splitlines() if line.strip()]
        form = PreviewForm(said.get("text", ""), said.get("help", ""), evidence)
        return render(request, "admin/frameworks/statement_preview.html", {"preview": form})


def was_published(statement: Statement) -> bool:
    published = Statement.objects.filter(version__framework=statement.version.framework_id, key=statement.key)
    return published.exclude(version__state=Version.State.DRAFT).exists()


def in_order(version: Version) -> list[Statement]:
    """Cell by cell, as in a file."""
    return list(Statement.objects.filter(version=version).order_by("cell__order", "cell", "order", "pk"))
