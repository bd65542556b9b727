"""What the bundled Microsoft and DataStax files must say, and what practices and actions must offer for them."""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from frameworks.definition import Action, Basis, Cell, Framework, Overall, PillarsAre, Practice, Rating, Statement
from frameworks.loading import load, load_actions, load_practices
from frameworks.planning import actions_for
from frameworks.scoring import score

FIXTURES = Path(__file__).parents[2] / "fixtures"
PRACTICES: tuple[Practice, ...] = load_practices((FIXTURES / "practices.yaml").read_bytes())
SLUGS = {practice.slug for practice in PRACTICES}
ACTIONS: tuple[Action, ...] = load_actions((FIXTURES / "actions.yaml").read_bytes(), SLUGS)


def framework(slug: str) -> Framework:
    return load((FIXTURES / "frameworks" / f"{slug}.yaml").read_bytes(), SLUGS)


MICROSOFT = framework("microsoft-genaiops")
DATASTAX = framework("datastax-genai")

# Practices that several models treat as the core of a level: only they may stand behind an essential statement.
CORE_PRACTICES = {
    "acceptable-use",
    "ai-security",
    "automated-alerts",
    "automated-tests",
    "basic-evaluation",
    "business-value",
    "content-safety",
    "cost-management",
    "ethics-reviews",
    "feedback-loop",
    "learning-culture",
    "model-selection",
    "privacy-protection",
    "production-monitoring",
    "prompt-design",
    "prompt-library",
    "quality-metrics",
    "release-pipeline",
    "responsible-ai-governance",
    "retrieval-augmented-generation",
    "strategy-roadmap",
    "version-control",
}

both = pytest.mark.parametrize("model", [MICROSOFT, DATASTAX], ids=lambda model: model.slug)


def cells_of(model: Framework) -> dict[str, set[int]]:
    """The levels each pillar covers."""
    return {pillar.slug: {cell.level for cell in model.in_pillar(pillar.slug)} for pillar in model.pillars}


def bases_of(model: Framework, basis: Basis) -> set[tuple[str, int]]:
    return {(cell.pillar, cell.level) for cell in model.cells if cell.basis is basis}


def below_the_top(model: Framework) -> Iterator[Statement]:
    for cell in model.cells:
        if cell.level < len(model.levels):
            yield from cell.statements


def essentials(model: Framework) -> dict[str, Statement]:
    return {key: statement for key, statement in model.statements.items() if statement.essential}


def example(model: Framework, start: str) -> dict[str, Rating]:
    return next(example.ratings for example in model.examples if example.name.startswith(start))


def test_microsoft_levels_are_its_own_in_order() -> None:
    assert [(level.number, level.name) for level in MICROSOFT.levels] == [
        (1, "Initial"),
        (2, "Defined"),
        (3, "Managed"),
        (4, "Optimized"),
    ]
    assert (MICROSOFT.entry_level, MICROSOFT.overall, MICROSOFT.pillars_are) == (1, Overall.LEVELS, PillarsAre.GROUPED)


def test_datastax_levels_are_its_own_in_order() -> None:
    assert [(level.number, level.name) for level in DATASTAX.levels] == [
        (1, "Beginning"),
        (2, "Responsive"),
        (3, "Proactive"),
        (4, "Leading"),
    ]
    assert (DATASTAX.entry_level, DATASTAX.overall) == (1, Overall.WEAKEST_PILLAR)
    assert DATASTAX.pillars_are is PillarsAre.OFFICIAL


def test_microsoft_covers_every_cell_but_organization_at_level_2() -> None:
    assert cells_of(MICROSOFT) == {
        "prompts": {1, 2, 3, 4},
        "augmentation": {1, 2, 3, 4},
        "evaluation": {1, 2, 3, 4},
        "deployment": {1, 2, 3, 4},
        "monitoring": {1, 2, 3, 4},
        "organization": {1, 3, 4},
    }


def test_datastax_covers_fourteen_cells() -> None:
    assert cells_of(DATASTAX) == {
        "contextualization": {1, 2, 3, 4},
        "architecture": {1, 2, 3},
        "culture-talent": {2, 3, 4},
        "trust": {1, 2, 3, 4},
    }


