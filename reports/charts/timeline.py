"""When planned actions begin and are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.charts.table import Table

type Progress = Literal["planned", "doing", "done"]


@dataclass(frozen=True)
class Span:
    """An action from its start to the day it is due. `note` says more in words, such as "overdue by 3 days"."""

    label: str
    starts_on: date
    due_on: date
    progress: Progress
    state: str
    note: str = ""

    @property
    def tip(self) -> str:
        told = f"{self.label}: {day(self.starts_on)} – {day(self.due_on)}, {self.state}"
        return f"{told}, {self.note}" if self.note else told


@dataclass(frozen=True)
class Timeline:
    """Rows stay in their order. No row at all, or one that ends before it begins, is a ValueError."""

    title: str
    today: date
    rows: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("a timeline has at least one row")
        for row in self.rows:
            if row.due_on < row.starts_on:
                raise ValueError(f"{row.label}: ends before it begins")

    @property
    def first(self) -> date:
        """The first day of the month in which something begins."""
        return min(self.today, *(row.starts_on for row in self.rows)).replace(day=1)

    @property
    def last(self) -> date:
        """The first day after the month in which the last is due."""
        return following(max(self.today, *(row.due_on for row in self.rows)).replace(day=1))

    @property
    def months(self) -> Sequence[date]:
        """The first days of the months, without the last."""
        found = [self.first]
        while (month := following(found[-1])) < self.last:
            found.append(month)
        return found

    @property
    def description(self) -> str:
        today = _("Today is %(day)s.") % {"day": day(self.today)}
        return f"{today} {self.table().spoken()}"

    def table(self) -> Table:
        header = (_("Action"), _("Starts"), _("Due"), _("State"))
        rows = (
            (row.label, day(row.starts_on), day(row.due_on), f"{row.state}, {row.note}" if row.note else row.state)
            for row in self.rows
        )
        return Table(header, tuple(rows))


def following(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def day(value: date) -> str:
    return date_format(value, "j M Y")
