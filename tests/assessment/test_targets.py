import re
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from assessment.models import Aim, Target
from people.models import Event
from tests.conftest import Cast


def page(client: Client, cast: Cast) -> str:
    return client.get(cast.assessment.url("targets")).content.decode()


def chosen(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="radio" name="(\w+)" value="(\d?)"[^>]* checked', html))


def days(html: str) -> list[tuple[str, str]]:
    """The labels of the fields for dates, and what stands in them."""
    labels = re.findall(r'for="id_due_on-\w">(.*?) <span', html)
    fields = re.findall(r'<input type="date"[^>]*>', html)
    return [(label, "".join(re.findall(r'value="(.*?)"', field))) for label, field in zip(labels, fields, strict=True)]


def own(cast: Cast) -> dict[str, int]:
    return dict(Target.objects.filter(team=cast.team).values_list("pillar", "level"))


def test_targets_are_asked_for_each_pillar_with_none_chosen_and_no_level_known(cast: Cast, alice: Client) -> None:
    html = page(alice, cast)
    assert chosen(html) == {"a": "", "b": ""}
    assert html.count("Nothing is answered here yet.") == 2
    assert html.count("No target") == 2


def test_targets_show_the_level_of_now_and_what_the_round_says(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("b1", by=cast.alice, rating="F")
    cast.assessment.round.target_level = 2
    cast.assessment.round.save()
    Target.objects.create(round=cast.assessment.round, pillar="b", level=1)
    html = page(alice, cast)
    assert re.findall(r"Now: level (\d)", html) == ["1"]
    assert re.findall(r"As the round says: level (\d)", html) == ["2", "1"]


def test_targets_of_the_team_are_kept_and_taken_away_again(cast: Cast, alice: Client) -> None:
    response = alice.post(cast.assessment.url("targets"), {"a": "2", "b": ""})
    assert response.url == cast.assessment.get_absolute_url()
    assert own(cast) == {"a": 2}
    assert chosen(page(alice, cast)) == {"a": "2", "b": ""}
    alice.post(cast.assessment.url("targets"), {"a": "", "b": "1"})
    assert own(cast) == {"b": 1}


def test_targets_of_the_round_and_of_other_teams_stay(cast: Cast, alice: Client) -> None:
    Target.objects.create(round=cast.assessment.round, pillar="a", level=1)
    alice.post(cast.assessment.url("targets"), {"a": "2"})
    assert cast.assessment.round.targets_for(cast.team) == {"a": 2}
    assert list(Target.objects.filter(team=None).values_list("pillar", "level")) == [("a", 1)]


def test_target_below_where_the_pillar_is_is_kept_with_a_warning(cast: Cast, alice: Client) -> None:
    for key in cast.assessment.framework.statements:
        cast.assessment.record_answer(key, by=cast.alice, rating="F")
    html = alice.post(cast.assessment.url("targets"), {"a": "1", "b": "2"}, follow=True).content.decode()
    assert "Lower than where you are now: Pillar A. Is that meant?" in html
    assert own(cast) == {"a": 1, "b": 2}


def test_level_the_framework_does_not_have_is_refused(cast: Cast, alice: Client) -> None:
    response = alice.post(cast.assessment.url("targets"), {"a": "3"})
    assert response.status_code == 422
    assert own(cast) == {}


def test_target_has_a_date_that_the_task_list_and_the_trail_show(cast: Cast, alice: Client, bob: Client) -> None:
    assert days(page(alice, cast)) == [("Target date for Pillar A", ""), ("Target date for Pillar B", "")]
    said = {"a": "2", "due_on-a": "2099-06-30", "b": "1", "due_on-b": "2099-03-31"}
    html = alice.post(cast.assessment.url("targets"), said, follow=True).content.decode()
    assert "The targets are saved." in html
    assert days(page(alice, cast)) == [
        ("Target date for Pillar A", "2099-06-30"),
        ("Target date for Pillar B", "2099-03-31"),
    ]
    assert cast.assessment.aims() == {"a": Aim(2, date(2099, 6, 30)), "b": Aim(1, date(2099, 3, 31))}
    tasks = bob.get(cast.assessment.get_absolute_url()).content.decode()
    assert re.findall(r'task-last">(Pillar .*?)<', tasks) == [
        "Pillar B: level 1 by 31 Mar 2099.",
        "Pillar A: level 2 by 30 Jun 2099.",
    ]
    assert Event.objects.get(verb="targeted").after == {
        "targets": ["Pillar A: 2 by 30 Jun 2099", "Pillar B: 1 by 31 Mar 2099"]
    }


def test_target_date_needs_a_level_and_a_day_to_come_unless_it_stood_already(cast: Cast, alice: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    refused = alice.post(cast.assessment.url("targets"), {"due_on-a": "2099-06-30", "b": "1", "due_on-b": yesterday})
    assert refused.status_code == 422
    assert re.findall(r'<li><a href="#([\w-]+)">(.*?)</a>', refused.content.decode()) == [
        ("id_a_0", "Choose the level to be reached by that day, or take the date away."),
        ("id_due_on-b", "Choose today or a day to come."),
    ]
    assert days(refused.content.decode())[0] == ("Target date for Pillar A", "2099-06-30")
    assert own(cast) == {}
    Target.objects.create(round=cast.assessment.round, team=cast.team, pillar="b", level=1, due_on=yesterday)
    assert alice.post(cast.assessment.url("targets"), {"b": "2", "due_on-b": yesterday}).status_code == 302
    assert cast.assessment.aims() == {"b": Aim(2, yesterday)}


def test_task_list_counts_the_targets_that_are_set(cast: Cast, alice: Client) -> None:
    said = []
    for given in ({}, {"a": "2"}, {"a": "2", "b": "1"}):
        html = alice.post(cast.assessment.url("targets"), given, follow=True).content.decode()
        said.append(re.sub("<.*?>", "", html.split("Set targets")[1].split("task-status")[1].split("</li>")[0]))
    assert [" ".join(each.strip('"> \n').split()) for each in said] == ["Optional", "1 of 2 set", "Completed"]
