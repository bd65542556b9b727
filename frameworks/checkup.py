"""What is wrong with a draft, and what is doubtful: by the same rules as a file, with the place of each finding."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from frameworks.definition import Framework
from frameworks.dumping import dump
from frameworks.loading import DefinitionError, load
from frameworks.models import Action, Practice, Version

MOST_WORDS = 25


@dataclass(frozen=True)
class Finding:
    """`path` is the place as in a file, `cells[3].statements[1].weight`, counted from 0; "" is the whole."""

    path: str
    message: str


@dataclass(frozen=True)
class Checkup:
    """Mistakes keep a draft from being published, warnings want a look."""

    mistakes: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check(version: Version) -> Checkup:
    """Reads the version as the file it would be."""
    framework = version.definition()
    advanced = {slug for practices in Action.objects.values_list("practices", flat=True) for slug in practices}
    return Checkup(tuple(_mistakes(framework)), tuple(_warnings(framework, advanced)))


def remember(version: Version) -> None:
    """Keeps how many findings a draft has, for the list."""
    found = check(version)
    drafts = Version.objects.filter(pk=version.pk, state=Version.State.DRAFT)
    drafts.update(mistakes=len(found.mistakes), warnings=len(found.warnings))


def _mistakes(framework: Framework) -> Iterator[Finding]:
    try:
        load(dump(framework), set(Practice.objects.values_list("slug", flat=True)))
    except DefinitionError as error:
        yield from (Finding(problem.path, problem.message) for problem in error.problems)


def _warnings(framework: Framework, advanced: Collection[str]) -> Iterator[Finding]:
    """`advanced` are the practices some action advances."""
    if not framework.examples:
        yield Finding("examples", _("There is no worked example, so nothing shows that the scoring is as you mean it."))
    yield from _idle_sources(framework)
    yield from _silent_pillars(framework)
    for number, cell in enumerate(framework.cells):
        for place, statement in enumerate(cell.statements):
            path = f"cells[{number}].statements[{place}]"
            yield from (Finding(path, text) for text in _doubts(statement.text, statement.practice, advanced))
    yield from _repeated_texts(framework)


def _doubts(text: str, practice: str | None, advanced: Collection[str]) -> Iterator[str]:
    if len(text.split()) > MOST_WORDS:
        yield _("More than %(most)d words: people read it twice.") % {"most": MOST_WORDS}
    if "and/or" in text.lower():
        yield _("“and/or” asks two things at once.")
    if practice is None:
        yield _("It names no practice, so a gap here gets no action.")
    elif practice not in advanced:
        yield _("No action advances its practice, so a gap here gets no action.")


def _idle_sources(framework: Framework) -> Iterator[Finding]:
    cited = {source for cell in framework.cells for source in cell.sources}
    for number, source in enumerate(framework.sources):
        if source.id not in cited:
            yield Finding(f"sources[{number}]", _("No cell cites this source."))


def _silent_pillars(framework: Framework) -> Iterator[Finding]:
    for number, pillar in enumerate(framework.pillars):
        if not any(cell.statements for cell in framework.in_pillar(pillar.slug)):
            yield Finding(f"pillars[{number}]", _("Nothing is asked in this pillar."))


def _repeated_texts(framework: Framework) -> Iterator[Finding]:
    texts = Counter(_plain(statement.text) for statement in framework.statements.values())
    for path, text in _texts(framework):
        if texts[_plain(text)] > 1:
            yield Finding(path, _("Another statement says the same."))


def _texts(framework: Framework) -> Iterable[tuple[str, str]]:
    return (
        (f"cells[{number}].statements[{place}]", statement.text)
        for number, cell in enumerate(framework.cells)
        for place, statement in enumerate(cell.statements)
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
