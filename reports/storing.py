"""A report as JSON and back. What is stored is the whole composed report, so that a closed one never depends on rows,
on a framework's later versions or on how a newer Waymark scores."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from frameworks.definition import Rating
from frameworks.scoring import Score
from reports.earlier import Earlier, Figures
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


def earlier_from_json(stored: Mapping[str, Any]) -> Earlier:
    """What a later report keeps of an assessment's; the rest of it, most of all its framework, is not read."""
    told = _known(stored)
    said, score = told["context"], _decode(told["score"], Score)
    return Earlier(
        round=said["round"],
        version=told["framework"]["version"],
        as_of=_decode(said["as_of"], datetime | None),
        whole=Figures(score.level, score.position, score.achievement),
        pillars={found.slug: Figures(found.level, found.position, found.achievement) for found in score.pillars},
        ratings={key: Rating(answer["rating"]) for key, answer in told["answers"].items()},
    )


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


type Decoder = Callable[[Any], Any]


def _decode(value: Any, kind: Any) -> Any:
    """`value` as the annotated type `kind` says."""
    return _decoder(kind)(value)


@cache
def _decoder(kind: Any) -> Decoder:
    """What reads a value of this type. It is made once: a report has thousands of values of a few dozen types."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _or_none(_decoder(next(argument for argument in arguments if argument is not NoneType)))
    if origin is tuple:
        return _tuple_decoder(arguments)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_decoder(_decoder(arguments[1]))
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    return _plain_decoder(kind)


def _or_none(decode: Decoder) -> Decoder:
    return lambda value: None if value is None else decode(value)


def _tuple_decoder(arguments: tuple[Any, ...]) -> Decoder:
    if arguments[-1] is Ellipsis:
        decode = _decoder(arguments[0])
        return lambda value: tuple(decode(item) for item in value)
    decoders = [_decoder(argument) for argument in arguments]
    return lambda value: tuple(each(item) for each, item in zip(decoders, value, strict=True))


def _mapping_decoder(decode: Decoder) -> Decoder:
    return lambda value: {key: decode(item) for key, item in value.items()}


def _dataclass_decoder(kind: Any) -> Decoder:
    """A field that is not there keeps its default. Fields are looked up on reading: a type may contain itself."""
    hints = get_type_hints(kind)
    return lambda value: kind(**{name: _decoder(hints[name])(item) for name, item in value.items()})


def _plain_decoder(kind: Any) -> Decoder:
    if kind is datetime:
        return datetime.fromisoformat
    if kind is Fraction or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        decode: Decoder = kind
        return decode
    return lambda value: value
