"""What holds for the PDF of every framework, with the shortest and the longest texts, and for texts that mean harm."""

import io
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pypdf import PdfReader

from frameworks.definition import Answer, Framework, Rating
from reports import pdf, wording
from reports.renderer import Renderer, RenderingFailed
from reports.report import Report, State, compose
from reports.round_report import RoundReport
from tests.factories import bundled, make_report, make_round_report
from tests.reports.test_pdf import bookmarks, elements, headed, texts

FRAMEWORKS = {framework.slug: framework for framework in bundled().frameworks.values()}
CASES = [(slug, length) for slug in sorted(FRAMEWORKS) for length in ("shortest", "longest")]
each_case = pytest.mark.parametrize(("slug", "length"), CASES)
FOOT = 110
"""Points from the bottom of the page in which no heading may stand."""


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
    document = pikepdf.open(io.BytesIO(content(slug, length)))
    assert (document.Root.MarkInfo.Marked, document.Root.Lang) == (True, "en")
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert [figure for figure in elements(document, "/Figure") if not str(figure.get("/Alt", ""))] == []
    assert [cell for cell in elements(document, "/TD") if not headed(cell)] == []
    descriptors = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]
    assert [each for each in descriptors if "/FontFile2" not in each and "/FontFile3" not in each] == []


@each_case
def test_every_pdf_keeps_its_order(slug: str, length: str) -> None:
    """The first page is one page, every page has its number, and no heading stands at a foot."""
    found, count = content(slug, length), len(pages(slug, length))
    reader = PdfReader(io.BytesIO(found))
    assert bookmarks(found)["Contents"] == 2
    assert [page for number, page in enumerate(pages(slug, length), 1) if f"Page {number} of {count}" not in page] == []
    assert [entry.title for entry in reader.outline if not isinstance(entry, list) and entry.top < FOOT] == []


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
        assert list(pikepdf.open(io.BytesIO(found)).attachments) == []
        assert bookmarks(found)["Contents"] == 2
        assert "Forged" not in bookmarks(found)
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
