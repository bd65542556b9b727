"""Signing up: a person and the organization they will own, on one page. allauth adds address and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people import organizations
from people.models import User


class SignUpForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organization = forms.CharField(
        label=_("Organization"),
        max_length=100,
        help_text=_("You become its owner: you invite people, make teams and open rounds."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ["name", "email", "password1", "password2", "organization"]

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Nobody enters before the address is confirmed."""
        assert isinstance(user, User)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        organizations.create(self.cleaned_data["organization"], owner=user)
