"""What several models' fields share."""

from collections.abc import Mapping
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

slug_validator = RegexValidator(r"^[a-z0-9-]{1,60}$", _("Use lower-case letters, digits and hyphens, at most 60."))


def choices(labels: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """Codes with what a person reads for them, as a field wants them."""
    return [(str(code), label) for code, label in labels.items()]
