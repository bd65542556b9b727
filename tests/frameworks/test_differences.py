from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks.definition import Basis, Example, Expectation, Framework, Level, OfficialBand, Overall, Pillar, Rating
from frameworks.differences import Changed, Changes, Parts, Piece, Placed, compare, words
from tests.frameworks.builders import cell, framework, frameworks, s, two_versions

OLD = framework(cell(1, "a", s("a1"), s("a2")), cell(2, "a", s("a3")), cell(1, "b", s("b1")))


def changed(key: str, **fields: Any) -> Framework:
    """OLD with another statement of this key, in its place."""
    return replace(
        OLD,
        cells=tuple(
            replace(
                each,
                statements=tuple(replace(asked, **fields) if asked.key == key else asked for asked in each.statements),
            )
            for each in OLD.cells
        ),
    )


def keys(changes: Changes) -> dict[str, list[str]]:
    """The statements in each of the six lists that is not empty."""
    pairs = {name: [pair.new for pair in getattr(changes, name)] for name in ("reworded", "rescored", "moved")}
    lists = {"kept": changes.kept, **pairs, "new": changes.new, "removed": changes.removed}
    return {name: [placed.statement.key for placed in found] for name, found in lists.items() if found}


# Two texts


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("We log.", "We log.", "We log."),
        ("We log prompts.", "We log all prompts.", "We log [+all ]prompts."),
        ("We log, always.", "We log.", "We log[-, always]."),
        ("One way", "Another way", "[-One][+Another] way"),
        ("", "New", "[+New]"),
        ("Old", "", "[-Old]"),
        ("", "", ""),
    ],
)
def test_words_tell_what_came_and_what_went(old: str, new: str, pieces: str) -> None:
    marks = {"both": "{}", "old": "[-{}]", "new": "[+{}]"}
    assert "".join(marks[piece.place].format(piece.text) for piece in words(old, new)) == pieces


@given(st.text(alphabet="ab .\n", max_size=30), st.text(alphabet="ab .\n", max_size=30))
@settings(max_examples=100)
def test_words_make_both_texts_again(old: str, new: str) -> None:
    def side(place: str) -> str:
        return "".join(piece.text for piece in words(old, new) if piece.place in ("both", place))

    assert (side("old"), side("new")) == (old, new)
    assert all(isinstance(piece, Piece) and piece.text for piece in words(old, new))


# Two versions


def test_same_version_keeps_everything() -> None:
    changes = compare(OLD, replace(OLD, version="1.1"))
    assert keys(changes) == {"kept": ["a1", "a2", "a3", "b1"]}
    assert (changes.levels, changes.pillars) == (Parts((), (), ()), Parts((), (), ()))
    assert changes.kind == "none"


@pytest.mark.parametrize("fields", [{"text": "We always do a1."}, {"help": "Every time."}])
def test_statement_in_other_words_is_reworded(fields: dict[str, str]) -> None:
    new = changed("a1", **fields)
    changes = compare(OLD, new)
    assert keys(changes) == {"kept": ["a2", "a3", "b1"], "reworded": ["a1"]}
    [pair] = changes.reworded
    assert pair == Changed(Placed(OLD.statements["a1"], 1, "a"), Placed(new.statements["a1"], 1, "a"))
    assert (pair.is_reworded, pair.is_rescored, pair.is_moved) == (True, False, False)
    assert changes.kind == "minor"


@pytest.mark.parametrize(
    "fields", [{"weight": 2}, {"essential": True}, {"effort": 3}, {"practice": "prompts"}, {"required": Rating.L}]
)
def test_statement_that_counts_differently_is_rescored(fields: dict[str, Any]) -> None:
    changes = compare(OLD, changed("a1", **fields))
    assert keys(changes) == {"kept": ["a2", "a3", "b1"], "rescored": ["a1"]}
    assert (changes.rescored[0].is_reworded, changes.rescored[0].is_rescored) == (False, True)
    assert changes.kind == "major"


def test_statement_reworded_and_rescored_is_listed_as_reworded_and_knows_both() -> None:
    changes = compare(OLD, changed("a1", text="We always do a1.", weight=3))
    assert keys(changes) == {"kept": ["a2", "a3", "b1"], "reworded": ["a1"]}
    assert (changes.reworded[0].is_reworded, changes.reworded[0].is_rescored) == (True, True)
    assert changes.kind == "major"


def test_statement_with_other_examples_of_evidence_is_kept() -> None:
    changes = compare(OLD, changed("a1", evidence=("Minutes",)))
    assert keys(changes) == {"kept": ["a1", "a2", "a3", "b1"]}
    assert changes.kind == "minor"


