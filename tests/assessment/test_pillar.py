import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from assessment.models import Answer, Assessment
from tests.conftest import Cast


def show(client: Client, cast: Cast, slug: str = "a") -> str:
    return client.get(cast.assessment.url("pillar", slug)).content.decode()


def send(client: Client, cast: Cast, slug: str = "a", **fields: str) -> HttpResponse:
    """`a1_rating="F"` answers a1."""
    said = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(cast.assessment.url("pillar", slug), said)


def stored() -> dict[str, str]:
    return dict(Answer.objects.order_by("statement_key").values_list("statement_key", "rating"))


def test_pillar_asks_its_statements_from_the_lowest_level_up_with_nothing_preselected(
    cast: Cast, alice: Client
) -> None:
    html = show(alice, cast)
    assert re.findall(r"<h2>The (\w+) thing", html) == ["first", "second", "third"]
    assert re.findall(r'<input type="radio"[^>]*checked', html) == []
    assert "0 of 3 answered." in html


def test_pillar_saves_what_was_answered_and_leaves_the_rest_open(cast: Cast, alice: Client) -> None:
    response = send(alice, cast, a1_rating="F", a3_rating="DK", a3_note="Ask Dora", a3_evidence="Minutes")
    assert response.url == cast.assessment.get_absolute_url()
    assert "Pillar A: 2 answers saved." in alice.get(response.url).content.decode()
    assert stored() == {"a1": "F", "a3": "DK"}
    answer = Answer.objects.get(statement_key="a3")
    assert (answer.note, answer.evidence, answer.answered_by) == ("Ask Dora", ["Minutes"], cast.alice)


def test_pillar_saves_valid_answers_beside_an_invalid_one(cast: Cast, alice: Client) -> None:
    response = send(alice, cast, a1_rating="F", a2_rating="NA", a3_rating="X", a3_note="A long story")
    html = response.content.decode()
    assert response.status_code == 422
    assert stored() == {"a1": "F"}
    assert "<title>Error: Pillar A – Waymark</title>" in html
    assert html.count('class="error-summary"') == 1
    assert re.findall(r'<li><a href="#(.*?)">', html.split('class="error-summary"')[1]) == [
        "id_a2-reason",
        "id_a3-rating_0",
    ]
    assert "1 of 3 answered." in html
    assert '<div class="notice notice-ok" role="status"><p>1 answer saved.</p></div>' in html
    assert ">\nA long story</textarea>" in html


def test_pillar_shows_its_answers_again_and_saves_only_what_changed(cast: Cast, alice: Client) -> None:
    send(alice, cast, a1_rating="F", a1_evidence="One\nTwo", a2_rating="L", a2_note="Two\r\nlines")
    assert re.findall(r'name="(\w+)-rating" value="(\w+)"[^>]* checked', show(alice, cast)) == [
        ("a1", "F"),
        ("a2", "L"),
    ]
    send(alice, cast, a1_rating="F", a1_evidence="One\r\nTwo", a2_rating="P", a2_note="Two\r\nlines")
    assert list(Answer.objects.order_by("statement_key").values_list("rating", "revision")) == [("F", 1), ("P", 2)]
    assert Assessment.objects.get().revision == 3


def test_pillar_sent_empty_changes_nothing(cast: Cast, alice: Client) -> None:
    response = send(alice, cast)
    assert response.status_code == 302
    assert "Pillar A: 0 answers saved." in alice.get(response.url).content.decode()
    assert stored() == {}


def test_one_saved_answer_is_counted_as_one(cast: Cast, alice: Client) -> None:
    response = send(alice, cast, a1_rating="F")
    assert "Pillar A: 1 answer saved." in alice.get(response.url).content.decode()


def test_page_without_anything_saved_beside_an_error_counts_nothing(cast: Cast, alice: Client) -> None:
    assert "notice-ok" not in send(alice, cast, a1_note="Ask Dora").content.decode()


