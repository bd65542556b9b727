"""Every value two definitions do not share, part by part, for people to read. Plain Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from frameworks.checking import figures
from frameworks.definition import Example, Expectation, Framework
from frameworks.differences import Piece, words
from frameworks.scoring import score

type Sort = Literal["framework", "source", "level", "pillar", "official_band", "cell", "statement", "example"]
type Fate = Literal["added", "removed", "moved", "changed", "reordered"]
type Values = dict[str, str]

PLACE = ("level", "pillar")


@dataclass(frozen=True)
class Difference:
    """A value in both, as text; "" where it is missing."""

    field: str
    old: str
    new: str

    @property
    def words(self) -> tuple[Piece, ...]:
        return words(self.old, self.new)


@dataclass(frozen=True)
class Part:
    """What became of one part. `name` is what people call it; an added or removed one has all its values."""

    sort: Sort
    fate: Fate
    id: str
    name: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Effect:
    """An example of the old definition whose figures the new one changes: figure, before, after."""

    example: str
    figures: tuple[tuple[str, str, str], ...]


def tree(old: Framework | None, new: Framework) -> tuple[Part, ...]:
    """From one definition to another, in the order of a file; without an old one everything is added. The version
    number is no difference."""
    return tuple(part for sort in _READERS for part in _of_sort(sort, _read(sort, old), _read(sort, new)))


def effects(old: Framework, new: Framework) -> tuple[Effect, ...]:
    """What the old examples come to in the new definition, where that differs. Answers to statements it does not ask
    are left out."""
    found = (Effect(example.name, _changed_figures(example, old, new)) for example in old.examples)
    return tuple(effect for effect in found if effect.figures)


def _changed_figures(example: Example, old: Framework, new: Framework) -> tuple[tuple[str, str, str], ...]:
    asked = {key: rating for key, rating in example.ratings.items() if key in new.statements}
    before, after = figures(score(old, example.ratings)), figures(score(new, asked))
    return tuple((name, _text(before[name]), _text(after[name])) for name in before if before[name] != after[name])


def _of_sort(sort: Sort, old: Mapping[str, Values], new: Mapping[str, Values]) -> Iterator[Part]:
    for id, values in new.items():
        before = old.get(id)
        if before is None:
            yield Part(sort, "added", id, values[""], _differences({}, values))
        elif before != values:
            yield Part(
                sort,
                "moved" if _is_moved(sort, before, values) else "changed",
                id,
                values[""],
                _differences(before, values),
            )
    for id, values in old.items():
        if id not in new:
            yield Part(sort, "removed", id, values[""], _differences(values, {}))
    staying = {id for id in old if id in new and not _is_moved(sort, old[id], new[id])}
    yield from _reordered(sort, [id for id in old if id in staying], [id for id in new if id in staying])


def _is_moved(sort: Sort, before: Values, after: Values) -> bool:
    return sort == "statement" and any(before[name] != after[name] for name in PLACE)


def _differences(before: Values, after: Values) -> tuple[Difference, ...]:
    names = [name for name in {**before, **after} if name]
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(Difference(name, old, new) for name, old, new in pairs if old != new)


def _reordered(sort: Sort, old: list[str], new: list[str]) -> Iterator[Part]:
    if old != new:
        yield Part(sort, "reordered", "", "", (Difference("order", ", ".join(old), ", ".join(new)),))


# A definition as values by part: the name under "", then each field as text


def _read(sort: Sort, framework: Framework | None) -> dict[str, Values]:
    return _READERS[sort](framework) if framework else {}


def _values(name: str, part: object, *skipped: str) -> Values:
    names = [field.name for field in fields(part) if field.name not in skipped]  # type: ignore[arg-type]
    return {"": name} | {name: _text(getattr(part, name)) for name in names}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _head(framework: Framework) -> dict[str, Values]:
    parts = ("sources", "levels", "pillars", "cells", "official_bands", "examples")
    return {framework.slug: _values(framework.name, framework, "version", *parts)}


def _sources(framework: Framework) -> dict[str, Values]:
    return {source.id: _values(source.title, source, "id") for source in framework.sources}


def _levels(framework: Framework) -> dict[str, Values]:
    return {str(level.number): _values(f"{level.number} {level.name}", level, "number") for level in framework.levels}


def _pillars(framework: Framework) -> dict[str, Values]:
    return {pillar.slug: _values(pillar.name, pillar, "slug") for pillar in framework.pillars}


def _bands(framework: Framework) -> dict[str, Values]:
    return {str(band.level): _values(f"Level {band.level}", band, "level") for band in framework.official_bands}


def _cells(framework: Framework) -> dict[str, Values]:
    return {
        f"{cell.level}, {cell.pillar}": _values(
            f"{_pillar(framework, cell.pillar)}, level {cell.level}", cell, *_PLACED
        )
        for cell in framework.cells
    }


_PLACED = (*PLACE, "statements")


def _statements(framework: Framework) -> dict[str, Values]:
    return {
        key: _values(statement.text, statement, "key")
        | {"level": str(cell.level), "pillar": _pillar(framework, cell.pillar)}
        for cell in framework.cells
        for statement in cell.statements
        for key in [statement.key]
    }


def _pillar(framework: Framework, slug: str) -> str:
    return next((pillar.name for pillar in framework.pillars if pillar.slug == slug), slug)


def _examples(framework: Framework) -> dict[str, Values]:
    return {
        example.name: {"": example.name, "answers": _answers(example), "expect": _expected(example.expect)}
        for example in framework.examples
    }


def _answers(example: Example) -> str:
    return "\n".join(
        " ".join(filter(None, [f"{key}: {answer.rating}", answer.reason, answer.note, *answer.evidence]))
        for key, answer in example.answers.items()
    )


def _expected(expectation: Expectation) -> str:
    values = ((field.name, getattr(expectation, field.name)) for field in fields(expectation))
    return "\n".join(f"{name}: {value}" for name, value in values if value is not None)


_READERS: dict[Sort, Callable[[Framework], dict[str, Values]]] = {
    "framework": _head,
    "source": _sources,
    "level": _levels,
    "pillar": _pillars,
    "official_band": _bands,
    "cell": _cells,
    "statement": _statements,
    "example": _examples,
}
