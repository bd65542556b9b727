"""What answers to one framework suggest for another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.crosswalk import Suggestion, follows, suggest
from frameworks.definition import STEPS, Rating, Statement
from tests.factories import bundled
from tests.frameworks.builders import cell, framework, ratings, s

MODELS = list(bundled().frameworks.values())
REQUIRED = st.sampled_from([Rating.P, Rating.L, Rating.F])


def asks(key: str, required: str = "F", practice: str = "tests") -> Statement:
    return replace(s(key, practice=practice), required=Rating(required))


KNOWN = asks("k1")


@pytest.mark.parametrize(
    ("known", "said", "asked", "rating"),
    [
        ("F", "P", "F", "P"),
        ("L", "DK", "L", None),
        ("L", "NA", "L", None),
        ("F", "L", "P", "L"),
        ("F", "P", "P", None),
        ("P", "F", "F", None),
        ("P", "L", "L", None),
        ("P", "N", "F", "N"),
        ("L", "P", "F", "P"),
    ],
)
def test_suggestion_heeds_what_each_statement_requires(known: str, said: str, asked: str, rating: str | None) -> None:
    source = asks("k1", known)
    found = suggest(framework(cell(1, "a", source)), ratings(f"k1 {said}"), framework(cell(1, "a", asks("q1", asked))))
    assert found == ({"q1": Suggestion(Rating(rating), source, Rating(said))} if rating else {})


def test_other_practices_and_none_suggest_nothing() -> None:
    known = framework(cell(1, "a", asks("k1", practice="data"), s("k2")))
    assert suggest(known, ratings("k1 F, k2 F"), framework(cell(1, "a", asks("q1"), s("q2")))) == {}


def test_level_of_a_statement_plays_no_part() -> None:
    low, high = (framework(cell(level, "a", asks("q1"))) for level in (1, 4))
    known = framework(cell(2, "a", KNOWN))
    assert suggest(known, ratings("k1 L"), low) == suggest(known, ratings("k1 L"), high)


def test_nearest_requirement_is_heard_and_several_that_differ_are_not() -> None:
    near, far = asks("k1", "L"), asks("k2", "P")
    known = framework(cell(1, "a", near, far, asks("k3", "F")))
    asked = framework(cell(1, "a", asks("q1", "L")))
    assert suggest(known, ratings("k1 P, k2 N"), asked)["q1"].source == near
    assert suggest(known, ratings("k2 N, k3 F"), asked) == {}
    assert suggest(known, ratings("k3 F"), asked)["q1"].rating == Rating.F


@given(st.sampled_from(STEPS), REQUIRED, REQUIRED)
def test_more_is_never_heard_from_less(said: Rating, known: Rating, asked: Rating) -> None:
    found = follows(said, known, asked)
    assert found in (None, said)
    if STEPS.index(known) < STEPS.index(asked):
        assert found in (None, Rating.N, Rating.P)


@given(st.sampled_from(MODELS), st.sampled_from(MODELS), st.data())
def test_every_suggestion_comes_from_an_answer_on_the_same_practice(known, asked, data) -> None:  # type: ignore[no-untyped-def]
    given_ratings = data.draw(st.dictionaries(st.sampled_from(sorted(known.statements)), st.sampled_from(list(Rating))))
    for key, found in suggest(known, given_ratings, asked).items():
        assert found.source.practice == asked.statements[key].practice is not None
        assert given_ratings[found.source.key] == found.said == found.rating
