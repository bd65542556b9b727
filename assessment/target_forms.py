"""What a lead aims at: the team's own target for each pillar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import Aim, Assessment
from assessment.round_forms import DueField, LevelField
from frameworks.definition import Framework, Level, Pillar
from frameworks.scoring import score
from frameworks.wording import Explained


class TargetsForm(forms.Form):
    """`targets` has what was chosen, by the pillar's slug. No level chosen means the round's target, if it has one."""

    use_required_attribute = False

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = assessment.framework
        self.levels = _levels(assessment)
        own = assessment.aims()
        general = {row.pillar: row.level for row in assessment.round.targets.all() if row.team_id is None}
        for pillar in self.framework.pillars:
            inherited = general.get(pillar.slug, assessment.round.target_level)
            self._ask_for(pillar, own.get(pillar.slug), inherited)

    def _ask_for(self, pillar: Pillar, own: Aim | None, inherited: int | None) -> None:
        self.fields[pillar.slug] = LevelField(
            pillar.name,
            [(level.number, _named(level)) for level in self.framework.levels],
            empty=_inherited(self.framework, inherited),
            help_text=self._now(self.framework, pillar),
            widget=forms.RadioSelect,
        )
        self.fields[_day(pillar)] = day = DueField(standing=own.due_on if own else None)
        day.label = _("Target date for %(pillar)s") % {"pillar": pillar.name}
        self.initial[pillar.slug] = own.level if own else ""
        self.initial[_day(pillar)] = own.due_on if own else None

    def clean(self) -> dict[str, Any]:
        """A date belongs to a level of the team's own."""
        data: dict[str, Any] = super().clean() or {}
        for pillar in self.framework.pillars:
            if data.get(_day(pillar)) and data.get(pillar.slug) is None and pillar.slug not in self.errors:
                self.add_error(pillar.slug, _("Choose the level to be reached by that day, or take the date away."))
        return data

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each pillar's level and date."""
        return [(self[pillar.slug], self[_day(pillar)]) for pillar in self.framework.pillars]

    @property
    def targets(self) -> dict[str, Aim]:
        given = {pillar: self.cleaned_data[pillar.slug] for pillar in self.framework.pillars}
        return {
            pillar.slug: Aim(level, self.cleaned_data[_day(pillar)])
            for pillar, level in given.items()
            if level is not None
        }

    @property
    def below(self) -> list[str]:
        """The names of pillars that are aimed lower than they are now."""
        return [
            str(self.fields[slug].label) for slug, aim in self.targets.items() if aim.level < self.levels.get(slug, 0)
        ]

    def _now(self, framework: Framework, pillar: Pillar) -> Any:
        if pillar.slug not in self.levels:
            return _("Nothing is answered here yet.")
        number = self.levels[pillar.slug]
        name = framework.level_name(number)
        return _("Now: level %(level)s.") % {"level": f"{number}, {name}" if name else number}


def _day(pillar: Pillar) -> str:
    """The name of the field for a pillar's date; no slug has an underscore."""
    return f"due_on-{pillar.slug}"


def _levels(assessment: Assessment) -> dict[str, int]:
    """The level of each pillar in which something is answered."""
    framework, ratings = assessment.framework, assessment.ratings()
    answered = {framework.cell_of[key].pillar for key, rating in ratings.items() if rating.is_answer}
    return {pillar.slug: pillar.level for pillar in score(framework, ratings).pillars if pillar.slug in answered}


def _named(level: Level) -> Explained:
    return Explained(_("Level %(number)d, %(name)s") % {"number": level.number, "name": level.name}, "")


def _inherited(framework: Framework, level: int | None) -> Explained:
    if level is None:
        return Explained(_("No target"), "")
    name = framework.level_name(level)
    return Explained(_("As the round says: level %(level)s") % {"level": f"{level}, {name}" if name else level}, "")


class ReopenAssessmentForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("It is kept, and shown beside the assessment.")
    )
