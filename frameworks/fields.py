"""The kinds of value a file can hold. A kind reads a node, builds what it stands for, and describes itself as JSON
Schema.

Reading never stops: each mistake becomes a Problem at its place, and the Entry of a value that cannot be read is None.
So every other mistake is found as well, and checks across values run as far as the data allows."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, Final

from frameworks.problems import REPORTED, Place, Problem, nearest, shown
from frameworks.yaml_nodes import Items, Node, Pairs, Scalar, Unreadable

Schema = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """A value and its place: a scalar, a tuple of entries, a dict of entries, or None where it cannot be read."""

    place: Place
    value: Any = None

    def __getitem__(self, key: str) -> "Entry":
        """The entry under a key; one without a value where there is none."""
        return self.pairs.get(key, Entry(self.place))

    def __iter__(self) -> Iterator["Entry"]:
        return iter(self.value if isinstance(self.value, tuple) else ())

    @property
    def pairs(self) -> dict[str, "Entry"]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def readable(self) -> bool:
        return self.value is not None


class Field(ABC):
    """A kind of value."""

    def read(self, node: Node, problems: list[Problem]) -> Entry:
        if isinstance(node, Unreadable):
            return Entry(node.place)
        value = self._value(node, problems)
        if value is None:
            problems.append(node.place.problem(f"expected {self.expected()}, got {_got(node)}"))
        return Entry(node.place, value)

    @abstractmethod
    def expected(self) -> str:
        """Completes "expected …, got …"."""

    @abstractmethod
    def _value(self, node: Node, problems: list[Problem]) -> Any:
        """None where the node is not of this kind."""

    def build(self, entry: Entry) -> Any:
        """What the entry stands for. None where it cannot be read, or is left out and has no other default."""
        return self._built(entry) if entry.readable else None

    def _built(self, entry: Entry) -> Any:
        return entry.value

    @abstractmethod
    def schema(self) -> Schema: ...


def _got(node: Node) -> str:
    if not isinstance(node, Scalar):
        return "a list" if isinstance(node, Items) else "a mapping"
    if not node.text.strip():
        return "nothing"
    return shown(node.text) if node.plain else f"{shown(node.text)} in quotes"


@dataclass(frozen=True)
class Text(Field):
    """`least` to `most` characters, the line breaks at the end not counted: a folded block adds one."""

    most: int
    least: int = 1
    one_line: bool = True

    def expected(self) -> str:
        return "a text"

    def _value(self, node: Node, problems: list[Problem]) -> str | None:
        text = node.text.rstrip("\n") if isinstance(node, Scalar) else None
        if text is None or (self.least and not text.strip()):
            return None
        if self.one_line and "\n" in text:
            problems.append(node.place.problem("expected one line, got several: `>-` joins lines"))
        if len(text) > self.most:
            problems.append(node.place.problem(f"expected at most {self.most} characters, got {len(text)}"))
        return text

    def schema(self) -> Schema:
        least = {"minLength": self.least} if self.least else {}
        return {"type": "string", **least, "maxLength": self.most}


@dataclass(frozen=True)
class Formatted(Field):
    """A text of a fixed form, given as a regular expression that Python and JSON Schema read alike."""

    pattern: str
    meaning: str
    most: int = 60

    def expected(self) -> str:
        return self.meaning

    def _value(self, node: Node, problems: list[Problem]) -> str | None:
        if not isinstance(node, Scalar) or len(node.text) > self.most:
            return None
        return node.text if re.fullmatch(self.pattern, node.text) else None

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.most}


@dataclass(frozen=True)
class Integer(Field):
    least: int
    most: int

    def expected(self) -> str:
        return f"an integer from {self.least} to {self.most}"

    def _value(self, node: Node, problems: list[Problem]) -> int | None:
        if not isinstance(node, Scalar) or not node.plain or not re.fullmatch("0|[1-9][0-9]{0,8}", node.text):
            return None
        return int(node.text) if self.least <= int(node.text) <= self.most else None

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Boolean(Field):
    def expected(self) -> str:
        return "true or false"

    def _value(self, node: Node, problems: list[Problem]) -> bool | None:
        written = node.text if isinstance(node, Scalar) and node.plain else ""
        return {"true": True, "false": False}.get(written)

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Choice(Field):
    """One of some members of an enumeration, by their values."""

    members: tuple[StrEnum, ...]

    def expected(self) -> str:
        return f"one of {', '.join(self.members)}"

    def _value(self, node: Node, problems: list[Problem]) -> StrEnum | None:
        written = node.text if isinstance(node, Scalar) else None
        return next((member for member in self.members if member.value == written), None)

    def schema(self) -> Schema:
        return {"type": "string", "enum": [member.value for member in self.members]}


@dataclass(frozen=True)
class List(Field):
    item: Field
    most: int
    least: int = 0
    distinct: bool = False

    def expected(self) -> str:
        return "a list"

    def _value(self, node: Node, problems: list[Problem]) -> tuple[Entry, ...] | None:
        if not isinstance(node, Items):
            return None
        if not self.least <= len(node.items) <= self.most:
            problems.append(node.place.problem(f"expected {self._size}, got {len(node.items)}"))
        entries = tuple(self.item.read(item, problems) for item in node.items)
        if self.distinct and len(entries) <= self.most:
            problems.extend(_repeated(entries))
        return entries

    @property
    def _size(self) -> str:
        return f"exactly {self.most} items" if self.least == self.most else f"{self.least} to {self.most} items"

    def _built(self, entry: Entry) -> tuple[Any, ...]:
        return tuple(self.item.build(item) for item in entry)

    def schema(self) -> Schema:
        distinct = {"uniqueItems": True} if self.distinct else {}
        least = {"minItems": self.least} if self.least else {}
        return {"type": "array", "items": self.item.schema(), **least, "maxItems": self.most, **distinct}


def _repeated(entries: tuple[Entry, ...]) -> list[Problem]:
    values = [entry.value for entry in entries]
    return [
        entry.place.problem(f"{shown(entry.value)} is listed twice")
        for position, entry in enumerate(entries)
        if entry.readable and entry.value in values[:position]
    ]


class _Required(Enum):
    REQUIRED = "required"


REQUIRED: Final = _Required.REQUIRED


@dataclass(frozen=True)
class Key:
    """A key of a record: what stands under it, its default, and its attribute where that has another name."""

    field: Field
    default: Any = REQUIRED
    attribute: str = ""

    def schema(self) -> Schema:
        plain = list(self.default) if isinstance(self.default, tuple) else self.default
        return self.field.schema() | ({} if self.default in (REQUIRED, None) else {"default": plain})


@dataclass(frozen=True)
class Record(Field):
    """A mapping with known keys, in the order to write them; `make` is the dataclass it builds."""

    make: Callable[..., Any]
    keys: Mapping[str, Key]

    def expected(self) -> str:
        return "a mapping"

    def _value(self, node: Node, problems: list[Problem]) -> dict[str, Entry] | None:
        if not isinstance(node, Pairs):
            return None
        absent = [name for name in self.keys if name not in node.pairs]
        misspelt = self._unknown_keys(node, absent, problems)
        for name in absent:
            if self.keys[name].default is REQUIRED and name not in misspelt:
                problems.append(node.place.key(name).problem("required, but missing"))
        return {name: self._entry(name, node, misspelt, problems) for name in self.keys}

    def _unknown_keys(self, node: Pairs, absent: list[str], problems: list[Problem]) -> set[str | None]:
        """Reports them and returns the absent keys they were meant to be."""
        misspelt: set[str | None] = set()
        for name in (name for name in node.pairs if name not in self.keys):
            near = nearest(name, absent) if len(problems) < REPORTED else None
            misspelt.add(near)
            problems.append(node.pairs[name].place.problem("unknown key" + (f", did you mean {near}?" if near else "")))
        return misspelt

    def _entry(self, name: str, node: Pairs, misspelt: set[str | None], problems: list[Problem]) -> Entry:
        key = self.keys[name]
        if name in node.pairs:
            return key.field.read(node.pairs[name], problems)
        is_left_out = key.default is not REQUIRED and name not in misspelt
        return Entry(node.place.key(name), key.default if is_left_out else None)

    def _built(self, entry: Entry) -> Any:
        return self.make(**{(key.attribute or name): key.field.build(entry[name]) for name, key in self.keys.items()})

    def schema(self) -> Schema:
        return {
            "type": "object",
            "properties": {name: key.schema() for name, key in self.keys.items()},
            "required": [name for name, key in self.keys.items() if key.default is REQUIRED],
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class Table(Field):
    """A mapping whose keys are data."""

    name: Formatted
    item: Field
    most: int

    def expected(self) -> str:
        return "a mapping"

    def _value(self, node: Node, problems: list[Problem]) -> dict[str, Entry] | None:
        if not isinstance(node, Pairs):
            return None
        if len(node.pairs) > self.most:
            problems.append(node.place.problem(f"expected at most {self.most} keys, got {len(node.pairs)}"))
        for name, value in node.pairs.items():
            self.name.read(Scalar(value.place, name, plain=True), problems)
        return {name: self.item.read(value, problems) for name, value in node.pairs.items()}

    def _built(self, entry: Entry) -> dict[str, Any]:
        return {name: self.item.build(value) for name, value in entry.pairs.items()}

    def schema(self) -> Schema:
        return {
            "type": "object",
            "propertyNames": self.name.schema(),
            "additionalProperties": self.item.schema(),
            "maxProperties": self.most,
        }


@dataclass(frozen=True)
class ShortOr(Field):
    """A value with a short form, a scalar, which `widened` turns into what the `full` form builds; `narrowed` is its
    inverse, None where only the full form tells everything."""

    short: Field
    full: Field
    widened: Callable[[Any], Any]
    narrowed: Callable[[Any], Any]

    def expected(self) -> str:
        return f"{self.short.expected()}, or {self.full.expected()}"

    def _value(self, node: Node, problems: list[Problem]) -> Any:
        form = self.short if isinstance(node, Scalar) else self.full
        return form._value(node, problems)

    def _built(self, entry: Entry) -> Any:
        is_full = isinstance(entry.value, dict | tuple)
        return self.full.build(entry) if is_full else self.widened(self.short.build(entry))

    def schema(self) -> Schema:
        return {"anyOf": [self.short.schema(), self.full.schema()]}
