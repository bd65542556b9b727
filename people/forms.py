from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.invitations import Role
from people.models import Membership, Organization, Team


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
