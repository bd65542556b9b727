"""Why a pillar is at this level and not the next, statement by statement. Alice leads, Bob reads."""

import re
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment
from reports import closing, wording
from reports.report import report_for
from tests.conftest import Cast
from tests.factories import (
    WORKED_RATINGS,
    make_assessment,
    make_bundled_version,
    make_member,
    make_round,
    make_team,
    make_user,
)


def answered(cast: Cast, ratings: dict[str, str] | None = None) -> str:
    for key, rating in (ratings or WORKED_RATINGS).items():
        reason = "Out of scope" if rating == "NA" else ""
        cast.assessment.record_answer(key, by=cast.alice, rating=rating, reason=reason)
    return f"{cast.assessment.get_absolute_url()}result/"


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode().replace(wording.NBSP, " ")


def groups(html: str) -> dict[str, list[str]]:
    """The statements' keys under each heading."""
    found = {}
    for part in html.split("<section>")[1:]:
        section = part.split("</section>")[0]
        [title] = re.findall(r"<h2.*?>(.*?)</h2>", section)
        found[" ".join(re.sub("<.*?>", " ", title).split())] = re.findall(
            r'<li class="statement-line" id="(.*?)"', section
        )
    return found


def line(html: str, key: str) -> str:
    """What a statement's line says."""
    text = re.sub("<.*?>", " ", html.split(f'id="{key}"')[1].split("</li>")[0].split(">", 1)[1])
    return " ".join(text.split())


def test_pillar_says_what_stands_in_the_way_first_then_every_level(cast: Cast, bob: Client) -> None:
    html = page(bob, f"{answered(cast)}a/")
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Pillar A: level 1, Started"]
    assert "1.3: level 1, and 33 % of level 2 is in place." in html
    assert groups(html) == {"Why not level 2, Practised?": ["a3"], "Level 1, Started 83 % in place": ["a1", "a2"]}


def test_pillar_at_its_top_has_nothing_in_the_way(cast: Cast, bob: Client) -> None:
    html = page(bob, f"{answered(cast)}b/")
    assert groups(html) == {"Level 2, Practised 67 % in place": ["b2"], "Level 1, Started 100 % in place": ["b1"]}


def test_statement_shows_answer_who_when_note_evidence_and_what_it_rests_on(cast: Cast, bob: Client) -> None:
    path = answered(cast)
    cast.assessment.record_answer("a3", by=cast.alice, rating="P", note="Since <May>", evidence=["Runbook", "Wiki"])
    answer = cast.assessment.answers.get(statement_key="a3")
    html = page(bob, f"{path}a/")
    assert line(html, "a3") == (
        "The third thing of pillar A is in place. The level needs more of what it asks in place. Since &lt;May&gt; "
        f"Evidence: Runbook; Wiki Partly in place Documented Alice, {answer.answered_at:%-d %b %Y}"
    )


def test_statement_that_does_not_apply_says_why(cast: Cast, bob: Client) -> None:
    html = page(bob, f"{answered(cast, {'a2': 'NA', 'a1': 'DK'})}a/")
    assert line(html, "a2").startswith("The second thing of pillar A is in place. Reason: Out of scope Does not apply")
    assert "Don&#x27;t know yet" in line(html, "a1")
    assert "Essential: without it the level does not hold." in line(html, "a1")
    assert "Not answered" in line(html, "a3")


def test_statement_names_the_actions_that_advance_it(cast: Cast, bob: Client) -> None:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full", target_level=3)
    assessment = make_assessment(team=cast.team, round=round, ratings={"deployment-3-ci": "P"})
    html = page(bob, f"{assessment.get_absolute_url()}result/deployment/")
    report = report_for(assessment)
    [gap] = [item for item in report.gaps if item.statement.key == "deployment-3-ci"]
    titles = [action.title for action in report.actions_for(gap)]
    assert len(titles) == 2
    assert f"Actions: {'; '.join(titles)} Partly in place" in line(html, "deployment-3-ci")


def test_lead_is_led_to_the_answer_while_it_is_open_and_a_reader_is_not(cast: Cast, alice: Client, bob: Client) -> None:
    path = f"{answered(cast)}a/"
    link = f'href="{cast.assessment.url("statement", "a3")}"'
    assert [link in page(client, path) for client in (alice, bob)] == [True, False]
    cast.assessment.submit(by=cast.alice)
    assert link not in page(alice, path)


def test_other_lead_may_verify_and_who_answered_may_not(cast: Cast, alice: Client, bob: Client) -> None:
    path = f"{answered(cast)}a/"
    dora = make_user("dora@example.org", name="Dora")
    make_member(dora, cast.organization, leads=[cast.team])
    verifying = f'action="{cast.assessment.url("verify", "a3")}"'
    clients = (alice, bob, cast.client_of(dora))
    assert [verifying in page(client, path) for client in clients] == [False, False, True]
    cast.client_of(dora).post(cast.assessment.url("verify", "a3"), {"revision": "1"})
    html = page(bob, path)
    assert "Of 3 answers: 1 verified by somebody else, 2 asserted only." in html
    assert "Verified by Dora" in line(html, "a3")


def test_result_leads_to_every_pillar_and_says_what_its_answers_rest_on(cast: Cast, bob: Client) -> None:
    html = page(bob, answered(cast))
    assert re.findall(r'href="[^"]*/result/(\w+)/"', html) == ["a", "b"]
    assert "Of 5 answers: 5 asserted only." in html


def test_closed_round_shows_the_pillar_as_it_was(cast: Cast, bob: Client) -> None:
    path = f"{answered(cast)}a/"
    cast.assessment.submit(by=cast.alice)
    closing.close(cast.assessment.round)
    before = groups(page(bob, path)), line(page(bob, path), "a3")
    cast.assessment.answers.update(rating="F", answered_by=None)
    assert (groups(page(bob, path)), line(page(bob, path), "a3")) == before


def test_pillar_the_framework_does_not_have_is_not_found(cast: Cast, bob: Client) -> None:
    assert bob.get(f"{answered(cast)}nothing/").status_code == 404


@pytest.mark.parametrize("statements", [3, 7])
def test_pillar_asks_the_database_equally_often_whatever_the_framework(
    cast: Cast, bob: Client, django_assert_num_queries: Any, statements: int
) -> None:
    path = {3: f"{answered(cast)}a/", 7: f"{full(cast).get_absolute_url()}result/deployment/"}[statements]
    page(bob, path)
    with django_assert_num_queries(8):
        assert page(bob, path).count('<li class="statement-line"') == statements


def full(cast: Cast) -> Assessment:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    ratings = dict.fromkeys(round.version.definition().statements, "P")
    return make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=round, ratings=ratings)
