"""What holds for the PDF of every framework, with the shortest and the longest texts, and for texts that mean harm."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from django.test import Client

from frameworks.definition import Answer, Framework, Rating
from reports import pdf, wording
from reports.renderer import Renderer, RenderingFailed
from reports.report import Report, State, compose
from reports.round_report import RoundReport
from tests.factories import bundled, make_report, make_round_report
from tests.reports.reading import (
    Box,
    bookmarks,
    boxes,
    elements,
    fonts,
    headed,
    headings,
    heights,
    is_embedded,
    misplaced,
    open_pdf,
    texts,
    untagged,
)

FRAMEWORKS = {framework.slug: framework for framework in bundled().frameworks.values()}
CASES = [(slug, length) for slug in sorted(FRAMEWORKS) for length in ("shortest", "longest")]
each_case = pytest.mark.parametrize(("slug", "length"), CASES)
FOOT = 110
"""Points from the bottom of the page in which no heading may stand."""
MARGINS = (56.0, 25.0, 539.0, 825.0)
"""Left, bottom, right and top of where text may be, in points; what office printers leave out is beyond it."""


def words(length: int) -> str:
    return ("Überprüfung der Antworten im Kundengespräch " * (length // 40 + 1))[: length - 1] + "x"


@cache
def report(slug: str, length: str) -> Report:
    """Nothing said at all; or every field as long as it may be."""
    framework = FRAMEWORKS[slug]
    if length == "shortest":
        return make_report({}, framework, organization="N", round="R", state=State.OPEN)
    keys = list(framework.statements)
    answers = {key: Answer(list(Rating)[place % 4]) for place, key in enumerate(keys)}
    answers[keys[0]] = Answer(Rating.P, note=words(2000), evidence=tuple(words(200) for _ in range(10)))
    answers[keys[1]] = Answer(Rating.NA, reason=words(500))
    answers[keys[2]] = Answer(Rating.DK, note="W" * 2000)
    said = {name: words(100) for name in ("organization", "team", "round", "period", "submitted_by")}
    said |= {name: words(300) for name in ("systems", "units", "decision")}
    said |= {"confidentiality": words(40), "distribution": words(200)}
    context = replace(make_report().context, **said, as_of=datetime(2026, 9, 30, tzinfo=UTC))
    targets = {pillar.slug: len(framework.levels) for pillar in framework.pillars}
    return compose(framework, answers, targets, context, bundled().actions)


@cache
def content(slug: str, length: str) -> bytes:
    return pdf.render(report(slug, length))


@cache
def pages(slug: str, length: str) -> tuple[str, ...]:
    return texts(content(slug, length))


@each_case
def test_every_pdf_is_accessible(slug: str, length: str) -> None:
    document = open_pdf(content(slug, length))
    assert (document.Root.MarkInfo.Marked, document.Root.Lang) == (True, "en")
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert [figure for figure in elements(document, "/Figure") if not str(figure.get("/Alt", ""))] == []
    assert [cell for cell in elements(document, "/TD") if not headed(cell)] == []
    assert [font for font in fonts(document) if not is_embedded(font)] == []


@each_case
def test_every_pdf_is_read_aloud_in_order(slug: str, length: str) -> None:
    """One first heading, no level of headings left out, every part where its kind belongs, and no text beside them."""
    document = open_pdf(content(slug, length))
    levels = headings(document)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [level for above, level in pairwise(levels) if level > above + 1] == []
    assert misplaced(document) == []
    assert [number for number, page in enumerate(document.pages, 1) if untagged(page)] == []


@each_case
def test_every_pdf_keeps_its_order(slug: str, length: str) -> None:
    """The first page is one page, every page has its number, and no heading stands at a foot."""
    found, count = content(slug, length), len(pages(slug, length))
    assert bookmarks(found)["Contents"] == 2
    assert [page for number, page in enumerate(pages(slug, length), 1) if f"Page {number} of {count}" not in page] == []
    assert [name for name, height in heights(found).items() if height < FOOT] == []


@each_case
def test_every_pdf_keeps_its_texts_apart_and_within_the_margins(slug: str, length: str) -> None:
    for page in boxes(content(slug, length)):
        assert [box for box in page if not box.is_within(*MARGINS)] == []
        assert [(one.text, other.text) for one, other in combinations(page, 2) if one.covers(other)] == []


def spoilt(style: str) -> list[Box]:
    head = f"<html lang=en><title>x</title><style>{style}</style>"
    [page] = boxes(pdf.draw(f"{head}<section class=first><h1>One line<br>and one more</h1></section><h2>Two</h2>"))
    return page


def test_texts_over_each_other_are_noticed() -> None:
    page = spoilt(".first h1 { line-height: 4pt !important }")
    assert any(one.covers(other) for one, other in combinations(page, 2))


def test_texts_beyond_the_margins_are_noticed() -> None:
    page = spoilt("h2 { margin-left: -9mm !important }")
    assert [box.text for box in page if not box.is_within(*MARGINS)] == ["Two"]


@each_case
def test_every_pdf_holds_what_was_asked_and_said(slug: str, length: str) -> None:
    sample, whole = report(slug, length), "".join("".join(pages(slug, length)).split())
    framework: Framework = sample.framework
    said = [text for given in sample.answers.values() for text in (given.reason, *given.evidence)]
    asked = [statement.text for statement in framework.statements.values()]
    rest = [framework.licence_note, *framework.limits, wording.honesty(sample)]
    assert [text for text in [*asked, *rest, *said] if "".join(text.split()) not in whole] == []
    assert ("Provisional" in whole) == (length == "shortest")


# Texts that mean harm


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody a document could call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def hostile(address: str) -> str:
    return (
        f"<img src={address}x.png><link rel=attachment href=file:///etc/hostname><a rel=attachment href={address}>x</a>"
        f"<style>@import url({address})</style></p></td></table><h2>Forged</h2>{{{{ 7|add:7 }}}}"
        "שלום \N{RIGHT-TO-LEFT OVERRIDE}evil 😀👩\N{ZERO WIDTH JOINER}👧 Z\u0337\u031b\u0324 bell\x07"
        "escape\x1b form\x0c"
    )


@pytest.mark.parametrize("word", [False, True])
def test_hostile_texts_in_every_field_are_only_text(listener: socket.socket, word: bool) -> None:
    text = "x" * 4000 if word else hostile(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    for sample in (poisoned(text), poisoned_round(text[:100])):
        found = pdf.render(sample)
        assert list(open_pdf(found).attachments) == []
        assert bookmarks(found)["Contents"] == 2
        assert "Forged" not in bookmarks(found)
        assert [box for page in boxes(found) for box in page if not box.is_within(*MARGINS)] == []
    with pytest.raises(BlockingIOError):
        listener.accept()


def poisoned(text: str) -> Report:
    """A short report in which every text of people and of the framework is this one, as far as its field takes it."""
    model = make_report().framework
    cells = tuple(
        replace(cell, statements=tuple(replace(each, text=text[:200]) for each in cell.statements))
        for cell in model.cells
    )
    pillars = tuple(replace(pillar, name=text[:60]) for pillar in model.pillars)
    levels = tuple(replace(level, name=text[:60], summary=text) for level in model.levels)
    changed = replace(model, name=text[:120], limits=(text,), cells=cells, pillars=pillars, levels=levels)
    first, *others = model.statements
    answers = {key: Answer(Rating.P, note=text[:100]) for key in others}
    answers[first] = Answer(Rating.NA, note=text, reason=text[:500], evidence=(text,))
    names = ("organization", "team", "round", "systems", "units", "period", "decision", "distribution", "submitted_by")
    said: dict[str, Any] = dict.fromkeys(names, text[:100])
    return compose(changed, answers, {"a": 2}, replace(make_report().context, **said), [])


def poisoned_round(text: str) -> RoundReport:
    said = dict.fromkeys(("organization", "round", "decision", "distribution"), text)
    return make_round_report({"a1": "F"}, missing=[text, text], **said)


@pytest.mark.django_db
def test_other_pages_answer_while_a_bomb_is_being_drawn(client: Client) -> None:
    renderer, ends = Renderer(seconds=2), []

    def draw() -> None:
        try:
            renderer.draw("<table>" + "<tr><td>x<td>y" * 50_000)
        except RenderingFailed as error:
            ends.append(str(error))

    client.get("/help/scoring/")
    bomb = threading.Thread(target=draw)
    bomb.start()
    began = time.monotonic()
    answered = 0
    while bomb.is_alive():
        answered += client.get("/help/scoring/").status_code == 200
    bomb.join()
    renderer.close()
    assert ends == ["it took longer than 2 seconds"]
    assert answered > 5
    assert time.monotonic() - began < 60
