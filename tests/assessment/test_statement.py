import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from assessment.models import Answer, Assessment
from assessment.pages import new_page
from people.models import User
from tests.conftest import Cast
from tests.factories import (
    make_assessment,
    make_member,
    make_round,
    make_user,
    make_version,
    worked_example,
)

HOSTILE = "<b>x</b><script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}txt.exe 🦜&amp;"
FULL = {"rating": "NA", "reason": "No data", "note": "Ask Dora", "evidence": "https://wiki.example/a1\r\n\r\n Minutes "}


def show(client: Client, cast: Cast, key: str = "a1") -> str:
    return client.get(cast.assessment.url("statement", key)).content.decode()


def send(client: Client, cast: Cast, key: str = "a1", **fields: Any) -> HttpResponse:
    """Posts what is said to a statement, by default from a page that shows what is stored."""
    stored = Answer.objects.filter(statement_key=key).values_list("revision", flat=True).first()
    said = {"revision": stored or 0} | fields
    path = cast.assessment.url("statement", key)
    return client.post(path, {f"{key}-{name}": value for name, value in said.items()})


def problems(response: HttpResponse) -> list[tuple[str, str]]:
    """The links of the error summary."""
    return re.findall(r'<li><a href="#([\w-]+)">(.*?)</a>', response.content.decode())


def checked(html: str) -> list[str]:
    return re.findall(r'<input[^>]*value="(\w+)"[^>]* checked', html)


def test_statement_asks_with_nothing_preselected(cast: Cast, alice: Client) -> None:
    html = show(alice, cast)
    assert '<h1 tabindex="-1" autofocus>The first thing of pillar A is in place.</h1>' in html
    assert re.findall(r'type="radio" name="a1-rating" value="(\w+)"', html) == ["N", "P", "L", "F", "DK", "NA"]
    assert checked(html) == []


def test_statement_keeps_everything_said_about_it(cast: Cast, alice: Client) -> None:
    send(alice, cast, **FULL)
    answer = Answer.objects.get()
    assert (answer.assessment, answer.statement_key) == (cast.assessment, "a1")
    assert (answer.rating, answer.reason, answer.note) == ("NA", "No data", "Ask Dora")
    assert answer.evidence == ["https://wiki.example/a1", "Minutes"]
    assert (answer.answered_by, answer.state, answer.revision) == (cast.alice, "confirmed", 1)
    assert Assessment.objects.get().revision == 1


def test_statement_shows_its_answer_again(cast: Cast, alice: Client) -> None:
    send(alice, cast, **FULL)
    html = show(alice, cast)
    assert checked(html) == ["NA"]
    assert 'value="No data"' in html
    assert re.findall(r"<textarea.*?>\s*(.*?)</textarea>", html, re.DOTALL) == [
        "Ask Dora",
        "https://wiki.example/a1\nMinutes",
    ]


def test_statement_answered_again_is_one_answer_of_the_last_to_speak(cast: Cast, alice: Client) -> None:
    send(alice, cast, rating="N", note="Nothing yet")
    before = Answer.objects.get().answered_at
    send(alice, cast, rating="F")
    answer = Answer.objects.get()
    assert (answer.rating, answer.note, answer.revision) == ("F", "", 2)
    assert answer.answered_at > before
    assert Assessment.objects.get().revision == 2


