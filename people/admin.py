"""People and organizations in the administration, for operators. What they change leaves an event in the trail of every
organization it concerns; what the pages of an organization keep, they only look at."""

from collections.abc import Sequence
from typing import Any

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from allauth.socialaccount.admin import SocialAccountAdmin
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from people import members, organizations
from people.invitations import Role
from people.models import Membership, Organization, Team, User, signed_in

TOLD = ("name", "email", "is_active", "is_staff")


class ReadOnly:
    """Operators look; who belongs to the organization changes it, on its pages."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OwnMembershipInline(ReadOnly, admin.TabularInline):
    model = Membership
    extra = 0


class OwnersKept(forms.BaseInlineFormSet):
    """An organization keeps an owner who can sign in."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Whoever is a member stays the same person."""
        super().add_fields(form, index)
        form.fields["user"].disabled = form.instance.pk is not None

    def clean(self) -> None:
        super().clean()
        left = [form.cleaned_data for form in self.forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        if not any(said.get("is_owner") and said["user"].is_active for said in left):
            raise forms.ValidationError(_("An organization needs an owner who is active."))


class MembershipInline(admin.TabularInline):
    model = Membership
    formset = OwnersKept
    fields = ["user", "is_owner", "is_executive"]
    extra = 1
    autocomplete_fields = ["user"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    ordering = ["email"]
    list_display = ["email", "name", "is_staff", "is_active", "joined_at"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    inlines = [OwnMembershipInline]
    actions = None
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Permissions"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Somebody else owns the organization first."""
        return super().has_delete_permission(request, obj) and not (obj and members.is_last_owner(obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        before = {name: form.initial[name] for name in TOLD if change and name in form.changed_data}
        if before:
            after = {name: getattr(obj, name) for name in before}
            members.record_account(members.ACCOUNT, obj, signed_in(request), before=before, after=after)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        for member in Membership.objects.filter(user=obj).select_related("organization", "user"):
            members.remove(member, by=signed_in(request))
        super().delete_model(request, obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().user_change_password(request, id, form_url)
            if request.method == "POST" and response.status_code == 302:
                members.record_account(members.SIGN_IN, User.objects.get(pk=id), signed_in(request))
        return response


class SignInAdmin:
    """Of one account: addresses and second steps."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        members.record_account(members.SIGN_IN, obj.user, signed_in(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        members.record_account(members.SIGN_IN, obj.user, signed_in(request))
        super().delete_model(request, obj)  # type: ignore[misc]


admin.site.unregister([EmailAddress, Authenticator, SocialAccount])


@admin.register(EmailAddress)
class AddressAdmin(SignInAdmin, EmailAddressAdmin):  # type: ignore[misc]
    actions = None


@admin.register(Authenticator)
class SecondStepAdmin(SignInAdmin, AuthenticatorAdmin):  # type: ignore[misc]
    """Removed for people who lost theirs; made and changed by themselves alone."""

    actions = None
    fields = ["user", "type", "created_at", "last_used_at"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(SocialAccount)
class ConnectionAdmin(SignInAdmin, SocialAccountAdmin):  # type: ignore[misc]
    """Made at the sign-in by OpenID Connect alone."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Made here, with its first owner, where people may not make their own; removed by `remove_organization` alone."""

    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug"]
    inlines = [MembershipInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.save()
            organizations.record_created(obj, signed_in(request))
        elif form.changed_data:
            organizations.rename(obj, obj.name, by=signed_in(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Owners come before others go, or nobody would be left in between."""
        by = signed_in(request)
        formset.save(commit=False)
        for member in formset.new_objects:
            members.add(member.organization, member.user, Role(member.is_owner, member.is_executive), by)
        for member, _changed in sorted(formset.changed_objects, key=lambda row: not row[0].is_owner):
            stored = Membership.objects.select_related("organization", "user").get(pk=member.pk)
            teams = tuple(stored.teams.all())
            members.change_role(stored, Role(member.is_owner, member.is_executive, teams), by)
        for member in formset.deleted_objects:
            members.remove(member, by)


@admin.register(Team)
class TeamAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "organization", "weight"]
    list_filter = ["organization"]
    search_fields = ["name"]
