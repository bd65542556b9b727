"""What the pages of a version and of all its parts share."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, QuerySet, TextField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from frameworks import checkup
from frameworks.drafting import NameTaken
from frameworks.models import Version


def version_of(row: Any) -> Version | None:
    """The version a row belongs to; None while there is no row yet."""
    return row if row is None or isinstance(row, Version) else row.version


def change_url(row: Model) -> str:
    """The page on which a row is changed."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def by_number[Row: Model](rows: QuerySet[Row], number: Any) -> Row | None:
    """The row somebody asks for in an address or a form; None for what is no number of one."""
    return rows.filter(pk=number).first() if str(number).isdecimal() else None


class FrozenOncePublished(admin.options.BaseModelAdmin):
    """Shows what belongs to a published version, with the reason why nothing in it can be changed."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        version = version_of(obj)
        return super().has_change_permission(request, obj) and (version is None or version.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        version = version_of(obj)
        return super().has_delete_permission(request, obj) and (version is None or version.is_draft)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        """Only drafts can be added to."""
        if db_field.name == "version":
            kwargs["queryset"] = Version.objects.filter(state=Version.State.DRAFT).select_related("framework")
        if db_field.name in ("cell", "level", "pillar"):
            drafts = db_field.related_model._default_manager.filter(version__state=Version.State.DRAFT)
            kwargs["queryset"] = drafts.select_related("version")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def listed(items: Iterable[Any]) -> str:
    """A list as a page shows it."""
    points = format_html_join("", "<li>{}</li>", ([item] for item in items))
    return format_html('<ul class="listed">{}</ul>', points) if points else _("none")


def linked(row: Any) -> str:
    return format_html('<a href="{}">{}</a>', change_url(row), row)


class PlainWhenRead(admin.options.BaseModelAdmin):
    """`plain` names, for a field whose value is no reading, the methods that tell it to somebody who only looks."""

    plain: Mapping[Any, list[str]] = {}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return found
        return [(heading, options | {"fields": self._plain(options["fields"])}) for heading, options in found]

    def _plain(self, names: Iterable[Any]) -> list[Any]:
        return [told for name in names for told in self.plain.get(name, [name])]


LOW: Any = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}
"""Areas for a paragraph, not for a page."""


class FrozenAdmin(FrozenOncePublished, PlainWhenRead, admin.ModelAdmin):
    actions: Any = None
    formfield_overrides = LOW

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Of two who save the same name at the same moment, the second is checked once more, and told."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, NameTaken):
            return super().changeform_view(request, *args, **kwargs)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        version = version_of(self.get_object(request, object_id))
        if version and not version.is_draft and request.method == "GET":
            reason = _("%(version)s is %(state)s, so nothing in it can be changed. Changes go into a new version.")
            state = version.get_state_display().lower()
            messages.info(request, reason % {"version": version, "state": state})
        return super().change_view(request, object_id, *args, **kwargs)


class PartAdmin(FrozenAdmin):
    """A part of a version. It is reached from the version's page, to which it leads back."""

    list_filter = ["version"]
    list_select_related = ["version__framework"]
    section = ""
    """Where on the version's page the part stands."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Parts and practices have pages of their own: no windows open from a form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Parts stand in no menu."""
        return {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A part stays with its version."""
        return [*super().get_readonly_fields(request, obj), *(["version"] if obj else [])]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Where a new part belongs, by the numbers of the rows."""
        return {name: value for name, value in request.GET.dict().items() if value.isdecimal()}

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(self.move)
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        return [path("<int:pk>/move/", move, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The trail above the form names the version."""
        row = context.get("original")
        context.setdefault("version", row.version if row else self.chosen_version(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def chosen_version(self, request: HttpRequest) -> Version | None:
        """The version a new part was asked for."""
        drafts = Version.objects.filter(state=Version.State.DRAFT).select_related("framework")
        return by_number(drafts, request.GET.get("version"))

    def siblings(self, row: Any) -> list[Any]:
        """The rows among which this one has its place, in their order."""
        return list(self.model._default_manager.filter(version=row.version_id))

    def parent_url(self, row: Any) -> str:
        return f"{change_url(row.version)}#{self.section or row._meta.model_name}s"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            last = self.model._default_manager.filter(version=obj.version_id).order_by("order").last()
            obj.order = last.order + 1 if last else 0
        super().save_model(request, obj, form, change)
        checkup.remember(obj.version)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        checkup.remember(obj.version)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.parent_url(obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.parent_url(obj))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Leads back to where the part stood."""
        row = self.get_object(request, object_id)
        parent = self.parent_url(row) if row else ""
        response = super().delete_view(request, object_id, extra_context)
        return HttpResponseRedirect(parent) if isinstance(response, HttpResponseRedirect) else response

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes a row one place up or down among its siblings."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        up = request.POST.get("direction") == "up"
        move_among(self.siblings(row), row, -1 if up else 1)
        told = _("“%(name)s” was moved up.") if up else _("“%(name)s” was moved down.")
        messages.success(request, told % {"name": row})
        return HttpResponseRedirect(f"{self.parent_url(row).partition('#')[0]}#{self.opts.model_name}-{row.pk}")


@transaction.atomic
def move_among(rows: list[Any], row: Any, by: int) -> None:
    """Moves a row within its siblings by one place; at the end it stays where it is."""
    here = rows.index(row)
    there = min(max(here + by, 0), len(rows) - 1)
    orders = _rising([each.order for each in rows])
    rows.insert(there, rows.pop(here))
    for each, order in zip(rows, orders, strict=True):
        if each.order != order:
            each.order = order
            each.save(update_fields=["order"])


def _rising(orders: list[int]) -> Iterable[int]:
    is_rising = all(before < after for before, after in pairwise(orders))
    return orders if is_rising else range(len(orders))
