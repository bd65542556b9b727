import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from frameworks.schema import json_schema

DOCS = Path(__file__).parents[2] / "docs"
GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def document() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((GOLDEN / "worked-example.yaml").read_text(encoding="utf-8"))
    return document


def said(document: dict[str, Any]) -> list[tuple[str, str]]:
    errors = jsonschema.Draft202012Validator(json_schema()).iter_errors(document)
    return [(error.json_path, error.message) for error in errors]


def test_published_schema_is_current():
    published = (DOCS / "framework.schema.json").read_text(encoding="utf-8")

    assert published == json.dumps(json_schema(), indent=2) + "\n", (
        "run: python -m frameworks.schema > docs/framework.schema.json"
    )


def test_schema_is_valid_json_schema():
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_schema_takes_a_good_file(document: dict[str, Any]):
    assert said(document) == []


def test_schema_refuses_a_weight_out_of_range(document: dict[str, Any]):
    document["cells"][3]["statements"][0]["weight"] = 4

    assert said(document) == [("$.cells[3].statements[0].weight", "4 is greater than the maximum of 3")]


def test_schema_refuses_an_unknown_key(document: dict[str, Any]):
    document["limit"] = []

    assert [path for path, _ in said(document)] == ["$"]


def test_schema_refuses_a_missing_key(document: dict[str, Any]):
    del document["levels"][0]["name"]

    assert said(document) == [("$.levels[0]", "'name' is a required property")]


def test_schema_gives_defaults_for_editors_to_complete():
    statement = json_schema()["properties"]["cells"]["items"]["properties"]["statements"]["items"]["properties"]

    assert {name: field["default"] for name, field in statement.items() if "default" in field} == {
        "help": "",
        "evidence": [],
        "essential": False,
        "weight": 1,
        "effort": 2,
        "required": "F",
    }
