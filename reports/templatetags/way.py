"""The sentences about what would be, as filters: {{ report|claim:outlook }}."""

from fractions import Fraction

from django import template

from reports import way_page, wording

register = template.Library()

for sentence in (way_page.claim, way_page.gain, way_page.put_in_place):
    register.filter(sentence.__name__, sentence)


@register.filter
def decimal(position: Fraction) -> str:
    """A position with one decimal, cut."""
    return wording.decimals(position, 1)
