from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from assessment.models import Assessment, Round, Target


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


class AssessmentInline(admin.TabularInline):
    model = Assessment
    extra = 0
    fields = ["team", "state", "submitted_at"]
    readonly_fields = ["state", "submitted_at"]
    show_change_link = True


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin):
    list_display = ["name", "organization", "version", "state", "due_on"]
    list_filter = ["state", "organization"]
    list_select_related = ["organization", "version__framework"]
    readonly_fields = ["state", "closed_at"]
    inlines = [TargetInline, AssessmentInline]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Teams and targets come once the round has an organization."""
        return self.inlines if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The stored reports of a closed round are kept."""
        return super().has_delete_permission(request, obj) and not (obj and obj.is_closed)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Organization and version are chosen once: answers hang on both."""
        return [*self.readonly_fields, *(["organization", "version"] if obj else [])]


@admin.register(Assessment)
class AssessmentAdmin(admin.ModelAdmin):
    """Operators look; what a team said is changed by the team alone."""

    list_display = ["team", "round", "state", "submitted_at"]
    list_filter = ["state", "round"]
    list_select_related = ["team", "round"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The stored reports of a closed round are kept."""
        return super().has_delete_permission(request, obj) and not (obj and obj.round.is_closed)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
