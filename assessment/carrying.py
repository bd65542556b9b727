"""What becomes of a team's answers when the version under them changes, or when a new round begins. Plain Python.

An answer hangs on its statement's key. `compare` says what two versions of a framework do with every statement,
`upgrade` and `renew` what that does to the answers. No answer is ever left out of what they return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Literal

from frameworks.definition import Framework, Level, Pillar, Statement

type Kind = Literal["none", "minor", "major"]


class Fate(StrEnum):
    """What becomes of one answer. All but `KEPT` are named as the state they lead to."""

    KEPT = "kept"
    CARRIED = "carried"
    REVIEW = "review"
    ARCHIVED = "archived"


# Two versions


@dataclass(frozen=True)
class Placed:
    """A statement at the level number and in the pillar slug where a version has it."""

    statement: Statement
    level: int
    pillar: str

    @property
    def place(self) -> tuple[int, str]:
        return self.level, self.pillar

    @property
    def wording(self) -> tuple[str, str]:
        return self.statement.text, self.statement.help

    @property
    def scoring(self) -> tuple[object, ...]:
        """What results and advice are computed from."""
        asked = self.statement
        return asked.weight, asked.essential, asked.effort, asked.practice, asked.required


@dataclass(frozen=True)
class Changed:
    """A statement that both versions have, and have differently."""

    old: Placed
    new: Placed

    @property
    def is_moved(self) -> bool:
        return self.old.place != self.new.place

    @property
    def is_reworded(self) -> bool:
        return self.old.wording != self.new.wording

    @property
    def is_rescored(self) -> bool:
        return self.old.scoring != self.new.scoring


@dataclass(frozen=True)
class Parts[Part: (Level, Pillar)]:
    """What became of the levels, by number, or of the pillars, by slug. A renamed one is (old, new)."""

    added: tuple[Part, ...]
    removed: tuple[Part, ...]
    renamed: tuple[tuple[Part, Part], ...]


@dataclass(frozen=True)
class Changes:
    """From one version to another. Every statement is in exactly one of the first six, in the order of the new file, or
    of the old one where it is removed.

    A moved statement may be reworded and rescored too, a reworded one rescored. `kind` is the part of the version
    number that has to rise at least; whether other words mean the same, nobody can compute."""

    kept: tuple[Placed, ...]
    reworded: tuple[Changed, ...]
    rescored: tuple[Changed, ...]
    moved: tuple[Changed, ...]
    new: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    levels: Parts[Level]
    pillars: Parts[Pillar]
    kind: Kind


def compare(old: Framework, new: Framework) -> Changes:
    """What changes from one version of a framework to another. Raises ValueError for two different frameworks."""
    if old.slug != new.slug:
        raise ValueError(f"{old.slug} and {new.slug} are not versions of one framework")
    before, after = _placed(old), _placed(new)
    pairs = [Changed(before[key], after[key]) for key in after if key in before]
    moved = [pair for pair in pairs if pair.is_moved]
    reworded = [pair for pair in pairs if pair.is_reworded and not pair.is_moved]
    rescored = [pair for pair in pairs if pair.is_rescored and not (pair.is_moved or pair.is_reworded)]
    return Changes(
        kept=tuple(pair.new for pair in pairs if not (pair.is_moved or pair.is_reworded or pair.is_rescored)),
        reworded=tuple(reworded),
        rescored=tuple(rescored),
        moved=tuple(moved),
        new=tuple(placed for key, placed in after.items() if key not in before),
        removed=tuple(placed for key, placed in before.items() if key not in after),
        levels=_parts({level.number: level for level in old.levels}, {level.number: level for level in new.levels}),
        pillars=_parts(
            {pillar.slug: pillar for pillar in old.pillars}, {pillar.slug: pillar for pillar in new.pillars}
        ),
        kind=_kind(old, new),
    )


def _placed(framework: Framework) -> dict[str, Placed]:
    cells = framework.cell_of
    return {
        key: Placed(statement, cells[key].level, cells[key].pillar) for key, statement in framework.statements.items()
    }


def _parts[Id, Part: (Level, Pillar)](old: Mapping[Id, Part], new: Mapping[Id, Part]) -> Parts[Part]:
    return Parts(
        added=tuple(part for key, part in new.items() if key not in old),
        removed=tuple(part for key, part in old.items() if key not in new),
        renamed=tuple((old[key], part) for key, part in new.items() if key in old and old[key].name != part.name),
    )


def _kind(old: Framework, new: Framework) -> Kind:
    if replace(old, version=new.version) == new:
        return "none"
    return "minor" if _mechanics(old) == _mechanics(new) else "major"


def _mechanics(framework: Framework) -> tuple[object, ...]:
    """Structure and scoring. The order of the file only breaks ties, so it is no part of them."""
    return (
        framework.entry_level,
        framework.overall,
        framework.official_bands,
        {level.number for level in framework.levels},
        {pillar.slug for pillar in framework.pillars},
        {(cell.level, cell.pillar) for cell in framework.cells},
        {key: (placed.place, placed.scoring) for key, placed in _placed(framework).items()},
    )


# The answers


def upgrade(changes: Changes, answered: Iterable[str]) -> dict[str, Fate]:
    """Statement key -> fate, where the version changes under the answers of an assessment."""
    fates = _fates(changes)
    return {key: fates.get(key, Fate.ARCHIVED) for key in answered}


def renew(changes: Changes, answered: Iterable[str]) -> dict[str, Fate]:
    """Statement key -> fate, where answers come into a new round: what would be kept waits to be confirmed."""
    fates = upgrade(changes, answered)
    return {key: Fate.CARRIED if fate is Fate.KEPT else fate for key, fate in fates.items()}


def _fates(changes: Changes) -> dict[str, Fate]:
    """Of an answer to each statement the newer version asks. To a new one there is an answer where it was asked before
    the older version, and comes back."""
    differing = chain(changes.reworded, changes.rescored, changes.moved)
    looked_at = chain((changed.new for changed in differing), changes.new)
    reviewed = {placed.statement.key: Fate.REVIEW for placed in looked_at}
    return reviewed | {placed.statement.key: Fate.KEPT for placed in changes.kept}
