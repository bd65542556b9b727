"""What the files may say: every key, its kind, its limits and its default. `loading` reads by these declarations and
`dumping` writes by them; `python -m frameworks.schema > docs/framework.schema.json` publishes them for editors."""

import json
from typing import Any

from frameworks.definition import (
    STEPS,
    Action,
    ActionKind,
    Answer,
    Basis,
    Cell,
    Confidence,
    Credit,
    Example,
    Expectation,
    Framework,
    Level,
    OfficialBand,
    Overall,
    Pillar,
    PillarsAre,
    Practice,
    Rating,
    Source,
    Statement,
)
from frameworks.fields import Boolean, Choice, Formatted, Integer, Key, List, Record, ShortOr, Table, Text
from frameworks.profile import OperatingModel, Option, Profile, Question

MAX_LEVELS = 10
MAX_PILLARS = 12
MAX_CELLS = MAX_LEVELS * MAX_PILLARS
MAX_STATEMENTS = 400
MAX_TOTAL = 10_000
PROGRAMME_MONTHS = 24

SLUG = Formatted("[a-z0-9-]{1,60}", "1 to 60 of a-z, 0-9 and -")
VERSION = Formatted(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})", 'a version such as "1.0"')
ADDRESS = Formatted(r"https?://[^\s<>\"]+", "an address that begins with https:// or http://", most=500)
FOUR_DECIMALS = Formatted(r"0\.[0-9]{4}|1\.0000", 'a share with four decimals such as "0.6875"')
LEVEL = Integer(1, MAX_LEVELS)
LEVEL_OR_NONE = Integer(0, MAX_LEVELS)
EFFORT = Integer(1, 3)
NAME = Text(120)
SHORT_NAME = Text(60)
TITLE = Text(300)
PARAGRAPH = Text(2000, one_line=False)
EVIDENCE = List(Text(500), most=20)

SOURCE = Record(
    Source,
    {
        "id": Key(SLUG),
        "title": Key(TITLE),
        "publisher": Key(NAME),
        "published": Key(SHORT_NAME),
        "url": Key(ADDRESS, default=None),
        "confidence": Key(Choice(tuple(Confidence))),
    },
)
BAND = Record(
    OfficialBand,
    {
        "level": Key(LEVEL),
        "from": Key(Integer(0, MAX_TOTAL), attribute="start"),
        "to": Key(Integer(0, MAX_TOTAL), attribute="end"),
    },
)
STATEMENT = Record(
    Statement,
    {
        "key": Key(SLUG),
        "text": Key(Text(200)),
        "help": Key(Text(1000, least=0, one_line=False), default=""),
        "evidence": Key(List(TITLE, most=10), default=()),
        "essential": Key(Boolean(), default=False),
        "weight": Key(Integer(1, 3), default=1),
        "effort": Key(EFFORT, default=2),
        "practice": Key(SLUG, default=None),
        "required": Key(Choice(STEPS[1:]), default=Rating.F),
    },
)
CELL = Record(
    Cell,
    {
        "level": Key(LEVEL),
        "pillar": Key(SLUG),
        "basis": Key(Choice(tuple(Basis))),
        "fact": Key(PARAGRAPH),
        "sources": Key(List(SLUG, most=20, least=1, distinct=True)),
        "statements": Key(List(STATEMENT, most=20), default=()),
    },
)
RATING = Choice(tuple(Rating))
RATED = Record(
    Answer,
    {
        "rating": Key(RATING),
        "note": Key(Text(4000, least=0, one_line=False), default=""),
        "reason": Key(Text(1000, least=0, one_line=False), default=""),
        "evidence": Key(ShortOr(Text(500), EVIDENCE, lambda text: (text,), lambda _: None), default=()),
    },
)
ANSWER = ShortOr(RATING, RATED, Answer, lambda answer: answer.rating if answer == Answer(answer.rating) else None)
ANSWERS = Table(SLUG, ANSWER, most=MAX_STATEMENTS)
EXPECTATION = Record(
    Expectation,
    {
        "level": Key(LEVEL_OR_NONE, default=None),
        "secured_level": Key(LEVEL_OR_NONE, default=None),
        "achievement": Key(FOUR_DECIMALS, default=None),
        "coverage": Key(FOUR_DECIMALS, default=None),
    },
)
EXAMPLE = Record(Example, {"name": Key(NAME), "answers": Key(ANSWERS), "expect": Key(EXPECTATION)})
FRAMEWORK = Record(
    Framework,
    {
        "framework": Key(SLUG, attribute="slug"),
        "version": Key(VERSION),
        "name": Key(NAME),
        "publisher": Key(NAME),
        "summary": Key(PARAGRAPH),
        "limits": Key(List(Text(500), most=20), default=()),
        "licence_note": Key(PARAGRAPH),
        "pillars_are": Key(Choice(tuple(PillarsAre))),
        "entry_level": Key(Integer(0, 1)),
        "overall": Key(Choice(tuple(Overall)), default=Overall.LEVELS),
        "official_bands": Key(List(BAND, most=MAX_LEVELS), default=()),
        "sources": Key(List(SOURCE, most=50, least=1)),
        "levels": Key(
            List(
                Record(Level, {"number": Key(LEVEL), "name": Key(SHORT_NAME), "summary": Key(PARAGRAPH)}),
                most=MAX_LEVELS,
                least=2,
            )
        ),
        "pillars": Key(
            List(
                Record(Pillar, {"slug": Key(SLUG), "name": Key(SHORT_NAME), "summary": Key(PARAGRAPH)}),
                most=MAX_PILLARS,
                least=1,
            )
        ),
        "cells": Key(List(CELL, most=MAX_CELLS, least=1)),
        "examples": Key(List(EXAMPLE, most=30), default=()),
    },
)

