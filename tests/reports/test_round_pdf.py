"""The PDF of a round's report: what its pages say, read back from the bytes, and how it is served and kept."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.test import Client

from assessment.models import Round
from people.models import Organization, Team
from reports import closing, pdf, round_pictures, round_sections, round_wording, wording
from reports.document import html
from reports.models import Snapshot
from reports.round_first_page import round_first_page, weakest
from reports.round_report import RoundReport
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, bundled, bundled_framework, make_round_report
from tests.reports.reading import bookmarks, elements, headed, open_pdf, texts

MICROSOFT = bundled_framework("microsoft-genaiops")
KEYS = list(MICROSOFT.statements)
STRONG = dict.fromkeys(KEYS, "F") | {"deployment-3-ci": "P", KEYS[-1]: "NA"}
WEAK = dict.fromkeys(KEYS, "P") | {KEYS[0]: "F", KEYS[1]: "DK"}
BEFORE = make_round_report(WEAK, WEAK, framework=MICROSOFT, round="H1 2026").as_earlier()


def report(**more: Any) -> RoundReport:
    given: dict[str, Any] = {
        "framework": MICROSOFT,
        "actions": bundled().actions,
        "missing": ["Underwriting"],
        "weights": [2, 1, 1],
        "earlier": BEFORE,
        "as_of": datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
        "confidentiality": "Confidential",
        "distribution": "Board",
        "reference": "9ede98ec-b53b-4501-9676-a0d6cdbc603f",
    }
    return make_round_report(STRONG, STRONG, WEAK, **given | more)


@cache
def content() -> bytes:
    return pdf.render(report())


@cache
def pages() -> tuple[str, ...]:
    return texts(content())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_first_page_holds_the_answer() -> None:
    first, sample = pages()[0], report()
    page = round_first_page(sample)
    for text in (page.finding, page.context, *page.standing, page.decision, page.confidence):
        assert flat(text) in first
    assert "Not submitted: Underwriting." in first
    assert "Level 4, Optimized" not in first
    assert [flat(f"{gap.pillar} {gap.distance} {gap.reason}") in first for gap in page.gaps] == [True] * 3
    assert [step.title in first for step in page.steps] == [True] * 3
    assert "Helps 3 of 3 teams towards the next level" in first


def test_weakest_pillars_come_first() -> None:
    levels = [(found.standing.level, found.standing.position.mean) for found in weakest(report())]
    assert levels == sorted(levels)


def test_round_that_asks_for_a_decision_says_so() -> None:
    assert round_first_page(report(decision="Fund two engineers.")).decision == "Fund two engineers."


def test_pages_are_marked() -> None:
    count = len(pages())
    for number, page in enumerate(pages(), 1):
        assert f"Page {number} of {count}" in page
        assert "Provisional" in page
        assert "Generative AI maturity report · 20 Nov 2026 · Confidential" in page


def test_chapters_are_bookmarks_and_stand_in_the_contents() -> None:
    found = bookmarks(content())
    assert list(found)[1:] == [
        "Contents",
        "How to read this report",
        "Profile",
        "Teams compared",
        "Where the teams differ",
        "Actions across teams",
        "All statements",
        "Method",
        "Framework",
        "Glossary",
        "Document control",
    ]
    assert " ".join(f"{name} {found[name]}" for name in list(found)[3:]) in pages()[1]


def test_pdf_is_tagged_with_figures_and_cells_that_speak() -> None:
    document = open_pdf(content())
    assert (document.Root.Lang, str(document.docinfo.Title)) == (
        "en",
        "Generative AI maturity: Northwind · H2 2026",
    )
    charts = [round_pictures.tally(report()), round_pictures.radar(report())]
    assert [str(figure.Alt) for figure in elements(document, "/Figure")] == [
        f"{chart.title}. {chart.description}" for chart in charts if chart
    ]
    assert [cell for cell in elements(document, "/TD") if not headed(cell)] == []


def test_pdf_holds_every_team_statement_and_fact() -> None:
    whole = "".join("".join(pages()).split())
    asked = [statement.text for statement in MICROSOFT.statements.values()]
    facts = ["Level 2, Defined 2 of 3 teams 3 of 4 75 % no", "Distribution Board", report().context.reference]
    assert [text for text in [*asked, *facts, "At level 1 as in H1 2026"] if "".join(text.split()) not in whole] == []


def test_teams_are_compared_with_the_round_before() -> None:
    rows = round_sections.teams(report())
    before = [row.before.replace(wording.NBSP, " ") for row in rows]
    levels = [row.level for row in rows]
    assert (levels, before) == ([2, 2, 1], ["1 (↑ 1)", "1 (↑ 1)", "–"])


def test_change_is_said_or_why_there_is_none() -> None:
    assert round_wording.change(report()).startswith("At level")
    assert round_wording.no_change(report(earlier=None)).startswith("There is no earlier closed round")
    assert round_wording.no_change(report(earlier=None, incomparable="0.9")).startswith("The round before used version")


def test_many_missing_teams_are_counted() -> None:
    names = [f"Team {letter}" for letter in "abcdefgh"]
    assert round_wording.missing(report(missing=names), 5).endswith("Team e and 3 others.")
    assert round_wording.missing(report(missing=names[:6]), 5).endswith("Team e and Team f.")
    assert round_wording.missing(report(missing=[]), 5) == ""


@pytest.mark.parametrize("letter", ["W", "漢", "ordinary words "])
def test_first_page_stays_one_page_with_the_longest_texts(letter: str) -> None:
    long = (letter * 300)[:100].strip()
    sample = report(missing=[long] * 9, decision=(letter * 300)[:300], organization=long, round=long)
    assert bookmarks(pdf.draw(short(sample)))["Contents"] == 2


def short(sample: RoundReport) -> str:
    """The first two pages' HTML: they alone are asked about."""
    text = html(sample)
    return text[: text.index('<section class="page" id="profile">')] + "</body></html>"


def test_round_nobody_submitted_in_has_a_report() -> None:
    whole = " ".join(texts(pdf.render(make_round_report(missing=["Late"]))))
    assert "No team has submitted yet" in whole
    assert "No team has submitted, so there is no level." in whole


# Served and kept


@pytest.fixture
def round(cast: Cast) -> Round:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    return cast.assessment.round


def test_report_of_an_open_round_is_downloaded(cast: Cast, round: Round, bob: Client) -> None:
    response = bob.get(f"/o/northwind/rounds/{round.code}/report.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert (
        f"genai-maturity_northwind_h2-2026_{cast.assessment.submitted_at:%Y-%m-%d}" in response["Content-Disposition"]
    )
    assert "Level 2, Practised: 1 of 1 team at level 2 or above" in texts(response.content)[0]
    assert (
        f'href="/o/northwind/rounds/{round.code}/report.pdf"'
        in bob.get(f"/o/northwind/rounds/{round.code}/result/").content.decode()
    )


def test_report_of_a_closed_round_is_the_same_file_at_every_download(round: Round, bob: Client) -> None:
    path = f"/o/northwind/rounds/{round.code}/report.pdf"
    closing.close(round)
    first = bob.get(path)
    stored = bytes(Snapshot.objects.get(assessment=None).pdf)
    Organization.objects.update(name="Renamed", confidentiality="Secret")
    Team.objects.update(name="Renamed")
    second = bob.get(path)
    assert first.content == second.content == stored
    assert "Provisional" not in " ".join(texts(stored))
    assert first["Content-Disposition"] == second["Content-Disposition"]
    assert bob.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
