from django.test import Client

from tests.conftest import Cast
from tests.factories import WORKED_RATINGS


def test_submitted_names_the_reference_and_leads_to_result_and_report(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    html = alice.get(cast.assessment.url("submitted")).content.decode()
    assert "<h1>The assessment is submitted</h1>" in html
    assert f"Reference {cast.assessment.code}" in html
    assert f'href="{cast.assessment.get_absolute_url()}result/">See the result</a>' in html
    assert f'href="{cast.assessment.get_absolute_url()}report.pdf">Download report (PDF)</a>' in html


def test_submitted_of_an_open_assessment_leads_to_its_task_list(cast: Cast, alice: Client) -> None:
    assert alice.get(cast.assessment.url("submitted")).url == cast.assessment.get_absolute_url()
