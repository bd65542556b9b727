import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, Target
from frameworks.definition import Basis
from reports import closing, pictures, wording
from reports.report import report_for
from tests.conftest import Cast
from tests.factories import (
    WORKED_RATINGS,
    make_assessment,
    make_bundled_version,
    make_round,
    make_team,
    make_version,
    worked_example,
)
from tests.figures import figure_on
from tests.frameworks.builders import cell, framework, s


def answered(cast: Cast, ratings: Mapping[str, str]) -> str:
    """The address of the result once these answers are given."""
    for key, rating in ratings.items():
        cast.assessment.record_answer(
            key, by=cast.alice, rating=rating, reason="Out of scope" if rating == "NA" else ""
        )
    return cast.assessment.get_absolute_url() + "result/"


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode().replace(wording.NBSP, " ")


def rows(html: str) -> list[list[str]]:
    """The cells of the first table."""
    body = re.split("<tbody.*?>", html)[1].split("</table>")[0]
    found = [re.split(r"</t[dh]>", row)[:-1] for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub("<.*?>", " ", cell).split()) for cell in row] for row in found]


def table(html: str, label: str) -> list[list[str]]:
    """The cells of the table that has this label."""
    return rows(html.split(f'aria-labelledby="{label}"')[1])


def chart_table(html: str, id: str) -> list[list[str]]:
    """The cells of the table that says what this chart shows."""
    return rows(html.split(f'id="{id}-title"')[1])


def microsoft(cast: Cast) -> Assessment:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full", target_level=3)
    keys = list(round.version.definition().statements)
    ratings = dict(zip(keys, ["F", "L", "P", "N", "F"] * 20, strict=False))
    return make_assessment(team=cast.team, round=round, ratings=ratings)


def test_result_says_the_level_first(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast, WORKED_RATINGS))
    assert "<title>Level 2, Practised, Claims – Waymark</title>" in html
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Level 2, Practised"]
    assert "This is the highest level of the model. Level 2 is secured." in html
    assert "72 % of what this model asks is in place." in html
    assert "5 of 5 statements answered" in html
    assert "provisional: the round is still open." in html


def test_result_names_what_blocks_the_next_level_and_the_shortest_way(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast, WORKED_RATINGS | {"b2": "P"}))
    assert "Why not level 2, Practised?" in html
    assert table(html, "why") == [
        [
            "The second thing of pillar B is in place.",
            "Pillar B, level 2",
            "Partly in place",
            "Essential: without it the level does not hold",
        ],
        [
            "The third thing of pillar A is in place.",
            "Pillar A, level 2",
            "Partly in place",
            "Stands in the way of the next level",
        ],
    ]
    assert "Raising 1 statement leads to level 2, Practised." in html
    assert "(Partly in place → Largely in place)" in html


def test_result_before_the_first_answer_says_what_is_open(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast, {}))
    assert re.findall(r"<h1>(.*?)</h1>", html) == [
        "Not yet at level 1, up to level 2, Practised: 5 answers open, incomplete"
    ]
    assert "Incomplete: only 0 of 5 statements answered" in html


def test_result_with_everything_in_place_has_nothing_in_the_way_and_no_gaps(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast, dict.fromkeys(WORKED_RATINGS, "F")))
    assert ('id="why"' in html, 'id="gaps"' in html, 'id="first"' in html) == (False, False, False)


def test_result_where_nothing_applies_is_shown(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast, dict.fromkeys(WORKED_RATINGS, "NA")))
    assert re.findall(r"<h1>(.*?)</h1>", html) == [
        "Not yet at level 1, within limited scope (Pillar A and Pillar B partly excluded)"
    ]
    assert "No higher level can be rated: what it asks does not apply." in html
    assert [row[1:] for row in chart_table(html, "heat")] == [["n/a, does not apply"] * 2] * 2


def test_result_lists_what_somebody_looked_at_and_does_not_know(cast: Cast, alice: Client) -> None:
    html = page(alice, answered(cast, {"a1": "F", "a2": "DK", "b2": "DK"}))
    assert re.findall(r"<li>(.*?)</li>", html.split('id="find-out"')[1].split("</section>")[0]) == [
        "The second thing of pillar A is in place.",
        "The second thing of pillar B is in place.",
    ]
    assert 'id="find-out"' not in page(alice, answered(cast, {"a2": "N", "b2": "N"}))


def test_what_is_not_known_counts_as_unanswered_and_moves_no_level(cast: Cast, alice: Client) -> None:
    def said(html: str) -> tuple[list[str], list[str], list[list[str]]]:
        line = re.findall(r'<p class="secondary">([^<]*of 5 statements.*?)</p>', html)
        return re.findall(r"<h1>(.*?)</h1>", html), line, chart_table(html, "heat")

    unanswered = said(page(alice, answered(cast, {"a1": "F", "b1": "F", "a3": "P"})))
    not_known = said(page(alice, answered(cast, {"a2": "DK", "b2": "DK"})))
    assert not_known == unanswered
    assert "3 of 5 statements answered" in not_known[1][0]
    assert "provisional: the round is still open" in not_known[1][0]


def test_result_tells_where_nothing_is_asked_from_what_the_model_does_not_cover(cast: Cast, bob: Client) -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(2, "b", basis=Basis.FLOOR))
    round = make_round(organization=cast.organization, version=make_version(model), name="Floor")
    assessment = make_assessment(team=cast.team, round=round, ratings={"a1": "F", "a2": "P"})
    html = page(bob, assessment.get_absolute_url() + "result/")
    assert chart_table(html, "heat") == [
        ["A", "100 %, fully in place", "33 %, partly in place"],
        ["B", "not covered by this model", "nothing asked"],
    ]


