"""What a profile recommends, and what it lets wait."""

from frameworks import library
from frameworks.definition import Credit
from frameworks.planning import advice, gaps
from frameworks.profile import OperatingModel, Option, Profile, Question, deferred, guide, recommend
from frameworks.scoring import score
from tests.factories import make_action
from tests.frameworks.builders import cell, framework, s

CENTRAL = OperatingModel("central", "Central", "One team.")
SPREAD = OperatingModel("spread", "Spread", "Many teams.")
PROFILE = Profile(
    (CENTRAL, SPREAD),
    (
        Question(
            "size",
            "How large are you?",
            Credit("A book"),
            (
                Option("small", "Small", "Few people.", ("central",), ("tuning",), "You are few."),
                Option("large", "Large", "Many people.", ("spread",), (), "You are many."),
            ),
        ),
        Question(
            "rules",
            "Are there many rules?",
            Credit("A book"),
            (Option("many", "Many", "A regulator.", ("central", "spread"), (), "Rules ask for order."),),
        ),
    ),
)


def test_recommendation_is_the_model_most_answers_speak_for() -> None:
    found = recommend(PROFILE, {"size": "large", "rules": "many"})
    assert found is not None
    assert (found.model, found.reasons) == (SPREAD, ("You are many.", "Rules ask for order."))


def test_recommendation_of_equals_is_the_first_in_the_file() -> None:
    found = recommend(PROFILE, {"rules": "many"})
    assert found is not None
    assert found.model == CENTRAL


def test_recommendation_is_never_a_model_that_an_answer_rules_out() -> None:
    answers = {
        "archetype": "shaper",
        "focus": "both",
        "task": "build",
        "team": "nobody",
        "autonomy": "little",
        "staff": "few",
    }
    found = recommend(library.profile(), answers)
    assert found is not None
    assert found.model.slug == "virtual"


def test_recommendation_without_an_answer_is_none() -> None:
    assert recommend(PROFILE, {"size": "unheard of"}) is None


def test_deferred_practices_have_their_reason() -> None:
    assert deferred(PROFILE, {"size": "small"}) == {"tuning": "You are few."}


def test_guidance_repeats_what_was_said() -> None:
    assert guide(PROFILE, {"size": "large"}).answers == (("How large are you?", "Large"),)


def test_advice_puts_last_what_can_wait_and_says_why() -> None:
    model = framework(cell(1, "a", s("a1", practice="tuning"), s("a2", practice="basics")))
    items = gaps(model, {}, score(model, {}), {})
    actions = [make_action("tune", "tuning"), make_action("begin", "basics")]
    found = advice(items, actions, {"tuning": "You are few."})
    assert [(offer.action.key, offer.deferred) for offer in found] == [("begin", ""), ("tune", "You are few.")]


def test_advice_that_closes_only_what_can_wait_is_last_whatever_else_the_action_advances() -> None:
    model = framework(cell(1, "a", s("a1", practice="tuning"), s("a2", practice="basics")))
    items = gaps(model, {}, score(model, {}), {})
    actions = [make_action("buy", "contracts", "tuning"), make_action("begin", "basics"), make_action("tune", "tuning")]
    found = advice(items, actions, {"tuning": "You are few."})
    assert [(offer.action.key, offer.deferred) for offer in found] == [("begin", ""), ("tune", "You are few.")]


def test_advice_that_closes_more_than_what_can_wait_does_not_wait() -> None:
    model = framework(cell(1, "a", s("a1", practice="tuning"), s("a2", practice="basics")))
    items = gaps(model, {}, score(model, {}), {})
    found = advice(items, [make_action("both", "tuning", "basics")], {"tuning": "You are few."})
    assert [(offer.action.key, offer.deferred) for offer in found] == [("both", "")]


def test_bundled_profile_asks_the_archetype_and_the_seven_questions_of_a_center() -> None:
    asked = [question.slug for question in library.profile().questions]
    assert asked == ["archetype", "focus", "task", "team", "autonomy", "staff", "clients", "market"]
