import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from django.test import Client
from django.utils.html import escape

from assessment.models import Answer
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_bundled_version, make_round


def page(client: Client, cast: Cast) -> str:
    return client.get(cast.assessment.url("check")).content.decode()


def answers(client: Client, cast: Cast) -> list[tuple[str, str]]:
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page(client, cast).split('id="pillar-', 1)[1], re.DOTALL)
    return [(text, " ".join(re.sub("<.*?>", " ", said).split())) for text, said in found]


def test_check_shows_every_answer_with_open_statements_first_in_their_pillar(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F", note="Seen today", evidence=["Minutes"])
    cast.assessment.record_answer("a3", by=cast.alice, rating="NA", reason="No data")
    cast.assessment.record_answer("b1", by=cast.alice, rating="DK")
    assert answers(alice, cast) == [
        ("The second thing of pillar A is in place.", "Not answered"),
        ("The first thing of pillar A is in place.", "Fully in place Seen today Minutes"),
        ("The third thing of pillar A is in place.", "Does not apply Reason: No data"),
        ("The second thing of pillar B is in place.", "Not answered"),
        ("The first thing of pillar B is in place.", "Don&#x27;t know yet"),
    ]


def test_check_counts_what_is_open_and_offers_no_submitting(cast: Cast, alice: Client) -> None:
    html = page(alice, cast)
    assert "5 statements have no answer yet." in html
    assert cast.assessment.url("submit") not in html
    for key in ("a1", "a2", "a3", "b1"):
        cast.assessment.record_answer(key, by=cast.alice, rating="F")
    assert "1 statement has no answer yet." in page(alice, cast)


def test_check_offers_submitting_once_all_is_answered(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    html = page(alice, cast)
    assert "Every statement has an answer." in html
    assert f'<form method="post" action="{cast.assessment.url("submit")}">' in html


def test_check_leads_to_each_statement_and_says_which(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("b1", by=cast.alice, rating="F")
    html = page(alice, cast)
    link = '<a href="{}?check">{}<span class="visually-hidden">: The first thing of pillar {} is in place.</span></a>'
    assert link.format(cast.assessment.url("statement", "a1"), "Answer", "A") in html
    assert link.format(cast.assessment.url("statement", "b1"), "Change", "B") in html


def test_reader_sees_all_answers_and_nothing_to_change(cast: Cast, bob: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    html = page(bob, cast)
    assert "<h1>All answers</h1>" in html
    assert ("The first thing of pillar A is in place.", "Fully in place") in answers(bob, cast)
    assert "/statements/" not in html
    assert "have no answer yet" not in html


def carry(cast: Cast, key: str, **fields: Any) -> Answer:
    """An answer of May 2026 that waits to be confirmed."""
    given = {"rating": "L", "state": "carried", "answered_at": datetime(2026, 5, 4, tzinfo=UTC)} | fields
    return Answer.objects.create(assessment=cast.assessment, statement_key=key, **given)


def test_check_lists_unconfirmed_answers_before_the_confirmed(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    carry(cast, "a2")
    carry(cast, "b2", rating="P", state="review")
    assert answers(alice, cast) == [
        ("The third thing of pillar A is in place.", "Not answered"),
        ("The second thing of pillar A is in place.", "Largely in place From May 2026, please confirm"),
        ("The first thing of pillar A is in place.", "Fully in place"),
        ("The first thing of pillar B is in place.", "Not answered"),
        (
            "The second thing of pillar B is in place.",
            "Partly in place From May 2026, the statement has changed, please check",
        ),
    ]


def test_check_offers_no_submitting_before_all_is_confirmed(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        carry(cast, key, rating=rating)
    html = page(alice, cast)
    assert "5 answers are not confirmed yet. Confirm or change each of them; then you can submit." in html
    assert cast.assessment.url("submit") not in html
    for key, rating in {**WORKED_RATINGS, "b2": "DK"}.items():
        if key != "a1":
            cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    assert "1 answer is not confirmed yet. Confirm or change it; then you can submit." in page(alice, cast)
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    assert cast.assessment.url("submit") in page(alice, cast)


def test_check_confirms_an_answer_as_it_is(cast: Cast, alice: Client) -> None:
    given = {"rating": "NA", "reason": 'No "data"', "note": "One\n\nTwo", "evidence": ["Minutes", "Wiki"]}
    carry(cast, "a1", **given)
    [(action, fields)] = re.findall(
        r'<form method="post" action="([^"]*[?]check)">(.*?)</form>', page(alice, cast), re.DOTALL
    )
    sent = {name: unescape(value) for name, value in re.findall(r'name="([\w-]+)" value="(.*?)"', fields, re.DOTALL)}
    response = alice.post(action, sent)
    assert response.url == cast.assessment.url("check")
    row = Answer.objects.get()
    assert {name: getattr(row, name) for name in given} == given
    assert (row.state, row.answered_by) == ("confirmed", cast.alice)


def test_check_offers_no_confirming_of_what_is_confirmed(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    assert "btn-sm" not in page(alice, cast)


def test_reader_sees_what_is_carried_over_and_nothing_to_confirm(cast: Cast, bob: Client) -> None:
    carry(cast, "a1")
    assert ("The first thing of pillar A is in place.", "Largely in place Carried over") in answers(bob, cast)
    assert "btn-sm" not in page(bob, cast)


def told(client: Client, cast: Cast) -> str:
    """What the page says before it lists the answers."""
    return " ".join(re.sub("<.*?>", " ", page(client, cast).split("<main")[1].split('id="pillar-')[0]).split())


def test_check_says_scope_and_decision(cast: Cast, alice: Client) -> None:
    assert "Scope Not said yet" in told(alice, cast)
    assert "Decision asked Confirm targets and owners for the first actions." in told(alice, cast)
    cast.assessment.describe(systems="The claims assistant", decision="Fund one engineer.")
    assert "Scope The claims assistant" in told(alice, cast)
    assert "Decision asked Fund one engineer." in told(alice, cast)


def test_check_counts_what_is_not_known_or_left_out_with_reasons(cast: Cast, alice: Client) -> None:
    assert "Not known, or left out" not in told(alice, cast)
    cast.assessment.record_answer("a1", by=cast.alice, rating="NA", reason="No data")
    cast.assessment.record_answer("a2", by=cast.alice, rating="DK")
    cast.assessment.record_answer("b1", by=cast.alice, rating="DK")
    assert "2 statements are not known yet." in told(alice, cast)
    assert "1 statement does not apply: The first thing of pillar A is in place. No data" in told(alice, cast)


def test_check_points_out_answers_that_do_not_fit_together(cast: Cast, alice: Client) -> None:
    big = make_assessment(
        team=cast.team,
        round=make_round(organization=cast.organization, version=make_bundled_version(), name="Big"),
    )
    framework = big.framework
    higher, lower = next(
        (one, other)
        for one in framework.statements.values()
        for other in framework.statements.values()
        if one.practice
        and one.practice == other.practice
        and framework.cell_of[one.key].level > framework.cell_of[other.key].level
    )
    big.record_answer(higher.key, by=cast.alice, rating="F")
    big.record_answer(lower.key, by=cast.alice, rating="N")
    html = alice.get(big.url("check")).content.decode()
    assert (
        f"“{escape(higher.text)}” is in place, while “{escape(lower.text)}”, which comes before it, is not yet." in html
    )
    big.record_answer(lower.key, by=cast.alice, rating="L")
    assert "Look at these again" not in alice.get(big.url("check")).content.decode()
