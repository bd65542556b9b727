from dataclasses import replace
from random import Random

import pytest

from frameworks.definition import STEPS, Basis, Framework, Overall, Statement
from frameworks.drafting import NameTaken, copy_as, draft, draft_from, next_number
from frameworks.dumping import dump
from frameworks.loading import load
from frameworks.models import Practice, Version
from frameworks.models import Statement as StatementRow
from frameworks.publishing import publish
from tests.factories import make_version, worked_example
from tests.frameworks.builders import cell, framework
from tests.frameworks.strategies import PRACTICES, PUZZLING

pytestmark = pytest.mark.django_db


def test_draft_from_a_version_says_the_same_under_the_next_number() -> None:
    made = draft_from(make_version())
    assert (made.state, made.number) == ("draft", "1.1")
    assert made.definition() == replace(worked_example(), version="1.1")


def test_draft_from_a_version_leaves_the_numbers_of_other_drafts_alone() -> None:
    version = make_version()
    assert [draft_from(version).number, draft_from(version).number] == ["1.1", "1.2"]


def test_copy_is_a_framework_of_its_own() -> None:
    made = copy_as(make_version(), "ours", "Our model")
    assert (made.framework.slug, made.number, made.state) == ("ours", "1.0", "draft")
    assert made.definition() == replace(worked_example(), slug="ours", name="Our model")


def test_copy_under_a_taken_name_is_refused() -> None:
    version = make_version()
    with pytest.raises(NameTaken):
        copy_as(version, "worked-example", "Again")
    assert Version.objects.count() == 1


@pytest.mark.parametrize(("kind", "number"), [("minor", "1.4"), ("none", "1.4"), ("major", "2.0")])
def test_next_number_follows_the_kind_of_change_and_skips_what_is_taken(kind: str, number: str) -> None:
    base = make_version()
    draft(replace(worked_example(), version="1.3"))
    assert next_number("worked-example", base, kind) == number  # type: ignore[arg-type]


def test_first_number_is_1_0() -> None:
    assert next_number("worked-example", None, "major") == "1.0"


def test_history_of_a_draft_begins_with_what_it_was_made_from() -> None:
    made = draft_from(make_version())
    statement = StatementRow.objects.get(version=made, key="a2")
    was = statement.text
    statement.text = "Reworded."
    statement.save()
    newest, first = statement.history.all()
    assert [newest.text, first.text, newest.diff_against(first).changed_fields] == ["Reworded.", was, ["text"]]


def any_text(random: Random) -> str:
    return " ".join(
        random.choices([*PUZZLING, "words", "Ünïcode", "日本", "<b>", "two  spaces"], k=random.randint(1, 9))
    )


def any_statement(random: Random, key: str, may_gate: bool) -> Statement:
    return Statement(
        key,
        any_text(random),
        help=random.choice(["", any_text(random), f"{any_text(random)}\n{any_text(random)}"]),
        evidence=tuple(any_text(random) for _ in range(random.randint(0, 2))),
        essential=may_gate and random.random() < 0.3,
        weight=random.randint(1, 3),
        effort=random.randint(1, 3),
        practice=random.choice([None, *PRACTICES]),
        required=random.choice(STEPS[1:]),
    )


def any_framework(random: Random) -> Framework:
    """Two to four levels, one to three pillars; every cell of the first pillar, some of the others."""
    levels, pillars = range(1, random.randint(2, 4) + 1), ["a", "true", "12"][: random.randint(1, 3)]
    pairs = [(level, pillar) for level in levels for pillar in pillars if pillar == "a" or random.random() < 0.6]
    cells = []
    for level, pillar in pairs:
        basis = random.choice(list(Basis))
        asked = [any_statement(random, f"{pillar}-{level}-{n}", basis.may_gate) for n in range(random.randint(1, 4))]
        cells.append(replace(cell(level, pillar, *asked, basis=basis), fact=any_text(random)))
    made = framework(*cells, entry_level=random.randint(0, 1), overall=random.choice(list(Overall)))
    named = tuple(
        replace(level, name=any_text(random)[:60].rstrip(), summary=any_text(random)) for level in made.levels
    )
    told = tuple(replace(pillar, summary=any_text(random)) for pillar in made.pillars)
    return replace(made, levels=named, pillars=told, limits=(any_text(random),), summary=any_text(random))


def test_rows_of_300_random_definitions_become_a_file_and_the_same_rows_again() -> None:
    Practice.objects.bulk_create(Practice(slug=slug, name=slug) for slug in PRACTICES)
    for number in range(300):
        written = replace(any_framework(Random(number)), slug=f"f{number}")
        rows = draft(written).definition()
        assert rows == written
        assert load(dump(rows), PRACTICES) == written


def test_export_loads_into_an_empty_database_as_the_same_definition() -> None:
    file = dump(make_version().definition())
    before = worked_example()
    loaded = load(file, practices=())
    assert loaded == before
    assert publish(replace(loaded, slug="elsewhere")) is not None
