from django.contrib import admin

from assessment.models import Assessment, Round, Target
from people.admin import ReadOnly


class TargetInline(ReadOnly, admin.TabularInline):
    model = Target


class AssessmentInline(ReadOnly, admin.TabularInline):
    model = Assessment
    fields = ["team", "state", "submitted_at"]
    show_change_link = True


@admin.register(Round)
class RoundAdmin(ReadOnly, admin.ModelAdmin):
    """Owners open, change and close rounds."""

    list_display = ["name", "organization", "version", "state", "due_on"]
    list_filter = ["state", "organization"]
    list_select_related = ["organization", "version__framework"]
    inlines = [TargetInline, AssessmentInline]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnly, admin.ModelAdmin):
    """What a team said is changed by the team alone."""

    list_display = ["team", "round", "state", "submitted_at"]
    list_filter = ["state", "round"]
    list_select_related = ["team", "round"]
