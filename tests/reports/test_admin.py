"""A version tried out in the administration; and editing that leaves every result as it was."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from frameworks.drafting import draft_from
from frameworks.models import Statement, Version
from frameworks.publishing import proposed_number, publish_draft
from reports import pdf
from reports.report import report_for
from tests.conftest import Cast
from tests.factories import (
    WORKED_RATINGS,
    bundled,
    make_assessment,
    make_bundled_version,
    make_organization,
    make_round,
    make_team,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None) -> Client:
    return Cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))


def page(version: Version, name: str) -> str:
    return reverse(f"admin:frameworks_version_{name}", args=[version.pk])


def test_preview_shows_a_pillar_as_the_questionnaire_does(operator: Client) -> None:
    version = draft_from(make_version())
    html = operator.get(page(version, "preview")).content.decode()
    asked = [version.definition().statements[key].text for key in ("a1", "a2", "a3")]
    assert re.findall(r"<h2>(.*?)</h2>", html) == asked
    assert html.count("Largely in place") == 3


def test_trial_comes_to_what_the_contract_says(operator: Client) -> None:
    version = draft_from(make_version())
    for slug in ("a", "b"):
        sent = {f"{key}-rating": code for key, code in WORKED_RATINGS.items() if key.startswith(slug)}
        response = operator.post(f"{page(version, 'preview')}?pillar={slug}", sent)
    assert response.headers["Location"] == page(version, "try_scoring")
    html = operator.get(page(version, "try_scoring")).content.decode()
    assert "Level\xa02, Practised" in re.findall(r"<h1>(.*?)</h1>", html)[0]
    assert "None: no essential statement holds a level back." in html
    operator.post(page(version, "try_scoring"))
    html = operator.get(page(version, "try_scoring")).content.decode()
    assert f"<li>{version.definition().statements['a1'].text}" in html


def test_trial_of_a_draft_that_cannot_be_scored_says_so(operator: Client) -> None:
    version = draft_from(make_version())
    version.levels.all().delete()
    html = operator.get(page(version, "try_scoring")).content.decode()
    assert "The version has mistakes, so it cannot be scored yet." in html
    assert "Nothing is asked yet" in operator.get(page(version, "preview")).content.decode()


def test_answers_to_a_trial_that_are_no_ratings_are_refused(operator: Client) -> None:
    version = draft_from(make_version())
    response = operator.post(page(version, "preview"), {"a1-rating": "X"})
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()


def test_largest_framework_edited_and_published_leaves_result_and_pdf_of_a_round_as_they_were() -> None:
    largest = max(bundled().frameworks.values(), key=lambda framework: len(framework.statements))
    version = make_bundled_version(largest.slug)
    team = make_team(organization=make_organization())
    round = make_round(organization=team.organization, version=version)
    ratings = {key: ("F", "L", "P")[number % 3] for number, key in enumerate(largest.statements)}
    assessment = make_assessment(team=team, round=round, ratings=ratings)
    before = report_for(assessment)
    document = pdf.render(before)
    made = draft_from(version)
    key = next(iter(largest.statements))
    Statement.objects.filter(version=made, key=key).update(text="Said otherwise.", weight=3)
    made.examples.all().delete()
    publish_draft(made, proposed_number(made), "Said otherwise.")
    assert Version.objects.newest(largest.slug) == made
    assert report_for(assessment) == before
    assert pdf.render(report_for(assessment)) == document
