"""What a report's file is called."""

import re
import unicodedata

from django.utils.timezone import localdate

from reports.report import Context
from reports.round_report import RoundContext


def filename(said: Context | RoundContext, suffix: str) -> str:
    """ "genai-maturity_northwind_claims_2026-11-20_1a2b3c4d.pdf", of ASCII letters, digits, "-" and "_" alone."""
    whose = said.round if isinstance(said, RoundContext) else said.team
    day = localdate(said.as_of).isoformat() if said.as_of else ""
    parts = ("genai-maturity", _plain(said.organization), _plain(whose), day, _plain(said.reference)[:8])
    return "_".join(part for part in parts if part) + f".{suffix}"


def _plain(text: str) -> str:
    """At most 30 characters; what has no ASCII letter to stand for it is left out."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:30].strip("-")
