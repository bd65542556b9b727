"""A report as JSON and back. What is stored is the whole composed report, so that a closed one never depends on rows,
on a framework's later versions or on how a newer Waymark scores."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from reports.report import Context, Report
from reports.round_report import RoundContext, RoundReport

FORMAT = 1


class UnknownFormat(Exception):
    """A stored report was written by a Waymark newer than this one."""


def to_json(report: Report | RoundReport) -> dict[str, Any]:
    """Fractions become texts like "2/3", times ISO 8601, tuples lists, enumerations their codes."""
    return {"format": FORMAT, "report": _encode(report)}


def from_json(stored: Mapping[str, Any]) -> Report:
    """The report of an assessment. Raises UnknownFormat."""
    report: Report = _decode(_known(stored), Report)
    return report


def round_from_json(stored: Mapping[str, Any]) -> RoundReport:
    """The report of a round. Raises UnknownFormat."""
    report: RoundReport = _decode(_known(stored), RoundReport)
    return report


def context_from_json[T: Context | RoundContext](said: Mapping[str, Any], kind: type[T]) -> T:
    context: T = _decode(said, kind)
    return context


def _known(stored: Mapping[str, Any]) -> Any:
    if stored["format"] != FORMAT:
        raise UnknownFormat(f"this report has format {stored['format']}, and this Waymark reads {FORMAT}")
    return stored["report"]


def content_hash(stored: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the JSON with sorted keys."""
    return sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _encode(value: Any) -> Any:
    match value:
        case Fraction():
            return str(value)
        case datetime():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [_encode(item) for item in value]
        case Mapping():
            return {key: _encode(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: _encode(getattr(value, field.name)) for field in fields(value)}
    return value


def _decode(value: Any, kind: Any) -> Any:
    """`value` as the annotated type `kind` says."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        known = next(argument for argument in arguments if argument is not NoneType)
        return None if value is None else _decode(value, known)
    if origin is tuple:
        return _decode_tuple(value, arguments)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _decode(item, arguments[1]) for key, item in value.items()}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _decode(item, hints[name]) for name, item in value.items()})  # type: ignore[operator]
    return _decode_plain(value, kind)


def _decode_tuple(value: Any, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    kinds = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else arguments
    return tuple(_decode(item, kind) for item, kind in zip(value, kinds, strict=True))


def _decode_plain(value: Any, kind: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(value)
    return kind(value) if kind is Fraction or (isinstance(kind, type) and issubclass(kind, StrEnum)) else value
