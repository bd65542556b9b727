"""The words a report uses, for readers who see it alone."""

from django.utils.translation import gettext as _


def glossary() -> tuple[tuple[str, str], ...]:
    return (
        (_("Framework"), _("The published maturity model, in one version, that the answers are measured against.")),
        (_("Level"), _("One rung of the model. It is reached step by step: lower levels must hold.")),
        (_("Pillar"), _("One dimension of the model, with a level of its own.")),
        (_("Statement"), _("One thing that is asked. It belongs to one pillar and one level.")),
        (_("Essential"), _("A statement so central that its level is not reached before it is largely in place.")),
        (
            _("In place"),
            _("The weighted share of what is asked that is there today. It can rise while the level stays."),
        ),
        (_("Secured"), _("Up to this level almost everything is in place: more than 85 % of every level.")),
        (_("Position"), _("The level, and how much of the next one is in place: 2.4 is level 2 and 40 % of level 3.")),
        (_("Target, gap"), _("The level a pillar should come to, and how many whole levels it is below.")),
        (_("Round"), _("One framework version, asked of some teams at one time.")),
    )
