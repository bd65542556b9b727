"""A round gets the newest version of its framework: what it says before, and what becomes of every answer."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessment import opening
from assessment.models import Answer, Assessment, Closed, Round, Target, VersionChange
from frameworks.definition import Basis, Cell, Framework, Level, Pillar, Statement
from people.models import Event
from reports import closing, pdf
from reports.models import Snapshot
from reports.report import compose_for
from tests.conftest import Cast
from tests.factories import make_assessment, make_member, make_team, make_user, make_version, worked_example

RATINGS = {"a1": "F", "a2": "L", "a3": "P", "a4": "N", "b1": "F", "b2": "L"}


def cell(level: int, pillar: str, *statements: Statement) -> Cell:
    return Cell(level, pillar, Basis.STATED, "A fact.", ("rules",), statements)


def first() -> Framework:
    """The worked example, with one statement more."""
    example = worked_example()
    a4 = cell(2, "a", *example.cell(2, "a").statements, Statement("a4", "The fourth thing is in place."))
    cells = (*example.cells[:2], a4, *example.cells[3:])
    return replace(example, slug="growing", name="Growing", cells=cells)


def second() -> Framework:
    """Statements of every fate: a1 kept, a2 reworded, a3 moved, a4 counted differently, c1 new, b1 and b2 removed."""
    asked = first().statements
    a2 = replace(asked["a2"], text="The second thing of pillar A is in place everywhere.")
    return replace(
        first(),
        version="2.0",
        levels=(replace(first().levels[0], name="Begun"), first().levels[1], Level(3, "Led", "It leads.")),
        pillars=(first().pillars[0], Pillar("c", "Pillar C", "Holds one statement.")),
        cells=(
            cell(1, "a", asked["a1"], a2, asked["a3"]),
            cell(2, "a", replace(asked["a4"], weight=3)),
            cell(3, "c", Statement("c1", "The first thing of pillar C is in place.")),
        ),
        examples=(),
    )


def third() -> Framework:
    """Asks b1 again."""
    again = cell(1, "b", first().statements["b1"])
    return replace(second(), version="3.0", pillars=first().pillars, cells=(*second().cells[:2], again))


@pytest.fixture
def asked(cast: Cast) -> Assessment:
    """The team submitted all its answers to the first version; then the second was published."""
    round = opening.open_round(
        cast.organization, make_version(first()), "H1 2027", [cast.team], target_level=2, by=cast.bob
    )
    Target.objects.create(round=round, pillar="b", level=2)
    assessment = Assessment.objects.get(round=round)
    for key, rating in RATINGS.items():
        assessment.record_answer(key, by=cast.alice, rating=rating, note=f"Note on {key}")
    assessment.submit(by=cast.alice)
    make_version(second())
    return Assessment.objects.with_everything().get(pk=assessment.pk)


@pytest.fixture
def olivia(cast: Cast) -> Client:
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def page(assessment: Assessment) -> str:
    return f"/o/northwind/rounds/{assessment.round.code}/upgrade/"


def plain(text: str) -> str:
    return " ".join(re.sub("<.*?>", " ", text).split())


def groups(response: HttpResponse) -> dict[str, list[str]]:
    """Fate -> each statement's place, text, help and notes; what came and what went is marked."""
    content = re.sub(r"<(/?)(del|ins)>", r"[\1\2]", response.content.decode())
    found = re.findall(r'<section class="changes" id="(\w+)">(.*?)</section>', content, re.DOTALL)
    return {slug: [plain(row) for row in text.split('<li class="change">')[1:]] for slug, text in found}


def states(assessment: Assessment) -> dict[str, str]:
    rows = Answer.objects.filter(assessment=assessment).order_by("statement_key")
    return dict(rows.values_list("statement_key", "state"))


def test_page_shows_every_kind_of_change(asked: Assessment, olivia: Client) -> None:
    response = olivia.get(page(asked))
    assert groups(response) == {
        "new": ["Pillar C, level 3 The first thing of pillar C is in place."],
        "removed": [
            "Pillar B, level 1 The first thing of pillar B is in place.",
            "Pillar B, level 2 The second thing of pillar B is in place.",
        ],
        "moved": ["Pillar A, level 1 The third thing of pillar A is in place. Was at: Pillar A, level 2."],
        "reworded": ["Pillar A, level 1 The second thing of pillar A is in place[ins] everywhere[/ins]."],
        "rescored": ["Pillar A, level 2 The fourth thing is in place. Weight: 3 instead of 1."],
        "kept": ["Pillar A, level 1 The first thing of pillar A is in place."],
    }
    text = plain(response.content.decode())
    for sentence in (
        "Level 1, Started: now called Begun.",
        "Level 3, Led: new.",
        "Pillar Pillar C: new.",
        "Pillar Pillar B: removed.",
        "These targets are set aside, since their pillar is not in the new version: Pillar B: level 2",
    ):
        assert sentence in text
    assert "Claims 1 3 2 1 Has to submit again" in text
    assert Snapshot.objects.count() == 0
    assert Round.objects.get(pk=asked.round.pk).version.number == "1.0"


