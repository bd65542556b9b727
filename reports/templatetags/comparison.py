"""What a comparison of teams shows: {% compared_team team slug rounds %}, {{ comparison|compared_statement:found }}.

A row is written here and not in a template: there may be hundreds."""

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessment.aggregation import Distribution
from assessment.models import Round
from frameworks.wording import rating_label
from reports import wording
from reports.comparison import ComparedTeam, Comparison, Place

register = template.Library()


@register.simple_tag
def compared_team(team: ComparedTeam, organization: str, rounds: Sequence[Round]) -> SafeString:
    """A team's row: its name leads to its result; the round is said where there are several."""
    name = f"{team.name}, {team.round}" if len(rounds) > 1 else team.name
    cells = format_html_join(
        "", '<td class="cell-level" data-level="{}">{}</td>', map(_cell, (team.whole, *team.places))
    )
    address = reverse("reports:result", args=[organization, team.reference])
    return format_html('<tr><th scope="row"><a href="{}">{}</a></th>{}</tr>', address, name, cells)


def _cell(place: Place) -> tuple[int, str]:
    return place.level, wording.decimals(place.position, 1)


@register.filter
def compared_statement(comparison: Comparison, found: Distribution) -> str:
    return comparison.framework.statements[found.statement].text


@register.filter
def compared_place(comparison: Comparison, found: Distribution) -> str:
    cell = comparison.framework.cell_of[found.statement]
    return f"{comparison.framework.pillar(cell.pillar).name}, {wording.level(cell.level, None)}"


@register.filter
def distribution(found: Distribution) -> str:
    """ "2 Not in place, 5 Fully in place"."""
    return ", ".join(f"{count.teams} {rating_label(count.rating)}" for count in found.counts)
