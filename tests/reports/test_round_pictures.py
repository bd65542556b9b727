import pytest

from reports import round_pictures
from reports.charts import Axis, Band, Radar, Role, Series
from tests.factories import make_round_report
from tests.frameworks.builders import cell, framework, s

THREE = framework(*(cell(level, slug, s(f"{slug}{level}")) for level in (1, 2) for slug in "ab"), cell(1, "c", s("c1")))
ONE = {"a1": "F", "a2": "P", "b1": "P", "b2": "N", "c1": "F"}
OTHER = {"a1": "F", "a2": "F", "b1": "P", "b2": "N", "c1": "N"}


def test_radar_shows_the_weighted_mean_in_the_range_of_the_teams_cut_to_one_decimal() -> None:
    assert round_pictures.radar(make_round_report(ONE, OTHER, framework=THREE, weights=[3, 1])) == Radar(
        "Mean position of each pillar",
        (Axis("A", 2), Axis("B", 2), Axis("C", 1)),
        2,
        (Series(Role.CURRENT, (1.5, 0.3, 0.7)),),
        Band(lower=(1.3, 0.3, 0.0), upper=(2.0, 0.3, 1.0)),
    )


@pytest.mark.parametrize(("pillars", "drawn"), [(2, False), (3, True), (8, True), (9, False)])
def test_radar_needs_three_to_eight_pillars(pillars: int, drawn: bool) -> None:
    model = framework(*(cell(1, slug, s(f"{slug}1")) for slug in "abcdefghi"[:pillars]))
    assert (round_pictures.radar(make_round_report({}, framework=model)) is not None) is drawn


def test_ladder_shows_the_level_of_the_whole() -> None:
    ladder = round_pictures.ladder(make_round_report(ONE, OTHER, framework=THREE))
    assert ladder is not None
    assert (ladder.levels, ladder.current, ladder.target) == (("Level 1", "Level 2"), 0, None)


def test_nothing_is_drawn_where_nobody_submitted() -> None:
    report = make_round_report(framework=THREE)
    assert (round_pictures.radar(report), round_pictures.ladder(report)) == (None, None)
