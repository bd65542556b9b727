"""What is filled in about a planned action."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.forms import keeps_direction
from assessment.models import PlannedAction
from assessment.round_forms import plain_helper
from frameworks.note_field import NoteField
from people.models import Organization, User


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return str(person)


class PlannedActionForm(forms.ModelForm):
    """`statements` are the keys and texts of what it may put in place. `revision` is that of the action as it is shown.

    After `take_over`, the next sending of the form overwrites what somebody else wrote."""

    use_required_attribute = False

    person = PersonField(
        label=_("Person"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet, or a role")
    )
    starts_on = DayField(label=_("Starts"))
    due_on = DayField(label=_("Due"))
    statements = forms.MultipleChoiceField(
        label=_("Statements it should put in place"), required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = PlannedAction
        fields = ["title", "person", "owner", "starts_on", "due_on", "state", "effort", "output", "kpi", "statements"]
        widgets = {"output": forms.Textarea(attrs={"rows": 2}), "kpi": forms.Textarea(attrs={"rows": 2})}
        field_classes = {"output": NoteField, "kpi": NoteField}
        labels = {"owner": _("Role, where no person is named")}

    def __init__(self, *args: Any, organization: Organization, statements: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(membership__organization=organization)
        self.fields["person"].queryset = members.order_by("name", "email")  # type: ignore[attr-defined]
        self.fields["statements"].choices = list(statements.items())  # type: ignore[attr-defined]
        for name in ("title", "owner", "output", "kpi"):
            self.fields[name].validators.append(keeps_direction)
        self.initial["revision"] = self.instance.revision
        self.helper = plain_helper()
        self.helper.layout = Layout(*(name for name in self.fields if name != "statements"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts_on, due_on = data.get("starts_on"), data.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", ValidationError(_("Choose a day on or after the start.")))
        return data

    def _post_clean(self) -> None:
        """What is saved has the revision that was shown, so that a newer one is noticed."""
        super()._post_clean()  # type: ignore[misc]
        shown = self.cleaned_data.get("revision")
        self.instance.revision = self.instance.revision if shown is None else shown

    def take_over(self, stored: PlannedAction) -> None:
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent["revision"] = str(stored.revision)
        self.data = sent
