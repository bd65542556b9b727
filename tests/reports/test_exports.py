from reports import exports
from tests.factories import WORKED_RATINGS, make_action, make_report
from tests.frameworks.builders import cell, framework, s


def test_json_of_a_report_with_a_next_level() -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2", essential=True, weight=2, practice="testing")))
    report = make_report({"a1": "F"}, model, actions=[make_action("kit", "testing")], team="Claims")
    assert exports.to_json(report) == {
        "framework": "sample",
        "version": "1.0",
        "organization": "Northwind",
        "team": "Claims",
        "level": 1,
        "level_name": "Level 1",
        "level_high": 2,
        "secured_level": 1,
        "position": 1.0,
        "position_high": 2.0,
        "achievement": 0.5,
        "achievement_high": 1.0,
        "coverage": 0.5,
        "complete": False,
        "limited_scope": False,
        "levels": [
            {"level": 1, "achievement": 1.0, "achievement_high": 1.0, "band": "F", "failed_gates": []},
            {"level": 2, "achievement": 0.0, "achievement_high": 1.0, "band": "N", "failed_gates": ["a2"]},
        ],
        "pillars": [
            {
                "slug": "a",
                "level": 1,
                "level_high": 2,
                "secured_level": 1,
                "position": 1.0,
                "position_high": 2.0,
                "achievement": 0.5,
                "achievement_high": 1.0,
                "covered_to": 2,
                "limited_scope": False,
                "cells": [
                    {"level": 1, "achievement": 1.0, "achievement_high": 1.0, "band": "F", "failed_gates": []},
                    {"level": 2, "achievement": 0.0, "achievement_high": 1.0, "band": "N", "failed_gates": ["a2"]},
                ],
            }
        ],
        "gaps": [
            {
                "statement": "a2",
                "pillar": "a",
                "level": 2,
                "rating": None,
                "missing": 2.0,
                "reason": "gate",
                "actions": ["kit"],
            }
        ],
        "next_level": {"number": 2, "effort": 4, "raise": [{"statement": "a2", "from": None, "to": "L"}]},
    }


def test_json_has_null_for_what_there_is_not() -> None:
    shown = exports.to_json(make_report(dict.fromkeys(WORKED_RATINGS, "N")))
    assert (shown["level"], shown["level_name"], shown["team"]) == (0, None, None)
    shown = exports.to_json(make_report(dict.fromkeys(WORKED_RATINGS, "F")))
    assert (shown["gaps"], shown["next_level"]) == ([], None)
    shown = exports.to_json(make_report(dict.fromkeys(WORKED_RATINGS, "F") | {"a3": "NA"}))
    assert shown["pillars"][0]["cells"][1] == {
        "level": 2,
        "achievement": None,
        "achievement_high": None,
        "band": None,
        "failed_gates": [],
    }


def test_text_says_the_result_first_then_the_pillars_then_the_gaps() -> None:
    assert exports.to_text(make_report(WORKED_RATINGS | {"b2": "P"})).splitlines() == [
        "Worked example 1.0",
        "Level 1, Started. Level 1 is secured.",
        "61 % of what this model asks is in place.",
        "2 statements stand in the way of level 2, Practised. Raising 1 statement leads to level 2, Practised.",
        "",
        "Pillar A: 1.3: level 1, and 33 % of level 2 is in place",
        "Pillar B: 1.3: level 1, and 33 % of level 2 is in place",
        "",
        "The second thing of pillar B is in place (Pillar B, level 2): Essential: without it the level does not hold",
        "The third thing of pillar A is in place (Pillar A, level 2): Stands in the way of the next level",
        "The second thing of pillar A is in place (Pillar A, level 1): For later",
    ]
