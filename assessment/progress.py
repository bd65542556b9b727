"""How far an assessment has come: what its task list shows. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from frameworks.definition import Framework, Pillar, Statement


@dataclass(frozen=True)
class PillarProgress:
    """`answered` counts every statement with a rating or DK that somebody has confirmed."""

    pillar: Pillar
    statements: tuple[Statement, ...]
    answered: int

    @property
    def total(self) -> int:
        return len(self.statements)

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total


def statements_of(framework: Framework, pillar: str) -> tuple[Statement, ...]:
    """In the order they are asked: from the lowest level up."""
    return tuple(statement for cell in framework.in_pillar(pillar) for statement in cell.statements)


def progress(framework: Framework, answered: Collection[str]) -> tuple[PillarProgress, ...]:
    """A row for each pillar that asks something, in the order of the file."""
    pillars = [(pillar, statements_of(framework, pillar.slug)) for pillar in framework.pillars]
    return tuple(
        PillarProgress(pillar, asked, sum(statement.key in answered for statement in asked))
        for pillar, asked in pillars
        if asked
    )
