"""Files strictly read: from YAML text to frozen dataclasses, or to one DefinitionError with every mistake."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from frameworks.checking import (
    actions_problems,
    answer_problems,
    content_problems,
    example_problems,
    practices_problems,
    profile_problems,
    structure_problems,
    target_problems,
)
from frameworks.definition import Action, Answer, Framework, Practice
from frameworks.fields import Entry, Record
from frameworks.problems import REPORTED, DefinitionError, Problem, shown
from frameworks.profile import Profile
from frameworks.schema import ACTIONS, ANSWERS_FILE, FRAMEWORK, PRACTICES, PROFILE
from frameworks.yaml_nodes import read

__all__ = [
    "AnswersFile",
    "DefinitionError",
    "Problem",
    "load",
    "load_actions",
    "load_answers",
    "load_practices",
    "load_profile",
]

type Find = Callable[[str, str | None], Framework | None]
"""The framework with a slug, in a version or, for None, in its newest one; None where there is none."""


@dataclass(frozen=True)
class AnswersFile:
    """A team's answers as a file gives them. `targets` is the level aimed at by pillar slug, {} where none is set."""

    framework: Framework
    organization: str
    team: str | None
    targets: Mapping[str, int]
    answers: Mapping[str, Answer]


def load(text: str | bytes, practices: Collection[str]) -> Framework:
    """A framework file; `practices` are the slugs its statements may name.

    Raises DefinitionError with every mistake, also where an example does not come out as written."""
    problems: list[Problem] = []
    root = FRAMEWORK.read(read(text, problems), problems)
    structure = _first(structure_problems(root))
    problems += structure + _first(content_problems(root, practices))
    problems += [] if structure else _first(example_problems(root))
    return cast(Framework, _built(FRAMEWORK, root, problems))


def load_practices(text: str | bytes) -> tuple[Practice, ...]:
    """A practices file. Raises DefinitionError with every mistake."""
    problems: list[Problem] = []
    root = PRACTICES.read(read(text, problems), problems)
    problems += _first(practices_problems(root))
    return cast(tuple[Practice, ...], _built(PRACTICES, root, problems)["practices"])


def load_actions(text: str | bytes, practices: Collection[str]) -> tuple[Action, ...]:
    """An actions file; `practices` are the slugs an action may advance. Raises DefinitionError with every mistake."""
    problems: list[Problem] = []
    root = ACTIONS.read(read(text, problems), problems)
    problems += _first(actions_problems(root, practices))
    return cast(tuple[Action, ...], _built(ACTIONS, root, problems)["actions"])


def load_profile(text: str | bytes, practices: Collection[str]) -> Profile:
    """A profile file; `practices` are the slugs an answer may let wait. Raises DefinitionError with every mistake."""
    problems: list[Problem] = []
    root = PROFILE.read(read(text, problems), problems)
    problems += _first(profile_problems(root, practices))
    return cast(Profile, _built(PROFILE, root, problems))


def load_answers(text: str | bytes, find: Find) -> AnswersFile:
    """An answers file, read against the framework it names. Raises DefinitionError with every mistake."""
    problems: list[Problem] = []
    root = ANSWERS_FILE.read(read(text, problems), problems)
    slug, version = root["framework"], root["version"]
    framework = find(slug.value, version.value) if slug.readable else None
    problems += _first(_answers_problems(root, framework, find))
    built = _built(ANSWERS_FILE, root, problems)
    assert framework is not None  # else a problem said so
    targets = _targets(built["target"], framework)
    return AnswersFile(framework, built["organization"], built["team"], targets, built["answers"])


def _first(problems: Iterator[Problem]) -> list[Problem]:
    """No more than are reported: looking for what was meant takes time."""
    return list(islice(problems, REPORTED + 1))


def _built(form: Record, root: Entry, problems: list[Problem]) -> Any:
    if problems:
        raise DefinitionError(problems)
    return form.build(root)


def _answers_problems(root: Entry, framework: Framework | None, find: Find) -> Iterator[Problem]:
    if framework is None:
        yield from _unknown_framework(root, find)
        yield from answer_problems(root["answers"], None)
    else:
        yield from target_problems(root["target"], framework)
        yield from answer_problems(root["answers"], framework.statements.keys())


def _unknown_framework(root: Entry, find: Find) -> Iterator[Problem]:
    slug, version = root["framework"], root["version"]
    if slug.readable and find(slug.value, None) is None:
        yield slug.place.problem(f"there is no framework {shown(slug.value)}")
    elif slug.readable and version.readable:
        yield version.place.problem(f"{slug.value} has no version {shown(version.value)}")


def _targets(target: Any, framework: Framework) -> Mapping[str, int]:
    if isinstance(target, int):
        return {pillar.slug: target for pillar in framework.pillars}
    return target or {}
