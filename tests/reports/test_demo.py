import io
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from assessment.models import Answer, Assessment
from people.demo import demo_sign_ins
from people.models import Event, Membership, Organization, User
from reports import demo, samples
from reports.models import Snapshot
from tests.factories import make_bundled_version, make_member, make_organization, make_user

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def run(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_demo_comes_signs_in_and_goes_without_a_trace(client: Client) -> None:
    make_bundled_version()
    before = counts()
    assert run("load_demo").splitlines() == [
        "olivia@northwind.example  one-step-at-a-time  Owner",
        "liam@northwind.example  one-step-at-a-time  Team lead",
        "eva@northwind.example  one-step-at-a-time  Executive",
    ]
    assert [(row.state, row.round.state) for row in Assessment.objects.newest_round_first()] == [
        ("submitted", "open"),
        ("submitted", "open"),
        ("in_progress", "open"),
        *[("submitted", "closed")] * 3,
    ]
    assert samples.outdated() == [], "run script/samples"
    assert list(Snapshot.objects.exclude(assessment=None).values_list("kind", "pdf")) == [("close", None)] * 3
    carried = Answer.objects.filter(state="carried").values_list("assessment__team__slug", "assessment__round__name")
    assert set(carried) == {("underwriting", "H2 2026")}
    assert list(Event.objects.filter(kind="round").order_by("pk").values_list("object_name", "verb", "actor_name")) == [
        ("H1 2026", "opened", "Olivia Grant"),
        ("H1 2026", "closed", "Olivia Grant"),
        ("H2 2026", "opened", "Olivia Grant"),
    ]
    for sign_in in demo_sign_ins():
        client.post("/accounts/login/", {"login": sign_in.email, "password": sign_in.password})
        assert "Northwind Insurance" in client.get("/").content.decode()
        client.post("/accounts/logout/")
    loaded = counts()
    with pytest.raises(CommandError, match="The demo organization is there already"):
        run("load_demo")
    assert run("load_demo", "--if-empty").startswith("olivia@northwind.example")
    assert counts() == loaded
    assert run("remove_demo") == "demo removed\n"
    assert counts() == before | {"sessions.Session": counts()["sessions.Session"]}
    assert run("remove_demo") == "there is no demo organization\n"


def test_removing_the_demo_leaves_people_who_belong_elsewhere() -> None:
    northwind, elsewhere = make_organization(is_demo=True), make_organization("elsewhere")
    only, both, operator = (make_user(f"{name}@demo.example") for name in ("only", "both", "operator"))
    for user in (only, both, operator):
        make_member(user, northwind)
    make_member(both, elsewhere)
    User.objects.filter(pk=operator.pk).update(is_staff=True)
    run("remove_demo")
    assert sorted(User.objects.values_list("email", flat=True)) == ["both@demo.example", "operator@demo.example"]
    assert [membership.organization for membership in Membership.objects.all()] == [elsewhere]


def test_demo_takes_in_again_who_stayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    olivia = make_user("olivia@demo.example", password="a-password-of-her-own")
    (tmp_path / "demo.yaml").write_text(
        "organization: {slug: demo, name: Demo}\nteams: []\nrounds: []\n"
        "people: [{email: olivia@demo.example, name: Olivia, owner: true}]\n"
    )
    monkeypatch.setattr(demo, "FILE", tmp_path / "demo.yaml")
    run("load_demo")
    olivia.refresh_from_db()
    assert olivia.membership_set.get().is_owner
    assert olivia.check_password("a-password-of-her-own")


def test_demo_is_refused_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    make_bundled_version()
    before = counts()
    with pytest.raises(CommandError, match="not loaded in production"):
        run("load_demo")
    assert counts() == before


def test_demo_without_its_framework_says_what_to_run_and_writes_nothing() -> None:
    before = counts()
    with pytest.raises(CommandError, match="microsoft-genaiops is not published: run load_frameworks first"):
        run("load_demo")
    assert counts() == before


def test_demo_stays_away_where_there_are_people() -> None:
    make_user()
    assert run("load_demo", "--if-empty") == ""
    assert not Organization.objects.exists()
