from dataclasses import replace

from hypothesis import given, settings

from frameworks.definition import Answer, Example, Expectation, Framework, Level, Overall, Rating, Source
from frameworks.difference_tree import Difference, Effect, Part, effects, tree
from tests.frameworks.builders import cell, framework, frameworks, s, two_versions

OLD = framework(cell(1, "a", s("a1"), s("a2")), cell(2, "a", s("a3")), cell(1, "b", s("b1")))


def told(old: Framework | None, new: Framework) -> list[tuple[str, str, str, list[str]]]:
    return [
        (part.sort, part.fate, part.id, [difference.field for difference in part.differences])
        for part in tree(old, new)
    ]


def test_the_same_has_no_differences_whatever_its_number() -> None:
    assert tree(OLD, replace(OLD, version="9.9")) == ()


def test_changed_value_is_told_with_both_texts() -> None:
    new = replace(OLD, cells=(cell(1, "a", replace(s("a1"), text="We always do a1."), s("a2")), *OLD.cells[1:]))
    [part] = tree(OLD, new)
    assert part == Part(
        "statement", "changed", "a1", "We always do a1.", (Difference("text", "We do a1.", "We always do a1."),)
    )
    assert [piece.text for piece in part.differences[0].words if piece.place == "new"] == [" always"]


def test_statement_in_another_cell_is_moved() -> None:
    new = replace(OLD, cells=(cell(1, "a", s("a1")), cell(2, "a", s("a3"), s("a2")), OLD.cells[2]))
    assert ("statement", "moved", "a2", ["level"]) in told(OLD, new)


def test_everything_else_that_can_change_is_told() -> None:
    new = replace(
        OLD,
        summary="Other words.",
        overall=Overall.WEAKEST_PILLAR,
        limits=("Nothing on cost.",),
        sources=(replace(OLD.sources[0], title="Book"), replace(OLD.sources[0], id="more")),
        levels=(Level(1, "Start", ""), OLD.levels[1]),
        pillars=tuple(reversed(OLD.pillars)),
        cells=(replace(OLD.cells[0], fact="More."), OLD.cells[2]),
        examples=(Example("One", {"a1": Answer(Rating.NA, reason="None")}, Expectation(level=0)),),
    )
    assert told(OLD, new) == [
        ("framework", "changed", "sample", ["summary", "overall", "limits"]),
        ("source", "changed", "paper", ["title"]),
        ("source", "added", "more", ["title", "publisher", "published", "confidence"]),
        ("level", "changed", "1", ["name"]),
        ("pillar", "reordered", "", ["order"]),
        ("cell", "changed", "1, a", ["fact"]),
        ("cell", "removed", "2, a", ["basis", "fact", "sources"]),
        ("statement", "removed", "a3", ["text", "essential", "weight", "effort", "required", "level", "pillar"]),
        ("example", "added", "One", ["answers", "expect"]),
    ]


def test_new_framework_is_all_added() -> None:
    assert {fate for _sort, fate, _id, _fields in told(None, OLD)} == {"added"}


def test_examples_that_come_out_otherwise_are_named_with_both_figures() -> None:
    all_of_it = {key: Answer(Rating.F) for key in OLD.statements}
    some = {"a1": Answer(Rating.F), "a2": Answer(Rating.P)}
    old = replace(OLD, examples=(Example("All", all_of_it, Expectation()), Example("Some", some, Expectation())))
    new = replace(old, cells=(cell(1, "a", s("a1", weight=3), s("a2")), *OLD.cells[1:]))
    assert effects(old, new) == (
        Effect("Some", (("level", "0", "1"), ("secured_level", "0", "1"), ("achievement", "0.2222", "0.3333"))),
    )
    assert effects(old, old) == ()


@given(two_versions())
@settings(max_examples=60)
def test_differences_are_empty_only_for_equal_definitions(pair: tuple[Framework, Framework]) -> None:
    old, new = pair
    assert (tree(old, new) == ()) == (replace(old, version=new.version) == new)


@given(frameworks())
@settings(max_examples=30)
def test_definition_has_no_differences_to_itself(same: Framework) -> None:
    assert tree(same, same) == ()


def test_source_address_added() -> None:
    source = Source("paper", "Paper", "Nobody", "2024", OLD.sources[0].confidence, "https://example.org")
    assert told(OLD, replace(OLD, sources=(source,))) == [("source", "changed", "paper", ["url"])]
