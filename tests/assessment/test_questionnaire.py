import re
from typing import Any

from django.test import Client

from assessment.models import Assessment
from tests.conftest import Cast
from tests.factories import make_assessment, make_bundled_version, make_round


def page(client: Client, assessment: Assessment, query: str = "") -> str:
    return client.get(assessment.url("questionnaire") + query).content.decode()


def test_questionnaire_is_printed_with_what_was_answered(cast: Cast, bob: Client) -> None:
    cast.assessment.record_answer(
        "a1", by=cast.alice, rating="NA", reason="No data", note="Ask Dora", evidence=["Wiki"]
    )
    html = page(bob, cast.assessment)
    assert re.findall(r'<li class="chosen">.*?</span> (.*?) <span', html) == ["Does not apply"]
    assert html.count('class="paper-statement"') == 5
    assert [text in html for text in ("Reason: No data", "Ask Dora", "<li>Wiki</li>")] == [True, True, True]


def test_questionnaire_is_printed_blank_with_room_to_write(cast: Cast, bob: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F", note="Ask Dora")
    html = page(bob, cast.assessment, "?blank")
    assert "chosen" not in html
    assert "Ask Dora" not in html
    assert html.count('class="paper-line"') == 5


def test_questionnaire_asks_the_database_equally_often_whatever_the_framework(
    cast: Cast, bob: Client, django_assert_num_queries: Any
) -> None:
    big = make_round(organization=cast.organization, version=make_bundled_version(), name="Big")
    for assessment in (cast.assessment, make_assessment(team=cast.team, round=big)):
        page(bob, assessment)
        with django_assert_num_queries(4):
            page(bob, assessment)
