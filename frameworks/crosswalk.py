"""What answers to one framework suggest for another, through the practices both ask for. Plain Python.

A statement asks for a practice up to a rating, its `required`: in place, it shows the practice there at least. Nothing
is said across frameworks about levels, where the same practice stands differently. A suggestion is for a person to
confirm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frameworks.definition import STEPS, Framework, Rating, Statement


@dataclass(frozen=True)
class Suggestion:
    """`rating` for a statement, by what was said to `source`, of another framework."""

    rating: Rating
    source: Statement
    said: Rating


def suggest(known: Framework, ratings: Mapping[str, Rating], asked: Framework) -> dict[str, Suggestion]:
    """By the key of each statement of `asked` about which the answers to `known` say something."""
    found = {key: _best(statement, [*_heard(known, ratings, statement)]) for key, statement in asked.statements.items()}
    return {key: suggestion for key, suggestion in found.items() if suggestion}


def _heard(known: Framework, ratings: Mapping[str, Rating], asked: Statement) -> Iterator[Suggestion]:
    for key, source in known.statements.items():
        said = ratings.get(key)
        if asked.practice is not None and source.practice == asked.practice and said in STEPS:
            rating = follows(said, source.required, asked.required)
            if rating is not None:
                yield Suggestion(rating, source, said)


def follows(said: Rating, known: Rating, asked: Rating) -> Rating | None:
    """The rating of a statement that requires `asked`, where one that requires `known` of the same practice got `said`.
    None where that tells nothing.

    Who requires as much hears the same. From more, only what is in place is passed on: it includes the less. From
    less, only what is missing: who has not the less has not the more either."""
    if known == asked:
        return said
    if STEPS.index(known) > STEPS.index(asked):
        return said if said in (Rating.L, Rating.F) else None
    return said if said in (Rating.N, Rating.P) else None


def _best(asked: Statement, heard: list[Suggestion]) -> Suggestion | None:
    """From the statement that requires most nearly the same; where several do and differ, nothing is suggested."""
    if not heard:
        return None
    nearest = min(_distance(asked, each) for each in heard)
    near = [each for each in heard if _distance(asked, each) == nearest]
    return near[0] if len({each.rating for each in near}) == 1 else None


def _distance(asked: Statement, suggestion: Suggestion) -> int:
    return abs(STEPS.index(asked.required) - STEPS.index(suggestion.source.required))
