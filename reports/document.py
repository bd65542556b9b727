"""A report as the HTML that is printed: the same report gives the same text."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from frameworks.definition import Framework
from reports import method, pictures, round_method, round_pictures, round_sections, sections, wording
from reports.edition import Edition, edition_of
from reports.first_page import first_page
from reports.glossary import glossary
from reports.long_words import breakable
from reports.paper import Chapter, paper, round_paper
from reports.pillar_blocks import pillar_blocks
from reports.report import Report
from reports.round_first_page import round_first_page
from reports.round_report import RoundReport


def html(report: Report | RoundReport, edition: Edition | None = None) -> str:
    """`edition` says which stored text it is, where it is one."""
    template = "reports/round_report_pdf.html" if isinstance(report, RoundReport) else "reports/report_pdf.html"
    return breakable(render_to_string(template, context_of(report, edition or edition_of(report))))


def context_of(report: Report | RoundReport, edition: Edition) -> dict[str, object]:
    return _round_context(report, edition) if isinstance(report, RoundReport) else _context(report, edition)


def _context(report: Report, edition: Edition) -> dict[str, object]:
    subject = wording.finding(report)
    return {
        "report": report,
        "paper": paper(report, subject, _chapters(report), edition),
        "first": first_page(report),
        "picture": pictures.ladder(report),
        "ladder": pictures.ladder(report),
        "radar": pictures.radar(report),
        "dumbbell": pictures.dumbbell(report),
        "sections": sections_of(report) | _of_framework(report.framework),
        "method": method_of(report),
    }


def _chapters(report: Report) -> list[Chapter]:
    guidance = report.guidance
    chapters = [
        Chapter("profile", _("Profile")),
        Chapter("gaps", _("Gaps")),
        Chapter("pillars", _("Pillar by pillar")),
        Chapter("actions", _("Actions and roadmap")),
        Chapter("change", _("Change since last time")) if report.earlier else None,
        Chapter("answers", _("All answers")),
        Chapter("method", _("Method")),
        Chapter("organization", _("Organization profile")) if guidance.answers else None,
        *_last_chapters(),
    ]
    return [chapter for chapter in chapters if chapter]


def _last_chapters() -> list[Chapter]:
    return [
        Chapter("framework", _("Framework")),
        Chapter("glossary", _("Glossary")),
        Chapter("control", _("Document control")),
    ]


def sections_of(report: Report) -> dict[str, object]:
    return {
        "profile": sections.profile(report),
        "matrix": sections.matrix(report),
        "official": wording.official(report),
        "way": sections.way(report),
        "profile_caption": sections.profile_caption(report),
        "gap_caption": sections.gap_caption(report),
        "in_the_way": sections.in_the_way(report),
        "pillars": pillar_blocks(report),
        "actions": sections.actions(report),
        "changes": sections.changes(report),
        "gained": sections.numbered(report.framework, report.gained),
        "lost": sections.numbered(report.framework, report.lost),
        "answers": sections.answers(report),
    }


def _of_framework(framework: Framework) -> dict[str, object]:
    """What is printed with every report on a framework."""
    return {
        "ratings": sections.ratings(),
        "sources": sections.sources(framework),
        "bases": sections.bases(framework),
        "glossary": glossary(),
    }


def method_of(report: Report) -> dict[str, object]:
    return {
        "rules": method.rules(report),
        "rungs": method.rungs(report),
        "conclusion": method.conclusion(report),
        "worked": method.worked(report),
        "coverage": method.coverage(report),
    }


def _round_context(report: RoundReport, edition: Edition) -> dict[str, object]:
    first = round_first_page(report)
    return {
        "report": report,
        "paper": round_paper(report, first.finding, _round_chapters(report), edition),
        "first": first,
        "picture": round_pictures.tally(report),
        "radar": round_pictures.radar(report),
        "sections": round_sections_of(report) | _of_framework(report.framework),
        "method": {
            "rules": round_method.rules(report),
            "steps": round_method.steps(report),
            "conclusion": round_method.conclusion(report),
        },
    }


def _round_chapters(report: RoundReport) -> list[Chapter]:
    compared = [
        Chapter("profile", _("Profile")),
        Chapter("teams", _("Teams compared")),
        Chapter("uneven", _("Where the teams differ")),
        Chapter("actions", _("Actions across teams")),
        Chapter("statements", _("All statements")),
    ]
    return [*(compared if report.score else []), Chapter("method", _("Method")), *_last_chapters()]


def round_sections_of(report: RoundReport) -> dict[str, object]:
    return {
        "caption": round_sections.caption(report),
        "pillars": round_sections.pillars(report),
        "teams": round_sections.teams(report),
        "decisions": round_sections.decisions(report),
        "uneven": round_sections.uneven(report),
        "statements": round_sections.statements(report),
        "rating_heads": round_sections.rating_heads(),
        "actions": round_sections.actions(report),
    }
