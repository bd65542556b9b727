"""The pages on which something is done with a version. Each is given the admin class it belongs to."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frameworks import checkup
from frameworks.admin.base import change_url
from frameworks.admin.telling import placed, told
from frameworks.difference_tree import effects, tree
from frameworks.differences import compare as compared
from frameworks.drafting import NameTaken, copy_as, draft_from, unchanged_draft
from frameworks.dumping import dump
from frameworks.models import Frozen, Version
from frameworks.note_field import NoteField
from frameworks.publishing import NotReady, NumberRefused, base_of, proposed_number, publish_draft
from frameworks.schema import SLUG, VERSION

type Admin = Any
"""The administration of versions, which imports this module."""


def find(admin: Admin, request: HttpRequest, pk: int) -> Version:
    """A version this person may look at."""
    version = get_object_or_404(Version.objects.select_related("framework"), pk=pk)
    if not admin.has_view_or_change_permission(request, version):
        raise PermissionDenied
    return version


def find_with(admin: Admin, request: HttpRequest, pk: int, deed: str) -> Version:
    """A version, for somebody who may add or change versions at all."""
    version = find(admin, request, pk)
    if not request.user.has_perm(f"frameworks.{deed}_version"):
        raise PermissionDenied
    return version


def page(admin: Admin, request: HttpRequest, name: str, version: Version | None, **context: Any) -> HttpResponse:
    """A page in the frame of the administration."""
    frame = admin.admin_site.each_context(request) | {"opts": admin.opts, "version": version}
    return render(request, f"admin/frameworks/{name}.html", frame | context)


def when(at: datetime | None, by: str | None) -> str:
    """`20 Nov 2026, Dora`."""
    shown = formats.date_format(timezone.localtime(at), "j M Y") if at else ""
    return ", ".join(filter(None, [shown, by]))


def check(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong or doubtful, with links to where it is mended."""
    version = find(admin, request, pk)
    found = checkup.check(version)
    return page(admin, request, "check", version, **_findings(version, found))


def _findings(version: Version, found: checkup.Checkup) -> dict[str, Any]:
    return {"mistakes": placed(version, found.mistakes), "warnings": placed(version, found.warnings)}


