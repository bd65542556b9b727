from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import Assessment, AssessmentQuerySet, Round
from people.models import Membership, Team

STATES = {
    "open": (_("To be answered"), Q(state=Assessment.State.IN_PROGRESS, round__state=Round.State.OPEN)),
    "submitted": (_("Submitted"), Q(state=Assessment.State.SUBMITTED)),
    "missed": (_("Not submitted"), Q(state=Assessment.State.IN_PROGRESS, round__state=Round.State.CLOSED)),
}


class AssessmentsForm(forms.Form):
    """Which of the assessments a member may read to show; sent by GET, each field may stay empty."""

    use_required_attribute = False

    team = forms.ChoiceField(label=_("Team"), required=False)
    round = forms.ChoiceField(label=_("Round"), required=False)
    framework = forms.ChoiceField(label=_("Framework"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Every state")), *((state, label) for state, (label, _where) in STATES.items())],
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readable = Assessment.objects.visible_to(member)
        teams = Team.objects.filter(assessment__in=self.readable).distinct()
        rounds = Round.objects.filter(assessments__in=self.readable).distinct().select_related("version__framework")
        self.rounds = list(rounds.order_by("-opened_at"))
        frameworks = {round.version.framework.slug: round.version.name for round in reversed(self.rounds)}
        self._offer("team", _("Every team"), teams.values_list("slug", "name"))
        self._offer("round", _("Every round"), [(str(round.code), round.name) for round in self.rounds])
        self._offer("framework", _("Every framework"), sorted(frameworks.items(), key=lambda row: row[1]))

    def found(self) -> AssessmentQuerySet:
        """Newest round first; nothing where a choice is none."""
        if not self.is_valid():
            return self.readable.none()
        said, found = self.cleaned_data, self.readable
        wanted = {"team__slug": said["team"], "round__code": said["round"]}
        wanted["round__version__framework__slug"] = said["framework"]
        found = found.filter(**{name: value for name, value in wanted.items() if value})
        if said["state"]:
            found = found.filter(STATES[said["state"]][1])
        return found.newest_round_first()

    def _offer(self, name: str, everything: Any, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]
