"""The sentences of a round's report as filters: {{ report|round_headline }}, {{ report|pillar_name:found }}."""

from fractions import Fraction

from django import template

from reports import round_wording, wording

register = template.Library()

for sentence in (
    round_wording.change,
    round_wording.no_change,
    round_wording.headline,
    round_wording.rule,
    round_wording.secured,
    round_wording.share,
    round_wording.confidence,
    round_wording.limits,
    round_wording.pillar_name,
    round_wording.pillar_teams,
    round_wording.statement,
    round_wording.place,
):
    register.filter(f"round_{sentence.__name__}", sentence)


@register.filter
def figure(position: Fraction) -> str:
    """A position with one decimal, cut."""
    return wording.decimals(position, 1)
