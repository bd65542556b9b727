import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from assessment.models import Answer, Assessment
from assessment.progress import statements_of
from tests.conftest import Cast
from tests.factories import make_assessment, make_bundled_version, make_round


def show(client: Client, cast: Cast, slug: str = "a") -> str:
    return client.get(cast.assessment.url("pillar", slug)).content.decode()


def send(client: Client, cast: Cast, slug: str = "a", **fields: str) -> HttpResponse:
    """`a1_rating="F"` answers a1."""
    said = {name.replace("_", "-"): value for name, value in fields.items()}
    stored = Answer.objects.values_list("statement_key", "revision")
    said = {f"{key}-revision": revision for key, revision in stored} | said
    return client.post(cast.assessment.url("pillar", slug), said)


def stored() -> dict[str, str]:
    return dict(Answer.objects.order_by("statement_key").values_list("statement_key", "rating"))


def test_pillar_asks_its_statements_from_the_lowest_level_up_with_nothing_preselected(
    cast: Cast, alice: Client
) -> None:
    html = show(alice, cast)
    assert re.findall(r"<h2>The (\w+) thing", html) == ["first", "second", "third"]
    assert re.findall(r'<input type="radio"[^>]*checked', html) == []
    assert "<span data-answered>0</span> of 3 answered." in html


def test_pillar_saves_what_was_answered_and_leaves_the_rest_open(cast: Cast, alice: Client) -> None:
    response = send(alice, cast, a1_rating="F", a3_rating="DK", a3_note="Ask Dora", a3_evidence="Minutes")
    assert response.url == cast.assessment.get_absolute_url()
    assert "Pillar A is saved." in alice.get(response.url).content.decode()
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
    assert "<span data-answered>1</span> of 3 answered." in html
    assert '<div class="notice notice-ok" role="status"><p>The other answers are saved.</p></div>' in html
    assert ">\nA long story</textarea>" in html


def test_pillar_shows_its_answers_again_and_saves_only_what_changed(cast: Cast, alice: Client) -> None:
    send(alice, cast, a1_rating="F", a1_evidence="One\nTwo", a2_rating="L", a2_note="Two\r\nlines")
    assert re.findall(r'name="(\w+)-rating" value="(\w+)"[^>]* checked', show(alice, cast)) == [
        ("a1", "F"),
        ("a2", "L"),
    ]
    send(alice, cast, a1_rating="F", a1_evidence="One\r\nTwo", a2_rating="P", a2_note="Two\r\nlines")
    assert list(Answer.objects.order_by("statement_key").values_list("rating", "revision")) == [("F", 1), ("P", 2)]
    assert Assessment.objects.get().revision == 2


def test_pillar_sent_empty_changes_nothing(cast: Cast, alice: Client) -> None:
    assert send(alice, cast).status_code == 302
    assert stored() == {}


def test_page_without_anything_saved_beside_an_error_counts_nothing(cast: Cast, alice: Client) -> None:
    assert "notice-ok" not in send(alice, cast, a1_note="Ask Dora").content.decode()


def seen(html: str) -> dict[str, str]:
    """The hidden fields of a page, by which it tells what it showed."""
    return dict(re.findall(r'<input type="hidden" name="(\w+-(?:revision|page))" value="([\w-]+)"', html))


def test_answers_a_colleague_gave_meanwhile_stay_and_are_shown_beside_mine(cast: Cast, alice: Client) -> None:
    page = seen(show(alice, cast))
    cast.assessment.record_answer("a1", by=cast.bob, rating="P")
    cast.assessment.record_answer("a2", by=cast.bob, rating="P")
    refused = send(alice, cast, a2_rating="F", a3_rating="F", **page)
    html = refused.content.decode()
    assert refused.status_code == 409
    assert html.count("Choose which one stays.</a></li>") == 1
    assert "<p>The other answers are saved.</p>" in html
    assert stored() == {"a1": "P", "a2": "P", "a3": "F"}
    kept = send(alice, cast, a2_rating="F", a3_rating="F", a2_keep="1", **seen(html))
    assert kept.url == cast.assessment.url("pillar", "a") + "#a2"
    assert stored() == {"a1": "P", "a2": "F", "a3": "F"}
    assert Answer.objects.get(statement_key="a3").revision == 1