PRACTICE = Record(
    Practice,
    {
        "slug": Key(SLUG),
        "name": Key(NAME),
        "summary": Key(PARAGRAPH),
        "extension": Key(Boolean(), default=False),
    },
)
PRACTICES = Record(dict, {"practices": Key(List(PRACTICE, most=200))})

CREDIT = Record(Credit, {"title": Key(TITLE), "note": Key(PARAGRAPH, default="")})
ACTION = Record(
    Action,
    {
        "key": Key(SLUG),
        "kind": Key(Choice(tuple(ActionKind))),
        "title": Key(NAME),
        "detail": Key(PARAGRAPH),
        "owner": Key(NAME),
        "output": Key(TITLE),
        "kpi": Key(TITLE),
        "months": Key(List(Integer(0, PROGRAMME_MONTHS), most=2, least=2), default=None),
        "effort": Key(EFFORT, default=2),
        "practices": Key(List(SLUG, most=20, least=1, distinct=True)),
        "source": Key(CREDIT),
    },
)
ACTIONS = Record(dict, {"actions": Key(List(ACTION, most=500))})

OPTION = Record(
    Option,
    {
        "slug": Key(SLUG),
        "label": Key(NAME),
        "meaning": Key(TITLE),
        "supports": Key(List(SLUG, most=10, distinct=True), default=()),
        "rules_out": Key(List(SLUG, most=10, distinct=True), default=()),
        "defers": Key(List(SLUG, most=20, distinct=True), default=()),
        "because": Key(Text(300, least=0), default=""),
    },
)
PROFILE = Record(
    Profile,
    {
        "operating_models": Key(
            List(
                Record(OperatingModel, {"slug": Key(SLUG), "name": Key(SHORT_NAME), "summary": Key(PARAGRAPH)}),
                most=10,
                least=1,
            )
        ),
        "questions": Key(
            List(
                Record(
                    Question,
                    {
                        "slug": Key(SLUG),
                        "text": Key(Text(200)),
                        "help": Key(Text(300, least=0), default=""),
                        "source": Key(CREDIT),
                        "options": Key(List(OPTION, most=10, least=2)),
                    },
                ),
                most=20,
                least=1,
            )
        ),
    },
)

ANSWERS_FILE = Record(
    dict,
    {
        "framework": Key(SLUG),
        "version": Key(VERSION, default=None),
        "organization": Key(NAME),
        "team": Key(NAME, default=None),
        "target": Key(
            ShortOr(LEVEL, Table(SLUG, LEVEL, most=MAX_PILLARS), lambda level: level, lambda _: None), default=None
        ),
        "answers": Key(ANSWERS),
    },
)


def json_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of a framework file. What spans several values only `loading` checks."""
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Waymark framework"}
    return about | FRAMEWORK.schema()


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))
