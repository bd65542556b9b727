import pytest

from reports import pictures
from reports.charts import Distance, Role
from tests.factories import make_report
from tests.frameworks.builders import cell, framework, s

THREE = framework(*(cell(level, slug, s(f"{slug}{level}")) for level in (1, 2) for slug in "ab"), cell(1, "c", s("c1")))
RATINGS = {"a1": "F", "a2": "P", "b1": "P", "b2": "N", "c1": "F"}


def test_radar_shows_every_pillars_position_cut_to_one_decimal() -> None:
    radar = pictures.radar(make_report(RATINGS, THREE))
    assert [(axis.label, axis.covered_to) for axis in radar.axes] == [("A", 2), ("B", 2), ("C", 1)]
    assert [(series.role, series.values) for series in radar.series] == [(Role.CURRENT, (1.3, 0.3, 1.0))]


def test_radar_shows_targets_no_further_than_the_model_covers() -> None:
    radar = pictures.radar(make_report(RATINGS, THREE, targets={"b": 2, "c": 2}))
    assert [(series.role, series.values) for series in radar.series][1:] == [(Role.TARGET, (None, 2.0, 1.0))]


@pytest.mark.parametrize(("pillars", "drawn"), [(2, False), (3, True), (8, True), (9, False)])
def test_radar_needs_three_to_eight_pillars(pillars: int, drawn: bool) -> None:
    model = framework(*(cell(1, slug, s(f"{slug}1")) for slug in "abcdefghi"[:pillars]))
    assert (pictures.radar(make_report({}, model)) is not None) is drawn


@pytest.mark.parametrize(
    ("targets", "shown"), [({}, None), ({"a": 2, "b": 2, "c": 2}, 2), ({"a": 1, "b": 2}, None), ({"a": 1}, 1)]
)
def test_ladder_shows_the_level_and_the_target_all_share(targets: dict[str, int], shown: int | None) -> None:
    ladder = pictures.ladder(make_report(RATINGS, THREE, targets=targets))
    assert (ladder.levels, ladder.current, ladder.target) == (("Level 1", "Level 2"), 1, shown)


def test_dumbbell_shows_the_largest_gap_first() -> None:
    dumbbell = pictures.dumbbell(make_report(RATINGS, THREE, targets={"a": 2, "b": 2, "c": 2}))
    assert dumbbell.rows == (Distance("B", 0, 2), Distance("A", 1, 2), Distance("C", 1, 1))
