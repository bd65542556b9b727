"""How far an assessment has come: what its task list shows. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from frameworks.definition import Framework, Pillar, Statement


class Dated(Protocol):
    """An answer, as far as this needs to know it."""

    answered_at: datetime


@dataclass(frozen=True)
class PillarProgress[Given: Dated]:
    """`answered` counts every statement with a rating or DK that somebody has confirmed.
    `last` is the newest answer."""

    pillar: Pillar
    statements: tuple[Statement, ...]
    answered: int
    last: Given | None

    @property
    def total(self) -> int:
        return len(self.statements)

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total


def statements_of(framework: Framework, pillar: str) -> tuple[Statement, ...]:
    """In the order they are asked: from the lowest level up."""
    return tuple(statement for cell in framework.in_pillar(pillar) for statement in cell.statements)


def progress[Given: Dated](
    framework: Framework, answered: Collection[str], given: Mapping[str, Given]
) -> tuple[PillarProgress[Given], ...]:
    """A row for each pillar that asks something, in the order of the file."""
    pillars = [(pillar, statements_of(framework, pillar.slug)) for pillar in framework.pillars]
    return tuple(
        PillarProgress(pillar, asked, sum(item.key in answered for item in asked), _last(asked, given))
        for pillar, asked in pillars
        if asked
    )


def _last[Given: Dated](asked: tuple[Statement, ...], given: Mapping[str, Given]) -> Given | None:
    return max((given[item.key] for item in asked if item.key in given), key=lambda one: one.answered_at, default=None)