def export(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """The canonical YAML as a download."""
    version = find(admin, request, pk)
    name = f"{version.framework.slug}-{version.number}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(dump(version.definition()), content_type="application/yaml; charset=utf-8", headers=headers)


def compare(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """A version with another one of its framework, by default with the one before."""
    version = find(admin, request, pk)
    others = Version.objects.filter(framework=version.framework_id).exclude(pk=pk).select_related("framework")
    chosen = request.GET.get("with", "")
    numbered = [other for other in others if (other.major, other.minor) < (version.major, version.minor)]
    fallback = numbered[-1] if numbered else next(iter(others), None)
    base = next((other for other in others if str(other.pk) == chosen), fallback)
    return page(admin, request, "compare", version, others=others, **_comparison(base, version))


def _comparison(base: Version | None, version: Version) -> dict[str, Any]:
    """What differs. Examples are scored only where both versions can be."""
    if base is None:
        return {"base": None}
    old, new = base.definition(), version.definition()
    is_whole = not any(checkup.check(each).mistakes for each in (base, version) if each.is_draft)
    return {
        "base": base,
        "changes": compared(old, new),
        "groups": told(tree(old, new)),
        "effects": effects(old, new) if is_whole else (),
    }


def draft(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Creates a draft that says the same."""
    version = find_with(admin, request, pk, "add")
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return HttpResponseRedirect(change_url(create_draft(admin, request, version)))


@transaction.atomic
def create_draft(admin: Admin, request: HttpRequest, version: Version) -> Version:
    """A draft that says the same, with a message of it. Of two at the same moment, both are led to one draft."""
    if known := unchanged_draft(version):
        text = _("%(draft)s is a draft that says what %(number)s says: go on with it.")
        messages.info(request, text % {"draft": known, "number": version.number})
        return known
    made = draft_from(version)
    checkup.remember(made)
    admin.log_addition(request, made, _("Created from %(version)s.") % {"version": version})
    text = _("%(draft)s was created as a draft. It says what %(number)s says.")
    messages.success(request, text % {"draft": made, "number": version.number})
    return made


class CopyForm(forms.Form):
    use_required_attribute = False
    slug = forms.RegexField(
        f"^{SLUG.pattern}$",
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("Lower-case letters, digits and hyphens. It never changes: addresses hang on it."),
        error_messages={"invalid": gettext_lazy("Use lower-case letters, digits and hyphens, at most 60.")},
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)


def copy(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """A framework of its own that begins with what this one says."""
    version = find_with(admin, request, pk, "add")
    form = CopyForm(request.POST or None)
    if form.is_valid():
        try:
            made = copy_as(version, form.cleaned_data["slug"], form.cleaned_data["name"])
        except NameTaken:
            form.add_error("slug", _("There is a framework with this short name already. Choose another one."))
        else:
            checkup.remember(made)
            admin.log_addition(request, made, _("Copied from %(version)s.") % {"version": version})
            messages.success(request, _("%(draft)s was created as a draft.") % {"draft": made})
            return HttpResponseRedirect(change_url(made))
    return page(admin, request, "copy", version, form=form)


class PublishForm(forms.Form):
    """`warnings` is how many there are: they have to be ticked off."""

    use_required_attribute = False
    number = forms.RegexField(
        f"^{VERSION.pattern}$",
        label=gettext_lazy("Version number"),
        error_messages={"invalid": gettext_lazy("Give two whole numbers, such as 1.2.")},
    )
    note = NoteField(
        label=gettext_lazy("What changed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For those who are asked by this framework. It stands on the framework's public page."),
        error_messages={"required": gettext_lazy("Say what changed, in a sentence or two.")},
    )
    accepted = forms.BooleanField(
        label=gettext_lazy("I have seen the warnings and publish all the same"),
        error_messages={"required": gettext_lazy("Look at the warnings, then tick this.")},
    )

    def __init__(self, *args: Any, warnings: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not warnings:
            del self.fields["accepted"]


def publish(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """Shows what is checked and what changed, then publishes under a number and with a note."""
    version = find_with(admin, request, pk, "change")
    if not version.is_draft:
        messages.info(request, _("%(version)s is published already.") % {"version": version})
        return HttpResponseRedirect(change_url(version))
    found = checkup.check(version)
    initial = {"number": proposed_number(version)}
    form = PublishForm(request.POST or None, initial=initial, warnings=len(found.warnings))
    if not found.mistakes and form.is_valid() and _publish(admin, request, version, form):
        return HttpResponseRedirect(change_url(version))
    context = {"form": form, "notes": admin.publishing_notes(version)} | _findings(version, found)
    return page(admin, request, "publish", version, **context, **_comparison(base_of(version), version))


def _publish(admin: Admin, request: HttpRequest, version: Version, form: PublishForm) -> bool:
    """Whether it is published now; else the form says why not."""
    number, note = form.cleaned_data["number"], form.cleaned_data["note"]
    try:
        publish_draft(version, number, note)
    except NumberRefused as error:
        form.add_error("number", str(error))
    except (NotReady, Frozen):
        form.add_error(None, _("Somebody changed this version meanwhile. Look at it again."))
    else:
        admin.log_change(request, version, _("Published as %(number)s: %(note)s") % {"number": number, "note": note})
        messages.success(request, _("%(name)s %(number)s is published.") % {"name": version.name, "number": number})
        return True
    return False


def retire(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    """After saying what that means, keeps new rounds from choosing the version."""
    version = find_with(admin, request, pk, "change")
    if request.method == "POST" and version.state == Version.State.PUBLISHED:
        version.retire()
        admin.log_change(request, version, _("Retired."))
        messages.success(request, _("%(version)s is retired.") % {"version": version})
        return HttpResponseRedirect(change_url(version))
    return page(admin, request, "retire", version)


PAGES = (check, export, compare, draft, copy, publish, retire)
