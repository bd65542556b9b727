"""What a person reads for the codes of the instrument."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frameworks.definition import ActionKind, Basis, Confidence, Overall, PillarsAre, Rating


@dataclass(frozen=True)
class Explained:
    """A choice. Reads as its text; `meaning` says in one line when it is true."""

    text: Promise | str
    meaning: Promise | str

    def __str__(self) -> str:
        return str(self.text)


RATINGS = {
    Rating.N: Explained(_("Not in place"), _("Absent, or done once.")),
    Rating.P: Explained(_("Partly in place"), _("In some of the uses in scope, now and then.")),
    Rating.L: Explained(_("Largely in place"), _("Routine in most of the uses in scope, with exceptions you know of.")),
    Rating.F: Explained(_("Fully in place"), _("Routine in practically all uses in scope. You could show it today.")),
    Rating.DK: Explained(_("Don't know yet"), _("Counts as unanswered, and is listed as something to find out.")),
    Rating.NA: Explained(_("Does not apply"), _("Left out of the result. Say why below.")),
}
UNANSWERED = _("Not answered")

BASES = {
    Basis.STATED: _("stated by the source"),
    Basis.INFERRED: _("stated by the source, pillar inferred by us"),
    Basis.WEAK: _("only implied by the source"),
    Basis.CROSS_CUTTING: _("covered by what the source says for all levels"),
    Basis.FLOOR: _("the source describes its absence"),
}
CONFIDENCES = {
    Confidence.ORIGINAL: _("read in the original"),
    Confidence.SECOND_HAND: _("known second hand"),
}
PILLARS_ARE = {PillarsAre.OFFICIAL: _("official"), PillarsAre.GROUPED: _("grouped by us")}
OVERALLS = {
    Overall.LEVELS: _("all statements of a level"),
    Overall.WEAKEST_PILLAR: _("what every pillar supports"),
}
ACTION_KINDS = {
    ActionKind.ACTION: _("action"),
    ActionKind.GOOD_PRACTICE: _("good practice"),
    ActionKind.PITFALL: _("pitfall"),
}
EFFORTS = {1: _("small"), 2: _("medium"), 3: _("large")}


def rating_label(rating: Rating | None) -> str:
    return str(UNANSWERED if rating is None else RATINGS[rating])
