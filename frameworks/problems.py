"""What is wrong with a file, and where: collected as `Problem`s, raised together as one `DefinitionError`."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN = 40
REPORTED = 200
COMPARED = 50
COMPARED_LENGTH = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. Line and column count from 1, list positions in `path` from 0; the whole file is 1:1 and path ""."""

    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.line}:{self.column}: "
        return where + (f"{self.path}: {self.message}" if self.path else self.message)

    def at(self, name: str) -> str:
        """The line to print for a file called `name`: `NAME:41:9: cells[3].statements[1].weight: expected …`."""
        return f"{name}:{self}"


@dataclass(frozen=True)
class Place:
    line: int
    column: int
    path: str = ""

    def problem(self, message: str) -> Problem:
        return Problem(self.line, self.column, self.path, message)

    def key(self, name: str) -> "Place":
        """The same spot, for a key that is missing there or has no place of its own."""
        return Place(self.line, self.column, joined(self.path, name))


WHOLE_FILE = Place(1, 1)


class DefinitionError(Exception):
    """A file that breaks its format. `problems` holds the mistakes, sorted by line; the 201st
    only says that there are more."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = sorted(set(problems))
        self.problems = (*found[:REPORTED], *_rest(found))
        super().__init__("\n".join(map(str, self.problems)))


def _rest(found: list[Problem]) -> list[Problem]:
    return [
        Problem(left.line, left.column, "", "more problems from here on") for left in found[REPORTED : REPORTED + 1]
    ]


def joined(path: str, key: str) -> str:
    """`cells[3]` and `level` make `cells[3].level`; the key is shortened and printable."""
    return f"{path}.{printable(key)}" if path else printable(key)


def shown(text: str) -> str:
    """A text from a file in quotes, shortened, and safe to print on a terminal."""
    return f'"{printable(text)}"'


def printable(text: str) -> str:
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in short)


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """What the author may have meant; None where nothing is near. Looks at a limited number of choices of about the
    same length: comparing is slow."""
    alike = [choice for choice in choices if abs(len(choice) - len(text)) <= 3 and len(text) <= COMPARED_LENGTH]
    near = get_close_matches(text, sorted(alike)[:COMPARED], n=1)
    return near[0] if near else None


def meant(text: str, choices: Iterable[str]) -> str:
    """The tail of a message: `, did you mean statements?` or nothing."""
    near = nearest(text, choices)
    return f", did you mean {near}?" if near else ""
