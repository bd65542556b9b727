"""A file brought in through the administration: first what it would change, then a draft that says what it says."""

from dataclasses import dataclass, replace

from django.db import transaction

from frameworks import definition
from frameworks.difference_tree import Effect, Part, effects, tree
from frameworks.differences import Kind, compare
from frameworks.drafting import draft, next_number, remembered
from frameworks.loading import load
from frameworks.models import Practice, Version


@dataclass(frozen=True)
class Proposal:
    """What a file would change. `base` is what it is compared with, None for a new framework; `same` the version that
    says it already, None where it would change something; `number` what its draft is called."""

    framework: definition.Framework
    base: Version | None
    same: Version | None
    number: str
    kind: Kind
    parts: tuple[Part, ...]
    effects: tuple[Effect, ...]


def propose(content: bytes) -> Proposal:
    """Writes nothing. Raises DefinitionError with every mistake of the file."""
    framework = load(content, set(Practice.objects.values_list("slug", flat=True)))
    versions = list(Version.objects.filter(framework__slug=framework.slug).select_related("framework"))
    base = _base(framework, versions)
    old = base.definition() if base else None
    kind = compare(old, framework).kind if old else "major"
    return Proposal(
        framework=framework,
        base=base,
        same=_same(framework, versions),
        number=_number(framework, versions, base, kind),
        kind=kind,
        parts=tree(old, framework),
        effects=effects(old, framework) if old else (),
    )


@transaction.atomic
def bring_in(proposal: Proposal) -> Version:
    """The file as a draft, under the number proposed."""
    return remembered(draft(replace(proposal.framework, version=proposal.number)))


def _base(framework: definition.Framework, versions: list[Version]) -> Version | None:
    """The version of the file's number, else the newest published one, else the newest of all."""
    numbered = [version for version in versions if version.number == framework.version]
    published = [version for version in versions if version.state == Version.State.PUBLISHED]
    return next((found[-1] for found in (numbered, published, versions) if found), None)


def _same(framework: definition.Framework, versions: list[Version]) -> Version | None:
    """One that says all of it already, whatever its number; rather the one of the file's number."""
    numbered_first = sorted(versions, key=lambda version: version.number != framework.version)
    said = (version for version in numbered_first if _says(version, framework))
    return next(said, None)


def _says(version: Version, framework: definition.Framework) -> bool:
    return replace(version.definition(), version=framework.version) == framework


def _number(framework: definition.Framework, versions: list[Version], base: Version | None, kind: Kind) -> str:
    """The file's own where it is free."""
    is_taken = any(version.number == framework.version for version in versions)
    return next_number(framework.slug, base, kind) if is_taken else framework.version
