"""What a report on paper says about itself: in its properties, in the margins of every page, and at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from frameworks.definition import Framework
from frameworks.publishing import content_hash
from reports import round_wording, wording
from reports.edition import Edition
from reports.fitting import Room
from reports.report import Report
from reports.round_report import RoundReport

HEADER, HEADER_LINES = Room(size=7.5, leading=10, width=396), 3
"""As in report.css; a fourth line would leave the page."""


@dataclass(frozen=True)
class Chapter:
    """A section and its anchor."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Fact:
    """A line of the document control."""

    name: str
    value: str


@dataclass(frozen=True)
class Paper:
    """`whose` is the header, `line` the left of the footer, `mark` the word for what is not final."""

    title: str
    author: str
    subject: str
    created: datetime | None
    whose: str
    line: str
    mark: str
    chapters: tuple[Chapter, ...]
    control: tuple[Fact, ...]
    honesty: str


def paper(report: Report, subject: str, chapters: Sequence[Chapter], edition: Edition) -> Paper:
    said = report.context
    who = " · ".join(part for part in (said.organization, said.team) if part)
    facts = [
        (_("Reference"), said.reference),
        (_("Organization"), said.organization),
        (_("Team"), said.team),
        (_("Round"), said.round),
        (_("Systems in scope"), said.systems),
        (_("Units in scope"), said.units),
        (_("Period described"), said.period),
        (_("State"), wording.capitalized(wording.state(report))),
        (_("Submitted by"), said.submitted_by),
    ]
    mark = wording.mark(report)
    return _paper(report, who, subject, chapters, mark, [Fact(*fact) for fact in facts], edition)


def round_paper(report: RoundReport, subject: str, chapters: Sequence[Chapter], edition: Edition) -> Paper:
    said = report.context
    who = f"{said.organization} · {said.round}"
    facts = [
        (_("Reference"), said.reference),
        (_("Organization"), said.organization),
        (_("Round"), said.round),
        (_("Teams"), round_wording.submitted(report)),
        (_("State"), wording.capitalized(round_wording.state(report))),
    ]
    mark = "" if said.closed_at else _("Provisional")
    return _paper(report, who, subject, chapters, mark, [Fact(*fact) for fact in facts], edition)


def _paper(
    report: Report | RoundReport,
    who: str,
    subject: str,
    chapters: Sequence[Chapter],
    mark: str,
    facts: list[Fact],
    edition: Edition,
) -> Paper:
    said = report.context
    line = (_("Generative AI maturity report"), wording.report_date(report), said.confidentiality)
    facts += _facts(said.as_of, said.confidentiality, said.distribution, report.framework, edition)
    return Paper(
        title=_("Generative AI maturity: %(who)s") % {"who": who},
        author=said.organization,
        subject=subject,
        created=said.as_of,
        whose=HEADER.cut(f"{who} · {wording.framework(report)}", HEADER_LINES),
        line=" · ".join(part for part in line if part),
        mark=mark,
        chapters=tuple(chapters),
        control=tuple(fact for fact in facts if fact.value),
        honesty=wording.honesty(report),
    )


def _facts(
    as_of: datetime | None, confidentiality: str, distribution: str, framework: Framework, edition: Edition
) -> Iterator[Fact]:
    yield Fact(_("As of"), f"{date_format(as_of.astimezone(UTC), 'j M Y, H:i')} UTC" if as_of else "")
    yield Fact(_("Confidentiality"), confidentiality)
    yield Fact(_("Distribution"), distribution)
    yield Fact(_("Framework"), f"{framework.slug} {framework.version}")
    yield Fact(_("Framework content"), f"SHA-256 {content_hash(framework)}")
    yield Fact(_("Report content"), f"SHA-256 {edition.content_hash}")
    yield Fact(_("Application"), f"Waymark {edition.application}")
