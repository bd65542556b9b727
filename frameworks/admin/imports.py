"""Bringing in a framework file: what it would change is shown first; nothing is written before that is confirmed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frameworks import checkup, library, publishing
from frameworks.admin import deeds
from frameworks.admin.base import change_url
from frameworks.admin.telling import told
from frameworks.importing import bring_in, propose
from frameworks.models import Version
from frameworks.problems import DefinitionError
from frameworks.yaml_nodes import MAX_BYTES

SALT = "frameworks.import"
A_DAY = 24 * 60 * 60


class ImportForm(forms.Form):
    """One of the two. `content` is what the file says, as bytes, `source` what it is called."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("A file of yours"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        help_text=gettext_lazy("A framework file that ends in .yaml or .yml, at most 1 MiB."),
    )
    bundled = forms.ChoiceField(label=gettext_lazy("Or one that comes with Waymark"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths = {path.name: path for path in library.bundled()}
        names = [(name, name) for name in self.paths]
        self.fields["bundled"].choices = [("", _("None")), *names]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and not (file.name or "").lower().endswith((".yaml", ".yml")):
            raise forms.ValidationError(_("Choose a file that ends in .yaml or .yml."))
        if file and (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is too large: at most 1 MiB."))
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("bundled")):
            self.add_error("file", _("Choose a file of yours, or one that comes with Waymark."))
        return data

    @property
    def source(self) -> str:
        file: UploadedFile | None = self.cleaned_data["file"]
        return str(file.name) if file else self.cleaned_data["bundled"]

    def content(self) -> bytes:
        file: UploadedFile | None = self.cleaned_data["file"]
        return file.read() if file else self.paths[self.cleaned_data["bundled"]].read_bytes()


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm("frameworks.add_version"):
        raise PermissionDenied


def import_file(admin: deeds.Admin, request: HttpRequest) -> HttpResponse:
    """Asks for a file, then shows its mistakes, or what it would change."""
    _require(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return deeds.page(admin, request, "import_file", None, form=form)
    content = form.content()
    try:
        proposal = propose(content)
    except DefinitionError as error:
        return deeds.page(
            admin, request, "import_file", None, form=ImportForm(), source=form.source, problems=error.problems
        )
    signed = signing.dumps(content.decode("utf-8-sig"), salt=SALT, compress=True)
    context = {"proposal": proposal, "groups": told(proposal.parts), "source": form.source, "signed": signed}
    return deeds.page(admin, request, "import_changes", None, **context)


def confirm_import(admin: deeds.Admin, request: HttpRequest) -> HttpResponse:
    """Makes the draft that was shown, unless something says the same by now."""
    _require(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        content = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=A_DAY)
        made, is_new = _brought_in(content.encode())
    except (signing.BadSignature, DefinitionError):
        messages.error(request, _("What was shown is no longer valid. Choose the file again."))
        return HttpResponseRedirect(reverse("admin:frameworks_version_import_file"))
    except IntegrityError:
        messages.error(request, _("Somebody imported into this framework at the same moment. Choose the file again."))
        return HttpResponseRedirect(reverse("admin:frameworks_version_import_file"))
    if is_new:
        admin.log_addition(request, made, _("Imported from a file."))
        messages.success(request, _("%(draft)s was created as a draft.") % {"draft": made})
    return HttpResponseRedirect(change_url(made))


@transaction.atomic
def _brought_in(content: bytes) -> tuple[Version, bool]:
    """The version that says what the file says, and whether it had to be made."""
    proposal = propose(content)
    if proposal.same:
        return proposal.same, False
    made = bring_in(proposal)
    checkup.remember(made)
    return made, True


def import_bundled(admin: deeds.Admin, request: HttpRequest) -> HttpResponse:
    """Publishes the frameworks that come with Waymark, with their practices and actions."""
    _require(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = library.read()
    try:
        changes = [] if found.problems else publishing.publish_library(found)
    except publishing.VersionTaken as error:
        found.problems.append(str(error))
        changes = []
    for text in found.problems:
        messages.error(request, text)
    for text in changes or ([] if found.problems else [_("No changes: all of it is here already.")]):
        messages.success(request, text)
    return HttpResponseRedirect(reverse("admin:frameworks_version_changelist"))


PAGES = (import_file, confirm_import, import_bundled)
