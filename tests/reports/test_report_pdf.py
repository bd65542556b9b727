import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from assessment.models import Round
from people.models import Organization, Team
from reports import closing, pdf
from reports.models import Snapshot
from reports.renderer import Renderer
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_member, make_team, make_user
from tests.reports.reading import texts


@pytest.fixture
def path(cast: Cast) -> str:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    return cast.assessment.get_absolute_url() + "report.pdf"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Renderer]:
    """A renderer whose time is over before it begins."""
    renderer = Renderer(seconds=0.001)
    monkeypatch.setattr(pdf, "RENDERER", renderer)
    yield renderer
    renderer.close()


def test_report_is_downloaded_as_a_private_file_with_a_name_of_its_own(cast: Cast, bob: Client, path: str) -> None:
    response = bob.get(path)
    day, code = f"{cast.assessment.submitted_at:%Y-%m-%d}", str(cast.assessment.code)[:8]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        f'attachment; filename="genai-maturity_northwind_claims_{day}_{code}.pdf"'
    )
    assert response["Cache-Control"] == "private, no-cache"
    assert "Level 2 of 2, Practised" in texts(response.content)[0]


def test_report_that_did_not_change_is_not_sent_again(bob: Client, path: str) -> None:
    tag = bob.get(path)["ETag"]
    assert bob.get(path, headers={"if-none-match": tag}).status_code == 304
    Team.objects.update(name="Claims and complaints")
    assert bob.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.usefixtures("broken")
def test_report_that_cannot_be_drawn_says_so_and_leads_to_the_result(cast: Cast, bob: Client, path: str) -> None:
    response = bob.get(path)
    html = response.content.decode()
    assert response.status_code == 503
    assert "<h1>The report could not be made</h1>" in html
    assert f"tell the people who run Waymark this reference: {cast.assessment.code}." in html
    assert f'href="{cast.assessment.get_absolute_url()}result/"' in html


def test_report_of_a_closed_round_is_the_same_file_at_every_download(cast: Cast, bob: Client, path: str) -> None:
    closing.close(cast.assessment.round)
    first = bob.get(path)
    stored = bytes(Snapshot.objects.exclude(assessment=None).get().pdf)
    Organization.objects.update(name="Renamed")
    cast.assessment.answers.update(rating="N")
    second = bob.get(path)
    assert first.content == second.content == stored
    assert (first["ETag"], first["Content-Disposition"]) == (second["ETag"], second["Content-Disposition"])
    assert bob.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.fixture
def people(cast: Cast) -> dict[str, Client]:
    """The cast, an owner of its organization, a lead of another team, and a former lead of the team."""
    fire = make_team(organization=cast.organization, slug="fire")
    users = {"alice": cast.alice, "bob": cast.bob, "charlie": cast.charlie}
    users |= {name: make_user(f"{name}@example.org", name=name) for name in ("owner", "other", "former")}
    make_member(users["owner"], cast.organization, is_owner=True)
    make_member(users["other"], cast.organization, leads=[fire])
    make_member(users["former"], cast.organization)
    return {name: cast.client_of(user) for name, user in users.items()}


def test_stored_file_is_for_the_same_people_as_one_that_is_yet_to_be_drawn(
    cast: Cast, people: dict[str, Client], path: str
) -> None:
    round = cast.assessment.round
    make_assessment(team=Team.objects.get(slug="fire"), round=round)
    closing.close(round)
    whole, wrong = f"{round.get_absolute_url()}report.pdf", path.replace("northwind", "southwind")
    seen = {
        at: {name: [client.get(url).status_code for url in (path, whole, wrong)] for name, client in people.items()}
        for at in ("first", "again")
    }
    assert closing.draw_missing() == 1
    everything, own, nothing = [200, 200, 404], [200, 404, 404], [404, 404, 404]
    expected = {"alice": own, "bob": everything, "charlie": nothing}
    assert seen["first"] == expected | {"owner": everything, "other": nothing, "former": nothing}
    assert seen["again"] == seen["first"]


def test_stored_file_is_found_by_one_query_and_not_read_for_who_has_it(
    cast: Cast, bob: Client, path: str, django_assert_num_queries: Any
) -> None:
    closing.close(cast.assessment.round)
    tag = bob.get(path)["ETag"]
    with django_assert_num_queries(3):
        assert bob.get(path).status_code == 200
    with django_assert_num_queries(2) as asked:
        assert bob.get(path, headers={"if-none-match": tag}).status_code == 304
    assert not any('"pdf"' in query["sql"] for query in asked.captured_queries)


def test_stored_file_is_not_sent_once_the_round_is_open_again(cast: Cast, bob: Client, path: str) -> None:
    closing.close(cast.assessment.round)
    stored = bob.get(path)["ETag"]
    closing.reopen(cast.assessment.round, reason="A mistake", by=cast.bob)
    assert bob.get(path)["ETag"] != stored


@pytest.mark.usefixtures("broken")
def test_round_is_closed_without_anything_drawn(cast: Cast, path: str) -> None:
    closing.close(cast.assessment.round)
    assert (Round.objects.get().state, set(Snapshot.objects.values_list("pdf", flat=True))) == ("closed", {None})


def test_file_is_never_drawn_over_one_that_is_there(cast: Cast, path: str) -> None:
    closing.close(cast.assessment.round)
    stale = Snapshot.objects.exclude(assessment=None).get()
    Snapshot.objects.filter(pk=stale.pk).update(pdf=b"drawn by another request")
    assert closing.document(stale) == b"drawn by another request"


def test_command_draws_what_nobody_has_downloaded(cast: Cast, bob: Client, path: str) -> None:
    closing.close(cast.assessment.round)
    first, out = bob.get(path).content, io.StringIO()
    call_command("draw_reports", stdout=out)
    assert out.getvalue() == "reports drawn: 1\n"
    drawn = Snapshot.objects.order_by("assessment").values_list("pdf", flat=True)
    assert {bytes(content)[:5] for content in drawn} == {b"%PDF-"}
    assert bob.get(path).content == first


def test_report_never_submitted_says_so_on_every_page(cast: Cast, bob: Client) -> None:
    closing.close(cast.assessment.round)
    content = bob.get(cast.assessment.get_absolute_url() + "report.pdf").content
    assert content == bytes(Snapshot.objects.exclude(assessment=None).get().pdf)
    pages = texts(content)
    assert [page for page in pages if "Not submitted" not in page or "Provisional" in page] == []
    assert "never submitted" in pages[0]
    assert "State Never submitted: the round was closed before" in pages[-1]
