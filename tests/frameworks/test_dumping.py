from dataclasses import replace

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from frameworks.definition import (
    Answer,
    Basis,
    Cell,
    Confidence,
    Example,
    Expectation,
    Framework,
    Level,
    OfficialBand,
    Overall,
    Pillar,
    PillarsAre,
    Rating,
    Source,
    Statement,
)
from frameworks.dumping import dump
from frameworks.loading import load
from frameworks.schema import json_schema
from tests.frameworks.strategies import PRACTICES, frameworks

SMALL = Framework(
    slug="small",
    version="1.10",
    name="Small: a model",
    publisher="Waymark",
    summary="Short.",
    licence_note="Free.",
    pillars_are=PillarsAre.GROUPED,
    entry_level=1,
    sources=(Source("book", "A book", "Waymark", "2026", Confidence.SECOND_HAND, "https://example.org/book"),),
    levels=(Level(1, "First", "The first."), Level(2, "Second", "The second.")),
    pillars=(Pillar("no", "No", "It is called no."),),
    cells=(
        Cell(1, "no", Basis.FLOOR, "Nothing yet.", ("book",)),
        Cell(
            1,
            "yes",
            Basis.STATED,
            "Number one.\nNumber two.",
            ("book",),
            (
                Statement("a", "A is in place.", "What counts.", ("A page",), True, 3, 1, "prompt-design", Rating.L),
                Statement("b", "B is in place."),
            ),
        ),
    ),
    overall=Overall.WEAKEST_PILLAR,
    limits=("Says nothing about agents, nor about anything else that nobody thought of when it was written down here",),
    official_bands=(OfficialBand(1, 0, 9),),
    examples=(
        Example("None", {}, Expectation()),
        Example("Some", {"a": Answer(Rating.F), "b": Answer(Rating.NA, reason="No B")}, Expectation(2, None, "0.5000")),
    ),
)
SMALL_FILE = """\
# yaml-language-server: $schema=../../docs/framework.schema.json
framework: small
version: "1.10"
name: "Small: a model"
publisher: Waymark
summary: Short.
limits:
  - >-
    Says nothing about agents, nor about anything else that nobody thought of when it was written
    down here
licence_note: Free.
pillars_are: grouped
entry_level: 1
overall: weakest_pillar
official_bands:
  - {level: 1, from: 0, to: 9}
sources:
  - id: book
    title: A book
    publisher: Waymark
    published: "2026"
    url: https://example.org/book
    confidence: second_hand
levels:
  - number: 1
    name: First
    summary: The first.
  - number: 2
    name: Second
    summary: The second.
pillars:
  - slug: "no"
    name: "No"
    summary: It is called no.
cells:
  - level: 1
    pillar: "no"
    basis: floor
    fact: Nothing yet.
    sources: [book]
  - level: 1
    pillar: "yes"
    basis: stated
    fact: >-
      Number one.

      Number two.
    sources: [book]
    statements:
      - key: a
        text: A is in place.
        help: What counts.
        evidence:
          - A page
        essential: true
        weight: 3
        effort: 1
        practice: prompt-design
        required: L
      - key: b
        text: B is in place.
examples:
  - name: None
    answers: {}
    expect: {}
  - name: Some
    answers:
      a: F
      b:
        rating: NA
        reason: No B
    expect: {level: 2, achievement: "0.5000"}
"""


def test_dump_writes_every_key_in_order_and_leaves_defaults_out():
    assert dump(SMALL) == SMALL_FILE


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Plain words, with a comma", "Plain words, with a comma"),
        ("https://example.org/#top", "https://example.org/#top"),
        ("Yes", '"Yes"'),
        ("null", '"null"'),
        ("2024-01-01", '"2024-01-01"'),
        ("0x1F", '"0x1F"'),
        ("Key: value", '"Key: value"'),
        ("Ends with a colon:", '"Ends with a colon:"'),
        ("Number #1", '"Number #1"'),
        (' "quoted" \\ ', '" \\"quoted\\" \\\\ "'),
        ("- dash", '"- dash"'),
        ("Größe 大 😀", "Größe 大 😀"),
        ("x" * 110, "x" * 110),
    ],
)
def test_dump_quotes_a_text_only_where_yaml_would_misread_it(text: str, written: str):
    assert dump(replace(SMALL, name=text)).splitlines()[3] == f"name: {written}"


def test_dump_quotes_a_word_of_no_break_spaces_which_folding_would_drop():
    lines = dump(replace(SMALL, summary="\N{NO-BREAK SPACE}\nOne two")).splitlines()
    assert lines[5] == 'summary: "\N{NO-BREAK SPACE}\\nOne two"'


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_dump_of_any_framework_loads_as_the_same_framework(framework: Framework):
    text = dump(framework)

    assert load(text, PRACTICES) == framework
    assert dump(load(text, PRACTICES)) == text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_dump_of_any_framework_means_the_same_to_other_yaml_readers(framework: Framework):
    file = yaml.safe_load(dump(framework))

    jsonschema.validate(file, json_schema())
    assert file["summary"] == framework.summary
    assert [level["name"] for level in file["levels"]] == [level.name for level in framework.levels]
