"""One result says the same everywhere: field by field on the page, in its charts (picture, Plotly, table), on the pages
of its pillars, in the comparison, and in JSON and CSV. And different answers lead to different advice."""

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from assessment.models import Assessment
from frameworks import scoring
from reports import wording
from reports.report import report_for
from tests.conftest import Cast
from tests.factories import make_assessment, make_bundled_version, make_round, make_team
from tests.figures import figure_on

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full", target_level=3)
    keys = list(round.version.definition().statements)
    ratings = dict(zip(keys, ["F", "L", "P", "N", "F", "NA", "L"] * 20, strict=False))
    made = make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=round, ratings=ratings)
    made.submit(by=cast.alice)
    return Assessment.objects.with_everything().get(pk=made.pk)


def get(client: Client, path: str) -> str:
    return client.get(path).content.decode().replace(wording.NBSP, " ")


def plain(text: str) -> str:
    return text.replace(wording.NBSP, " ")


def rows(html: str) -> list[list[str]]:
    """The cells of the first table."""
    body = re.split("<tbody.*?>", html)[1].split("</tbody>")[0]
    found = [re.split(r"</t[dh]>", row)[:-1] for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub("<.*?>", " ", cell).split()) for cell in row] for row in found]


def chart(html: str, id: str) -> tuple[ElementTree.Element, dict[str, Any], list[list[str]]]:
    """A chart's picture, its figure, and its table."""
    picture = re.findall(rf'<svg [^>]*aria-labelledby="{id}-title.*?</svg>', html, re.DOTALL)[0]
    return ElementTree.fromstring(picture), figure_on(html, id), rows(html.split(f'id="{id}-title"')[1])


def tips(picture: ElementTree.Element) -> list[str]:
    return [title.text or "" for tag in ("path", "rect") for title in picture.iterfind(f".//{SVG}{tag}/{SVG}title")]


def test_levels_and_positions_are_equal_on_page_charts_and_in_json(assessment: Assessment, bob: Client) -> None:
    html = get(bob, f"{assessment.get_absolute_url()}result/")
    report = report_for(assessment)
    said = json.loads(bob.get(f"{assessment.get_absolute_url()}report.json").content)["result"]
    profile = rows(html.split('aria-labelledby="profile"')[1])
    radar, radar_figure, radar_table = chart(html, "radar")
    [now] = [trace for trace in radar_figure["data"] if trace.get("name") == "Now"]
    assert re.findall(r"<h1>(.*?)</h1>", html)[0].startswith(f"Level {said['level']}, {said['level_name']}")
    for place, (found, pillar) in enumerate(zip(report.pillars, said["pillars"], strict=True)):
        position = f"{int(pillar['position'] * 10 + 1e-9) / 10:.1f}"
        name = found.pillar.name
        assert profile[place][0].startswith(f"{name} {position}: ")
        assert profile[place][1] == str(pillar["level"]) == str(found.score.level)
        assert profile[place][3] == f"{int(pillar['achievement'] * 100 + 0.5)} %"
        assert float(radar_table[place][1]) == float(position) == now["r"][place]
        assert f"{name}: Now {radar_table[place][1]}" in tips(radar)


def test_gaps_are_equal_on_page_chart_and_in_json(assessment: Assessment, bob: Client) -> None:
    html = get(bob, f"{assessment.get_absolute_url()}result/")
    report = report_for(assessment)
    picture, figure, table = chart(html, "gap")
    now = {row[0]: row[1] for row in table}
    assert now == {found.pillar.name: str(found.score.level) for found in report.pillars}
    [marks] = [trace for trace in figure["data"] if trace.get("name") == "Now"]
    assert [str(level) for level in marks["x"]] == list(now.values())
    assert {tip.split(",")[0] for tip in tips(picture)} == {f"{name}: Now {level}" for name, level in now.items()}
    said = json.loads(bob.get(f"{assessment.get_absolute_url()}report.json").content)["result"]["gaps"]
    assert [item["statement"] for item in said] == [item.statement.key for item in report.gaps]