@pytest.mark.parametrize(("level", "pillar"), [(2, "a"), (1, "b")])
def test_statement_at_another_level_or_in_another_pillar_is_moved(level: int, pillar: str) -> None:
    before = framework(cell(1, "a", s("a1"), s("a2")), cell(2, "a", s("a3")), cell(1, "b", s("b1")))
    moved = replace(s("a2"), text="We always do a2.")
    cells = [(1, "a", [s("a1")]), (2, "a", [s("a3")]), (1, "b", [s("b1")])]
    after = framework(*(cell(n, p, *asked, *([moved] if (n, p) == (level, pillar) else [])) for n, p, asked in cells))
    changes = compare(before, after)
    assert keys(changes) == {"kept": ["a1", "a3", "b1"], "moved": ["a2"]}
    assert changes.moved == (Changed(Placed(s("a2"), 1, "a"), Placed(moved, level, pillar)),)
    assert (changes.moved[0].is_moved, changes.moved[0].is_reworded) == (True, True)
    assert changes.kind == "major"


def test_new_and_removed_statements_bring_their_places() -> None:
    after = framework(cell(1, "a", s("a1")), cell(2, "a", s("a3"), s("a4")), cell(1, "b", s("b1")))
    changes = compare(OLD, after)
    assert keys(changes) == {"kept": ["a1", "a3", "b1"], "new": ["a4"], "removed": ["a2"]}
    assert (changes.new, changes.removed) == ((Placed(s("a4"), 2, "a"),), (Placed(s("a2"), 1, "a"),))
    assert changes.kind == "major"


def test_levels_and_pillars_are_added_removed_and_renamed() -> None:
    after = replace(
        OLD,
        levels=(Level(1, "Start", ""), Level(2, "Level 2", "Said better."), Level(3, "Level 3", "")),
        pillars=(Pillar("a", "Prompts", ""), Pillar("c", "C", "")),
    )
    changes = compare(OLD, after)
    assert changes.levels == Parts((Level(3, "Level 3", ""),), (), ((Level(1, "Level 1", ""), Level(1, "Start", "")),))
    assert changes.pillars == Parts(
        (Pillar("c", "C", ""),), (Pillar("b", "B", ""),), ((Pillar("a", "A", ""), Pillar("a", "Prompts", "")),)
    )
    assert compare(after, OLD).levels.removed == (Level(3, "Level 3", ""),)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "none"),
        ({"summary": "Said better."}, "minor"),
        ({"limits": ("Says nothing on cost.",)}, "minor"),
        ({"levels": (Level(1, "Start", ""), Level(2, "Level 2", ""))}, "minor"),
        ({"pillars": (Pillar("b", "B", ""), Pillar("a", "A", ""))}, "minor"),
        ({"cells": tuple(replace(each, basis=Basis.INFERRED) for each in OLD.cells)}, "minor"),
        ({"cells": tuple(reversed(OLD.cells))}, "minor"),
        ({"examples": (Example("None yet", {}, Expectation()),)}, "minor"),
        ({"cells": (*OLD.cells, cell(2, "b", basis=Basis.FLOOR))}, "major"),
        ({"levels": (*OLD.levels, Level(3, "Level 3", ""))}, "major"),
        ({"pillars": (*OLD.pillars, Pillar("c", "C", ""))}, "major"),
        ({"entry_level": 1}, "major"),
        ({"overall": Overall.WEAKEST_PILLAR}, "major"),
        ({"official_bands": (OfficialBand(1, 0, 9),)}, "major"),
    ],
)
def test_kind_is_minor_for_words_and_major_for_structure_and_scoring(fields: dict[str, Any], kind: str) -> None:
    assert compare(OLD, replace(OLD, version="7.3", **fields)).kind == kind


def test_two_frameworks_are_not_compared() -> None:
    with pytest.raises(ValueError, match="sample and other are not versions of one framework"):
        compare(OLD, replace(OLD, slug="other"))


@given(two_versions())
@settings(max_examples=60)
def test_every_statement_is_in_exactly_one_list(pair: tuple[Framework, Framework]) -> None:
    old, new = pair
    listed = [key for found in keys(compare(old, new)).values() for key in found]
    assert sorted(listed) == sorted(old.statements.keys() | new.statements.keys())


@given(two_versions())
@settings(max_examples=60)
def test_there_and_back_swaps_new_and_removed(pair: tuple[Framework, Framework]) -> None:
    there, back = compare(*pair), compare(*reversed(pair))
    assert (there.new, there.removed, there.kind) == (back.removed, back.new, back.kind)
    assert {(each.old, each.new) for each in there.moved} == {(each.new, each.old) for each in back.moved}


@given(frameworks())
@settings(max_examples=30)
def test_version_compared_with_itself_keeps_all(same: Framework) -> None:
    changes = compare(same, same)
    assert changes.kind == "none"
    assert keys(changes) == {"kept": list(same.statements)}
