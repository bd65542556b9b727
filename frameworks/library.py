"""Reads definition files together, the bundled ones by default, and gathers the mistakes of all of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from django.conf import settings

from frameworks.definition import Action, Framework, Practice
from frameworks.loading import DefinitionError, load, load_actions, load_practices, load_profile
from frameworks.profile import Profile

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@dataclass
class Library:
    """What the files say. `problems` has a line for each mistake in any of them: nothing may be written then."""

    practices: tuple[Practice, ...] = ()
    actions: tuple[Action, ...] = ()
    frameworks: dict[Path, Framework] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take[T](self, path: Path, loader: Callable[[bytes], T]) -> T | None:
        """What the loader makes of a file; None where it cannot, with the problems kept."""
        try:
            return loader(path.read_bytes())
        except OSError as error:
            self.problems.append(line(path, error.strerror or "cannot be read"))
        except DefinitionError as error:
            self.problems += [problem.at(shown(path)) for problem in error.problems]
        return None

    def add(self, path: Path, framework: Framework) -> None:
        """Keeps a framework; no two files may hold the same version."""
        for other, known in self.frameworks.items():
            if (known.slug, known.version) == (framework.slug, framework.version):
                self.problems.append(line(path, f"{shown(other)} has {known.slug} {known.version} too"))
        self.frameworks[path] = framework


def bundled() -> list[Path]:
    return sorted((FIXTURES / "frameworks").glob("*.yaml"))


def read(paths: Sequence[Path] = (), practices: Collection[str] = ()) -> Library:
    """The bundled practices and actions, and the framework files at `paths` (the bundled ones by default).

    `practices` are slugs known from elsewhere that the files may name too. While the bundled practices cannot be read,
    nothing else is: every file would seem to name practices that do not exist."""
    library = Library()
    library.practices = library.take(FIXTURES / "practices.yaml", load_practices) or ()
    if library.problems:
        return library
    slugs = {practice.slug for practice in library.practices} | set(practices)
    library.actions = library.take(FIXTURES / "actions.yaml", partial(load_actions, practices=slugs)) or ()
    library.take(FIXTURES / "profile.yaml", partial(load_profile, practices=slugs))
    for path in dict.fromkeys(paths or bundled()):
        if framework := library.take(path, partial(load, practices=slugs)):
            library.add(path, framework)
    return library


@cache
def practices() -> dict[str, Practice]:
    """The bundled practices by slug, kept in memory. Raises DefinitionError."""
    return {practice.slug: practice for practice in load_practices((FIXTURES / "practices.yaml").read_bytes())}


@cache
def actions() -> dict[str, Action]:
    """The bundled actions by key, kept in memory. Raises DefinitionError."""
    return {action.key: action for action in load_actions((FIXTURES / "actions.yaml").read_bytes(), set(practices()))}


@cache
def profile() -> Profile:
    """The bundled questions about an organization, kept in memory. Raises DefinitionError."""
    return load_profile((FIXTURES / "profile.yaml").read_bytes(), set(practices()))


def line(path: Path, message: str) -> str:
    """A problem of a file as a whole, as it is printed."""
    return f"{shown(path)}:1:1: {message}"


def shown(path: Path) -> str:
    """As a person would type it: relative to the project where it lies inside."""
    return str(path.relative_to(settings.BASE_DIR)) if path.is_relative_to(settings.BASE_DIR) else str(path)
