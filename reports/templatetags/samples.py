"""The sample reports on a page: {% load samples %}{% sample_reports as samples %}."""

from django import template

from reports.samples import Sample, listed

register = template.Library()


@register.simple_tag
def sample_reports() -> dict[str, Sample]:
    """By the word before the dot of their file: `samples.team.size`."""
    return {sample.name.partition(".")[0]: sample for sample in listed()}
