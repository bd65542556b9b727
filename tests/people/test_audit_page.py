"""The trail as its owner reads it, and as a file."""

import csv
import re
from io import StringIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from people import organizations, teams
from people.models import Event, Organization
from tests.conftest import Cast
from tests.factories import make_member, make_organization, make_team, make_user

PAGE = "/o/northwind/audit/"
FILE = "/o/northwind/audit/events.csv"


@pytest.fixture
def olivia(cast: Cast) -> Client:
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def rows(response: HttpResponse) -> list[list[str]]:
    """What happened, and the changes, of every row."""
    found = re.findall(r"<tr.*?>(.*?)</tr>", response.content.decode(), re.DOTALL)[1:]
    cells = [re.split(r"</t[dh]>", row)[1:3] for row in found]
    return [[" ".join(re.sub("<.*?>", " ", cell).split()) for cell in row] for row in cells]


def lines(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(StringIO(text[1:])))


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_trail_is_for_owners_alone(cast: Cast, olivia: Client, address: str) -> None:
    everybody = [cast.client_of(user) for user in (cast.alice, cast.bob, cast.charlie)]
    assert [each.get(address).status_code for each in [*everybody, olivia]] == [403, 403, 404, 200]
    assert Client().get(address).url == f"/accounts/login/?next={address}"
    assert [each.post(address).status_code for each in (*everybody, olivia)] == [405, 405, 405, 405]


def test_trail_of_another_organization_is_never_in_it(cast: Cast, olivia: Client) -> None:
    organizations.rename(Organization.objects.get(slug="southwind"), "Secret", by=cast.charlie)
    assert rows(olivia.get(PAGE)) == []
    assert "Nothing has been changed yet." in olivia.get(PAGE).content.decode()
    assert lines(olivia.get(FILE))[1:] == []
    assert "charlie" not in olivia.get(PAGE).content.decode()


def test_events_are_read_newest_first_with_what_changed(cast: Cast, olivia: Client) -> None:
    teams.change(cast.team, "Claims", 2, [], by=cast.bob)
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    assert rows(olivia.get(PAGE)) == [
        ["Alice answered a1, Claims, H2 2026. alice@example.org", "Rating: Fully in place State: Confirmed"],
        ["Bob changed the team Claims. bob@example.org", "Weight: 1 2 Leads: Alice"],
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person=bob@example.org", ["Bob archived the team Claims."]),
        ("person=-", ["Waymark made the team Sales."]),
        ("kind=team", ["Waymark made the team Sales.", "Bob archived the team Claims."]),
        ("object=sal", ["Waymark made the team Sales."]),
        ("kind=answer&person=alice@example.org&object=claims", ["Alice answered a1, Claims, H2 2026."]),
        ("kind=answer&person=bob@example.org", []),
    ],
)
def test_events_are_chosen_by_person_kind_and_name(cast: Cast, olivia: Client, query: str, expected: list[str]) -> None:
    teams.archive(cast.team, by=cast.bob)
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    teams.create(cast.organization, "Sales", 1, [])
    shown = rows(olivia.get(f"{PAGE}?{query}"))
    assert [re.sub(r" \S+@\S+$", "", row[0]) for row in shown] == expected
    assert [line[7] for line in lines(olivia.get(f"{FILE}?{query}"))[1:]] == expected
    assert shown or "No event is like that." in olivia.get(f"{PAGE}?{query}").content.decode()


def test_choice_there_is_not_is_refused(olivia: Client, cast: Cast) -> None:
    teams.archive(cast.team)
    response = olivia.get(f"{PAGE}?person=charlie@example.org&kind=ship")
    assert (response.status_code, rows(response)) == (422, [])


@pytest.mark.parametrize("count", [1, 200])
def test_page_asks_the_database_equally_often_for_one_and_two_hundred(
    cast: Cast, olivia: Client, django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        teams.archive(cast.team, by=cast.bob)
    olivia.get(PAGE)
    with django_assert_num_queries(5):
        assert len(rows(olivia.get(PAGE))) == min(count, 50)
    with django_assert_num_queries(4):
        assert len(lines(olivia.get(FILE))) == count + 1


def test_pages_lead_to_older_and_newer_events_and_keep_the_choice(cast: Cast, olivia: Client) -> None:
    for _number in range(51):
        teams.archive(cast.team, by=cast.bob)
    first = olivia.get(f"{PAGE}?kind=team").content.decode()
    assert 'rel="next" href="?kind=team&amp;page=2"' in first
    assert "Page 1 of 2" in first
    second = olivia.get(f"{PAGE}?kind=team&page=2")
    assert (len(rows(second)), 'rel="prev" href="?kind=team&amp;page=1"' in second.content.decode()) == (1, True)


def test_file_has_everything_and_leaves_text_text(cast: Cast, olivia: Client) -> None:
    team = make_team(organization=cast.organization, slug="sum", name="=SUM(A1)")
    teams.change(team, '+1, "quoted"', 1, [], by=cast.bob)
    event = Event.objects.get()
    assert lines(olivia.get(FILE)) == [
        ["When", "Who", "Email", "Kind", "Deed", "Code", "What", "In words", "Before", "After"],
        [
            event.happened_at.isoformat(timespec="seconds"),
            "Bob",
            "bob@example.org",
            "team",
            "changed",
            "sum",
            '\'+1, "quoted"',
            'Bob changed the team +1, "quoted".',
            '{"name": "=SUM(A1)"}',
            '{"name": "+1, \\"quoted\\""}',
        ],
    ]
    response = olivia.get(FILE)
    assert response["Content-Disposition"] == 'attachment; filename="waymark_northwind_audit.csv"'
    assert response.streaming is True


def test_page_shows_names_as_text(cast: Cast, olivia: Client) -> None:
    organizations.rename(cast.organization, "<script>alert(1)</script>", by=cast.bob)
    page = olivia.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.django_db
def test_trail_outlives_who_and_what_it_names(cast: Cast, olivia: Client) -> None:
    other = make_team(organization=cast.organization, slug="sales")
    teams.archive(other, by=cast.bob)
    other.delete()
    cast.bob.delete()
    assert rows(olivia.get(PAGE)) == [["Bob archived the team Sales. bob@example.org", "–"]]
    assert make_organization("third").slug == "third"