def test_microsoft_cells_say_how_well_they_are_supported() -> None:
    assert bases_of(MICROSOFT, Basis.FLOOR) == {("evaluation", 1), ("deployment", 1), ("monitoring", 1)}
    assert bases_of(MICROSOFT, Basis.WEAK) == {
        ("organization", 1),
        ("deployment", 2),
        ("monitoring", 2),
        ("augmentation", 3),
        ("organization", 3),
    }
    assert len(bases_of(MICROSOFT, Basis.STATED)) == 15


def test_datastax_cells_are_inferred_where_the_account_names_no_pillar() -> None:
    assert bases_of(DATASTAX, Basis.STATED) == {("architecture", 1), ("trust", 3), ("trust", 4)}
    assert len(bases_of(DATASTAX, Basis.INFERRED)) == 11


@pytest.mark.parametrize(
    ("total", "level"), [(0, 1), (9, 1), (10, 2), (14, 2), (15, 3), (19, 3), (20, 4), (28, 4), (29, None)]
)
def test_microsoft_official_total_maps_to_its_band(total: int, level: int | None) -> None:
    assert MICROSOFT.official_level(total) == level


def test_datastax_has_no_official_bands() -> None:
    assert DATASTAX.official_bands == ()


@pytest.mark.parametrize(
    ("model", "counts"),
    [(MICROSOFT, [8, 12, 16, 16]), (DATASTAX, [7, 9, 9, 7])],
    ids=["microsoft-genaiops", "datastax-genai"],
)
def test_statements_are_spread_over_the_levels(model: Framework, counts: list[int]) -> None:
    assert [len(list(model.at_level(level.number))) for level in model.levels] == counts


@both
def test_cell_asks_three_things_at_most(model: Framework) -> None:
    assert [cell.fact for cell in model.cells if len(cell.statements) > 3] == []


@both
def test_key_names_pillar_and_level(model: Framework) -> None:
    assert [
        statement.key
        for cell in model.cells
        for statement in cell.statements
        if not re.fullmatch(rf"{cell.pillar}-{cell.level}-[a-z]+", statement.key)
    ] == []


@both
def test_statement_text_is_one_short_sentence(model: Framework) -> None:
    assert [
        text
        for text in (statement.text for statement in model.statements.values())
        if len(text.split()) > 20 or not text.endswith(".") or text.count(".") > 1
    ] == []


@both
def test_statement_text_asks_one_thing(model: Framework) -> None:
    joined = re.compile(r"\b(and|or|fully|partially|partly)\b|/", re.IGNORECASE)
    assert [key for key, statement in model.statements.items() if joined.search(statement.text)] == []


def test_no_two_statements_share_a_text() -> None:
    texts = [statement.text for model in (MICROSOFT, DATASTAX) for statement in model.statements.values()]
    assert len(set(texts)) == len(texts) == 84


@both
def test_statement_has_help_and_two_or_three_pieces_of_evidence(model: Framework) -> None:
    assert [
        key
        for key, statement in model.statements.items()
        if not statement.help or len(statement.evidence) not in (2, 3) or not all(statement.evidence)
    ] == []


@both
def test_effort_and_weight_tell_statements_apart(model: Framework) -> None:
    assert {statement.effort for statement in model.statements.values()} == {1, 2, 3}
    assert {statement.weight for statement in model.statements.values()} == {1, 2}


def test_microsoft_essentials_are_these() -> None:
    assert list(essentials(MICROSOFT)) == [
        "prompts-1-simple",
        "augmentation-1-trial",
        "prompts-2-templates",
        "augmentation-2-rag",
        "evaluation-2-metrics",
        "prompts-3-trace",
        "evaluation-3-batch",
        "deployment-3-ci",
        "monitoring-3-metrics",
        "evaluation-4-cost",
        "deployment-4-approval",
        "monitoring-4-drift",
        "organization-4-realign",
    ]


def test_datastax_essentials_are_these_and_none_at_level_4() -> None:
    assert list(essentials(DATASTAX)) == [
        "contextualization-1-foundation",
        "trust-1-access",
        "architecture-2-vectors",
        "trust-2-guardrails",
        "contextualization-3-feedback",
        "architecture-3-tests",
        "trust-3-ethics",
    ]


@both
def test_essential_stands_for_a_core_practice_on_a_cell_that_may_gate(model: Framework) -> None:
    assert {statement.practice for statement in essentials(model).values()} <= CORE_PRACTICES
    assert [key for key in essentials(model) if not model.cell_of[key].basis.may_gate] == []


@both
def test_cell_has_one_essential_at_most(model: Framework) -> None:
    def count(cell: Cell) -> int:
        return sum(statement.essential for statement in cell.statements)

    assert [cell.fact for cell in model.cells if count(cell) > 1] == []


