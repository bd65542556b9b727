from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.invitations import Role
from people.models import Membership, Organization, Team, User


class RoleForm(forms.Form):
    """What somebody is in an organization: any of owner, executive, lead of teams, and at least one."""

    use_required_attribute = False

    is_owner = forms.BooleanField(
        label=_("Owner"), required=False, help_text=_("Keeps people, teams, rounds and targets, and reads everything.")
    )
    is_executive = forms.BooleanField(
        label=_("Executive"), required=False, help_text=_("Reads everything, changes nothing.")
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=_("Lead of these teams"),
        required=False,
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Fills in their assessments and reads their results."),
    )

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.current().filter(organization=organization)
        if teams.exists():
            self._teams().queryset = teams
        else:
            del self.fields["teams"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("is_owner", "is_executive", "teams")):
            self.add_error("is_owner", _("Choose at least one role."))
        return data

    @property
    def role(self) -> Role:
        data = self.cleaned_data
        return Role(data["is_owner"], data["is_executive"], tuple(data.get("teams", ())))

    def _teams(self) -> forms.ModelMultipleChoiceField:
        field = self.fields["teams"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        return field


class MemberForm(RoleForm):
    """The role of somebody who is there; archived teams they lead can be kept."""

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "is_owner": member.is_owner,
            "is_executive": member.is_executive,
            "teams": list(member.teams.all()),
        }
        super().__init__(*args, organization=member.organization, **kwargs)


class InviteForm(RoleForm):
    """Addresses, and the role all of them get."""

    addresses = forms.CharField(
        label=_("Email addresses"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line, or a list separated by commas, pasted from anywhere."),
    )
    field_order = ["addresses"]


class LeadsField(forms.ModelMultipleChoiceField):
    """Members, by the names of their people."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class TeamForm(forms.ModelForm):
    """A team of `instance.organization` and its leads."""

    class Meta:
        model = Team
        fields = ["name", "weight"]
        help_texts = {"weight": _("What this team counts in the result of the organization; 1 for all is usual.")}

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight"] = forms.IntegerField(
            label=self.fields["weight"].label,
            help_text=self.fields["weight"].help_text,
            min_value=1,
            max_value=1000,
            initial=1,
        )
        self.fields["leads"] = LeadsField(
            Membership.objects.filter(organization=self.instance.organization).select_related("user"),
            label=_("Leads"),
            required=False,
            to_field_name="code",
            initial=list(self.instance.membership_set.all()) if self.instance.pk else [],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("They fill in what a round asks this team."),
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Team.objects.filter(organization=self.instance.organization, name__iexact=name)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a team of this name already."))
        return name


class OrganizationForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = ["name"]
        help_texts = {"name": _("Stands above every page, on reports and in mail. Addresses stay as they are.")}

    use_required_attribute = False


class NewOrganizationForm(OrganizationForm):
    """One that is not there yet."""

    class Meta(OrganizationForm.Meta):
        help_texts = {"name": _("Stands above every page, on reports and in mail. It can be changed later.")}


class NameForm(forms.ModelForm):
    """How a person is called."""

    class Meta:
        model = User
        fields = ["name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {"name": _("Others in your organizations see it, with your email address.")}

    use_required_attribute = False


class MarkingForm(forms.ModelForm):
    """What every page of a report says about who may read it."""

    class Meta:
        model = Organization
        fields = ["confidentiality", "distribution"]
        help_texts = {
            "confidentiality": _("Stands at the foot of every page of a report. For example: Internal, Confidential."),
            "distribution": _("Whom reports are for. For example: Board, heads of the teams assessed."),
        }

    use_required_attribute = False
