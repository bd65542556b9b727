from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people import audit
from people.models import Event, EventQuerySet, Organization

WAYMARK = "-"


class AuditForm(forms.Form):
    """Which events of an organization to show; sent by GET, each field may stay empty."""

    use_required_attribute = False

    person = forms.ChoiceField(label=_("Who"), required=False)
    kind = forms.ChoiceField(label=_("What kind of thing"), required=False)
    object = forms.CharField(label=_("Part of its name"), max_length=100, required=False)

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = Event.objects.filter(organization=organization)
        kinds = sorted((str(kind.name), slug) for slug, kind in audit.Kind.known.items())
        self.fields["person"].choices = [("", _("Everybody")), *self._people()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Everything")), *((slug, name) for name, slug in kinds)]  # type: ignore[attr-defined]

    def found(self) -> EventQuerySet:
        """Newest first; nothing where a choice is none."""
        if not self.is_valid():
            return self.events.none()
        said, events = self.cleaned_data, self.events
        if said["person"]:
            events = events.filter(actor_email="" if said["person"] == WAYMARK else said["person"])
        if said["kind"]:
            events = events.filter(kind=said["kind"])
        if said["object"]:
            events = events.filter(object_name__icontains=said["object"])
        return events.newest_first()

    def _people(self) -> list[tuple[str, str]]:
        """Everybody who did something, by name; people who changed it, by the last one."""
        rows = self.events.order_by("actor_email").values_list("actor_email", "actor_name").distinct()
        names = {email: name for email, name in rows if email}
        people = sorted(names.items(), key=lambda row: row[1].casefold())
        shown = [(email, f"{name} ({email})" if name != email else email) for email, name in people]
        return [*shown, (WAYMARK, str(_("Waymark itself")))]
