"""What kind of organization it is: it orders advice and recommends an operating model, and never touches a score. Plain
Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from frameworks.definition import Credit


@dataclass(frozen=True)
class OperatingModel:
    """A way to organize who looks after generative AI."""

    slug: str
    name: str
    summary: str


@dataclass(frozen=True)
class Option:
    """An answer. It may speak for operating models, make others impossible, and let practices wait; `because` says why,
    for all of them."""

    slug: str
    label: str
    meaning: str
    supports: tuple[str, ...] = ()
    defers: tuple[str, ...] = ()
    because: str = ""
    rules_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    slug: str
    text: str
    source: Credit
    options: tuple[Option, ...]
    help: str = ""

    def option(self, slug: str) -> Option | None:
        return next((option for option in self.options if option.slug == slug), None)


@dataclass(frozen=True)
class Profile:
    """The questions, and the operating models among which they choose."""

    operating_models: tuple[OperatingModel, ...]
    questions: tuple[Question, ...]

    def chosen(self, answers: Mapping[str, str]) -> tuple[Option, ...]:
        """The options with the slugs given by question; what is unknown or open is left out."""
        options = (question.option(answers.get(question.slug, "")) for question in self.questions)
        return tuple(option for option in options if option is not None)


@dataclass(frozen=True)
class Recommendation:
    """The operating model most answers speak for, with what they say."""

    model: OperatingModel
    reasons: tuple[str, ...]


def recommend(profile: Profile, answers: Mapping[str, str]) -> Recommendation | None:
    """None while no answer speaks for one that is possible. Of equally supported models the first in the file is
    recommended."""
    chosen = profile.chosen(answers)
    reasons = {
        model: tuple(option.because for option in chosen if model.slug in option.supports)
        for model in profile.operating_models
        if not any(model.slug in option.rules_out for option in chosen)
    }
    best = max(reasons, key=lambda model: len(reasons[model]), default=None)
    return Recommendation(best, reasons[best]) if best and reasons[best] else None


def deferred(profile: Profile, answers: Mapping[str, str]) -> dict[str, str]:
    """The practices that can wait, by slug, each with its reason."""
    return {slug: option.because for option in profile.chosen(answers) for slug in option.defers}


@dataclass(frozen=True)
class Guidance:
    """What a profile says about one organization: its answers as (question, answer), and what follows."""

    answers: tuple[tuple[str, str], ...] = ()
    recommendation: Recommendation | None = None
    deferred: Mapping[str, str] = field(default_factory=dict)


def guide(profile: Profile, answers: Mapping[str, str]) -> Guidance:
    told = tuple(
        (question.text, option.label)
        for question in profile.questions
        if (option := question.option(answers.get(question.slug, "")))
    )
    return Guidance(told, recommend(profile, answers), deferred(profile, answers))