def test_cells_are_equal_in_heat_map_and_json(assessment: Assessment, bob: Client) -> None:
    html = get(bob, f"{assessment.get_absolute_url()}result/")
    picture, figure, table = chart(html, "heat")
    said = json.loads(bob.get(f"{assessment.get_absolute_url()}report.json").content)["result"]["pillars"]
    shares = {
        (place, cell["level"]): f"{int(cell['achievement'] * 100 + 0.5)} %"
        for place, pillar in enumerate(said)
        for cell in pillar["cells"]
        if cell["achievement"] is not None
    }
    printed = {
        (place, level): text.removesuffix("*")
        for place, texts in enumerate(figure["data"][0]["text"])
        for level, text in enumerate(texts, start=1)
        if "%" in text
    }
    tabled = {
        (place, level): cell.split(",")[0]
        for place, row in enumerate(table)
        for level, cell in enumerate(row[1:], start=1)
        if "%" in cell
    }
    assert {place: plain(text) for place, text in printed.items()} == tabled == shares
    drawn = [text.text or "" for text in picture.iter(f"{SVG}text") if "chart-tile-text" in text.get("class", "")]
    assert sorted(plain(text).removesuffix("*") for text in drawn if "%" in text) == sorted(shares.values())


def test_pages_of_pillars_say_what_the_result_says(assessment: Assessment, bob: Client) -> None:
    report = report_for(assessment)
    for found in report.pillars:
        html = get(bob, f"{assessment.get_absolute_url()}result/{found.pillar.slug}/")
        assert plain(wording.capitalized(wording.position(found))) in html
        assert f"{plain(wording.percent(found.score.achievement))} of what this pillar asks is in place." in html
        in_the_way = html.split('id="why"')[1].split("</section>")[0] if found.why_not else ""
        assert re.findall(r'<li class="statement-line" id="([\w-]+)"', in_the_way) == [
            item.statement.key for item in found.why_not
        ]


def test_comparison_says_what_the_result_says(assessment: Assessment, bob: Client) -> None:
    html = get(bob, f"/o/northwind/compare/?round={assessment.round.code}")
    report = report_for(assessment)
    [row] = [row for row in rows(html) if row[0] == "Fire"]
    positions = [report.score.position, *(found.score.position for found in report.pillars)]
    assert row[1:] == [wording.decimals(position, 1) for position in positions]
    levels = [report.score.level, *(found.score.level for found in report.pillars)]
    assert re.findall(r'data-level="(\d)"', html) == [str(level) for level in levels]


def test_answers_are_equal_in_csv_json_and_report(assessment: Assessment, bob: Client) -> None:
    report = report_for(assessment)
    said = json.loads(bob.get(f"{assessment.get_absolute_url()}report.json").content)["answers"]
    text = bob.get(f"{assessment.get_absolute_url()}report.csv").content.decode().lstrip("\ufeff")
    lines = {line["Statement"]: line for line in csv.DictReader(io.StringIO(text))}
    assert list(lines) == list(report.framework.statements)
    for key in lines:
        assert lines[key]["Answer"] == said[key]["rating"] == str(report.rating(key))
        assert lines[key]["Rests on"] == said[key]["rests_on"] == str(report.backing(key))


def test_json_has_the_figures_of_the_score(assessment: Assessment, bob: Client) -> None:
    said = json.loads(bob.get(f"{assessment.get_absolute_url()}report.json").content)["result"]
    score = scoring.to_json(report_for(assessment).score)
    assert {name: said[name] for name in score} == score


def first_actions(client: Client, assessment: Assessment) -> list[tuple[str, str]]:
    """The titles on the page, each with the statement it names as its first."""
    html = get(client, f"{assessment.get_absolute_url()}result/").split('id="first"')[1].split("</ol>")[0]
    titles = re.findall(r"<h3>(.*?)</h3>", html)
    named = [
        " ".join(text.split()) for text in re.findall(r"Closes \d+ statements?(?:, first)?:(.*?)</p>", html, re.DOTALL)
    ]
    return list(zip(titles, named, strict=True))


def test_different_answers_give_different_first_actions_each_naming_its_trigger(cast: Cast, bob: Client) -> None:
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    found: list[list[tuple[str, str]]] = []
    for slug, lacking in (("fire", "deployment"), ("pets", "prompts")):
        framework = round.version.definition()
        ratings = {key: "N" if framework.cell_of[key].pillar == lacking else "F" for key in framework.statements}
        made = make_assessment(team=make_team(organization=cast.organization, slug=slug), round=round, ratings=ratings)
        found.append(first_actions(bob, made))
        report = report_for(Assessment.objects.with_everything().get(pk=made.pk))
        triggers = {item.statement.text for item in report.gaps}
        assert [text for _title, text in found[-1] if text not in triggers] == []
    assert found[0]
    assert found[1]
    assert {title for title, _text in found[0]} & {title for title, _text in found[1]} == set()
