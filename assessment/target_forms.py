"""What a lead aims at: the team's own target for each pillar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment
from assessment.round_forms import LevelField
from frameworks.definition import Framework, Level, Pillar
from frameworks.scoring import score
from frameworks.wording import Explained


class TargetsForm(forms.Form):
    """`targets` has what was chosen: pillar slug -> level. Nothing chosen means the round's target, if it has one."""

    use_required_attribute = False

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        framework = assessment.framework
        rows = list(assessment.round.targets.all())
        own = {row.pillar: row.level for row in rows if row.team_id == assessment.team_id}
        general = {row.pillar: row.level for row in rows if row.team_id is None}
        self.levels = _levels(assessment)
        for pillar in framework.pillars:
            inherited = general.get(pillar.slug, assessment.round.target_level)
            self.fields[pillar.slug] = LevelField(
                pillar.name,
                [(level.number, _named(level)) for level in framework.levels],
                empty=_inherited(framework, inherited),
                help_text=self._now(framework, pillar),
                widget=forms.RadioSelect,
            )
            self.initial[pillar.slug] = own.get(pillar.slug, "")

    @property
    def targets(self) -> dict[str, int]:
        return {slug: level for slug, level in self.cleaned_data.items() if level is not None}

    @property
    def below(self) -> list[str]:
        """The names of pillars that are aimed lower than they are now."""
        return [
            str(self.fields[slug].label) for slug, level in self.targets.items() if level < self.levels.get(slug, 0)
        ]

    def _now(self, framework: Framework, pillar: Pillar) -> Any:
        if pillar.slug not in self.levels:
            return _("Nothing is answered here yet.")
        number = self.levels[pillar.slug]
        name = framework.level_name(number)
        return _("Now: level %(level)s.") % {"level": f"{number}, {name}" if name else number}


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