def test_upgrade_gives_every_answer_its_state_and_loses_none(cast: Cast, asked: Assessment, olivia: Client) -> None:
    Answer.objects.update(verified_by=cast.bob, verified_at=timezone.now())
    before = list(Answer.objects.order_by("pk").values("pk", "rating", "note", "answered_by", "answered_at"))
    response = olivia.post(page(asked), {"version": "2.0"}, follow=True)
    assert "The round asks version 2.0 now." in response.content.decode()
    assert states(asked) == {
        "a1": "confirmed",
        "a2": "review",
        "a3": "review",
        "a4": "review",
        "b1": "archived",
        "b2": "archived",
    }
    assert list(Answer.objects.order_by("pk").values(*before[0])) == before
    after = Assessment.objects.with_everything().get(pk=asked.pk)
    assert (after.state, after.unconfirmed(), after.unanswered()) == ("in_progress", ["a2", "a3", "a4"], ["c1"])
    assert after.revision == asked.revision + 1
    assert [row.statement_key for row in Answer.objects.exclude(verified_at=None)] == ["a1"]


def test_upgrade_is_told_in_the_trail(asked: Assessment, olivia: Client) -> None:
    last = Event.objects.latest("pk").pk
    olivia.post(page(asked), {"version": "2.0"})
    told = Event.objects.filter(pk__gt=last).order_by("kind", "verb", "object_name")
    assert list(told.values_list("kind", "verb", "object_name", "actor_name")) == [
        ("answer", "archived", "b1, Claims, H1 2027", ""),
        ("answer", "archived", "b2, Claims, H1 2027", ""),
        ("answer", "review", "a2, Claims, H1 2027", ""),
        ("answer", "review", "a3, Claims, H1 2027", ""),
        ("answer", "review", "a4, Claims, H1 2027", ""),
        ("assessment", "taken_back", "Claims, H1 2027", "Olivia"),
        ("round", "upgraded", "H1 2027", "Olivia"),
    ]
    upgraded = told.get(verb="upgraded")
    assert (upgraded.before, upgraded.after) == ({"version": "Growing 1.0"}, {"version": "Growing 2.0"})


def test_report_stored_before_is_byte_for_byte_what_it_was(asked: Assessment, olivia: Client, alice: Client) -> None:
    address = f"/o/northwind/assessments/{asked.code}/report.pdf"
    composed, before = compose_for(asked), alice.get(address).content
    assert before[:5] == b"%PDF-"
    olivia.post(page(asked), {"version": "2.0"})
    snapshot = Snapshot.objects.get()
    assert (snapshot.kind, snapshot.title, snapshot.pdf) == ("upgrade", "Before version 2.0", None)
    assert snapshot.as_report() == composed
    kept = f"/o/northwind/assessments/{asked.code}/reports/{snapshot.code}.pdf"
    assert (
        f'<a href="{kept}">Claims, Before version 2.0, ' in olivia.get(asked.round.get_absolute_url()).content.decode()
    )
    assert alice.get(kept).content == before
    assert pdf.render(snapshot.as_report()) == before
    assert alice.get(address).content != before


def test_report_of_another_team_is_not_offered_to_a_lead(cast: Cast, asked: Assessment, olivia: Client) -> None:
    sales = make_team(organization=cast.organization, slug="sales")
    make_assessment(team=sales, round=asked.round)
    olivia.post(page(asked), {"version": "2.0"})
    dora = make_user("dora@example.org")
    make_member(dora, cast.organization, leads=[sales])
    shown = cast.client_of(dora).get(asked.round.get_absolute_url()).content.decode()
    assert ("Sales, Before version 2.0" in shown, "Claims, Before version 2.0" in shown) == (True, False)


def test_second_click_changes_nothing(asked: Assessment, olivia: Client, cast: Cast) -> None:
    stale = Round.objects.select_related("version__framework", "organization").get(pk=asked.round.pk)
    olivia.post(page(asked), {"version": "2.0"})
    after = list(Answer.objects.order_by("pk").values())
    assert olivia.post(page(asked), {"version": "2.0"}).url == asked.round.get_absolute_url()
    closing.upgrade(stale, Round.objects.get(pk=stale.pk).version, by=cast.bob)
    assert list(Answer.objects.order_by("pk").values()) == after
    assert (Snapshot.objects.count(), VersionChange.objects.count()) == (1, 1)


def test_version_published_meanwhile_is_shown_before_it_is_taken(asked: Assessment, olivia: Client) -> None:
    make_version(third())
    response = olivia.post(page(asked), {"version": "2.0"})
    assert response.status_code == 409
    assert "Version 3.0 was published while you were reading." in response.content.decode()
    assert (Snapshot.objects.count(), set(states(asked).values())) == (0, {"confirmed"})


