from django.urls import include, path

from reports import views

# /o/<organization>/
organization_urls = [
    path("assessments/<uuid:code>/result/", views.result, name="result"),
    path("assessments/<uuid:code>/report.pdf", views.report_pdf, name="report_pdf"),
    path("rounds/<uuid:code>/result/", views.round_result, name="round_result"),
]

urlpatterns = [
    path("o/<slug:organization>/", include((organization_urls, "reports"))),
    path("help/scoring/", views.scoring, name="scoring"),
]
