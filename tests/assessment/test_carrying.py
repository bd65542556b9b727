from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.carrying import Fate, renew, upgrade
from frameworks.definition import Framework
from frameworks.differences import Changes, compare
from tests.frameworks.builders import cell, framework, s, two_versions

BEFORE = framework(
    cell(1, "a", s("kept"), s("worded"), s("weighed"), s("placed"), s("dropped")), cell(2, "a", s("top"))
)
AFTER = framework(
    cell(1, "a", s("kept"), replace(s("worded"), help="Every time."), s("weighed", weight=2), s("fresh")),
    cell(2, "a", s("top"), s("placed")),
)
ANSWERED = ["kept", "worded", "weighed", "placed", "dropped"]


def test_upgrade_keeps_reviews_and_archives() -> None:
    assert upgrade(compare(BEFORE, AFTER), ANSWERED) == {
        "kept": Fate.KEPT,
        "worded": Fate.REVIEW,
        "weighed": Fate.REVIEW,
        "placed": Fate.REVIEW,
        "dropped": Fate.ARCHIVED,
    }


def test_renewal_wants_what_would_be_kept_confirmed() -> None:
    assert renew(compare(BEFORE, AFTER), ANSWERED) == {
        "kept": Fate.CARRIED,
        "worded": Fate.REVIEW,
        "weighed": Fate.REVIEW,
        "placed": Fate.REVIEW,
        "dropped": Fate.ARCHIVED,
    }


def test_renewal_of_the_same_version_carries_every_answer() -> None:
    assert renew(compare(BEFORE, BEFORE), ANSWERED) == dict.fromkeys(ANSWERED, Fate.CARRIED)


def test_answer_to_a_statement_that_comes_back_is_reviewed() -> None:
    assert upgrade(compare(AFTER, BEFORE), ["dropped", "fresh"]) == {"dropped": Fate.REVIEW, "fresh": Fate.ARCHIVED}


def test_answer_to_what_neither_version_asks_stays_archived() -> None:
    assert upgrade(compare(BEFORE, AFTER), ["gone"]) == {"gone": Fate.ARCHIVED}


@pytest.mark.parametrize("carry", [upgrade, renew])
@given(two_versions(), st.sets(st.sampled_from([f"{p}{n}{x}" for p in "abc" for n in range(1, 5) for x in "xyz"])))
@settings(max_examples=60)
def test_no_answer_disappears(
    carry: Callable[[Changes, set[str]], dict[str, Fate]], pair: tuple[Framework, Framework], answered: set[str]
) -> None:
    fates = carry(compare(*pair), answered)
    assert fates.keys() == answered
    live = {key for key, fate in fates.items() if fate is not Fate.ARCHIVED}
    assert live == answered & pair[1].statements.keys()
