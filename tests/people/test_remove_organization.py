"""An organization goes with all it has, on purpose alone, and its trail is in a file before."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from people import teams
from people.models import Event, Organization, User
from reports import closing
from tests.conftest import Cast
from tests.factories import make_member, make_organization

NAMED = "remove_organization", "northwind", "--again", "northwind"


@pytest.fixture
def trail(tmp_path: Path) -> Path:
    return tmp_path / "trail.csv"


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Answers, a closed round with its reports, and events."""
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    closing.close(cast.assessment.round, by=cast.bob)
    return cast


def test_organization_goes_with_everything_and_its_trail_is_kept(full: Cast, trail: Path) -> None:
    make_member(full.bob, make_organization("eastwind"))
    teams.create(Organization.objects.get(slug="southwind"), "Sales", 1, [], by=full.charlie)
    out = io.StringIO()
    call_command(*NAMED, "--trail", str(trail), stdout=out)
    assert out.getvalue() == f"Northwind removed; its trail is in {trail}\n"
    lines = trail.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[7 if index == 0 else 3] for index, line in enumerate(lines)] == [
        "In words",
        "answer",
        "round",
    ]
    assert (trail.stat().st_mode & 0o777) == 0o600
    assert sorted(Organization.objects.values_list("slug", flat=True)) == ["eastwind", "southwind"]
    assert sorted(User.objects.values_list("email", flat=True)) == ["bob@example.org", "charlie@example.org"]
    assert [event.object_name for event in Event.objects.all()] == ["Sales"]
    rest = {model.__name__: model.objects.count() for model in apps.get_app_config("assessment").get_models()}
    assert set(rest.values()) == {0}


def test_events_of_others_are_kept_as_before(full: Cast, trail: Path) -> None:
    teams.create(Organization.objects.get(slug="southwind"), "Sales", 1, [], by=full.charlie)
    call_command(*NAMED, "--trail", str(trail), stdout=io.StringIO())
    for sql in ("DELETE FROM people_event", "UPDATE people_event SET actor_name = 'Eve'"):
        with pytest.raises(Error, match="what happened is never changed or removed"), transaction.atomic():
            connection.cursor().execute(sql)


@pytest.mark.parametrize(
    ("slug", "again", "said"),
    [
        ("northwind", "southwind", "nothing is removed: that is another name"),
        ("eastwind", "eastwind", "there is no organization eastwind"),
    ],
)
def test_name_that_does_not_fit_removes_nothing(full: Cast, trail: Path, slug: str, again: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("remove_organization", slug, "--again", again, "--trail", str(trail), stdout=io.StringIO())
    assert (Organization.objects.count(), trail.exists()) == (2, False)


def test_name_is_asked_for(full: Cast, trail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda asked: "no")
    out = io.StringIO()
    with pytest.raises(CommandError, match="nothing is removed"):
        call_command("remove_organization", "northwind", "--trail", str(trail), stdout=out)
    assert out.getvalue().startswith("This removes Northwind: 2 people, 1 teams, 1 rounds, with every answer,")
    assert Organization.objects.filter(slug="northwind").exists()


def test_file_that_is_there_is_not_written_over(full: Cast, trail: Path) -> None:
    trail.write_text("mine")
    with pytest.raises(CommandError, match=r"nothing is removed: .*: File exists"):
        call_command(*NAMED, "--trail", str(trail), stdout=io.StringIO())
    assert (trail.read_text(), Organization.objects.count()) == ("mine", 2)
