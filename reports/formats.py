"""The files a report can be taken along as. All are made from the same frozen report."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from people import spreadsheets
from reports import pdf
from reports.edition import Edition
from reports.report import Report
from reports.report_json import write_json
from reports.round_report import RoundReport
from reports.sheets import Sheet, sheets, statements_of

type Writer = Callable[[Report | RoundReport, Edition], bytes]

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""What a workbook says of a report without a date: never the time it was made, or equal reports were unequal files."""
MOST_LETTERS = 32_767
"""What a cell of a workbook holds."""


@dataclass(frozen=True)
class Format:
    suffix: str
    content_type: str
    write: Writer


def write_csv(report: Report | RoundReport, edition: Edition) -> bytes:
    """A line for every statement. What a spreadsheet would take for a formula has an apostrophe before it."""
    sheet = statements_of(report)
    return "".join(spreadsheets.lines([sheet.heads, *sheet.rows])).encode()


def write_xlsx(report: Report | RoundReport, edition: Edition) -> bytes:
    """A sheet for every table; no cell is a formula or a link, whatever it begins with."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    said = report.context
    book.set_properties({"author": said.organization, "created": (said.as_of or LONG_AGO).astimezone(UTC)})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets(report, edition):
        _write(book.add_worksheet(sheet.name), sheet, bold, wrapped)
    book.close()
    return file.getvalue()


def _write(
    page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, bold: xlsxwriter.format.Format, body: xlsxwriter.format.Format
) -> None:
    page.freeze_panes(1, 0)
    for column, head in enumerate(sheet.heads):
        page.set_column(column, column, _width(sheet, column))
        page.write_string(0, column, head, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value[:MOST_LETTERS], body)
            else:
                page.write(number, column, value, body)


def _width(sheet: Sheet, column: int) -> int:
    """In letters: wide enough for most, and at most half a line."""
    longest = max((len(str(row[column])) for row in sheet.rows if row[column] is not None), default=0)
    return min(max(longest, len(sheet.heads[column])) + 2, 60)


FORMATS = {
    each.suffix: each
    for each in (
        Format("pdf", "application/pdf", pdf.render),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
        Format("csv", "text/csv; charset=utf-8", write_csv),
        Format("json", "application/json", write_json),
    )
}
