"""The sentences of a report as filters: {{ report|headline }}, {{ item|gap_reason }}, {{ value|percent }}."""

from django import template

from frameworks.definition import Action, Cell
from frameworks.planning import GapItem
from frameworks.wording import rating_label
from reports import backing_wording, change_wording, wording
from reports.report import Report

register = template.Library()

for sentence in (
    backing_wording.backings,
    backing_wording.backing_label,
    change_wording.change,
    change_wording.no_change,
    wording.blocked,
    wording.confidence,
    wording.report_date,
    wording.gap_reason,
    wording.headline,
    wording.honesty,
    wording.horizon,
    wording.official,
    wording.percent,
    wording.position,
    wording.first_obstacle,
    wording.secured,
    wording.mark,
    wording.share,
    wording.state,
    wording.way,
):
    register.filter(sentence.__name__, sentence)

register.filter("rating_label", rating_label)


@register.filter
def place(report: Report, cell: Cell) -> str:
    return wording.place(report, cell)


@register.filter
def statement_text(report: Report, key: str) -> str:
    return report.statement(key).text


@register.filter
def actions_for(report: Report, item: GapItem) -> tuple[Action, ...]:
    return report.actions_for(item)
