"""The versions of all frameworks, and the page of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from frameworks import checkup
from frameworks.admin import deeds, imports
from frameworks.admin.base import FrozenAdmin, change_url, listed
from frameworks.admin.forms import FileForm, LinesField
from frameworks.admin.parts import LevelInline, PillarInline, order_levels
from frameworks.admin.telling import entries
from frameworks.drafting import new_framework
from frameworks.history import changes
from frameworks.models import Cell, Framework, Level, Pillar, Statement, Version
from frameworks.publishing import base_of, kind_of
from frameworks.schema import FRAMEWORK
from frameworks.wording import BASES

TAGS = {Version.State.DRAFT: "warn", Version.State.PUBLISHED: "ok", Version.State.RETIRED: "neutral"}


class VersionForm(FileForm):
    record = FRAMEWORK
    attributes = {"framework": "slug"}

    limits = LinesField(
        label=gettext_lazy("Limits"), help_text=gettext_lazy("What the model does not cover, one on each line.")
    )
    slug = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=60,
        help_text=gettext_lazy("Lower-case letters, digits and hyphens. It never changes: addresses hang on it."),
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Version.objects.filter(framework__slug=slug).exists():
            raise forms.ValidationError(_("This framework exists already: create a draft from its newest version."))
        return slug


@dataclass(frozen=True)
class Tool:
    """A button beside the title of a version: a page to open, or a deed to do at once."""

    label: Promise | str
    url: str
    is_deed: bool = False


@dataclass(frozen=True)
class Note:
    """Something to know before publishing, with the page that tells more."""

    text: str
    url: str


@dataclass(frozen=True)
class Square:
    """A place in the table of coverage. `cell` is None where the source says nothing."""

    level: Level
    cell: Cell | None
    basis: Promise | str
    url: str


def counted(model: type[Model]) -> Subquery:
    """How many parts of this kind a version has."""
    rows = model._default_manager.filter(version=OuterRef("pk")).order_by().values("version")
    return Subquery(rows.annotate(found=Count("pk")).values("found"), output_field=IntegerField())


@admin.register(Version)
class VersionAdmin(FrozenAdmin):
    form = VersionForm
    list_display = ["name", "number", "tag", "asks", "checked", "edited"]
    list_select_related = ["framework"]
    search_fields = ["name", "publisher"]
    inlines = [LevelInline, PillarInline]
    actions: Any = ["check_chosen", "export_chosen", "draft_chosen", "copy_chosen"]
    change_list_template = "admin/frameworks/versions.html"
    change_form_template = "admin/frameworks/version.html"
    fieldsets = [
        (gettext_lazy("Identity"), {"fields": ["name", "publisher", "summary", "limits"]}),
        (gettext_lazy("Licence"), {"fields": ["licence_note"]}),
        (gettext_lazy("Scoring"), {"fields": ["pillars_are", "entry_level", "overall"]}),
    ]
    plain = {"limits": ["limits_listed"]}
    pages: Sequence[Any] = deeds.PAGES

    def get_fieldsets(self, request: HttpRequest, obj: Version | None = None) -> Any:
        """Only a new framework is asked for its short name."""
        (heading, options), *others = super().get_fieldsets(request, obj)
        return [(heading, options if obj else {"fields": ["slug", *options["fields"]]}), *others]

    @admin.display(description=gettext_lazy("limits"))
    def limits_listed(self, version: Version) -> str:
        return listed(version.limits)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        last = Version.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
        versions: QuerySet[Version] = super().get_queryset(request)
        return versions.annotate(
            statement_count=counted(Statement),
            cell_count=counted(Cell),
            edited_at=Subquery(last.values("history_date")[:1]),
            edited_by=Subquery(last.values("history_user__name")[:1]),
        )

    def get_urls(self) -> list[URLPattern]:
        of_version = [self._address(f"<int:pk>/{page.__name__}/", page) for page in self.pages]
        return [*of_version, *(self._address(f"{page.__name__}/", page) for page in imports.PAGES), *super().get_urls()]

    def _address(self, route: str, page: Any) -> URLPattern:
        view = self.admin_site.admin_view(partial(page, self))
        return path(route.replace("_", "-"), view, name=f"frameworks_version_{page.__name__}")

    # The list

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Frameworks")} | (extra_context or {}))

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def tag(self, version: Version) -> str:
        kind = TAGS[Version.State(version.state)]
        return format_html('<span class="tag tag-{}">{}</span>', kind, version.get_state_display())

    @admin.display(description=gettext_lazy("asks"))
    def asks(self, version: Any) -> str:
        statements, cells = version.statement_count or 0, version.cell_count or 0
        return _("%(statements)d statements in %(cells)d cells") % {"statements": statements, "cells": cells}

    @admin.display(description=gettext_lazy("last check"))
    def checked(self, version: Version) -> str:
        if not version.is_draft:
            return _("No mistakes")
        if version.mistakes is None or version.warnings is None:
            return _("Not yet checked")
        mistakes = ngettext("%d mistake", "%d mistakes", version.mistakes) % version.mistakes
        warnings = ngettext("%d warning", "%d warnings", version.warnings) % version.warnings
        return f"{mistakes}, {warnings}"

    @admin.display(description=gettext_lazy("changed"), ordering="edited_at")
    def edited(self, version: Any) -> str:
        return deeds.when(version.edited_at, version.edited_by)

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> Any:
        """Versions are deleted one by one, on their own pages."""
        found = super().get_actions(request, action_location=action_location)
        found.pop("delete_selected", None)
        return found

    @admin.action(description=gettext_lazy("Check"), permissions=["view"])
    def check_chosen(self, request: HttpRequest, queryset: QuerySet[Version]) -> None:
        for version in queryset:
            found = checkup.check(version)
            text = _("%(version)s: %(mistakes)d mistakes, %(warnings)d warnings.")
            counts = {"version": version, "mistakes": len(found.mistakes), "warnings": len(found.warnings)}
            messages.add_message(request, messages.WARNING if found.mistakes else messages.SUCCESS, text % counts)
            if version.is_draft and self.has_change_permission(request, version):
                checkup.remember(version)

    @admin.action(description=gettext_lazy("Export as YAML"), permissions=["view"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Version]) -> HttpResponse | None:
        return self._alone(request, queryset, "export")

    @admin.action(description=gettext_lazy("Copy as a new framework"), permissions=["add"])
    def copy_chosen(self, request: HttpRequest, queryset: QuerySet[Version]) -> HttpResponse | None:
        return self._alone(request, queryset, "copy")

    @admin.action(description=gettext_lazy("Create a draft"), permissions=["add"])
    def draft_chosen(self, request: HttpRequest, queryset: QuerySet[Version]) -> None:
        for version in queryset:
            deeds.create_draft(self, request, version)

    def _alone(self, request: HttpRequest, queryset: QuerySet[Version], page: str) -> HttpResponse | None:
        """The page of the one version chosen."""
        if len(queryset) == 1:
            return HttpResponseRedirect(page_url(queryset[0], page))
        messages.error(request, _("Choose one version for this."))
        return None

    # The page of a version

    def tools(self, request: HttpRequest, version: Version) -> list[Tool]:
        """What can be done with the version, in the order of its life."""
        may_add, may_change = (request.user.has_perm(f"frameworks.{deed}_version") for deed in ("add", "change"))
        found = [Tool(_("Check"), page_url(version, "check")), Tool(_("Compare"), page_url(version, "compare"))]
        if version.is_draft and may_change:
            found.append(Tool(_("Publish"), page_url(version, "publish")))
        found.append(Tool(_("Export as YAML"), page_url(version, "export")))
        if may_add:
            found.append(Tool(_("Create a draft from this"), page_url(version, "draft"), is_deed=True))
            found.append(Tool(_("Copy as a new framework"), page_url(version, "copy")))
        if version.state == Version.State.PUBLISHED and may_change:
            found.append(Tool(_("Retire"), page_url(version, "retire")))
        return [*found, Tool(_("History"), reverse("admin:frameworks_version_history", args=[version.pk]))]

    def publishing_notes(self, version: Version) -> list[Note]:
        """For other apps to say what they know."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if version := context.get("original"):
            context |= {"tools": self.tools(request, version), "tag": self.tag(version), **parts_of(version)}
            context |= {"checked": self.checked(version)} | (changed_so_far(version) if version.is_draft else {})
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj:
            form.base_fields.pop("slug", None)
        return form

    def save_model(self, request: HttpRequest, obj: Version, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.framework = new_framework(form.cleaned_data["slug"])
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        number_pillars(form.instance)
        order_levels(form.instance.pk)
        checkup.remember(form.instance)

    def response_post_save_add(self, request: HttpRequest, obj: Version) -> HttpResponseRedirect:
        """A new framework wants its cells."""
        return HttpResponseRedirect(change_url(obj))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        version = deeds.find(self, request, int(object_id) if object_id.isdecimal() else 0)
        return deeds.page(self, request, "history", version, entries=entries(changes(version)))


def page_url(version: Version, page: str) -> str:
    return reverse(f"admin:frameworks_version_{page}", args=[version.pk])


def number_pillars(version: Version) -> None:
    """Pillars typed in on the version's page come after those that are there."""
    pillars = list(Pillar.objects.filter(version=version).order_by("order", "pk"))
    if len({pillar.order for pillar in pillars}) < len(pillars):
        for order, pillar in enumerate(pillars):
            pillar.order = order
            pillar.save(update_fields=["order"])


def changed_so_far(draft: Version) -> dict[str, Any]:
    """How much of a draft differs from the newest version published."""
    base = base_of(draft)
    if base is None:
        return {}
    return {"base": base, "kind": kind_of(draft, base), "compare_url": f"{page_url(draft, 'compare')}?with={base.pk}"}


def parts_of(version: Version) -> dict[str, Any]:
    """Everything below the form, in a constant number of queries."""
    levels, pillars = list(version.levels.all()), list(version.pillars.all())
    cells = version.cells.annotate(asked=Count("statements")).select_related("level", "pillar")
    placed = {(cell.level_id, cell.pillar_id): cell for cell in cells}
    return {
        "levels": levels,
        "pillars": pillars,
        "coverage": [
            (pillar, [_square(level, pillar, placed.get((level.pk, pillar.pk))) for level in levels])
            for pillar in pillars
        ],
        "sources": version.sources.all(),
        "bands": version.officialbands.all(),
        "examples": version.examples.all(),
    }


def _square(level: Level, pillar: Pillar, cell: Cell | None) -> Square:
    if cell:
        return Square(level, cell, dict(BASES).get(cell.basis, cell.basis), change_url(cell))  # type: ignore[call-overload]
    return Square(level, None, "", f"{reverse('admin:frameworks_cell_add')}?level={level.pk}&pillar={pillar.pk}")


@admin.register(Framework)
class FrameworkAdmin(admin.ModelAdmin):
    list_display = ["slug"]
    search_fields = ["slug"]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Frameworks are reached through their versions."""
        return {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The short name never changes: files, answers and addresses hang on it."""
        return ["slug"] if obj else []
