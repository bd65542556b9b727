"""Reads definition files together, the bundled ones by default, and gathers the mistakes of all of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.conf import settings

from frameworks.definition import Action, Framework, Practice
from frameworks.loading import DefinitionError, load, load_actions, load_practices

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@dataclass
class Library:
    """What the files say. `problems` has a line for each mistake in any of them: nothing may be written then."""

    practices: tuple[Practice, ...] = ()
    actions: tuple[Action, ...] = ()
    frameworks: list[Framework] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def take[T](self, path: Path, loader: Callable[[bytes], T]) -> T | None:
        try:
            return loader(path.read_bytes())
        except OSError as error:
            self.problems.append(f"{shown(path)}:1:1: {error.strerror}")
        except DefinitionError as error:
            self.problems += [f"{shown(path)}:{problem}" for problem in error.problems]
        return None


def bundled() -> list[Path]:
    return sorted((FIXTURES / "frameworks").glob("*.yaml"))


def read(paths: Sequence[Path] = (), practices: Collection[str] = ()) -> Library:
    """The bundled practices and actions, and the framework files at `paths` (the bundled ones by default).

    `practices` are slugs known from elsewhere that the files may name too."""
    library = Library()
    library.practices = library.take(FIXTURES / "practices.yaml", load_practices) or ()
    slugs = {practice.slug for practice in library.practices} | set(practices)
    library.actions = library.take(FIXTURES / "actions.yaml", partial(load_actions, practices=slugs)) or ()
    for path in paths or bundled():
        if framework := library.take(path, partial(load, practices=slugs)):
            _add(library, framework, path)
    return library


def _add(library: Library, framework: Framework, path: Path) -> None:
    if any((other.slug, other.version) == (framework.slug, framework.version) for other in library.frameworks):
        library.problems.append(f"{shown(path)}:1:1: another file has {framework.slug} {framework.version} too")
    library.frameworks.append(framework)


def shown(path: Path) -> str:
    """As a person would type it: relative to the project where it lies inside."""
    return str(path.relative_to(settings.BASE_DIR)) if path.is_relative_to(settings.BASE_DIR) else str(path)
