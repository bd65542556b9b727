"""A framework as the YAML file people keep: canonical, pleasant to read, and read back unchanged by `loading`."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from frameworks.definition import Framework
from frameworks.fields import Field, List, Record, ShortOr, Table, Text
from frameworks.schema import FRAMEWORK

HEADER = "# yaml-language-server: $schema=../../docs/framework.schema.json"
WIDTH = 100
NARROWEST = 40
PLAIN = re.compile(r"[^\W\d_]([^\n\t:#]|:(?! |$)|(?<! )#)*(?<! )")
FOLDS_NOT = re.compile(r"^ | $|  |\A\n|\n\Z|[^\S \n]", re.MULTILINE)
AMBIGUOUS = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}

type Lines = list[str]
"""A value: what stands beside its key or dash, which may be nothing, then the lines below, indented from there."""


def dump(framework: Framework) -> str:
    """The canonical YAML. `load` reads it back as an equal framework; what has its default value is left out."""
    return "".join(f"{line}\n" for line in [HEADER, *_keys(FRAMEWORK, framework, WIDTH)])


def dump_value(field: Field, value: Any) -> str:
    """A part of a file by itself."""
    head, *below = _lines(field, value, WIDTH)
    return "\n".join([head, *below] if head else below)


def _lines(field: Field, value: Any, width: int) -> Lines:
    """`width` is what is left for the value's lines."""
    match field:
        case Record() if _is_small(field):
            return [f"{{{', '.join(_small_pairs(field, value))}}}"]
        case Record():
            return ["", *_keys(field, value, width)]
        case Table():
            return _block("{}", (_pair(key, field.item, item, width) for key, item in value.items()))
        case List() if _is_word(field.item):
            return [f"[{', '.join(map(_word, value))}]"]
        case List():
            return _block("[]", (_item(field.item, item, width) for item in value))
        case ShortOr():
            return _short_or_full(field, value, width)
        case Text():
            return _text(value, width)
        case _:
            return [_word(value)]


def _is_word(field: Field) -> bool:
    return not isinstance(field, Text | Record | List | Table | ShortOr)


def _is_small(record: Record) -> bool:
    return all(_is_word(key.field) for key in record.keys.values())


def _block(empty: str, blocks: Iterable[Lines]) -> Lines:
    lines = [line for block in blocks for line in block]
    return ["", *lines] if lines else [empty]


def _told(record: Record, value: Any) -> Iterator[tuple[str, Field, Any]]:
    """The keys of a record that are not at their default."""
    for name, key in record.keys.items():
        item = getattr(value, key.attribute or name)
        if item != key.default:
            yield name, key.field, item


def _keys(record: Record, value: Any, width: int) -> Lines:
    return [line for name, field, item in _told(record, value) for line in _pair(name, field, item, width)]


def _small_pairs(record: Record, value: Any) -> list[str]:
    return [f"{name}: {_word(item)}" for name, _, item in _told(record, value)]


def _pair(name: str, field: Field, value: Any, width: int) -> Lines:
    key = f"{_word(name)}:"
    head, *below = _lines(field, value, width - 2)
    return [f"{key} {head}" if head else key, *_indented(below)]


def _item(field: Field, value: Any, width: int) -> Lines:
    head, *below = _lines(field, value, width - 2)
    first, *rest = [head, *below] if head else below
    return [f"- {first}", *_indented(rest)]


def _indented(lines: Lines) -> Lines:
    return [f"  {line}" if line else "" for line in lines]


def _short_or_full(field: ShortOr, value: Any, width: int) -> Lines:
    short = field.narrowed(value)
    return _lines(field.full, value, width) if short is None else _lines(field.short, short, width)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _scalar(value) if type(value) is str else str(value)


def _text(text: str, width: int) -> Lines:
    scalar = _scalar(text)
    fits = len(scalar) <= width and "\n" not in text
    return [scalar] if fits or not _folds(text) else [">-", *_folded(text, max(width, NARROWEST))]


def _folds(text: str) -> bool:
    """Whether a folded block keeps every character. Wrapping would drop a word of no-break spaces."""
    return " " in text and not FOLDS_NOT.search(text)


def _scalar(text: str) -> str:
    """Plain where no reader of YAML takes it for something else."""
    is_plain = PLAIN.fullmatch(text) and text.lower() not in AMBIGUOUS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _folded(text: str, width: int) -> Lines:
    """Lines of a folded block, where one line break is an empty line."""
    first, *others = (
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )
    return first + [line for lines in others for line in ["", *lines]]
