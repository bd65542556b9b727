"""What differs between two versions of a framework, group by group, in words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from frameworks.definition import Framework, Level, Pillar
from frameworks.differences import Changed, Changes, Parts, Piece, Placed, words
from frameworks.wording import EFFORTS, rating_label


@dataclass(frozen=True)
class Row:
    """A statement: its text and help as pieces of both versions, and what else is different in one line each."""

    key: str
    text: tuple[Piece, ...]
    help: tuple[Piece, ...]
    place: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Statements with one fate. `meaning` says what becomes of the answers to them."""

    slug: str
    name: str
    meaning: str
    rows: tuple[Row, ...]


def groups(old: Framework, new: Framework, changes: Changes) -> list[Group]:
    """All six, also the empty ones; what needs somebody's attention comes first."""
    look = _("Answers to them are kept, and wait to be looked at and confirmed.")
    told = [
        (
            "new",
            _("New"),
            _("Nobody has answered them yet, or not since an earlier version."),
            _plain(new, changes.new),
        ),
        (
            "removed",
            _("Removed"),
            _("Answers to them are archived, and come back if they are asked again."),
            _plain(old, changes.removed),
        ),
        ("moved", _("Moved"), look, _both(old, new, changes.moved)),
        ("reworded", _("Reworded"), look, _both(old, new, changes.reworded)),
        ("rescored", _("Counted differently"), look, _both(old, new, changes.rescored)),
        ("kept", _("Kept"), _("Answers to them stay as they are."), _plain(new, changes.kept)),
    ]
    return [Group(slug, name, meaning, tuple(rows)) for slug, name, meaning, rows in told]


def structure(changes: Changes) -> list[str]:
    """What became of levels and pillars, a sentence each."""
    levels = _parts(
        changes.levels, lambda level: _("Level %(number)d, %(name)s") % {"number": level.number, "name": level.name}
    )
    pillars = _parts(changes.pillars, lambda pillar: _("Pillar %(name)s") % {"name": pillar.name})
    return [*levels, *pillars]


def _parts[Part: (Level, Pillar)](parts: Parts[Part], named: Callable[[Part], str]) -> Iterator[str]:
    yield from (_("%(part)s: new.") % {"part": named(part)} for part in parts.added)
    yield from (_("%(part)s: removed.") % {"part": named(part)} for part in parts.removed)
    for old, new in parts.renamed:
        yield _("%(part)s: now called %(name)s.") % {"part": named(old), "name": new.name}


def _plain(framework: Framework, statements: Iterable[Placed]) -> Iterator[Row]:
    for placed in statements:
        yield Row(
            placed.statement.key,
            (Piece(placed.statement.text, "both"),),
            (Piece(placed.statement.help, "both"),) if placed.statement.help else (),
            _place(framework, placed),
        )


def _both(old: Framework, new: Framework, statements: Iterable[Changed]) -> Iterator[Row]:
    for changed in statements:
        before, after = changed.old.statement, changed.new.statement
        yield Row(
            after.key,
            words(before.text, after.text),
            words(before.help, after.help),
            _place(new, changed.new),
            tuple(_notes(old, changed)),
        )


def _notes(old: Framework, changed: Changed) -> Iterator[str]:
    before, after = changed.old.statement, changed.new.statement
    if changed.is_moved:
        yield _("Was at: %(place)s.") % {"place": _place(old, changed.old)}
    told = [
        (_("Weight"), str(before.weight), str(after.weight)),
        (_("Essential"), _yes(before.essential), _yes(after.essential)),
        (_("Effort"), str(EFFORTS[before.effort]), str(EFFORTS[after.effort])),
        (_("Practice"), before.practice or "–", after.practice or "–"),
        (_("Needed"), rating_label(before.required), rating_label(after.required)),
    ]
    for name, was, becomes in told:
        if was != becomes:
            yield _("%(name)s: %(new)s instead of %(old)s.") % {"name": name, "new": becomes, "old": was}


def _place(framework: Framework, placed: Placed) -> str:
    return _("%(pillar)s, level %(level)d") % {
        "pillar": framework.pillar(placed.pillar).name,
        "level": placed.level,
    }


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
