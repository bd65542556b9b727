"""YAML text as a small located tree, for files whose author is not trusted.

Only the plain part of YAML is read: one document of mappings, lists and texts, each key once. Every scalar stays the
text that was written, so `no`, `012` or `1:30` never turn into something else. The tree grows from the parser's events,
which come one by one: a hostile file is refused before it can cost anything."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import ReaderError

from frameworks.problems import WHOLE_FILE, DefinitionError, Place, Problem, joined, shown

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000

CONTROLS = r"\x00-\x09\x0b-\x1f\x7f-\x9f"
LINE_SEPARATORS = r"\u2028\u2029"
SURROGATES = r"\ud800-\udfff"
BIDI_CONTROLS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
NOT_TEXT = r"\ufeff\ufffe\uffff"
FORBIDDEN = re.compile(f"[{CONTROLS}{LINE_SEPARATORS}{SURROGATES}{BIDI_CONTROLS}{NOT_TEXT}]")

PLAIN_WORDS = {
    "expected <block end>": "the indentation here, or a quote or bracket before it, does not fit",
    "mapping values are not allowed here": "a text with a colon and a space needs quotes; or the indentation is wrong",
    "could not find expected ':'": "a key without a colon",
    "expected the node content": "a value is missing here, or a bracket before it is not closed",
    "found unexpected end of stream": "a quote is not closed before the file ends",
    "found character": "a text that begins with this character needs quotes",
    "expected alphabetic": "a text that begins with & or * needs quotes",
}


@dataclass(frozen=True)
class Scalar:
    place: Place
    text: str
    plain: bool


@dataclass(frozen=True)
class Items:
    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Pairs:
    place: Place
    pairs: Mapping[str, "Node"]


@dataclass(frozen=True)
class Unreadable:
    """A place whose problem is already reported."""

    place: Place


Node = Scalar | Items | Pairs | Unreadable


def read(text: str | bytes, problems: list[Problem]) -> Node:
    """The tree of a file. A value below a key stands at its key's place, the root at 1:1. What is wrong here or there
    goes to `problems`; raises DefinitionError where the file cannot be read to its end."""
    try:
        return _Reader(_decoded(text), problems).document()
    except DefinitionError as error:
        raise DefinitionError([*problems, *error.problems]) from None


def _decoded(text: str | bytes) -> str:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(data) > MAX_BYTES:
        raise _refused(f"the file is too large: at most {MAX_BYTES:,} bytes, got {len(data):,}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(f"not UTF-8 at byte {error.start}") from None


def _refused(message: str, place: Place = WHOLE_FILE) -> DefinitionError:
    return DefinitionError([place.problem(message)])


class _Reader:
    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self.nodes = 0
        try:
            self.loader = yaml.SafeLoader(text)
        except ReaderError as error:
            raise self._unprintable(error) from None

    def document(self) -> Node:
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        except (yaml.YAMLError, ValueError, RecursionError):
            raise _refused("not valid YAML: cannot be read from here on", _place(self.loader.get_mark())) from None
        finally:
            self.loader.dispose()

    def _document(self) -> Node:
        self._next()
        if isinstance(start := self._next(), yaml.StreamEndEvent):
            raise _refused("the file holds only comments" if self.text.strip() else "the file is empty")
        if start.version or start.tags:
            self._problem(_place(start.start_mark), "directives such as %YAML or %TAG are not allowed")
        root = self._node(WHOLE_FILE, 1)
        self._next()
        if not isinstance(after := self._next(), yaml.StreamEndEvent):
            self._problem(_place(after.start_mark), "a second document begins here: only one is allowed")
        return root

    def _next(self) -> Any:
        return self.loader.get_event()  # type: ignore[no-untyped-call]

    def _ahead(self) -> Any:
        return self.loader.peek_event()  # type: ignore[no-untyped-call]

    def _node(self, place: Place, depth: int) -> Node:
        """The next node; `place` says where its problems are reported."""
        event = self._next()
        here = _place(event.start_mark, place.path)
        self._count(here, depth)
        node = self._node_of(event, place, depth)
        return node if self._is_plain(event, here) else Unreadable(place)

    def _node_of(self, event: Any, place: Place, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(place, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._pairs(place, depth)
        return Unreadable(place)

    def _count(self, here: Place, depth: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _refused(f"too many values: at most {MAX_NODES:,} are allowed", here)
        if depth > MAX_DEPTH + 1:
            raise _refused(f"nested too deeply: at most {MAX_DEPTH} levels are allowed", here)

    def _is_plain(self, event: Any, here: Place) -> bool:
        if isinstance(event, yaml.AliasEvent):
            return self._problem(here, "aliases (*) are not allowed")
        if event.anchor is not None:
            return self._problem(here, "anchors (&) are not allowed")
        return event.tag is None or self._problem(here, "tags (!) are not allowed")

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Node:
        if found := FORBIDDEN.search(event.value):
            self._problem(place, f"the character U+{ord(found.group()):04X} is not allowed")
            return Unreadable(place)
        return Scalar(place, event.value, event.style is None)

    def _items(self, place: Place, depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(ahead := self._ahead(), yaml.SequenceEndEvent):
            items.append(self._node(_place(ahead.start_mark, f"{place.path}[{len(items)}]"), depth + 1))
        self._next()
        return Items(place, tuple(items))

    def _pairs(self, place: Place, depth: int) -> Pairs:
        pairs: dict[str, Node] = {}
        firsts: dict[str, str] = {}
        while not isinstance(ahead := self._ahead(), yaml.MappingEndEvent):
            key = self._node(_place(ahead.start_mark, place.path), depth + 1)
            name = key.text if isinstance(key, Scalar) else ""
            value = self._node(_place(ahead.start_mark, joined(place.path, name)), depth + 1)
            if self._is_good_key(key, value.place, firsts):
                pairs[name] = value
        self._next()
        return Pairs(place, pairs)

    def _is_good_key(self, key: Node, place: Place, firsts: dict[str, str]) -> bool:
        """`firsts` says where each key of this mapping stands first, by the key as people tell keys apart."""
        if isinstance(key, Unreadable):
            return False
        if not isinstance(key, Scalar):
            return self._problem(place, "a key must be a text")
        if key.plain and key.text == "<<":
            return self._problem(place, "merge keys (<<) are not allowed")
        if first := firsts.get(_folded(key.text)):
            return self._problem(place, f"duplicate key, first given {first}")
        firsts[_folded(key.text)] = f"on line {place.line} as {shown(key.text)}"
        return True

    def _problem(self, place: Place, message: str) -> bool:
        """Always False, so that a refusal reads as one line."""
        self.problems.append(place.problem(message))
        return False

    def _unprintable(self, error: ReaderError) -> DefinitionError:
        before = self.text[: error.position]
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        return _refused(f"the character U+{ord(self.text[error.position]):04X} is not allowed", place)

    def _syntax(self, error: yaml.MarkedYAMLError) -> DefinitionError:
        place = _place(error.problem_mark or self.loader.get_mark())
        line = (self.text.splitlines() or [""])[place.line - 1 : place.line]
        if any("\t" in indented[: len(indented) - len(indented.lstrip())] for indented in line):
            return _refused("indented with a tab: only spaces may indent", place)
        return _refused(f"not valid YAML: {_in_plain_words(error.problem or error.context or '')}", place)


def _in_plain_words(problem: str) -> str:
    plain = next((plain for parser, plain in PLAIN_WORDS.items() if problem.startswith(parser)), problem)
    return plain.replace("'<stream end>'", "the end of the file")


def _place(mark: yaml.Mark, path: str = "") -> Place:
    return Place(mark.line + 1, mark.column + 1, path)


def _folded(key: str) -> str:
    return unicodedata.normalize("NFC", key).casefold().strip()