def test_result_shows_pillars_with_level_target_and_share(cast: Cast, alice: Client) -> None:
    Target.objects.create(round=cast.assessment.round, pillar="a", level=2)
    html = page(alice, answered(cast, WORKED_RATINGS))
    assert table(html, "profile") == [
        ["Pillar A 1.3: level 1, and 33 % of level 2 is in place", "1", "2", "58 %"],
        ["Pillar B 2.0: the highest level this model covers here", "2", "–", "83 %"],
    ]
    assert chart_table(html, "heat") == [
        ["Pillar A", "83 %, largely in place", "33 %, partly in place"],
        ["Pillar B", "100 %, fully in place", "67 %, largely in place"],
    ]


def test_result_draws_a_ladder_and_a_radar_where_there_are_pillars_enough(cast: Cast, alice: Client) -> None:
    two, six = page(alice, answered(cast, WORKED_RATINGS)), page(alice, f"{microsoft(cast).get_absolute_url()}result/")
    assert [[f'id="{chart}-title"' in html for chart in ("ladder", "radar")] for html in (two, six)] == [
        [True, False],
        [True, True],
    ]


def test_numbers_of_the_radar_are_those_of_table_and_report(cast: Cast, bob: Client) -> None:
    assessment = microsoft(cast)
    html = page(bob, assessment.get_absolute_url() + "result/")
    report = report_for(assessment)
    expected = [(found.pillar.name, pictures.position(found)) for found in report.pillars]
    named = [re.fullmatch(r"(.*) ([\d.]+): .*", row[0]) for row in table(html, "profile")]
    figure = figure_on(html, "radar")
    [now] = [trace for trace in figure["data"] if trace.get("name") == "Now"]
    assert [(found[1], float(found[2])) for found in named if found] == expected
    assert [(row[0], float(row[1])) for row in chart_table(html, "radar")] == expected
    assert now["r"][: len(expected)] == [value for _name, value in expected]


def test_gap_list_names_the_actions_that_advance_a_statement(cast: Cast, bob: Client) -> None:
    assessment = microsoft(cast)
    html = page(bob, assessment.get_absolute_url() + "result/")
    report = report_for(assessment)
    groups = [table(html, label) for label in re.findall(r'aria-labelledby="(gaps-\w+)"', html)]
    assert [row[0] for group in groups for row in group] == [item.statement.text for item in report.gaps]
    titles = [action.title for action in report.actions_for(report.gaps[0])]
    assert groups[0][0][3] == "; ".join(titles)
    assert re.findall(r"<h3>(.*?)</h3>", html.split('id="first"')[1].split("</ol>")[0]) == [
        advice.action.title for advice in report.advice[:3]
    ]


def test_gap_list_is_grouped_by_reason_and_shows_the_most_pressing_group(cast: Cast, bob: Client) -> None:
    assessment = microsoft(cast)
    html = page(bob, assessment.get_absolute_url() + "result/")
    gaps = report_for(assessment).gaps
    reasons = list(dict.fromkeys(item.reason.value for item in gaps))
    assert reasons == ["gate", "next_level", "later"]
    assert re.findall(r'aria-labelledby="gaps-(\w+)"', html) == reasons
    gap_list = html.split('id="gaps"')[1]
    assert re.findall(r'<details class="disclosure"( open)?>', gap_list) == [" open", "", ""]


def test_result_offers_the_lead_to_go_on_and_a_reader_not(cast: Cast, alice: Client, bob: Client) -> None:
    path = answered(cast, WORKED_RATINGS)
    assert ["Continue answering" in page(client, path) for client in (alice, bob)] == [True, False]


def test_result_takes_no_post(cast: Cast, alice: Client) -> None:
    assert alice.post(answered(cast, {})).status_code == 405


@pytest.mark.parametrize("statements", [5, 52])
def test_result_asks_the_database_equally_often_whatever_the_framework(
    cast: Cast, bob: Client, django_assert_num_queries: Any, statements: int
) -> None:
    small = make_assessment(
        team=make_team(organization=cast.organization, slug="other"),
        round=cast.assessment.round,
        ratings=WORKED_RATINGS,
    )
    assessment = {5: small, 52: microsoft(cast)}[statements]
    assert len(assessment.framework.statements) == statements
    path = assessment.get_absolute_url() + "result/"
    page(bob, path)
    with django_assert_num_queries(9):
        page(bob, path)


def test_lead_without_targets_is_led_to_set_them(cast: Cast, alice: Client, bob: Client) -> None:
    path = answered(cast, WORKED_RATINGS)
    link = f'No target is set yet. <a href="{cast.assessment.get_absolute_url()}targets/">Set targets</a>'
    assert [link in page(client, path) for client in (alice, bob)] == [True, False]
    Target.objects.create(round=cast.assessment.round, team=cast.team, pillar="a", level=2)
    assert link not in page(alice, path)


@pytest.mark.parametrize(("number", "drawn"), [("1.1", ["Now", "Previous"]), ("2.0", ["Now"])])
def test_round_before_on_another_major_version_is_named_and_not_drawn(
    cast: Cast, alice: Client, number: str, drawn: list[str]
) -> None:
    answered(cast, WORKED_RATINGS)
    cast.assessment.submit(by=cast.alice)
    closing.close(cast.assessment.round)
    version = make_version(replace(worked_example(), version=number))
    round = make_round(organization=cast.organization, version=version, name="H1 2027")
    now = make_assessment(team=cast.team, round=round, ratings=WORKED_RATINGS)
    html = page(alice, f"{now.get_absolute_url()}result/")
    assert ("The round before used version 1.0 of this model" in html) == (number == "2.0")
    assert [name for name in ("Now", "Previous") if f">{name}<" in html] == drawn
