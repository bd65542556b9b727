from dataclasses import replace

import pytest

from frameworks.definition import Framework
from frameworks.dumping import dump
from frameworks.importing import bring_in, propose
from frameworks.loading import DefinitionError
from frameworks.models import Version
from tests.factories import make_version, worked_example

pytestmark = pytest.mark.django_db

HEAVIER = replace(
    worked_example(),
    examples=worked_example().examples[:0],
    cells=tuple(
        replace(cell, statements=tuple(replace(statement, weight=3) for statement in cell.statements))
        for cell in worked_example().cells
    ),
)
REWORDED = replace(worked_example(), summary="Other words.")


def file(framework: Framework) -> bytes:
    return dump(framework).encode()


def test_new_framework_is_brought_in_as_a_draft_of_its_own_number() -> None:
    proposal = propose(file(replace(worked_example(), version="2.3")))
    assert (proposal.base, proposal.same, proposal.number) == (None, None, "2.3")
    assert {part.fate for part in proposal.parts} == {"added"}
    assert not Version.objects.exists()
    made = bring_in(proposal)
    assert (made.state, made.definition()) == ("draft", replace(worked_example(), version="2.3"))


def test_exported_version_changes_nothing() -> None:
    version = make_version()
    proposal = propose(file(version.definition()))
    assert (proposal.same, proposal.parts, proposal.effects, proposal.kind) == (version, (), (), "none")


def test_same_file_a_second_time_changes_nothing() -> None:
    make_version()
    made = bring_in(propose(file(REWORDED)))
    assert propose(file(REWORDED)).same == made


@pytest.mark.parametrize(("framework", "kind", "number"), [(REWORDED, "minor", "1.1"), (HEAVIER, "major", "2.0")])
def test_taken_number_gives_the_next_one_by_the_kind_of_change(framework: Framework, kind: str, number: str) -> None:
    version = make_version()
    proposal = propose(file(framework))
    assert (proposal.base, proposal.same, proposal.kind, proposal.number) == (version, None, kind, number)


def test_free_number_is_compared_with_the_newest_published_version() -> None:
    version = make_version()
    proposal = propose(file(replace(REWORDED, version="3.0")))
    assert (proposal.base, proposal.number) == (version, "3.0")
    assert [(part.sort, part.fate) for part in proposal.parts] == [("framework", "changed")]


def test_examples_that_would_come_out_otherwise_are_told() -> None:
    make_version()
    lighter = replace(HEAVIER, cells=(*worked_example().cells[:1], *HEAVIER.cells[1:]))
    assert [effect.example for effect in propose(file(lighter)).effects] != []


def test_broken_file_is_refused_with_line_and_path() -> None:
    with pytest.raises(DefinitionError) as error:
        propose(file(worked_example()).replace(b"entry_level: 0", b"entry_level: 7"))
    [problem] = error.value.problems
    assert (problem.path, problem.message) == ("entry_level", 'expected an integer from 0 to 1, got "7"')
