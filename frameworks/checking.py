"""The rules of a file that span several of its values. Each check skips what could not be read, so that one mistake is
reported once."""

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from frameworks.definition import Basis, Framework, Rating
from frameworks.fields import Entry
from frameworks.problems import Place, Problem, meant, shown
from frameworks.schema import FRAMEWORK, MAX_STATEMENTS
from frameworks.scoring import Score, decimal, score


def structure_problems(root: Entry) -> Iterator[Problem]:
    """What scoring rests on: levels, pillars, the cells between them, and the keys of the statements."""
    problems = [
        *_repeated(root["pillars"], "slug"),
        *_level_problems(root["levels"]),
        *_dangling((cell["level"] for cell in root["cells"]), _level_numbers(root), "level"),
        *_dangling((cell["pillar"] for cell in root["cells"]), _values(root["pillars"], "slug"), "pillar"),
        *_repeated(root["cells"], "level", "pillar"),
        *_bare_cells(root["cells"]),
        *_repeated(_statements(root), "key"),
    ]
    yield from problems or _empty_levels(root)


def content_problems(root: Entry, practices: Collection[str]) -> Iterator[Problem]:
    """All other rules but the examples' figures."""
    yield from _repeated(root["sources"], "id")
    for cell in root["cells"]:
        yield from _dangling(cell["sources"], _values(root["sources"], "id"), "source")
        yield from _idle_gates(cell)
    yield from _statement_problems(root, practices)
    yield from _band_problems(root)
    for example in root["examples"]:
        yield from answer_problems(example["answers"], _statement_keys(root))


def _level_problems(levels: Entry) -> Iterator[Problem]:
    if repeated := list(_repeated(levels, "number")):
        yield from repeated
    else:
        yield from _gap(levels)


def _gap(levels: Entry) -> Iterator[Problem]:
    for position, level in enumerate(levels, start=1):
        if (number := level["number"]).value not in (None, position):
            yield number.place.problem(f"levels are numbered 1, 2, 3 …: expected {position}, got {number.value}")
            return


def _level_numbers(root: Entry) -> Collection[int] | None:
    """None where the levels' own mistakes come first."""
    numbers = [level["number"].value for level in root["levels"]]
    return numbers if numbers and numbers == list(range(1, len(numbers) + 1)) else None


def _empty_levels(root: Entry) -> Iterator[Problem]:
    if not all(_readable(cell["level"], cell["statements"]) for cell in root["cells"]) or not root["cells"].value:
        return
    covered = {cell["level"].value for cell in root["cells"] if cell["statements"].value}
    for level in root["levels"]:
        if (number := level["number"]).readable and number.value not in covered:
            yield level.place.problem(f"level {number.value} has no statement: every level needs at least one")


def _bare_cells(cells: Entry) -> Iterator[Problem]:
    for cell in cells:
        if cell["basis"].value not in (None, Basis.FLOOR) and cell["statements"].value == ():
            yield cell["statements"].place.problem("expected at least one statement: only a floor cell may have none")


def _idle_gates(cell: Entry) -> Iterator[Problem]:
    basis: Basis | None = cell["basis"].value
    for statement in cell["statements"]:
        if statement["essential"].value and basis and not basis.may_gate:
            message = f"only a statement of a stated or inferred cell may be essential, this cell is {basis}"
            yield statement["essential"].place.problem(message)


def _statement_problems(root: Entry, practices: Collection[str]) -> Iterator[Problem]:
    statements = _statements(root)
    yield from _dangling((statement["practice"] for statement in statements), practices, "practice")
    if len(statements) > MAX_STATEMENTS:
        yield root["cells"].place.problem(f"expected at most {MAX_STATEMENTS} statements, got {len(statements)}")


def _statement_keys(root: Entry) -> Collection[str] | None:
    """None where some statement cannot be read, or two are called the same."""
    return _values(_statements(root), "key") if _readable(*(cell["statements"] for cell in root["cells"])) else None


def _statements(root: Entry) -> list[Entry]:
    return [statement for cell in root["cells"] for statement in cell["statements"]]


def _band_problems(root: Entry) -> Iterator[Problem]:
    bands = [band for band in root["official_bands"] if band.readable]
    yield from _dangling((band["level"] for band in bands), _level_numbers(root), "level")
    for band in bands:
        if _readable(band["from"], band["to"]) and band["from"].value > band["to"].value:
            yield band.place.problem(f"from {band['from'].value} to {band['to'].value} is empty")
    for before, band in pairwise(bands):
        yield from _step_problems(before, band)


def _step_problems(before: Entry, band: Entry) -> Iterator[Problem]:
    start, end = band["from"], before["to"]
    if _readable(start, end) and start.value != end.value + 1:
        yield start.place.problem(f"bands follow one another: expected {end.value + 1}, got {start.value}")
    if _readable(before["level"], band["level"]) and band["level"].value <= before["level"].value:
        message = f"bands rise: expected a level above {before['level'].value}, got {band['level'].value}"
        yield band["level"].place.problem(message)


def practices_problems(root: Entry) -> Iterator[Problem]:
    yield from _repeated(root["practices"], "slug")


