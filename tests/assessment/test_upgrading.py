"""An open round takes over what is newest of its major version when somebody comes to read or write in it."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from assessment import upgrading
from assessment.models import Answer, Assessment, Round, VersionChange
from frameworks.definition import Framework
from people.models import Event
from tests.conftest import Cast
from tests.factories import make_version, worked_example


def changed(version: str, **values: Any) -> Framework:
    """The worked example with another first statement."""
    first, *others = worked_example().cells
    statements = (replace(first.statements[0], **values), *first.statements[1:])
    return replace(worked_example(), version=version, cells=(replace(first, statements=statements), *others))


def reworded(version: str, text: str = "The first thing is in place.") -> Framework:
    example = worked_example()
    statements = (replace(example.cells[0].statements[0], text=text), *example.cells[0].statements[1:])
    return replace(
        example, version=version, cells=(replace(example.cells[0], statements=statements), *example.cells[1:])
    )


def heavier(version: str) -> Framework:
    return changed(version, weight=5)


def number(cast: Cast) -> str:
    return Round.objects.select_related("version").get(pk=cast.assessment.round.pk).version.number


@pytest.mark.parametrize("page", ["assessment", "check", "result", "round"])
def test_newer_minor_version_is_asked_from_the_next_page_on(cast: Cast, alice: Client, page: str) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    make_version(reworded("1.1", "An older wording."))
    make_version(reworded("1.2"))
    make_version(replace(worked_example(), version="2.0"))
    addresses = {
        "result": f"{cast.assessment.get_absolute_url()}result/",
        "round": cast.assessment.round.get_absolute_url(),
    }
    response = alice.get(addresses.get(page) or cast.assessment.url(page))
    assert (response.status_code, number(cast)) == (200, "1.2")
    assert Answer.objects.values_list("rating", "state").get() == ("F", "confirmed")
    change = VersionChange.objects.select_related("old", "new").get()
    assert (change.old.number, change.new.number, change.is_upgrade, change.changed_by) == ("1.0", "1.2", False, None)
    assert "The first thing is in place." in alice.get(cast.assessment.url("statement", "a1")).content.decode()


def test_first_page_after_a_minor_version_shows_it_already(cast: Cast, alice: Client) -> None:
    make_version(reworded("1.1"))
    assert "The first thing is in place." in alice.get(cast.assessment.url("statement", "a1")).content.decode()


def test_notice_is_shown_to_readers_with_the_way_to_what_changed(cast: Cast, alice: Client, bob: Client) -> None:
    make_version(reworded("1.1"))
    for client in (alice, bob):
        for address in (cast.assessment.get_absolute_url(), cast.assessment.round.get_absolute_url()):
            page = client.get(address).content.decode()
            assert "this round asks version 1.1, in clearer words. All answers stay as they are." in page
            assert page.count("See what changed in version 1.1") == 1


def test_taking_over_is_told_once(cast: Cast, alice: Client) -> None:
    make_version(reworded("1.1"))
    for _visit in range(2):
        alice.get(cast.assessment.get_absolute_url())
    event = Event.objects.get(kind="round")
    assert (event.verb, event.actor_name, event.before, event.after) == (
        "followed",
        "",
        {"version": "Worked example 1.0"},
        {"version": "Worked example 1.1"},
    )


def test_page_read_before_takes_over_nothing_twice(cast: Cast) -> None:
    newer = make_version(reworded("1.1"))
    stale = Round.objects.select_related("version__framework", "organization").get(pk=cast.assessment.round.pk)
    upgrading.follow(cast.assessment.round, newer.pk)
    upgrading.follow(stale, newer.pk)
    assert (stale.version, VersionChange.objects.count()) == (newer, 1)


def test_closed_round_stays_with_its_version(cast: Cast, alice: Client) -> None:
    Round.objects.update(state=Round.State.CLOSED)
    make_version(reworded("1.1"))
    assert alice.get(cast.assessment.get_absolute_url()).status_code == 200
    assert number(cast) == "1.0"


def test_major_version_touches_no_open_round(cast: Cast, alice: Client) -> None:
    make_version(heavier("2.0"))
    alice.get(cast.assessment.get_absolute_url())
    assert (number(cast), VersionChange.objects.count()) == ("1.0", 0)


def test_version_that_changes_more_than_its_number_says_is_offered(cast: Cast, alice: Client) -> None:
    newer = make_version(heavier("1.1"))
    alice.get(cast.assessment.get_absolute_url())
    assert number(cast) == "1.0"
    assert upgrading.offer(Round.objects.get(pk=cast.assessment.round.pk)) == newer


def test_submitted_assessment_stays_submitted(cast: Cast, alice: Client) -> None:
    Assessment.objects.update(state=Assessment.State.SUBMITTED)
    make_version(reworded("1.1"))
    alice.get(cast.assessment.get_absolute_url())
    assert (number(cast), Assessment.objects.get().state) == ("1.1", "submitted")