def test_theirs_is_used_beside_other_answers_that_are_saved(cast: Cast, alice: Client) -> None:
    page = seen(show(alice, cast))
    cast.assessment.record_answer("a1", by=cast.bob, rating="P")
    response = send(alice, cast, a1_rating="L", a1_act="theirs", a2_rating="F", **page)
    assert response.url == cast.assessment.url("pillar", "a") + "#a1"
    assert stored() == {"a1": "P", "a2": "F"}


def test_pillar_shows_only_what_is_open(cast: Cast, alice: Client) -> None:
    send(alice, cast, a1_rating="F", a2_rating="DK")
    Answer.objects.create(assessment=cast.assessment, statement_key="a3", rating="L", state="carried")
    path = cast.assessment.url("pillar", "a") + "?open"
    assert re.findall(r"<h2>The (\w+) thing", alice.get(path).content.decode()) == ["third"]
    send(alice, cast, a3_rating="L")
    html = alice.get(path).content.decode()
    assert "Nothing is open in this pillar." in html
    assert "Show all statements" in html


def test_reader_reads_the_answers_of_a_pillar_with_who_gave_them(cast: Cast, bob: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F", note="Seen")
    html = show(bob, cast)
    assert "<form" not in html.split("<main")[1]
    assert html.count('class="given-answer"') == 3
    said = " ".join(re.sub("<.*?>", " ", html.split('id="a1"')[1].split("</section>")[0]).split())
    assert "Fully in place Seen Alice, " in said


def test_pillar_asks_a_constant_number_of_queries(cast: Cast, alice: Client, django_assert_num_queries: Any) -> None:
    big = make_assessment(
        team=cast.team,
        round=make_round(organization=cast.organization, version=make_bundled_version(), name="Big"),
    )
    pillar = max(big.framework.pillars, key=lambda pillar: len(statements_of(big.framework, pillar.slug)))
    small = cast.assessment.url("pillar", "a")
    for path in (small, big.url("pillar", pillar.slug)):
        alice.get(path)
        with django_assert_num_queries(6):
            alice.get(path)


def test_note_without_a_rating_is_refused(cast: Cast, alice: Client) -> None:
    response = send(alice, cast, a1_note="Ask Dora")
    assert response.status_code == 422
    assert "Choose an answer too, or say that you do not know yet." in response.content.decode()
    assert stored() == {}


def test_pillar_takes_no_answer_to_another_pillar(cast: Cast, alice: Client) -> None:
    send(alice, cast, "b", b1_rating="F", a1_rating="F", state="submitted")
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
    assert "Pillar A is saved." in alice.get(response.url).content.decode()
    assert stored() == {"a1": "L", "a2": "F", "a3": "NA"}
    assert {(row.state, row.answered_by) for row in Answer.objects.all()} == {("confirmed", cast.alice)}
    assert "please confirm" not in show(alice, cast)


def test_pillar_confirms_what_is_valid_beside_an_answer_that_is_not(cast: Cast, alice: Client) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="L", state="carried")
    html = send(alice, cast, a1_rating="L", a2_rating="NA", **seen(show(alice, cast))).content.decode()
    assert "<p>The other answers are saved.</p>" in html
    assert "please confirm" not in html
    assert Answer.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    "button", [{"a3_act": "clear"}, {"a3_act": "suggestion"}, {"a3_act": "theirs"}, {"a3_keep": "0"}]
)
def test_button_beside_one_answer_confirms_no_other(cast: Cast, alice: Client, button: dict[str, str]) -> None:
    for key in ("a1", "a2"):
        Answer.objects.create(assessment=cast.assessment, statement_key=key, rating="L", note="Seen", state="carried")
    said = {"a1_rating": "L", "a1_note": "Seen", "a2_rating": "F", "a2_note": "Seen", "a3_rating": "P"}
    assert send(alice, cast, **said, **button).status_code == 302
    answers = Answer.objects.exclude(statement_key="a3").order_by("statement_key").values_list("rating", "state")
    assert list(answers) == [("L", "carried"), ("F", "confirmed")]
