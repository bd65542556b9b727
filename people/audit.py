"""The trail of what happened in an organization: who changed what, when, and what stood there before.

Whatever changes something of an organization leaves one event, in its own transaction. A new deed says once, beside its
function, what it is called, and records where it happens:

    TEAM = audit.Kind("team", _("Team"), weight=_("Weight"))
    ARCHIVED = TEAM.deed("archived", _("%(who)s archived the team %(what)s."))

    with transaction.atomic():
        team.save(...)
        audit.record(ARCHIVED, by, team.organization, code=team.slug, name=team.name)

`before` and `after` are flat and small: what differs, by the names the kind has labels for, as texts, numbers, lists of
texts, True, False or None. `differing` makes both from two such mappings. Never a password, a token or its hash.
Answers need no call: a trigger on their table records them (assessment/triggers.py)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.models import Event, EventQuerySet, Organization, User

type Text = str | Promise
type Values = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    kind: str
    verb: str
    sentence: Text
    """With %(who)s and %(what)s."""


class Kind:
    """What deeds are done to. Labels say what its values are called, `choices` what codes among them stand for."""

    known: "dict[str, Kind]" = {}

    def __init__(self, slug: str, name: Text, /, **labels: Text) -> None:
        self.slug = slug
        self.name = name
        self.labels = labels
        self.choices: dict[str, Mapping[str, Text]] = {}
        self.deeds: dict[str, Deed] = {}
        Kind.known[slug] = self

    def deed(self, verb: str, sentence: Text) -> Deed:
        self.deeds[verb] = Deed(self.slug, verb, sentence)
        return self.deeds[verb]


def record(
    deed: Deed,
    by: User | None,
    organization: Organization,
    code: str | UUID,
    name: str,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Nobody in `by` means Waymark itself, as in a command."""
    Event.objects.create(
        organization=organization,
        is_demo=organization.is_demo,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        actor_email=by.email if by else "",
        kind=deed.kind,
        verb=deed.verb,
        object_code=code.hex if isinstance(code, UUID) else code,
        object_name=name,
        before=before,
        after=after,
    )


def differing(before: Values, after: Values) -> dict[str, dict[str, Any]]:
    """Only what differs, as `record` takes it."""
    names = [name for name in after if before.get(name) != after[name]]
    return {
        "before": {name: before.get(name) for name in names},
        "after": {name: after[name] for name in names},
    }


def forget(organization: Organization) -> None:
    """Takes out what a demo organization left; the database refuses it for every other one (see `triggers.lifted`)."""
    Event.objects.filter(organization=organization).delete()


# What is read


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """An event as a person reads it."""

    event: Event
    sentence: str
    changes: tuple[Change, ...]


def read(event: Event) -> Line:
    return Line(event, _sentence(event), tuple(_changes(event)))


def rows(events: EventQuerySet) -> Iterator[list[Any]]:
    """For a spreadsheet: what the columns are, then every event."""
    yield [
        _("When"),
        _("Who"),
        _("Email"),
        _("Kind"),
        _("Deed"),
        _("Code"),
        _("What"),
        _("In words"),
        _("Before"),
        _("After"),
    ]
    for event in events.iterator(chunk_size=500):
        yield [
            event.happened_at.isoformat(timespec="seconds"),
            event.actor_name,
            event.actor_email,
            event.kind,
            event.verb,
            event.object_code,
            event.object_name,
            _sentence(event),
            _json(event.before),
            _json(event.after),
        ]


def kind_name(slug: str) -> str:
    return str(Kind.known[slug].name) if slug in Kind.known else slug


def _json(values: Values | None) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)


def _sentence(event: Event) -> str:
    kind = Kind.known.get(event.kind)
    deed = kind.deeds.get(event.verb) if kind else None
    sentence = str(deed.sentence) if deed else f"%(who)s: {event.kind}, {event.verb}, %(what)s."
    return sentence % {"who": event.actor_name or _("Waymark"), "what": event.object_name}


def _changes(event: Event) -> Iterator[Change]:
    """In the order of the kind's labels: the database keeps none. Nothing that reads alike."""
    before, after = event.before or {}, event.after or {}
    labels = Kind.known[event.kind].labels if event.kind in Kind.known else {}
    for name in [*(name for name in labels if name in before | after), *sorted((before | after).keys() - labels)]:
        was, becomes = (_shown(event, name, values.get(name)) for values in (before, after))
        if was != becomes:
            yield Change(str(labels.get(name, name)), was, becomes)


def _shown(event: Event, name: str, value: Any) -> str:
    """As text; nothing for what is not there."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    kind = Kind.known.get(event.kind)
    choices = kind.choices.get(name, {}) if kind else {}
    return "" if value is None else str(choices.get(value, value))