def seen(html: str) -> dict[str, str]:
    """The hidden fields of a page, by which it tells what it showed."""
    return dict(re.findall(r'<input type="hidden" name="(\w+-seen)" value="(\w+)">', html))


def test_answers_a_colleague_gave_meanwhile_stay_where_they_were_not_touched(cast: Cast, alice: Client) -> None:
    page = seen(show(alice, cast))
    cast.assessment.record_answer("a1", by=cast.bob, rating="P")
    cast.assessment.record_answer("a2", by=cast.bob, rating="P")
    refused = send(alice, cast, a2_rating="F", a3_rating="F", **page)
    html = refused.content.decode()
    assert refused.status_code == 422
    assert html.count("Somebody answered “Partly in place” since you opened this page.") == 2
    assert "<p>1 answer saved.</p>" in html
    assert stored() == {"a1": "P", "a2": "P", "a3": "F"}
    assert send(alice, cast, a2_rating="F", a3_rating="F", **seen(html)).status_code == 302
    assert stored() == {"a1": "P", "a2": "F", "a3": "F"}
    assert Answer.objects.get(statement_key="a3").revision == 1


def test_answer_that_was_left_alone_twice_does_not_undo_a_newer_one(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="L")
    page = seen(show(alice, cast))
    cast.assessment.record_answer("a1", by=cast.bob, rating="P")
    html = send(alice, cast, a1_rating="L", a2_rating="NA", **page).content.decode()
    send(alice, cast, a1_rating="L", a2_rating="F", **seen(html))
    assert stored() == {"a1": "P", "a2": "F"}


def test_note_without_a_rating_is_refused(cast: Cast, alice: Client) -> None:
    response = send(alice, cast, a1_note="Ask Dora")
    assert response.status_code == 422
    assert "Choose an answer too, or say that you do not know yet." in response.content.decode()
    assert stored() == {}


def test_pillar_takes_no_answer_to_another_pillar(cast: Cast, alice: Client) -> None:
    send(alice, cast, "b", b1_rating="F", a1_rating="F", state="submitted", revision="9")
    assert stored() == {"b1": "F"}
    assert Assessment.objects.values_list("state", "revision").get() == ("in_progress", 1)


@pytest.mark.parametrize("slug", ["c", "A", "prompts"])
def test_unknown_pillar_is_not_found(cast: Cast, alice: Client, slug: str) -> None:
    assert alice.get(cast.assessment.url("pillar", slug)).status_code == 404
    assert send(alice, cast, slug, a1_rating="F").status_code == 404
    assert stored() == {}


def test_pillar_saved_confirms_carried_answers_that_were_left_as_they_are(cast: Cast, alice: Client) -> None:
    then = datetime(2026, 5, 4, tzinfo=UTC)
    for key, rating in {"a1": "L", "a2": "P", "a3": "NA"}.items():
        reason = "No data" if rating == "NA" else ""
        Answer.objects.create(
            assessment=cast.assessment,
            statement_key=key,
            rating=rating,
            reason=reason,
            state="carried",
            answered_at=then,
        )
    html = show(alice, cast)
    assert html.count("From May 2026, please confirm") == 3
    assert "3 answers here wait to be confirmed. Saving this page confirms them as they then stand." in html
    response = send(alice, cast, a1_rating="L", a2_rating="F", a3_rating="NA", a3_reason="No data", **seen(html))
    assert "Pillar A: 3 answers saved." in alice.get(response.url).content.decode()
    assert stored() == {"a1": "L", "a2": "F", "a3": "NA"}
    assert {(row.state, row.answered_by) for row in Answer.objects.all()} == {("confirmed", cast.alice)}
    assert "please confirm" not in show(alice, cast)


def test_pillar_confirms_what_is_valid_beside_an_answer_that_is_not(cast: Cast, alice: Client) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="L", state="carried")
    html = send(alice, cast, a1_rating="L", a2_rating="NA", **seen(show(alice, cast))).content.decode()
    assert "<p>1 answer saved.</p>" in html
    assert "please confirm" not in html
    assert Answer.objects.get().state == "confirmed"
