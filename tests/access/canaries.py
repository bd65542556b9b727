"""Texts that tell whose they are, in every text field of every row that belongs to an organization."""

from collections.abc import Iterator
from itertools import count

from django.apps import apps
from django.db import models

from people.models import Event, Membership, Organization, User

# Fields whose values mean something to Waymark, so that they cannot say just anything.
FIXED = {
    "assessment.Answer.rating",
    "assessment.Answer.state",
    "assessment.Answer.statement_key",
    "assessment.Assessment.state",
    "assessment.PlannedAction.action",
    "assessment.PlannedAction.state",
    "assessment.PlannedAction.statements",
    "assessment.Profile.answers",
    "assessment.Round.state",
    "assessment.Target.pillar",
    "people.Invitation.token_hash",
    "people.User.password",
    "reports.Snapshot.content_hash",
    "reports.Snapshot.kind",
    "reports.Snapshot.waymark_version",
}
# Names in addresses: unlike those of the other organization from the start.
ADDRESSES = {"people.Organization.slug", "people.Team.slug"}
# Written by Waymark from the other fields, after the canaries are planted.
WRITTEN = {"reports.Snapshot.report"}
# Rows that are only ever added: one more is, with a canary in every text field.
APPENDED = (Event,)

TEXTS = (models.CharField, models.TextField, models.JSONField)
APPS = ("people", "assessment", "reports")


def plant(organization: Organization, sign: str) -> None:
    """Writes a canary of its own into every text field of every row."""
    canaries = (f"zq{sign}{number:04d}x" for number in count(1))
    for field, rows in texts_of(organization):
        if field.model not in APPENDED and label(field) not in FIXED | ADDRESSES | WRITTEN:
            for key in rows.values_list("pk", flat=True):
                worded = {field.name: _worded(field, next(canaries))}
                rows.model._base_manager.filter(pk=key).update(**worded)
    for model in APPENDED:
        said = {field.name: _worded(field, next(canaries)) for field in _texts(model)}
        model.objects.create(organization=organization, **said)


def texts_of(organization: Organization) -> Iterator[tuple[models.Field, models.QuerySet]]:
    """Every text field of every model whose rows belong to an organization, and this one's rows."""
    for model in (model for app in APPS for model in apps.get_app_config(app).get_models()):
        rows = rows_of(model, organization)
        if rows is not None:
            for field in _texts(model):
                yield field, rows


def rows_of(model: type[models.Model], organization: Organization) -> models.QuerySet | None:
    if model is Organization:
        return Organization.objects.filter(pk=organization.pk)
    if model is User:
        return User.objects.filter(pk__in=Membership.objects.filter(organization=organization).values("user"))
    path = _path(model)
    return model._base_manager.filter(**{path: organization}) if path else None


def _texts(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, TEXTS)]


def label(field: models.Field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def _path(model: type[models.Model], seen: tuple[type[models.Model], ...] = ()) -> str:
    """The way from a model to its organization, such as round__organization; "" where there is none."""
    parents = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    for field in parents:
        if field.related_model is Organization:
            return field.name
    for field in parents:
        if field.related_model not in (User, *seen) and (rest := _path(field.related_model, (*seen, model))):
            return f"{field.name}__{rest}"
    return ""


def _worded(field: models.Field, canary: str) -> object:
    if isinstance(field, models.EmailField):
        return f"{canary}@example.org"
    if isinstance(field, models.JSONField):
        return {"name": canary} if field.model is Event else [canary]
    return canary