@both
def test_statement_names_a_practice_of_the_scored_catalog(model: Framework) -> None:
    scored = {practice.slug for practice in PRACTICES if not practice.extension}
    assert [key for key, statement in model.statements.items() if statement.practice not in scored] == []


@both
def test_required_rating_never_falls_as_a_practice_recurs(model: Framework) -> None:
    asked: dict[str, list[Fraction]] = {}
    for level in model.levels:
        for statement in model.at_level(level.number):
            asked.setdefault(str(statement.practice), []).append(statement.required.worth or Fraction(0))
    assert {practice for practice, worths in asked.items() if worths != sorted(worths)} == set()
    assert {worths[-1] for worths in asked.values()} == {Fraction(1)}


@both
def test_statement_below_the_top_level_reaches_two_actions(model: Framework) -> None:
    assert [statement.key for statement in below_the_top(model) if len(actions_for(statement, ACTIONS)) < 2] == []


@both
def test_statement_at_the_top_level_reaches_an_action(model: Framework) -> None:
    top = model.at_level(len(model.levels))
    assert [statement.key for statement in top if not actions_for(statement, ACTIONS)] == []


@both
def test_examples_show_all_nothing_and_a_gate(model: Framework) -> None:
    names = [example.name for example in model.examples]
    assert names[:2] == ["Everything is in place", "Nothing is in place"]
    assert len(names) >= 4


@both
def test_example_with_everything_in_place_reaches_the_top(model: Framework) -> None:
    result = score(model, example(model, "Everything"))
    assert (result.level, result.secured_level, result.achievement, result.coverage) == (4, 4, Fraction(1), Fraction(1))


@both
def test_example_with_nothing_in_place_stays_at_the_entry_level(model: Framework) -> None:
    result = score(model, example(model, "Nothing"))
    assert (result.level, result.secured_level, result.achievement, result.coverage) == (1, 1, Fraction(0), Fraction(1))


@pytest.mark.parametrize(
    ("model", "gate"),
    [(MICROSOFT, "deployment-3-ci"), (DATASTAX, "trust-3-ethics")],
    ids=["microsoft-genaiops", "datastax-genai"],
)
def test_one_missing_essential_keeps_a_high_average_from_level_3(model: Framework, gate: str) -> None:
    ratings = example(model, "Level 3 in almost everything")
    assert ratings[gate] is Rating.P
    assert score(model, ratings).level == 2
    assert score(model, ratings | {gate: Rating.L}).level == 3


@both
def test_an_example_has_a_rating_that_is_not_known_and_one_that_does_not_apply(model: Framework) -> None:
    mixed = [list(example.ratings.values()) for example in model.examples]
    assert [ratings.count(Rating.DK) for ratings in mixed if Rating.NA in ratings] == [1]


@both
def test_framework_says_where_it_ends_and_whose_it_is(model: Framework) -> None:
    assert any("agents" in limit for limit in model.limits)
    assert f"no endorsement by {model.publisher} is implied" in " ".join(model.licence_note.split())


def test_practices_are_sixty_with_three_extensions() -> None:
    assert len(PRACTICES) == 60
    assert {practice.slug for practice in PRACTICES if practice.extension} == {
        "bounded-agents",
        "vendor-independence",
        "ip-due-diligence",
    }


def test_action_titles_are_short_and_unique() -> None:
    titles = [action.title for action in ACTIONS]
    assert [title for title in titles if len(title) > 70 or title.endswith(".")] == []
    assert len(set(titles)) == len(titles)


def test_pitfall_says_what_to_avoid() -> None:
    pitfalls = [action.title for action in ACTIONS if action.kind == "pitfall"]
    assert len(pitfalls) >= 3
    assert [title for title in pitfalls if not title.startswith("Do not ")] == []


def test_action_is_complete_and_credited() -> None:
    assert [
        action.key
        for action in ACTIONS
        if not all((action.detail, action.owner, action.output, action.kpi, action.practices, action.source.note))
    ] == []


def test_figure_in_a_roadmap_kpi_is_marked_as_an_editable_default() -> None:
    roadmap = [action for action in ACTIONS if action.source.title == "GenAI implementation roadmap"]
    assert len(roadmap) == 20
    figures = [action for action in roadmap if re.search(r"\d", action.kpi)]
    assert [action.key for action in figures if "editable defaults" not in action.source.note] == []
