"""What answers rest on, in words."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.backing import Backing


def backings(counts: Counter[Backing]) -> str:
    """ "Of 52 answers: 2 verified by somebody else, 10 documented, 40 asserted only."; "" where there are none."""
    total = counts.total()
    if not total:
        return ""
    texts = {
        Backing.VERIFIED: _("%(count)d verified by somebody else"),
        Backing.DOCUMENTED: _("%(count)d documented"),
        Backing.ASSERTED: _("%(count)d asserted only"),
    }
    parts = [text % {"count": counts[backing]} for backing, text in texts.items() if counts[backing]]
    text = ngettext("Of %(total)d answer: %(parts)s.", "Of %(total)d answers: %(parts)s.", total)
    return text % {"total": total, "parts": ", ".join(parts)}


def backing_label(backing: Backing | None) -> str:
    """In one word; "" where nothing is answered."""
    labels = {
        Backing.ASSERTED: _("Asserted"),
        Backing.DOCUMENTED: _("Documented"),
        Backing.VERIFIED: _("Verified"),
    }
    return labels[backing] if backing else ""
