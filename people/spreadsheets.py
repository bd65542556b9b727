"""Rows for spreadsheet programs, which take a text for a formula where it begins like one."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"
"""Tells these programs that the file is UTF-8."""


class _Line:
    """What csv.writer writes to: it hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def as_text(cell: Any) -> str:
    """Stays text where it is opened: an apostrophe goes before what would be a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])


def stream(name: str, rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A file of comma-separated values, sent row by row."""
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8", headers=headers)
