"""What an owner fills in about a round."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.forms import keeps_direction
from assessment.models import Assessment, Round, require_level
from frameworks.definition import Framework
from frameworks.models import Version
from frameworks.wording import Explained
from people.models import Organization, Team


class DueField(forms.DateField):
    """A day that is not over yet. One that stands already may stay."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, *, standing: date | None = None) -> None:
        super().__init__(label=_("Due date"), required=False)
        self.standing = standing

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value != self.standing and value < timezone.localdate():
            raise ValidationError(_("Choose today or a day to come."))


class TeamsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class LevelField(forms.TypedChoiceField):
    """A level's number, or None. `empty` says what it means to choose none."""

    def __init__(self, label: Any, levels: list[tuple[int, Any]], empty: Any, **kwargs: Any) -> None:
        choices = [("", empty), *levels]
        super().__init__(label=label, choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


@dataclass(frozen=True)
class FrameworkChoice(Explained):
    """A framework to choose, with what somebody weighs first."""

    facts: tuple[str, ...]

    def __str__(self) -> str:
        return str(self.text)


class RoundForm(forms.Form):
    """A new round. `opened_with` has what `opening.open_round` wants."""

    use_required_attribute = False

    framework = forms.ChoiceField(label=_("Framework"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name"), max_length=100, validators=[keeps_direction], help_text=_("For example: H2 2026.")
    )
    teams = TeamsField(label=_("Teams"), queryset=Team.objects.none(), to_field_name="slug")
    due_on = DueField()
    source = forms.ModelChoiceField(
        label=_("Carry answers over from"),
        queryset=Round.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("No earlier round"),
        help_text=_("Each team finds its earlier answers there, and confirms each of them before it submits."),
    )

    def __init__(self, *args: Any, organization: Organization, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.versions = {version.framework.slug: version for version in versions}
        frameworks = {slug: version.definition() for slug, version in self.versions.items()}
        self.fields["framework"].choices = [(slug, described(each)) for slug, each in frameworks.items()]  # type: ignore[attr-defined]
        self.fields["teams"].queryset = Team.objects.current().filter(organization=organization)  # type: ignore[attr-defined]
        self.fields["source"].queryset = Round.objects.filter(organization=organization)  # type: ignore[attr-defined]
        highest = max((len(each.levels) for each in frameworks.values()), default=0)
        self.fields["target_level"] = LevelField(
            _("Target"),
            [(number, _("Level %(level)d") % {"level": number}) for number in range(1, highest + 1)],
            empty=_("No target"),
            help_text=_("For every pillar. You can set targets for single pillars later."),
        )
        self.order_fields(["framework", "name", "teams", "due_on", "target_level", "source"])
        self.helper = plain_helper()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Round.objects.filter(organization=self.organization, name__iexact=name).exists():
            raise ValidationError(_("There is a round of this name already. Choose another name."))
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if version := self.versions.get(data.get("framework", "")):
            self._check_against(version, data)
        return data

    @property
    def opened_with(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return {"organization": self.organization, "version": self.versions[given.pop("framework")]} | given

    def _check_against(self, version: Version, data: dict[str, Any]) -> None:
        source: Round | None = data.get("source")
        if source and source.version.framework_id != version.framework_id:
            self.add_error("source", _("That round asked another framework, so none of its answers fit here."))
        if data.get("target_level"):
            try:
                require_level(version, data["target_level"], "target_level")
            except ValidationError as error:
                self.add_error(None, error)


class ChangeRoundForm(forms.Form):
    """An open round. `changed_to` has what `opening.change` wants."""

    use_required_attribute = False

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pillars = {f"target-{pillar.slug}": pillar for pillar in round.version.definition().pillars}
        self._ask_for_dates_and_targets(round, round.version.definition())
        others = Team.objects.current().filter(organization=round.organization).exclude(assessment__round=round)
        self.fields["teams"] = TeamsField(label=_("Add teams"), queryset=others, to_field_name="slug", required=False)
        self.fields["decision"] = forms.CharField(
            label=_("Decision asked"),
            max_length=300,
            required=False,
            validators=[keeps_direction],
            initial=round.decision,
            help_text=_("What the sponsor should decide. It stands on the first page of the round's report."),
        )
        self.helper = plain_helper()

    @property
    def changed_to(self) -> dict[str, Any]:
        given = self.cleaned_data
        targets = {pillar.slug: given[name] for name, pillar in self.pillars.items() if given[name] is not None}
        kept = {name: given[name] for name in ("due_on", "target_level", "decision")}
        return kept | {"targets": targets, "teams": given.get("teams", ())}

    def _ask_for_dates_and_targets(self, round: Round, framework: Framework) -> None:
        levels = [(level.number, f"{level.number} {level.name}") for level in framework.levels]
        standing = {row.pillar: row.level for row in round.targets.filter(team=None)}
        self.fields["due_on"] = DueField(standing=round.due_on)
        self.fields["target_level"] = LevelField(_("Target for every pillar"), levels, empty=_("No target"))
        self.initial = {"due_on": round.due_on, "target_level": round.target_level}
        for name, pillar in self.pillars.items():
            self.fields[name] = LevelField(pillar.name, levels, empty=_("As for every pillar"))
            self.initial[name] = standing.get(pillar.slug)


class ReopenForm(forms.Form):
    """Why a closed round takes answers again, and whose."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        validators=[keeps_direction],
        help_text=_("It stands on the round's page, with your name."),
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        submitted = Assessment.objects.filter(round=round, state=Assessment.State.SUBMITTED)
        self.fields["teams"] = TeamsField(
            label=_("Which teams change answers they submitted?"),
            queryset=Team.objects.filter(assessment__in=submitted),
            to_field_name="slug",
            required=False,
            help_text=_("They have to submit again. The others stay submitted."),
        )
        self.helper = plain_helper()


def described(framework: Framework) -> FrameworkChoice:
    """What it takes, who made it, and what it is good for, as its summary says."""
    facts = (
        _("about %(minutes)d minutes") % {"minutes": framework.minutes},
        _("%(statements)d statements") % {"statements": len(framework.statements)},
        _("%(levels)d levels") % {"levels": len(framework.levels)},
        _("%(pillars)d pillars") % {"pillars": len(framework.pillars)},
    )
    return FrameworkChoice(framework.name, f"{framework.publisher}. {framework.summary}", facts)


def plain_helper() -> FormHelper:
    """The template writes form tag and token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
