from django.urls import URLPattern, URLResolver, include, path

from assessment.views import (
    answering,
    organization,
    profile,
    questionnaire,
    rounds,
    start,
    submitting,
    targets,
    verifying,
)

# /o/<organization>/assessments/<code>/
assessment_urls = [
    path("", answering.assessment, name="assessment"),
    path("scope/", answering.scope, name="scope"),
    path("statements/<slug:key>/", answering.statement, name="statement"),
    path("statements/<slug:key>/answer/", answering.answer, name="answer"),
    path("statements/<slug:key>/verify/", verifying.verify, name="verify"),
    path("pillars/<slug:slug>/", answering.pillar, name="pillar"),
    path("targets/", targets.targets, name="targets"),
    path("questionnaire/", questionnaire.questionnaire, name="questionnaire"),
    path("check/", submitting.check, name="check"),
    path("submit/", submitting.submit, name="submit"),
    path("submitted/", submitting.submitted, name="submitted"),
    path("reopen/", submitting.reopen_assessment, name="reopen_assessment"),
]

# /o/<organization>/rounds/
round_urls = [
    path("", rounds.rounds, name="rounds"),
    path("new/", rounds.new_round, name="new_round"),
    path("<uuid:code>/", rounds.round, name="round"),
    path("<uuid:code>/remind/", rounds.remind, name="remind"),
    path("<uuid:code>/change/", rounds.change_round, name="change_round"),
]

organization_urls: list[URLPattern | URLResolver] = [
    path("", organization.organization, name="organization"),
    path("profile/", profile.profile, name="profile"),
    path("rounds/", include(round_urls)),
    path("assessments/<uuid:code>/", include(assessment_urls)),
]

urlpatterns = [
    path("", start.start, name="start"),
    path("o/<slug:organization>/", include((organization_urls, "assessment"))),
]
