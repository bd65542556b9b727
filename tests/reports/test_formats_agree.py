"""All formats of one result agree, field by field: the PDF is what the page says, and the page what the JSON says; that
the workbook and the CSV say so too, test_formats.py tells."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from frameworks.definition import Framework, Rating
from frameworks.wording import rating_label
from reports import document, pdf
from reports.edition import Edition
from reports.formats import FORMATS
from reports.report import Report
from reports.round_report import RoundReport
from reports.sections import numbers
from tests.factories import bundled, make_report, make_round_report
from tests.reports.reading import rows, rows_of_html

EDITION = Edition("0" * 64, "1.2.3")
FRAMEWORKS = {framework.slug: framework for framework in bundled().frameworks.values()}
each_framework = pytest.mark.parametrize("slug", sorted(FRAMEWORKS))
BANDS = {"N": "not", "P": "partly", "L": "largely", "F": "fully"}


@cache
def team(slug: str) -> Report:
    framework = FRAMEWORKS[slug]
    ratings = dict(zip(framework.statements, ["F", "L", "P", "N", "F", "DK", "NA", "L"] * 12, strict=False))
    targets = {pillar.slug: 3 for pillar in framework.pillars[1:]}
    earlier = make_report(dict.fromkeys(framework.statements, "L"), framework, round="H1 2026").as_earlier()
    return make_report(ratings, framework, targets, bundled().actions, earlier, team="Claims")


@cache
def whole(slug: str) -> RoundReport:
    framework = FRAMEWORKS[slug]
    teams = [dict.fromkeys(framework.statements, rating) for rating in ("F", "L", "P")]
    return make_round_report(*teams, framework=framework, actions=bundled().actions, missing=["Late"])


def shown(report: Report | RoundReport) -> list[list[str]]:
    return rows_of_html(document.html(report, EDITION))


def said(report: Report | RoundReport) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FORMATS["json"].write(report, EDITION))
    return found


def percent(share: float | None) -> str:
    return "–" if share is None else f"{int(share * 100 + 0.5)} %"


def cut(position: float) -> str:
    return f"{int(position * 10 + 1e-6) / 10:.1f}"


def label(rating: str | None) -> str:
    return rating_label(Rating(rating)) if rating else "Not answered"


@cache
def printed(slug: str, kind: str) -> bytes:
    return pdf.render(MAKERS[kind](slug), EDITION)


MAKERS: dict[str, Callable[[str], Report | RoundReport]] = {"team": team, "round": whole}
each_kind = pytest.mark.parametrize(("slug", "kind"), [("microsoft-genaiops", "team"), ("genai-cmm", "round")])


@each_kind
def test_every_cell_of_the_pdf_is_that_of_the_page(slug: str, kind: str) -> None:
    cells = [["".join(cell.split()) for cell in row] for row in rows(printed(slug, kind))]
    assert cells == [["".join(cell.split()) for cell in row] for row in shown(MAKERS[kind](slug))]


@each_kind
def test_no_head_of_a_column_has_a_broken_word(slug: str, kind: str) -> None:
    heads = {head for row in rows_of_html(document.html(MAKERS[kind](slug), EDITION), "thead") for head in row}
    found = {head.replace("- ", "") for row in rows(printed(slug, kind), "/THead") for head in row}
    assert found - heads == set()


@each_framework
def test_pillars_of_the_page_are_those_of_the_json(slug: str) -> None:
    report = team(slug)
    found, targets = said(report), said(report)["targets"]
    expected = [
        [
            FRAMEWORKS[slug].pillar(each["slug"]).name,
            str(each["level"]),
            str(targets.get(each["slug"], "–")),
            percent(each["achievement"]),
            cut(each["position"]),
        ]
        for each in found["result"]["pillars"]
    ]
    assert expected == [[*row[:4], row[4].split(":")[0]] for row in shown(report) if len(row) == 5 and ":" in row[4]]


@each_framework
def test_cells_of_the_page_are_those_of_the_json(slug: str) -> None:
    report = team(slug)
    framework = report.framework
    grid = [row for row in shown(report) if len(row) == 1 + len(framework.levels)]
    grid = [row for row in grid if any(cell.rstrip(" *").endswith(tuple(BANDS.values())) for cell in row[1:])]
    for pillar in said(report)["result"]["pillars"]:
        [row] = [row for row in grid if row[0] == framework.pillar(pillar["slug"]).name]
        for cell in pillar["cells"]:
            printed = row[cell["level"]].removesuffix("*").strip()
            words = f"{percent(cell['achievement'])} {BANDS[cell['band']]}" if cell["band"] else "does not apply"
            assert printed == words, (pillar["slug"], cell["level"])


@each_framework
def test_answers_of_the_page_are_those_of_the_json(slug: str) -> None:
    report = team(slug)
    answers, places = said(report)["answers"], numbers(report.framework)
    expected = [
        (places[key], str(report.framework.cell_of[key].level), statement.text, label(answers[key]["rating"]))
        for key, statement in report.framework.statements.items()
    ]
    listed = [row for row in shown(report) if len(row) == 4 and row[0] in places.values()]
    found = [(row[0], row[1], row[2].split(" essential")[0].split(" Reason:")[0], row[3]) for row in listed]
    assert sorted(found) == sorted(expected)


@each_framework
def test_gaps_and_actions_of_the_page_are_those_of_the_json(slug: str) -> None:
    report = team(slug)
    found, places = said(report), numbers(report.framework)
    answers = {places[key]: label(each["rating"]) for key, each in found["answers"].items()}
    lacking = [row for row in shown(report) if len(row) == 6 and row[0] in places.values()]
    assert [row[3] for row in lacking] == [answers[row[0]] for row in lacking]
    in_the_way = [places[gap["statement"]] for gap in found["result"]["gaps"] if gap["reason"] in ("gate", "blocks")]
    assert [row[0] for row in lacking if ", level " in row[2]] == in_the_way
    planned = [row for row in shown(report) if len(row) == 7 and row[0].startswith("A")]
    closed = {each["title"]: ", ".join(places[key] for key in each["closes"]) for each in found["actions"]}
    assert len(planned) == len(closed)
    assert [row[6] for row in planned] == [
        next(numbers for title, numbers in closed.items() if row[1].startswith(f"{title} ")) for row in planned
    ]


@each_framework
def test_round_of_the_page_is_that_of_the_json(slug: str) -> None:
    report = whole(slug)
    framework: Framework = report.framework
    found, places = said(report), numbers(framework)
    names = [framework.pillar(each["slug"]).name for each in found["pillars"]]
    pillars = [row for row in shown(report) if len(row) == 8 and row[0] in names]
    assert [row[:7] for row in pillars] == [
        [
            name,
            str(each["level"]),
            *(cut(each["position"][part]) for part in ("mean", "minimum", "median", "maximum")),
            percent(each["achievement"]["mean"]),
        ]
        for name, each in zip(names, found["pillars"], strict=True)
    ]
    counted = {row[0]: row[-6:] for row in shown(report) if row[0] in places.values() and len(row) == 8}
    assert counted == {
        places[each["statement"]]: [str(each["counts"].get(rating) or "–") for rating in Rating]
        for each in found["statements"]
    }
