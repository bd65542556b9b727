"""The task list."""

import re

from django.test import Client

from assessment.models import Answer
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS


def page(client: Client, cast: Cast) -> str:
    return client.get(cast.assessment.get_absolute_url()).content.decode()


def tasks(client: Client, cast: Cast) -> list[tuple[str, str]]:
    """Each task with its state."""
    found = re.findall(
        r'class="task-name".*?>(.*?)</(?:a|span)>.*?class="task-status">(.*?)</li>', page(client, cast), re.DOTALL
    )
    return [(name, re.sub("<.*?>", "", status).strip()) for name, status in found]


def first_button(client: Client, cast: Cast) -> list[str]:
    return re.findall(r'btn-primary" href="(.*?)">(.*?)<', page(client, cast))[0]


def test_task_list_before_the_first_answer(cast: Cast, alice: Client) -> None:
    assert tasks(alice, cast) == [
        ("Scope and decision", "Not yet started"),
        ("Pillar A", "Not yet started, 3"),
        ("Pillar B", "Not yet started, 2"),
        ("Set targets", "Optional"),
        ("Check and submit", "Cannot start yet"),
    ]
    assert first_button(alice, cast) == (cast.assessment.url("statement", "a1"), "Begin with the first statement")


def test_task_list_on_the_way(cast: Cast, alice: Client) -> None:
    cast.assessment.describe(systems="The claims assistant")
    for key, rating in {"a1": "F", "b1": "DK", "b2": "N"}.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    assert tasks(alice, cast) == [
        ("Scope and decision", "Completed"),
        ("Pillar A", "In progress, 1 of 3"),
        ("Pillar B", "Completed"),
        ("Set targets", "Optional"),
        ("Check and submit", "Cannot start yet"),
    ]
    assert first_button(alice, cast) == (cast.assessment.url("statement", "a2"), "Continue answering")
    assert "3 of 5 answered." in page(alice, cast)


def test_task_list_leads_to_checking_once_all_is_answered(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    assert tasks(alice, cast)[-1] == ("Check and submit", "Ready")
    assert first_button(alice, cast) == (cast.assessment.url("check"), "Check and submit")


def test_task_list_leads_to_the_first_answer_that_is_to_be_confirmed(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        Answer.objects.create(assessment=cast.assessment, statement_key=key, rating=rating, state="carried")
    assert "5 of these answers wait to be confirmed." in page(alice, cast)
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    cast.assessment.record_answer("b1", by=cast.alice, rating="F")
    cast.assessment.record_answer("b2", by=cast.alice, rating="F")
    assert tasks(alice, cast) == [
        ("Scope and decision", "Not yet started"),
        ("Pillar A", "In progress, 1 of 3"),
        ("Pillar B", "Completed"),
        ("Set targets", "Optional"),
        ("Check and submit", "Cannot start yet"),
    ]
    assert first_button(alice, cast) == (cast.assessment.url("statement", "a2"), "Continue answering")
    assert "5 of 5 answered. 2 of these answers wait to be confirmed." in page(alice, cast)


def test_task_list_offers_a_reader_nothing_to_write(cast: Cast, bob: Client) -> None:
    html = page(bob, cast)
    assert "A lead of this team fills it in. You can read what is there." in html
    assert "/statements/" not in html
    assert "/scope/" not in html


def test_task_list_of_a_submitted_assessment_says_who_and_offers_nothing_to_write(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    html = page(alice, cast)
    assert re.findall(r"Submitted on \d+ \w+ \d+ by (\w+)\.", html) == ["Alice"]
    assert tasks(alice, cast)[-1] == ("All answers", "Completed")
    assert "/statements/" not in html


def test_submitted_assessment_outlives_who_submitted_it(cast: Cast, bob: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    cast.alice.delete()
    assert "by somebody who has left." in page(bob, cast)
