"""The PDF of a report, read back from its bytes."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from frameworks import library
from frameworks.definition import Action, Answer, Basis, Framework, Rating
from reports import pdf, pictures, wording
from reports.document import html
from reports.first_page import first_page
from reports.naming import filename
from reports.renderer import Renderer, RenderingFailed
from reports.report import Context, Report, State, compose
from tests.frameworks.builders import cell, framework, s
from tests.reports.reading import bookmarks, elements, fonts, headed, is_embedded, open_pdf, texts

BUNDLED = library.read()
ACTIONS = BUNDLED.actions
FRAMEWORKS = {framework.slug: framework for framework in BUNDLED.frameworks.values()}
MICROSOFT, DATASTAX = FRAMEWORKS["microsoft-genaiops"], FRAMEWORKS["datastax-genai"]

CLAIMS = Context(
    organization="Northwind Insurance",
    team="Claims",
    round="Autumn 2026",
    systems="Claims assistant and document search",
    units="Claims handling in Germany",
    period="September to November 2026",
    decision="Release two engineers for the shared platform until March.",
    state=State.SUBMITTED,
    as_of=datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
    submitted_by="Alice Example",
    reference="0b9bd3d6-0e0d-4dcb-9c55-3f1e6e9a2b11",
)
SERVICE_TEAM = "A service team that answers from company data and does not yet know how it tests for harm"


def report(
    framework: Framework = MICROSOFT,
    example: str = SERVICE_TEAM,
    context: Context = CLAIMS,
    target: int | None = 3,
    actions: tuple[Action, ...] = ACTIONS,
    answers: Mapping[str, Answer] | None = None,
) -> Report:
    given = {case.name: case.answers for case in framework.examples}[example] if answers is None else answers
    targets = {pillar.slug: target for pillar in framework.pillars} if target else {}
    return compose(framework, given, targets, context, actions)


@cache
def claims_pdf() -> bytes:
    return pdf.render(report())


@cache
def claims_pages() -> tuple[str, ...]:
    return texts(claims_pdf())


# What a reader's software sees


def test_pdf_is_tagged_and_names_its_language_and_title() -> None:
    document = open_pdf(claims_pdf())
    assert document.Root.MarkInfo.Marked
    assert document.Root.Lang == "en"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.docinfo.Title == "Generative AI maturity: Northwind Insurance · Claims"
    assert document.docinfo.Author == "Northwind Insurance"
    assert document.docinfo.Subject == wording.finding(report())
    assert str(document.docinfo.CreationDate).startswith("D:20261120140500")
    assert document.open_metadata()["pdfuaid:part"] == "1"


def test_pdf_has_a_bookmark_for_every_section() -> None:
    assert list(bookmarks(claims_pdf())) == [
        wording.finding(report()),
        "Contents",
        "How to read this report",
        "Profile",
        "Gaps",
        "Pillar by pillar",
        "Actions and roadmap",
        "All answers",
        "Method",
        "Framework",
        "Glossary",
        "Document control",
    ]


def test_contents_give_the_page_of_every_section() -> None:
    pages = bookmarks(claims_pdf())
    assert " ".join(f"{name} {pages[name]}" for name in list(pages)[3:]) in claims_pages()[1]


def test_pdf_embeds_every_font() -> None:
    document = open_pdf(claims_pdf())
    assert {str(font.FontName).split("+")[1] for font in fonts(document)} == {"Inter", "Inter-Semi-Bold", "Inter-Bold"}
    assert all(is_embedded(font) for font in fonts(document))


def test_every_figure_has_its_numbers_as_text_alternative() -> None:
    document = open_pdf(claims_pdf())
    charts = [pictures.ladder(report()), pictures.radar(report()), pictures.dumbbell(report())]
    spoken = [f"{chart.title}. {chart.description}" for chart in charts if chart]
    assert [str(figure.Alt) for figure in elements(document, "/Figure")] == spoken
    assert spoken[0] == "Level reached. Now: Level 2, Defined. Target: Level 3, Managed."


def test_every_cell_of_a_table_names_its_heads() -> None:
    document = open_pdf(claims_pdf())
    cells = elements(document, "/TD")
    assert len(cells) > 300
    assert [cell for cell in cells if not headed(cell)] == []


# The first page


def test_first_page_holds_the_answer() -> None:
    first = claims_pages()[0]
    sample = report()
    for sentence in (
        wording.finding(sample),
        wording.context(sample),
        wording.share(sample),
        wording.secured(sample),
        wording.decision(sample),
        wording.confidence(sample),
    ):
        assert " ".join(sentence.split()) in first
    for found in sample.largest_gaps[:3]:
        assert f"{found.pillar.name} level {found.score.level}, target {found.target}" in first
        assert found.why_not[0].statement.text in first
    for advice in sample.advice[:3]:
        assert advice.action.title in first
        assert advice.action.owner in first


def test_first_page_without_targets_names_the_pillars_in_the_way() -> None:
    page = first_page(report(target=None))
    assert page.titles.gaps == "What is in the way of the next level"
    assert [(gap.pillar, gap.distance) for gap in page.gaps] == [
        ("Evaluation", "3 statements"),
        ("Deployment and assets", "3 statements"),
        ("Prompts and app development", "3 statements"),
    ]


def test_first_page_at_the_top_has_no_gap_and_no_action() -> None:
    page = first_page(report(example="Everything is in place", context=replace(CLAIMS, decision="")))
    assert (page.gaps, page.steps, page.decision) == ((), (), "Confirm the targets.")


def prose(length: int) -> str:
    return ("the claims handling assistant for commercial insurance in northern regions " * 5)[: length - 1] + "x"


def longest(write: Callable[[int], str], *, limited: bool = False) -> Report:
    """A short report in which every text of the first page is as long as it may be. A limited one leaves a pillar out
    and was never submitted."""
    framework = replace(
        MICROSOFT,
        name=write(120),
        levels=tuple(replace(level, name=write(60)) for level in MICROSOFT.levels),
        pillars=tuple(replace(pillar, name=write(60)) for pillar in MICROSOFT.pillars),
        cells=tuple(
            replace(cell, statements=tuple(replace(statement, text=write(200)) for statement in cell.statements[:1]))
            for cell in MICROSOFT.cells
        ),
    )
    context = Context(
        organization=write(100),
        team=write(100),
        systems=write(300),
        units=write(300),
        period=write(100),
        decision=write(300),
        as_of=datetime(2026, 9, 30, tzinfo=UTC),
        submitted_by=write(100),
        state=State.UNSUBMITTED if limited else State.OPEN,
    )
    actions = tuple(replace(action, title=write(120), owner=write(120)) for action in ACTIONS)
    first = framework.pillars[0].slug
    given = {key: Answer(Rating.N) for key in list(framework.statements)[:12]}
    if limited:
        given |= {item.key: Answer(Rating.NA, reason="-") for c in framework.in_pillar(first) for item in c.statements}
    return report(framework, context=context, target=4, actions=actions, answers=given)


def first_pages(report: Report) -> bytes:
    """The PDF up to its contents, without what follows them."""
    begun, _, _ = html(report).partition('<section class="page" id="profile">')
    return pdf.draw(begun)


def test_first_page_stays_one_page_with_the_longest_words() -> None:
    page, content = first_page(longest(prose)), first_pages(longest(prose))
    assert bookmarks(content)["Contents"] == 2
    first = texts(content)[0]
    gap, step = page.gaps[2], page.steps[2]
    whole = (page.who, page.finding, page.context, *page.standing, gap.reason, step.title, page.decision)
    for text in (*whole, page.confidence):
        assert " ".join(text.split()) in first
        assert "…" not in text


def test_first_page_stays_one_page_and_says_all_that_limits_the_level() -> None:
    sample = longest(prose, limited=True)
    page, content = first_page(sample), first_pages(sample)
    assert bookmarks(content)["Contents"] == 2
    assert page.finding == wording.finding(sample)
    assert page.standing[0] == wording.headline(sample)
    limits = f"within limited scope ({sample.pillars[0].pillar.name} partly excluded), incomplete, never submitted"
    assert page.finding.endswith(f"{limits}: 2 pillars hold it back")
    assert page.standing[0].endswith(limits)


@pytest.mark.parametrize("limited", [True, False])
@pytest.mark.parametrize("letter", ["W", "漢"])
def test_first_page_stays_one_page_with_the_widest_letters(letter: str, limited: bool) -> None:
    assert bookmarks(first_pages(longest(lambda length: letter * length, limited=limited)))["Contents"] == 2


def test_first_page_with_many_partly_excluded_pillars_names_them_all() -> None:
    sample = report(answers={key: Answer(Rating.NA, reason="Not used") for key in MICROSOFT.statements})
    page = first_page(sample)
    assert page.finding == wording.finding(sample)
    assert all(pillar.name in page.standing[0] for pillar in MICROSOFT.pillars)
    assert bookmarks(first_pages(sample))["Contents"] == 2


# The other pages


def test_every_page_has_its_number_and_says_it_is_provisional() -> None:
    count = len(claims_pages())
    for number, page in enumerate(claims_pages(), 1):
        assert f"Page {number} of {count}" in page
        assert "Provisional" in page
        assert "Generative AI maturity report · 20 Nov 2026" in page


def test_document_control_stays_on_one_page() -> None:
    [page] = [page for page in claims_pages() if "Document control What Value" in page]
    assert "Reference 0b9bd3d6" in page
    assert page.count("Self-assessed on 20 Nov 2026") == 1


def test_closed_report_is_not_provisional() -> None:
    closed = pdf.render(report(DATASTAX, DATASTAX.examples[2].name, context=replace(CLAIMS, state=State.CLOSED)))
    assert [page for page in texts(closed) if "rovisional" in page] == []


def test_pdf_lists_what_somebody_looked_at_and_does_not_know() -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")))
    known, unknown = model.statements.values()
    answers = {known.key: Answer(Rating.F), unknown.key: Answer(Rating.DK)}
    whole = " ".join(texts(pdf.render(report(model, target=None, answers=answers))))
    said = "To find out Somebody looked and does not know yet. These count as unanswered. "
    assert unknown.text in whole.split(said)[1][: len(unknown.text) + 4]
    assert said not in " ".join(texts(pdf.render(report(model, target=None, answers={known.key: Answer(Rating.F)}))))


def test_pdf_tells_where_nothing_is_asked_from_what_the_model_does_not_cover() -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(2, "b", basis=Basis.FLOOR))
    given = {"a1": Answer(Rating.F), "a2": Answer(Rating.P)}
    whole = " ".join(texts(pdf.render(report(model, target=None, answers=given))))
    assert "B not covered nothing asked" in whole


def test_pdf_says_where_no_higher_level_can_be_rated() -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")))
    given = {"a1": Answer(Rating.F), "a2": Answer(Rating.NA, reason="Not used")}
    whole = " ".join(texts(pdf.render(report(model, target=None, answers=given))))
    assert "No higher level can be rated: what it asks does not apply." in whole
    assert "The result is level 1, Level 1: what the levels above it ask does not apply." in whole


def test_pdf_holds_every_statement_verbatim() -> None:
    whole = "".join("".join(claims_pages()).split())
    asked = [statement.text for statement in MICROSOFT.statements.values()]
    assert [text for text in asked if "".join(text.split()) not in whole] == []


def test_pdf_holds_notes_reasons_and_evidence() -> None:
    first, second = list(DATASTAX.statements)[:2]
    answers = {
        first: Answer(Rating.L, note="Seen on 3 May.", evidence=("Wiki page", "Demo of May")),
        second: Answer(Rating.NA, reason="No such use."),
    }
    whole = " ".join(texts(pdf.render(report(DATASTAX, answers=answers))))
    assert "Note: Seen on 3 May. Evidence: Wiki page; Demo of May" in whole
    assert "Reason: No such use." in whole


def test_pdf_says_how_it_came_about() -> None:
    whole = " ".join(claims_pages())
    for text in (
        "Share in place: (5 × 2/3 + 9 × 1/3 + 4 × 0) ÷ 18 = 35 %",
        "The result is level 2, Defined: level 3 does not reach.",
        "First comes what closes the most pressing kind of gap",
        MICROSOFT.licence_note,
        CLAIMS.reference,
        "20 Nov 2026, 14:05 UTC",
        "Self-assessed on 20 Nov 2026 against Microsoft GenAIOps maturity model 1.0. Not a certification.",
        *MICROSOFT.limits,
        *(source.title for source in MICROSOFT.sources),
    ):
        assert " ".join(text.split()) in whole


# The same bytes, and nothing but text


def test_equal_reports_give_equal_bytes_in_every_process() -> None:
    text, other = html(report(DATASTAX, DATASTAX.examples[2].name)), Renderer()
    try:
        content = other.draw(text)
    finally:
        other.close()
    assert content == pdf.draw(html(report(DATASTAX, DATASTAX.examples[2].name)))


HOSTILE = (
    "<link rel=attachment href=file:///etc/hostname>",
    "<img src=http://127.0.0.1:9/x.png><style>@import url(file:///etc/passwd)</style>",
    "</p></td></table><h2>Forged</h2>",
    "{{ 7|add:7 }}{% include 'x' %}",
    "x" * 2000,
)
UNUSUAL = (
    "שלום עולם",
    "\N{RIGHT-TO-LEFT OVERRIDE}evil",
    "😀👩\N{ZERO WIDTH JOINER}👧",
    "Z\u0337\u031b\u0324a\u0338",
    "漢" * 500,
)


def noted(notes: tuple[str, ...]) -> Report:
    """A report with these notes, and the first two of them on its first page."""
    answers = {key: Answer(Rating.F, note=note) for key, note in zip(DATASTAX.statements, notes, strict=False)}
    return report(DATASTAX, answers=answers, context=replace(CLAIMS, organization=notes[0], decision=notes[1]))


def test_markup_in_texts_is_only_text() -> None:
    content = pdf.render(noted(HOSTILE))
    whole = re.sub(r"\s", "", "".join(texts(content)))
    assert [text for text in HOSTILE if re.sub(r"\s", "", text) not in whole] == []
    assert "Forged" not in bookmarks(content)
    assert list(open_pdf(content).attachments) == []


def test_texts_in_every_script_are_drawn() -> None:
    assert bookmarks(pdf.render(noted(UNUSUAL)))["Contents"] == 2


def test_renderer_fetches_nothing() -> None:
    html = (
        "<html lang=en><title>x</title><link rel=attachment href=file:///etc/hostname>"
        "<img src=file:///etc/hostname alt=x><style>@import url(http://127.0.0.1:9/x.css)</style>"
        "<a rel=attachment href=file:///etc/hostname>a</a><img src='data:image/png;base64,AAAA' alt=y>Text"
    )
    content = pdf.draw(html)
    assert list(open_pdf(content).attachments) == []
    assert "Text" in texts(content)[0]


# The child process


@pytest.fixture(scope="module")
def hasty() -> Iterator[Renderer]:
    renderer = Renderer(seconds=1)
    yield renderer
    renderer.close()


SMALL = "<html lang=en><title>x</title><p>Small"


def test_renderer_kills_what_takes_too_long_and_goes_on(hasty: Renderer) -> None:
    with pytest.raises(RenderingFailed, match="it took longer than 1 seconds"):
        hasty.draw("<table>" + "<tr><td>x<td>y" * 50_000)
    assert "Small" in texts(hasty.draw(SMALL))[0]


def test_renderer_goes_on_after_a_crash_and_ends_its_child(hasty: Renderer) -> None:
    hasty.draw(SMALL)
    os.kill(hasty.pid or 0, signal.SIGKILL)
    with pytest.raises(RenderingFailed, match="the renderer ended with status -9"):
        hasty.draw(SMALL)
    assert "Small" in texts(hasty.draw(SMALL))[0]
    last = hasty.pid
    hasty.close()
    with pytest.raises(ProcessLookupError):
        os.kill(last or 0, 0)


KILLED = """
import os, signal, tempfile
from reports.renderer import Renderer
renderer = Renderer()
renderer.draw("<html lang=en><title>x</title><p>Small")
print(*os.listdir(tempfile.gettempdir()), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_folder_of_the_renderer_goes_even_where_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.returncode == -signal.SIGKILL
    assert parent.stdout.startswith("waymark-renderer-")
    assert within_seconds(20, lambda: list(tmp_path.iterdir()) == [])


def within_seconds(seconds: int, condition: Callable[[], bool]) -> bool:
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:
        time.sleep(0.05)
    return condition()


# The name of the file


def test_filename_has_the_day_the_report_itself_names(settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    late = replace(CLAIMS, as_of=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    assert filename(late, "pdf") == "genai-maturity_northwind-insurance_claims_2026-11-21_0b9bd3d6.pdf"


def test_filename_is_short_and_ascii() -> None:
    assert filename(report().context, "pdf") == "genai-maturity_northwind-insurance_claims_2026-11-20_0b9bd3d6.pdf"
    hostile = Context(organization='Ünïcode / ..\\ "GmbH"\r\n', team="漢字")
    assert filename(hostile, "pdf") == "genai-maturity_unicode-gmbh.pdf"
    assert len(filename(longest(prose).context, "pdf")) < 110
