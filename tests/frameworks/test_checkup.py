from dataclasses import replace

import pytest

from frameworks.checkup import Finding, check, remember
from frameworks.definition import Pillar
from frameworks.drafting import draft
from frameworks.models import Example, Level, Statement, Version
from tests.factories import make_bundled_version, make_version, worked_example
from tests.frameworks.builders import cell, framework, s

pytestmark = pytest.mark.django_db

NO_ACTION = "It names no practice, so a gap here gets no action."
NO_EXAMPLE = "There is no worked example, so nothing shows that the scoring is as you mean it."


def test_bundled_framework_has_neither_mistakes_nor_warnings() -> None:
    found = check(make_bundled_version())
    assert (found.mistakes, found.warnings) == ((), ())


def test_mistake_has_the_place_it_would_have_in_a_file() -> None:
    made = draft(replace(worked_example(), version="1.1"))
    Statement.objects.filter(version=made, key="b2").update(weight=7)
    [mistake] = check(made).mistakes
    assert mistake == Finding("cells[3].statements[0].weight", 'expected an integer from 1 to 3, got "7"')


def test_draft_without_anything_is_told_all_it_lacks() -> None:
    made = draft(replace(worked_example(), version="1.1"))
    Level.objects.filter(version=made).delete()
    Example.objects.filter(version=made).delete()
    assert [(found.path, found.message) for found in check(made).mistakes] == [
        ("levels", "expected 2 to 10 items, got 0"),
        ("cells", "expected 1 to 120 items, got 0"),
    ]


def test_example_that_no_longer_comes_out_is_a_mistake() -> None:
    made = draft(replace(worked_example(), version="1.1"))
    Statement.objects.filter(version=made, key="a1").update(weight=3)
    assert {found.path.split(".")[0] for found in check(made).mistakes} == {"examples[0]", "examples[1]"}


def test_doubtful_things_are_warnings() -> None:
    asked = replace(s("a1"), text=" ".join(["word"] * 26))
    twice = (replace(s("a2"), text="We do  it."), replace(s("a3"), text="we do it."))
    doubtful = framework(cell(1, "a", asked, *twice, replace(s("a4"), text="This and/or that")))
    doubtful = replace(
        doubtful,
        pillars=(*doubtful.pillars, Pillar("b", "B", "")),
        sources=(doubtful.sources[0], replace(doubtful.sources[0], id="idle")),
    )
    found = [(finding.path, finding.message) for finding in check(draft(doubtful)).warnings]
    assert found == [
        ("examples", NO_EXAMPLE),
        ("sources[1]", "No cell cites this source."),
        ("pillars[1]", "Nothing is asked in this pillar."),
        ("cells[0].statements[0]", "More than 25 words: people read it twice."),
        ("cells[0].statements[0]", NO_ACTION),
        ("cells[0].statements[1]", NO_ACTION),
        ("cells[0].statements[2]", NO_ACTION),
        ("cells[0].statements[3]", "“and/or” asks two things at once."),
        ("cells[0].statements[3]", NO_ACTION),
        ("cells[0].statements[1]", "Another statement says the same."),
        ("cells[0].statements[2]", "Another statement says the same."),
    ]


def test_counts_are_remembered_of_drafts_alone() -> None:
    version = make_version()
    made = draft(replace(worked_example(), version="1.1"))
    Statement.objects.filter(version=made, key="b2").update(weight=7)
    remember(version)
    remember(made)
    assert list(Version.objects.values_list("mistakes", "warnings")) == [(None, None), (1, 5)]