def test_reason_is_dropped_with_any_other_answer(cast: Cast, alice: Client) -> None:
    send(alice, cast, rating="L", reason="No data")
    assert Answer.objects.values_list("rating", "reason").get() == ("L", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [("id_a1-rating_0", "Choose one answer, or say that you do not know yet.")]),
        ({"rating": ""}, [("id_a1-rating_0", "Choose one answer, or say that you do not know yet.")]),
        ({"rating": "NA"}, [("id_a1-reason", "Say why this does not apply, in a few words.")]),
        ({"rating": "NA", "reason": " \t"}, [("id_a1-reason", "Say why this does not apply, in a few words.")]),
        ({"rating": "NA", "reason": "–"}, [("id_a1-reason", "Say why this does not apply, in a few words.")]),
        (
            {"rating": "F", "note": "x" * 2001},
            [("id_a1-note", "Ensure this value has at most 2000 characters (it has 2001).")],
        ),
        ({"rating": "F", "evidence": "link\n" * 11}, [("id_a1-evidence", "Name at most 10 pieces of evidence.")]),
        ({"rating": "F", "evidence": "x" * 501}, [("id_a1-evidence", "Keep each line to at most 500 characters.")]),
        ({"rating": "F", "note": "a\x00b"}, [("id_a1-note", "Null characters are not allowed.")]),
    ],
)
def test_statement_refuses_what_it_cannot_take(
    cast: Cast, alice: Client, fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    response = send(alice, cast, **fields)
    assert (response.status_code, problems(response)) == (422, expected)
    assert not Answer.objects.exists()
    assert Assessment.objects.get().revision == 0


@pytest.mark.parametrize("rating", ["X", "f", "5", "None", "F ", "NADK"])
def test_rating_outside_the_scale_is_refused(cast: Cast, alice: Client, rating: str) -> None:
    response = send(alice, cast, rating=rating)
    assert response.status_code == 422
    assert [link for link, _text in problems(response)] == ["id_a1-rating_0"]
    assert not Answer.objects.exists()


def test_refused_answer_says_so_in_the_title_and_keeps_what_was_typed(cast: Cast, alice: Client) -> None:
    html = send(alice, cast, rating="NA", note="A long story", evidence="Minutes").content.decode()
    assert "<title>Error: The first thing of pillar A is in place. – Waymark</title>" in html
    assert html.count('class="error-summary" role="alert"') == 1
    assert checked(html) == ["NA"]
    assert re.findall(r"<textarea.*?>\s*(.*?)</textarea>", html, re.DOTALL) == ["A long story", "Minutes"]


def test_longest_note_and_most_evidence_are_kept(cast: Cast, alice: Client) -> None:
    send(alice, cast, rating="F", note="x" * 2000, evidence="\n".join("y" * 500 for _ in range(10)))
    answer = Answer.objects.get()
    assert (answer.note, answer.evidence) == ("x" * 2000, ["y" * 500] * 10)


@pytest.mark.parametrize("key", ["a9", "prompts-2-templates", "A1"])
def test_unknown_statement_is_not_found(cast: Cast, alice: Client, key: str) -> None:
    assert alice.get(cast.assessment.url("statement", key)).status_code == 404
    assert send(alice, cast, key, rating="F").status_code == 404
    assert not Answer.objects.exists()


def test_statement_takes_no_other_field(cast: Cast, alice: Client) -> None:
    other = make_assessment(
        team=cast.team,
        round=make_round(organization=cast.organization, version=cast.assessment.round.version, name="H1 2027"),
    )
    send(
        alice,
        cast,
        rating="F",
        state="archived",
        assessment=str(other.pk),
        answered_by=str(cast.bob.pk),
        submitted_at="2020-01-01",
        statement_key="b2",
    )
    answer = Answer.objects.get()
    assert (answer.assessment, answer.statement_key) == (cast.assessment, "a1")
    assert (answer.state, answer.answered_by, answer.revision) == ("confirmed", cast.alice, 1)
    assert Assessment.objects.get(pk=cast.assessment.pk).submitted_at is None


def test_statements_of_a_pillar_follow_from_the_lowest_level_up(cast: Cast, alice: Client) -> None:
    path, visited = cast.assessment.url("statement", "a1"), []
    while "/statements/" in path:
        visited.append(path.split("/")[-2])
        key = visited[-1]
        path = alice.post(path, {f"{key}-rating": "F"}).url
    assert visited == ["a1", "a2", "a3"]
    assert path == cast.assessment.get_absolute_url()


def test_statement_leads_back_and_past_and_to_the_whole_pillar(cast: Cast, alice: Client) -> None:
    html = show(alice, cast, "a2")
    assert f'<a href="{cast.assessment.url("statement", "a1")}">Previous statement</a>' in html
    assert f'href="{cast.assessment.url("statement", "a3")}">Skip for now</a>' in html
    assert f'href="{cast.assessment.url("pillar", "a")}#a2">Whole pillar on one page</a>' in html


def test_change_from_the_check_page_returns_there(cast: Cast, alice: Client) -> None:
    response = alice.post(cast.assessment.url("statement", "a1") + "?check", {"a1-rating": "F"})
    assert response.url == cast.assessment.url("check")


@pytest.mark.parametrize("page", ["statement", "pillar"])
def test_level_is_not_shown_while_answering(cast: Cast, alice: Client, page: str) -> None:
    html = alice.get(cast.assessment.url(page, "a3" if page == "statement" else "a")).content.decode()
    main = html.split("<main")[1].split("</main>")[0]
    assert re.findall(r"(?i)level|essential|weight", re.sub("<.*?>", " ", main)) == []
    assert "Practised" not in main


@pytest.mark.parametrize("page", [["statement", "a1"], ["pillar", "a"], ["check"]])
def test_hostile_text_is_shown_as_text(cast: Cast, alice: Client, page: list[str]) -> None:
    send(alice, cast, rating="NA", reason=HOSTILE, note=HOSTILE, evidence=HOSTILE)
    html = alice.get(cast.assessment.url(*page)).content.decode()
    assert html.count(escape(HOSTILE)) == (4 if page == ["check"] else 3)
    assert "<b>x</b>" not in html
    assert "<script>" not in html


def test_hostile_framework_is_shown_as_text(cast: Cast, alice: Client) -> None:
    known = worked_example()
    asked = [
        replace(cell, statements=(replace(s, text=HOSTILE, help=HOSTILE, evidence=(HOSTILE,)),))
        for cell in known.cells[:2]
        for s in cell.statements[:1]
    ]
    pillars = tuple(replace(pillar, name=HOSTILE[:60], summary=HOSTILE) for pillar in known.pillars)
    levels = tuple(replace(level, name=HOSTILE[:60]) for level in known.levels)
    version = make_version(
        replace(known, slug="hostile", name=HOSTILE, cells=tuple(asked), pillars=pillars, levels=levels, examples=())
    )
    assessment = make_assessment(
        team=cast.team, round=make_round(organization=cast.organization, version=version, name=HOSTILE)
    )
    paths = [assessment.url(*page) for page in (["assessment"], ["statement", "a1"], ["pillar", "a"], ["check"])]
    for path in [
        *paths,
        assessment.get_absolute_url() + "result/",
        "/frameworks/hostile/",
        "/frameworks/",
        "/",
        "/o/northwind/",
    ]:
        html = alice.get(path).content.decode()
        assert (path, html.count("<b>x</b>"), html.count("<script>")) == (path, 0, 0)
        assert escape("<b>x</b>") in html


def answered_by_two(cast: Cast) -> tuple[Client, User]:
    """Alice and Dora lead the same team. Both saw nothing; then Dora said “Partly”."""
    dora = make_user("dora@example.org", name="Dora")
    make_member(dora, cast.organization, leads=[cast.team])
    client = cast.client_of(dora)
    send(client, cast, rating="P", note="Seen in May")
    return client, dora


def test_second_of_two_leads_is_shown_both_answers_and_overwrites_nothing(cast: Cast, alice: Client) -> None:
    _, dora = answered_by_two(cast)
    refused = send(alice, cast, rating="F", note="Mine", revision=0)
    html = re.sub(r"\s+", " ", re.sub("<.*?>", " ", refused.content.decode().split("conflict-sides")[1]))
    assert refused.status_code == 409
    assert problems(refused) == [("id_a1-rating_0", "Somebody changed this answer meanwhile. Choose which one stays.")]
    assert "Yours Fully in place Mine Keep mine Theirs Partly in place Seen in May Use theirs" in html
    assert "Dora changed this answer at" in refused.content.decode()
    assert Answer.objects.values_list("rating", "answered_by", "revision").get() == ("P", dora.pk, 1)


def test_mine_is_kept_over_the_answer_it_was_shown_against(cast: Cast, alice: Client) -> None:
    answered_by_two(cast)
    assert send(alice, cast, rating="F", revision=0, keep=1).status_code == 302
    assert Answer.objects.values_list("rating", "answered_by", "revision").get() == ("F", cast.alice.pk, 2)


def test_mine_is_not_kept_over_an_answer_that_came_after_the_choice_was_shown(cast: Cast, alice: Client) -> None:
    client, _ = answered_by_two(cast)
    send(client, cast, rating="L")
    assert send(alice, cast, rating="F", revision=0, keep=1).status_code == 409
    assert Answer.objects.values_list("rating", "revision").get() == ("L", 2)


def test_theirs_is_used_whatever_stands_in_the_fields(cast: Cast, alice: Client) -> None:
    answered_by_two(cast)
    response = send(alice, cast, rating="NA", note="x" * 3000, revision=0, act="theirs")
    assert response.url == cast.assessment.url("statement", "a1")
    assert Answer.objects.values_list("rating", "revision").get() == ("P", 1)


def test_page_that_wrote_an_answer_itself_may_change_it(cast: Cast, alice: Client) -> None:
    one, other = new_page(cast.alice), new_page(cast.alice)
    for rating in ("N", "P", "L"):
        assert send(alice, cast, rating=rating, revision=0, page=one).status_code == 302
    assert send(alice, cast, rating="F", revision=0, page=other).status_code == 409
    assert Answer.objects.values_list("rating", "revision").get() == ("L", 3)


def test_same_answer_of_two_leads_is_no_conflict(cast: Cast, alice: Client) -> None:
    _, dora = answered_by_two(cast)
    assert send(alice, cast, rating="P", note="Seen in May", revision=0).status_code == 302
    assert Answer.objects.values_list("answered_by", "revision").get() == (dora.pk, 1)


def test_cleared_answer_is_unanswered_again(cast: Cast, alice: Client) -> None:
    send(alice, cast, **FULL)
    response = send(alice, cast, act="clear", **FULL)
    assert response.url == cast.assessment.url("statement", "a1")
    answer = Answer.objects.get()
    assert (answer.rating, answer.reason, answer.note, answer.evidence, answer.revision) == ("", "", "", [], 2)
    assert checked(show(alice, cast)) == []
    assert cast.assessment.unanswered() == ["a1", "a2", "b1", "a3", "b2"]


def test_save_and_return_leads_to_the_task_list(cast: Cast, alice: Client) -> None:
    response = alice.post(cast.assessment.url("statement", "a1"), {"a1-rating": "F", "return": ""})
    assert response.url == cast.assessment.get_absolute_url()
    assert Answer.objects.get().rating == "F"


@pytest.mark.parametrize("state", ["carried", "suggested", "review", "archived"])
def test_answer_left_as_shown_is_confirmed_where_it_waits_for_that(cast: Cast, alice: Client, state: str) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="L", state=state)
    send(alice, cast, rating="L")
    assert Answer.objects.values_list("rating", "state", "answered_by").get() == ("L", "confirmed", cast.alice.pk)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("carried", "From May 2026, please confirm"),
        ("review", "From May 2026, the statement has changed, please check"),
        ("suggested", "Suggested by an earlier answer, please confirm"),
    ],
)
def test_statement_says_that_its_answer_is_to_be_confirmed(cast: Cast, alice: Client, state: str, said: str) -> None:
    then = datetime(2026, 5, 4, tzinfo=UTC)
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="L", state=state, answered_at=then)
    html = show(alice, cast)
    assert f'<span class="tag tag-warn">{said}</span>' in html
    assert '<button class="btn btn-primary" type="submit">Confirm and continue</button>' in html


def test_statement_with_a_confirmed_answer_asks_for_nothing(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="L")
    html = show(alice, cast)
    assert "tag-warn" not in html
    assert "Save and continue" in html


def test_answer_sent_again_as_it_is_stored_changes_nothing(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.bob, rating="L")
    assert send(alice, cast, rating="L").status_code == 302
    assert Answer.objects.values_list("answered_by", "revision").get() == (cast.bob.pk, 1)
