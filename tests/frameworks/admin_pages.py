"""Addresses and forms of the administration."""

import re
from typing import Any

from django.urls import reverse

from frameworks.models import Version


def change_page(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def page(version: Version, name: str) -> str:
    return reverse(f"admin:frameworks_version_{name}", args=[version.pk])


def fields_of(html: str) -> dict[str, str]:
    """What the change form would send if nobody touched it."""
    inputs = re.findall(r'<input type="(?:text|number|hidden|url)" name="(.*?)"(?: value="(.*?)")?', html)
    areas = re.findall(r'<textarea name="(.*?)".*?>\s*(.*?)</textarea>', html, re.DOTALL)
    selects = re.findall(r'<select name="(.*?)".*?>.*?<option value="([^"]*)" selected', html, re.DOTALL)
    return {name: value.replace("&quot;", '"') for name, value in [*inputs, *areas, *selects]}
