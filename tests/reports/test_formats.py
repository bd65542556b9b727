"""Every format of a report: the same numbers, the same bytes for the same report, and text stays text."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client

from assessment.models import Answer, Assessment, Round
from frameworks.definition import Rating
from people.models import Organization, Team
from reports import closing, document, wording
from reports.edition import Edition, edition_of
from reports.formats import FORMATS
from reports.report import Report
from reports.round_report import RoundReport
from reports.sheets import figure
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, bundled, bundled_framework, make_report, make_round_report

MICROSOFT = bundled_framework("microsoft-genaiops")
KEYS = list(MICROSOFT.statements)
MIXED = dict(zip(KEYS, ["F", "L", "P", "N", "F", "DK", "NA"] * 10, strict=False))
STRONG = dict.fromkeys(KEYS, "L")
EDITION = Edition("0" * 64, "1.2.3")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def team() -> Report:
    targets = {pillar.slug: 3 for pillar in MICROSOFT.pillars}
    earlier = make_report(STRONG, MICROSOFT, round="H1 2026").as_earlier()
    return make_report(
        MIXED, MICROSOFT, targets, bundled().actions, earlier, team="Claims", as_of=datetime(2026, 11, 20, tzinfo=UTC)
    )


@cache
def whole() -> RoundReport:
    teams = (MIXED, STRONG, STRONG)
    return make_round_report(
        *teams, framework=MICROSOFT, actions=bundled().actions, weights=[2, 1, 1], missing=["Late"]
    )


def written(report: Report | RoundReport, suffix: str) -> bytes:
    return FORMATS[suffix].write(report, EDITION)


def from_json(report: Report | RoundReport) -> Any:
    return json.loads(written(report, "json"))


def cells(content: bytes) -> dict[str, list[list[Any]]]:
    """Sheet name -> rows of values; a cell is text, number or truth by its own type."""
    book = ZipFile(io.BytesIO(content))
    names = [
        sheet.get("name", "") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
    ]
    texts = ["".join(entry.itertext()) for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
    return {
        name: rows(ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")), texts)
        for number, name in enumerate(names, start=1)
    }


def rows(sheet: ElementTree.Element, texts: list[str]) -> list[list[Any]]:
    return [[value(cell, texts) for cell in row] for row in sheet.iter(f"{MAIN}row")]


def value(cell: ElementTree.Element, texts: list[str]) -> Any:
    shown = cell.findtext(f"{MAIN}v")
    assert cell.find(f"{MAIN}f") is None, "a formula"
    match cell.get("t"):
        case "s":
            return texts[int(shown or "")]
        case "b":
            return shown == "1"
    return None if shown is None else float(shown)


def column(rows: list[list[Any]], *heads: str) -> list[tuple[Any, ...]]:
    places = [rows[0].index(head) for head in heads]
    return [tuple(row[place] for place in places) for row in rows[1:]]


# The numbers of an assessment


def test_summary_of_the_workbook_says_what_the_json_says() -> None:
    facts, said = dict(cells(written(team(), "xlsx"))["Summary"]), from_json(team())["result"]
    names = {
        "Level": "level",
        "Name of the level": "level_name",
        "Level, at most": "level_high",
        "Secured level": "secured_level",
        "Position": "position",
        "Position, at most": "position_high",
        "In place": "achievement",
        "In place, at most": "achievement_high",
        "Coverage": "coverage",
        "Complete": "complete",
        "Limited scope": "limited_scope",
    }
    assert {head: facts[head] for head in names} == {head: said[name] for head, name in names.items()}
    assert facts["Effort to the next level"] == said["next_level"]["effort"]


def test_pillars_of_the_workbook_are_those_of_the_json() -> None:
    found = column(
        cells(written(team(), "xlsx"))["Pillars"],
        *("Pillar", "Level", "Level, at most", "Secured level", "Position", "Position, at most"),
        *("In place", "In place, at most", "Covered to level", "Limited scope"),
    )
    names = ("slug", "level", "level_high", "secured_level", "position", "position_high")
    names += ("achievement", "achievement_high", "covered_to", "limited_scope")
    assert found == [tuple(pillar[name] for name in names) for pillar in from_json(team())["result"]["pillars"]]
    aims = column(cells(written(team(), "xlsx"))["Pillars"], "Pillar", "Target")
    assert dict(aims) == from_json(team())["targets"]


def test_gaps_of_the_workbook_are_those_of_the_json() -> None:
    found = column(
        cells(written(team(), "xlsx"))["Gaps"], "Statement", "Pillar", "Level", "Answer", "Missing", "Why", "Actions"
    )
    said = from_json(team())["result"]["gaps"]
    assert found == [
        (
            gap["statement"],
            gap["pillar"],
            gap["level"],
            gap["rating"] or None,
            gap["missing"],
            gap["reason"],
            ", ".join(gap["actions"]) or None,
        )
        for gap in said
    ]


def test_statements_are_the_same_in_csv_workbook_and_json() -> None:
    said = from_json(team())["answers"]
    table = list(csv.reader(io.StringIO(written(team(), "csv").decode("utf-8-sig"))))
    sheet = cells(written(team(), "xlsx"))["Statements"]
    answers = [(row[1], row[7]) for row in table[1:]]
    assert answers == [(key, said[key]["rating"] if key in said else "") for key in KEYS]
    assert column(sheet, "Statement", "Answer") == [(key, rating or None) for key, rating in answers]
    assert [row[:3] for row in table] == [row[:3] for row in sheet]


def test_actions_of_the_workbook_are_those_of_the_json() -> None:
    found = column(cells(written(team(), "xlsx"))["Actions"], "Action", "Effort", "Closes")
    said = from_json(team())["actions"]
    assert found == [(each["action"], each["effort"], ", ".join(each["closes"])) for each in said]


def test_numbers_of_the_html_are_those_of_the_json() -> None:
    html = document.html(team(), EDITION).replace(wording.NBSP, " ")
    said = from_json(team())["result"]
    profile = html.split("Table 1.")[1].split("</table>")[0]
    shown = re.findall(
        r'<th scope="row">.*?</th><td.*?>(\d)</td><td.*?>.*?</td><td.*?>(\d+) %</td><td>([\d.]+):', profile
    )
    expected = [
        (str(pillar["level"]), f"{int(pillar['achievement'] * 100 + 0.5)}", f"{int(pillar['position'] * 10) / 10}")
        for pillar in said["pillars"]
    ]
    assert shown == expected
    assert f"{int(said['achievement'] * 100 + 0.5)} % of what this model asks is in place" in html


# The numbers of a round


def test_numbers_of_a_round_are_the_same_in_workbook_and_json() -> None:
    sheets, said = cells(written(whole(), "xlsx")), from_json(whole())
    facts, result = dict(sheets["Summary"]), said["result"]
    assert (facts["Level"], facts["Teams at that level or above"]) == (result["level"], result["teams_at_level"])
    assert (facts["Position, mean"], facts["In place, highest"]) == (
        result["position"]["mean"],
        result["achievement"]["maximum"],
    )
    parts = [(kind, part) for kind in ("position", "achievement") for part in ("mean", "minimum", "median", "maximum")]
    counted = ("level", "teams_at_level", "secured_level", "teams_secured")
    assert [[row[0], *row[2:]] for row in sheets["Pillars"][1:]] == [
        [each["slug"], *(each[name] for name in counted), *(each[kind][part] for kind, part in parts)]
        for each in said["pillars"]
    ]
    assert column(sheets["Teams"], "Team", "Weight", "Level", "Secured level", "Position", "In place") == [
        tuple(each[name] for name in ("name", "weight", "level", "secured_level", "position", "achievement"))
        for each in said["teams"]
    ]
    assert (said["missing"], facts["Not submitted"]) == (["Late"], "Late")


def test_statements_of_a_round_are_the_same_in_csv_workbook_and_json() -> None:
    said = from_json(whole())["statements"]
    table = list(csv.reader(io.StringIO(written(whole(), "csv").decode("utf-8-sig"))))
    sheet = cells(written(whole(), "xlsx"))["Statements"]
    counts = [[each["counts"].get(rating, 0) for rating in Rating] for each in said]
    assert [[int(cell) for cell in row[5:11]] for row in table[1:]] == counts
    assert [row[5:11] for row in sheet[1:]] == counts


def test_round_nobody_submitted_in_is_written_too() -> None:
    nobody = make_round_report(missing=["Late"])
    assert from_json(nobody)["result"] is None
    assert dict(cells(written(nobody, "xlsx"))["Summary"])["Not submitted"] == "Late"


# Text, bytes, addresses


HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1", "http://x.example", "1e5", "{=1}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_the_workbook_and_has_an_apostrophe_in_the_csv(text: str) -> None:
    report = make_report({"a1": "F"}, team=text, organization=text)
    facts = dict(cells(written(report, "xlsx"))["Summary"])
    assert facts["Team"].replace("_x000D_", "\r") == text
    lines = "".join(FORMATS["csv"].write(report, EDITION).decode())
    assert "=HYPERLINK" not in lines


def test_csv_disarms_what_a_spreadsheet_takes_for_a_formula() -> None:
    report = make_report({"a1": "F"})
    answers = {"a1": replace(report.answers["a1"], note="=1+1")}
    changed = replace(report, answers=answers)
    table = list(csv.reader(io.StringIO(written(changed, "csv").decode("utf-8-sig"))))
    assert table[1][8] == "'=1+1"


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_equal_reports_are_equal_files(suffix: str) -> None:
    again = make_report(MIXED, MICROSOFT, team="Claims")
    assert written(again, suffix) == written(make_report(MIXED, MICROSOFT, team="Claims"), suffix)
    assert written(whole(), suffix) == written(whole(), suffix)


def test_every_key_of_the_json_is_described() -> None:
    described = (settings.BASE_DIR / "docs" / "report-json.md").read_text()

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {key for key in value if key not in by_code} | {k for v in value.values() for k in keys(v)}
        return {key for each in value for key in keys(each)} if isinstance(value, list) else set()

    by_code = {*KEYS, *(pillar.slug for pillar in MICROSOFT.pillars), *Rating}
    named = keys(from_json(team())) | keys(from_json(whole()))
    assert {key for key in named if f"`{key}`" not in described} == set()


def test_figures_have_four_places() -> None:
    assert figure(team().score.achievement) == from_json(team())["result"]["achievement"]
    assert figure(None) is None


@pytest.fixture
def submitted(cast: Cast) -> Assessment:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    return cast.assessment


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
def test_files_of_a_closed_round_stay_what_they_were(submitted: Assessment, bob: Client, suffix: str) -> None:
    closing.close(submitted.round)
    paths = [f"/o/northwind/{kind}/{each.code}/report.{suffix}" for kind, each in addressed(submitted)]
    before = [bob.get(path) for path in paths]
    Organization.objects.update(name="Renamed")
    Team.objects.update(name="Renamed")
    Answer.objects.update(rating="N")
    after = [bob.get(path) for path in paths]
    assert [each.content for each in before] == [each.content for each in after]
    assert [each["Content-Disposition"] for each in before] == [each["Content-Disposition"] for each in after]
    assert [
        bob.get(path, headers={"if-none-match": old["ETag"]}).status_code
        for path, old in zip(paths, before, strict=True)
    ] == [304, 304]


def addressed(assessment: Assessment) -> list[tuple[str, Assessment | Round]]:
    return [("assessments", assessment), ("rounds", assessment.round)]


def test_reports_are_read_as_pages_that_lead_back(submitted: Assessment, bob: Client) -> None:
    for kind, each in addressed(submitted):
        html = bob.get(f"/o/northwind/{kind}/{each.code}/report/").content.decode()
        assert html.count("<h1>") == 1
        assert f'href="/o/northwind/{kind}/{each.code}/result/"' in html
        assert "<style" not in html


def test_page_of_a_closed_report_names_what_was_stored(submitted: Assessment, bob: Client) -> None:
    closing.close(submitted.round)
    stored = submitted.snapshots.get()
    assert stored.edition == edition_of(stored.as_report())
    assert stored.content_hash in bob.get(f"/o/northwind/assessments/{submitted.code}/report/").content.decode()


def test_result_leads_to_every_format(submitted: Assessment, bob: Client) -> None:
    for kind, each in addressed(submitted):
        html = bob.get(f"/o/northwind/{kind}/{each.code}/result/").content.decode()
        links = set(re.findall(rf'href="/o/northwind/{kind}/{each.code}/(report.*?)"', html))
        assert links == {"report.pdf", "report.xlsx", "report.csv", "report.json", "report/"}