def actions_problems(root: Entry, practices: Collection[str]) -> Iterator[Problem]:
    yield from _repeated(root["actions"], "key")
    for action in root["actions"]:
        yield from _dangling(action["practices"], practices, "practice")
        months = list(action["months"])
        if len(months) == 2 and _readable(*months) and months[0].value > months[1].value:
            yield action["months"].place.problem("expected the first month, then the last")


def profile_problems(root: Entry, practices: Collection[str]) -> Iterator[Problem]:
    yield from _repeated(root["operating_models"], "slug")
    yield from _repeated(root["questions"], "slug")
    for question in root["questions"]:
        yield from _repeated(question["options"], "slug")
        for option in question["options"]:
            for named in (option["supports"], option["rules_out"]):
                yield from _dangling(named, _values(root["operating_models"], "slug"), "operating model")
            yield from _dangling(option["defers"], practices, "practice")
            if not option["because"].value and any(list(option[key]) for key in ("supports", "rules_out", "defers")):
                yield option.place.problem("an answer that changes advice says why: because is missing")


def answer_problems(answers: Entry, keys: Collection[str] | None) -> Iterator[Problem]:
    """`keys`: the statements there are, None where that is unknown."""
    for key, answer in answers.pairs.items():
        if keys is not None and key not in keys:
            yield answer.place.problem(f"there is no statement {shown(key)}{meant(key, keys)}")
        if _lacks_reason(answer):
            yield answer.place.problem("NA needs a reason: {rating: NA, reason: …}")


def _rating(answer: Entry) -> Any:
    """The Rating of an answer in its short or full form, None where it cannot be read."""
    return answer["rating"].value if answer.pairs else answer.value


def _lacks_reason(answer: Entry) -> bool:
    reason = answer["reason"]
    return _rating(answer) is Rating.NA and (not answer.pairs or (reason.readable and not reason.value.strip()))


def target_problems(target: Entry, framework: Framework) -> Iterator[Problem]:
    """`target` is one level for all pillars, or a mapping of pillar to level."""
    pillars = [pillar.slug for pillar in framework.pillars]
    for slug, level in target.pairs.items():
        if slug not in pillars:
            yield level.place.problem(f"there is no pillar {shown(slug)}{meant(slug, pillars)}")
    for level in target.pairs.values() or [target]:
        if level.readable and level.value not in range(1, len(framework.levels) + 1):
            yield level.place.problem(f"expected a level from 1 to {len(framework.levels)}, got {level.value}")


def example_problems(root: Entry) -> Iterator[Problem]:
    """Examples whose figures do not come out as written, where all that is scored can be read and has no
    `structure_problems`."""
    if _readable(*_scored(root)):
        framework: Framework = FRAMEWORK.build(root)
        for example in root["examples"]:
            yield from _figure_problems(example, framework)


def _scored(root: Entry) -> Iterator[Entry]:
    yield from (root[name] for name in ("entry_level", "overall", "levels", "pillars", "cells"))
    yield from (level["number"] for level in root["levels"])
    yield from (pillar["slug"] for pillar in root["pillars"])
    yield from (cell[name] for cell in root["cells"] for name in ("level", "pillar", "statements"))
    yield from (statement[name] for statement in _statements(root) for name in ("key", "essential", "weight"))


def _figure_problems(example: Entry, framework: Framework) -> Iterator[Problem]:
    ratings = {key: _rating(answer) for key, answer in example["answers"].pairs.items()}
    is_whole = example["answers"].readable and None not in ratings.values()
    if not is_whole or any(answer_problems(example["answers"], framework.statements.keys())):
        return
    computed = figures(score(framework, ratings))
    for name, expected in example["expect"].pairs.items():
        if expected.readable and expected.value != computed[name]:
            yield expected.place.problem(f"expected {expected.value}, got {computed[name]}")


def figures(result: Score) -> dict[str, int | str | None]:
    """What an example may expect of a score, written as it expects it."""
    return {
        "level": result.level,
        "secured_level": result.secured_level,
        "achievement": _decimal(result.achievement),
        "coverage": _decimal(result.coverage),
    }


def _decimal(share: Fraction | None) -> str | None:
    return None if share is None else decimal(share)


def _readable(*entries: Entry) -> bool:
    return all(entry.readable for entry in entries)


def _values(entries: Iterable[Entry], name: str) -> set[Any] | None:
    """What the entries are called. None where that is uncertain: one cannot be read, or repeats another."""
    found = [entry[name].value for entry in entries]
    return set(found) if found and None not in found and len(set(found)) == len(found) else None


def _dangling(references: Iterable[Entry], known: Collection[object] | None, kind: str) -> Iterator[Problem]:
    for reference in references:
        if known is not None and reference.readable and reference.value not in known:
            near = meant(str(reference.value), map(str, known))
            yield reference.place.problem(f"there is no {kind} {_called(reference.value)}{near}")


def _repeated(entries: Iterable[Entry], *names: str) -> Iterator[Problem]:
    """Entries that are called the same as an earlier one."""
    first: dict[tuple[Any, ...], Place] = {}
    for entry in entries:
        place, values = entry[names[0]].place, tuple(entry[name].value for name in names)
        if None not in values and first.setdefault(values, place) is not place:
            called = ", ".join(f"{name} {_called(value)}" for name, value in zip(names, values, strict=True))
            yield place.problem(f"{called} is given twice, first on line {first[values].line}")


def _called(value: Any) -> str:
    return shown(value) if isinstance(value, str) else str(value)
