import re

from django.test import Client

from assessment.models import Target
from tests.conftest import Cast


def page(client: Client, cast: Cast) -> str:
    return client.get(cast.assessment.url("targets")).content.decode()


def chosen(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="radio" name="(\w+)" value="(\d?)"[^>]* checked', html))


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
