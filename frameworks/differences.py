"""What differs between two texts, between two versions as answers see it, and between two definitions value by value.
Plain Python."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from frameworks.definition import Framework, Level, Pillar, Statement

type Kind = Literal["none", "minor", "major"]


# Two texts


@dataclass(frozen=True)
class Piece:
    """A stretch of words both texts have, or that stands in the old or the new one alone."""

    text: str
    place: Literal["both", "old", "new"]


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Both texts as one, word by word: the pieces of "both" and "old" make the old text, those of "both" and "new" the
    new one."""
    before, after = _split(old), _split(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        piece
        for _, start, end, new_start, new_end in matcher.get_opcodes()
        for piece in _pieces("".join(before[start:end]), "".join(after[new_start:new_end]))
    )


def _split(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece(old, "both")
        return
    if old:
        yield Piece(old, "old")
    if new:
        yield Piece(new, "new")


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