def test_answer_archived_once_comes_back_where_it_is_asked_again(asked: Assessment, olivia: Client) -> None:
    olivia.post(page(asked), {"version": "2.0"})
    make_version(third())
    assert "Claims 4 1 0 0 In progress" in plain(olivia.get(page(asked)).content.decode())
    olivia.post(page(asked), {"version": "3.0"})
    found = states(asked)
    assert (found["b1"], found["b2"], found["a2"]) == ("review", "archived", "review")
    assert Answer.objects.get(statement_key="b1").note == "Note on b1"
    assert [snapshot.title for snapshot in Snapshot.objects.all()] == ["Before version 2.0", "Before version 3.0"]


def test_target_of_a_pillar_that_is_gone_waits_for_its_return(asked: Assessment, olivia: Client) -> None:
    olivia.post(page(asked), {"version": "2.0"})
    round = Round.objects.get(pk=asked.round.pk)
    assert round.targets_for(asked.team) == {"a": 2, "c": 2}
    olivia.post(f"/o/northwind/rounds/{round.code}/change/", {"target_level": "1", "target-c": "3"})
    assert round.targets_for(asked.team) != {}
    make_version(third())
    olivia.post(page(asked), {"version": "3.0"})
    assert Round.objects.get(pk=round.pk).targets_for(asked.team) == {"a": 1, "b": 2}


def test_offer_is_made_to_owners_of_an_open_round_alone(
    cast: Cast, asked: Assessment, olivia: Client, alice: Client, bob: Client
) -> None:
    offer = f'<a href="{page(asked)}">See what version 2.0 would change</a>'
    address = asked.round.get_absolute_url()
    assert [offer in each.get(address).content.decode() for each in (olivia, alice, bob)] == [True, False, False]
    closing.close(asked.round)
    assert offer not in olivia.get(address).content.decode()
    assert olivia.get(page(asked)).status_code == 403
    with pytest.raises(Closed):
        closing.upgrade(asked.round, make_version(third()))


def test_upgrade_is_for_owners_alone(asked: Assessment, alice: Client, bob: Client, charlie: Client) -> None:
    everybody = (alice, bob, charlie)
    assert [each.get(page(asked)).status_code for each in everybody] == [403, 403, 404]
    assert [each.post(page(asked), {"version": "2.0"}).status_code for each in everybody] == [403, 403, 404]
    assert Client().get(page(asked)).url == f"/accounts/login/?next={page(asked)}"
    assert VersionChange.objects.count() == 0


def test_round_on_the_newest_version_has_nothing_to_upgrade_to(cast: Cast, olivia: Client) -> None:
    assert olivia.get(page(cast.assessment)).url == cast.assessment.round.get_absolute_url()


def test_failure_on_the_way_leaves_everything_as_it_was(
    asked: Assessment, olivia: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Assessment, "upgrade", fail)
    with pytest.raises(RuntimeError):
        olivia.post(page(asked), {"version": "2.0"})
    assert (Snapshot.objects.count(), VersionChange.objects.count(), set(states(asked).values())) == (
        0,
        0,
        {"confirmed"},
    )
    assert Round.objects.get(pk=asked.round.pk).version.number == "1.0"


@pytest.mark.parametrize("count", [1, 30])
def test_page_asks_the_database_equally_often_for_one_and_thirty_teams(
    cast: Cast, asked: Assessment, olivia: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count - 1):
        team = make_team(organization=cast.organization, slug=f"team-{number}")
        make_assessment(team=team, round=asked.round, ratings=RATINGS)
    olivia.get(page(asked))
    with django_assert_num_queries(7):
        assert olivia.get(page(asked)).content.decode().count("Has to submit again") == 1


def test_page_of_a_change_is_read_by_who_has_a_part_in_the_round(
    cast: Cast, asked: Assessment, olivia: Client, alice: Client, charlie: Client
) -> None:
    olivia.post(page(asked), {"version": "2.0"})
    change = VersionChange.objects.get()
    address = f"/o/northwind/rounds/{asked.round.code}/versions/{change.code}/"
    link = f'<a href="{address}">See what changed in version 2.0</a>'
    assert link in alice.get(asked.get_absolute_url()).content.decode()
    assert link in alice.get(asked.round.get_absolute_url()).content.decode()
    response = alice.get(address)
    assert list(groups(response)) == ["new", "removed", "moved", "reworded", "rescored", "kept"]
    assert "Upgraded by Olivia." in response.content.decode()
    assert [charlie.get(address).status_code, alice.post(address).status_code] == [404, 405]
    other = f"/o/northwind/rounds/{cast.assessment.round.code}/versions/{change.code}/"
    assert alice.get(other).status_code == 404
