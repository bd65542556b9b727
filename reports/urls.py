from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, include, path

from reports import (
    closing_views,
    compare_views,
    download_views,
    pillar_views,
    plan_views,
    round_plan_views,
    trend_views,
    upgrade_views,
    views,
)
from reports.formats import FORMATS


def files(route: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """An address for each format but the PDF."""
    suffixes = [suffix for suffix in FORMATS if suffix != "pdf"]
    return [path(f"{route}.{suffix}", view, {"suffix": suffix}, name=name) for suffix in suffixes]


# /o/<organization>/
organization_urls = [
    path("compare/", compare_views.compare_teams, name="compare_teams"),
    path("trend/", trend_views.trend, name="trend"),
    path("teams/<slug:slug>/trend/", trend_views.team_trend, name="team_trend"),
    path("assessments/<uuid:code>/result/", views.result, name="result"),
    path("assessments/<uuid:code>/result/<slug:pillar>/", pillar_views.pillar_result, name="pillar_result"),
    path("assessments/<uuid:code>/scored/", views.scored, name="scored"),
    path("assessments/<uuid:code>/way-up/", plan_views.way_up, name="way_up"),
    path("assessments/<uuid:code>/plan/", plan_views.plan, name="plan"),
    path("assessments/<uuid:code>/plan.csv", plan_views.plan_csv, name="plan_csv"),
    path("assessments/<uuid:code>/plan/new/", plan_views.new_action, name="new_action"),
    path("assessments/<uuid:code>/plan/<uuid:action>/", plan_views.planned_action, name="planned_action"),
    path("assessments/<uuid:code>/report/", download_views.report, name="report"),
    *files("assessments/<uuid:code>/report", download_views.report_file, "report_file"),
    path("assessments/<uuid:code>/report.pdf", download_views.report_pdf, name="report_pdf"),
    path(
        "assessments/<uuid:code>/reports/<uuid:snapshot>.pdf",
        download_views.earlier_report_pdf,
        name="earlier_report_pdf",
    ),
    path("rounds/<uuid:code>/close/", closing_views.close_round, name="close_round"),
    path("rounds/<uuid:code>/reopen/", closing_views.reopen_round, name="reopen_round"),
    path("rounds/<uuid:code>/plan/", round_plan_views.round_plan, name="round_plan"),
    path("rounds/<uuid:code>/plan.csv", round_plan_views.round_plan_csv, name="round_plan_csv"),
    path("rounds/<uuid:code>/plan/new/", round_plan_views.new_round_action, name="new_round_action"),
    path("rounds/<uuid:code>/plan/<uuid:action>/", round_plan_views.round_action, name="round_action"),
    path("rounds/<uuid:code>/report/", download_views.round_report, name="round_report"),
    *files("rounds/<uuid:code>/report", download_views.round_report_file, "round_report_file"),
    path("rounds/<uuid:code>/report.pdf", download_views.round_report_pdf, name="round_report_pdf"),
    path("rounds/<uuid:code>/upgrade/", upgrade_views.upgrade_round, name="upgrade_round"),
    path("rounds/<uuid:code>/versions/<uuid:change>/", upgrade_views.version_change, name="version_change"),
    path("rounds/<uuid:code>/result/", views.round_result, name="round_result"),
]

urlpatterns = [
    path("o/<slug:organization>/", include((organization_urls, "reports"))),
    path("help/scoring/", views.scoring, name="scoring"),
]
