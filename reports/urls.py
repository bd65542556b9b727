from django.urls import include, path

from reports import views

# /o/<organization>/assessments/<code>/
assessment_urls = [
    path("result/", views.result, name="result"),
    path("report.pdf", views.report_pdf, name="report_pdf"),
]

urlpatterns = [
    path("o/<slug:organization>/assessments/<uuid:code>/", include((assessment_urls, "reports"))),
    path("help/scoring/", views.scoring, name="scoring"),
]
