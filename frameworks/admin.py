from typing import Any

from django.contrib import admin, messages
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from frameworks.models import (
    Action,
    Cell,
    Example,
    Framework,
    Level,
    OfficialBand,
    Pillar,
    Practice,
    Source,
    Statement,
    Version,
)


def version_of(row: Any) -> Version | None:
    """The version a row belongs to; None while there is no row yet."""
    return row if row is None or isinstance(row, Version) else row.version


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


class PartInline(FrozenOncePublished, admin.TabularInline):
    extra = 0
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and (obj is None or obj.is_draft)


class LevelInline(PartInline):
    model = Level


class PillarInline(PartInline):
    model = Pillar


class FrozenAdmin(FrozenOncePublished, admin.ModelAdmin):
    actions = None

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        version = version_of(self.get_object(request, object_id))
        if version and not version.is_draft and request.method == "GET":
            reason = _("%(version)s is %(state)s, so nothing in it can be changed. Changes go into a new version.")
            state = version.get_state_display().lower()
            messages.info(request, reason % {"version": version, "state": state})
        return super().change_view(request, object_id, *args, **kwargs)


@admin.register(Version)
class VersionAdmin(FrozenAdmin):
    list_display = ["name", "number", "state", "publisher", "published_at"]
    list_filter = ["state", "framework"]
    list_select_related = ["framework"]
    search_fields = ["name", "publisher"]
    readonly_fields = ["state", "content_hash", "published_at", "retired_at"]
    inlines = [LevelInline, PillarInline]


class PartAdmin(FrozenAdmin):
    list_filter = ["version"]
    list_select_related = ["version__framework"]


@admin.register(Level)
class LevelAdmin(PartAdmin):
    list_display = ["name", "number", "version"]


@admin.register(Pillar)
class PillarAdmin(PartAdmin):
    list_display = ["name", "version"]


@admin.register(Cell)
class CellAdmin(PartAdmin):
    list_display = ["pillar", "level", "basis", "version"]
    list_select_related = ["version__framework", "pillar", "level"]


@admin.register(Statement)
class StatementAdmin(PartAdmin):
    list_display = ["text", "cell", "essential", "weight", "effort", "practice", "version"]
    list_filter = ["version", "essential"]
    list_select_related = ["version__framework", "cell__pillar", "cell__level", "practice"]
    search_fields = ["key", "text"]


@admin.register(Source)
class SourceAdmin(PartAdmin):
    list_display = ["title", "publisher", "confidence", "version"]


@admin.register(OfficialBand)
class OfficialBandAdmin(PartAdmin):
    list_display = ["version", "level", "start", "end"]


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    list_display = ["name", "version"]


@admin.register(Framework)
class FrameworkAdmin(admin.ModelAdmin):
    list_display = ["slug"]
    search_fields = ["slug"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The short name never changes: files, answers and addresses hang on it."""
        return ["slug"] if obj else []


@admin.register(Practice)
class PracticeAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "extension"]
    list_filter = ["extension"]
    search_fields = ["name", "slug"]


@admin.register(Action)
class ActionAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "owner", "effort", "source_title"]
    list_filter = ["kind", "effort"]
    search_fields = ["title", "key"]
