"""The deeds on versions: bring a definition into the database, and publish it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from frameworks import definition
from frameworks.checkup import Finding, check
from frameworks.differences import Kind, compare
from frameworks.drafting import draft, next_number
from frameworks.library import Library
from frameworks.models import Version
from frameworks.stocking import count_kept, update_actions, update_practices


class VersionTaken(Exception):
    """The version is published with another content."""


class NotReady(Exception):
    """The draft has mistakes, so it cannot be published."""

    def __init__(self, mistakes: Sequence[Finding]) -> None:
        self.mistakes = mistakes
        super().__init__(f"{len(mistakes)} mistakes")


class NumberRefused(ValueError):
    """A draft cannot be published under this number; the text says which it can."""


def content_hash(framework: definition.Framework) -> str:
    """SHA-256, in hexadecimal, of what the definition says, whatever its file looks like."""
    return hashlib.sha256(json.dumps(asdict(framework), sort_keys=True).encode()).hexdigest()


def is_published(framework: definition.Framework) -> bool:
    """Whether this very definition is published, or was and is retired. Raises VersionTaken where its number stands for
    another content, or for a draft."""
    known = Version.objects.numbered(framework.slug, framework.version).select_related("framework").first()
    if known is None:
        return False
    if known.is_draft or known.definition() != framework:
        raise VersionTaken(
            f"version {framework.version} of {framework.slug} exists with other content: "
            "raise the version in the file, so that results measured against the old one stay as they are"
        )
    return True


@transaction.atomic
def publish(framework: definition.Framework) -> Version | None:
    """Publishes a checked definition. None when the same is published already; VersionTaken when another one is.

    The practices its statements name must be in the database."""
    if is_published(framework):
        return None
    version = draft(framework)
    version.publish(content_hash(framework))
    return version


def base_of(draft: Version) -> Version | None:
    """The newest version the draft follows, published or retired; None for the first of a framework."""
    others = Version.objects.filter(framework=draft.framework_id).exclude(state=Version.State.DRAFT)
    return others.select_related("framework").order_by("major", "minor").last()


def kind_of(draft: Version, base: Version | None) -> Kind:
    """What of the number has to rise at least."""
    return compare(base.definition(), draft.definition()).kind if base else "major"


def proposed_number(draft: Version) -> str:
    """Its own number where that says enough of how much changed, else the next one that does."""
    base = base_of(draft)
    kind = kind_of(draft, base)
    return draft.number if _says_enough(draft.number, base, kind) else next_number(draft.framework.slug, base, kind)


def _says_enough(number: str, base: Version | None, kind: Kind) -> bool:
    if base is None:
        return True
    major, minor = map(int, number.split("."))
    return major > base.major or (kind != "major" and (major, minor) > (base.major, base.minor))


@transaction.atomic
def publish_draft(draft: Version, number: str, note: str) -> None:
    """Raises Frozen where it is no draft any more, NumberRefused for a number that is taken or says too little of how
    much changed, NotReady where the check finds mistakes."""
    locked = Version.objects.select_for_update().select_related("framework").get(pk=draft.pk)
    locked.require_draft()
    _require_number(locked, number)
    locked.major, locked.minor = map(int, number.split("."))
    locked.note = note
    if mistakes := check(locked).mistakes:
        raise NotReady(mistakes)
    locked.publish(content_hash(locked.definition()))


def _require_number(draft: Version, number: str) -> None:
    base = base_of(draft)
    if Version.objects.numbered(draft.framework.slug, number).exclude(pk=draft.pk).exists():
        raise NumberRefused(_("Version %(number)s exists already.") % {"number": number})
    if base and not _says_enough(number, base, kind := kind_of(draft, base)):
        needed = next_number(draft.framework.slug, base, kind)
        why = _("Structure or scoring changed") if kind == "major" else _("The number has to rise")
        raise NumberRefused(_("%(why)s: publish it as %(needed)s or higher.") % {"why": why, "needed": needed})


@transaction.atomic
def publish_library(library: Library) -> list[str]:
    """Writes what is new in files without mistakes, and tells of it."""
    return list(_publish_all(library))


def _publish_all(library: Library) -> Iterator[str]:
    if practices := update_practices(library.practices):
        yield f"practices: {practices} written"
    if actions := update_actions(library.actions):
        yield f"actions: {actions} written"
    if kept := count_kept(library):
        yield f"practices and actions changed here: {kept} left as they are"
    for framework in library.frameworks.values():
        if version := publish(framework):
            yield f"{version}: published"
