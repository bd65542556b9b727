"""Reports stored before a round was upgraded: {% kept_reports assessments %}."""

from collections.abc import Sequence

from django import template

from assessment.models import Assessment
from reports.models import Snapshot

register = template.Library()


@register.inclusion_tag("reports/kept_reports.html", takes_context=True)
def kept_reports(context: template.Context, assessments: Sequence[Assessment]) -> dict[str, object]:
    """Those of the assessments a person may read."""
    rows = Snapshot.objects.filter(kind=Snapshot.Kind.UPGRADE, assessment__in=assessments)
    return {
        "organization": context["organization"],
        "kept": rows.defer("report", "pdf")
        .select_related("assessment__team")
        .order_by("created_at", "assessment__team__name"),
    }
