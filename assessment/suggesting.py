"""Answer once, count everywhere: what a team said about a practice, offered where another framework asks for it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from assessment.models import Answer, Assessment, Said
from assessment.models.answers import ANSWER
from frameworks.crosswalk import Suggestion, suggest
from frameworks.definition import Framework
from frameworks.wording import rating_label
from people import audit

TAKEN = ANSWER.deed("taken", _("%(who)s took over a suggested answer to %(what)s."))


@dataclass(frozen=True)
class Offer:
    suggestion: Suggestion
    framework: Framework
    answered_at: datetime

    @property
    def said(self) -> str:
        return rating_label(self.suggestion.said)

    @property
    def rating(self) -> str:
        return rating_label(self.suggestion.rating)


def offers(assessment: Assessment) -> dict[str, Offer]:
    """By statement key, from the newest assessment of the same team on another framework that says something. What is
    suggested or carried over there itself says nothing before somebody confirms it."""
    asked = assessment.framework
    found: dict[str, Offer] = {}
    for other in _others(assessment):
        answers = other.answers_by_key()
        ratings = {key: rating for key, rating in other.ratings().items() if answers[key].is_confirmed}
        for key, suggestion in suggest(other.framework, ratings, asked).items():
            said_at = answers[suggestion.source.key].answered_at
            found.setdefault(key, Offer(suggestion, other.framework, said_at))
    return found


@transaction.atomic
def take(assessment: Assessment, said: Said, by: Any) -> None:
    """Stores the suggested rating, to be confirmed, unless somebody answered meanwhile or nothing is suggested."""
    offer = offers(assessment).get(said.key)
    if offer is None:
        return
    suggested = replace(said, values={"rating": offer.suggestion.rating.value})
    stored = assessment.record_answers(suggested, by=by, state=Answer.State.SUGGESTED)[said.key]
    if stored.state == Answer.State.SUGGESTED:
        name = f"{said.key}, {assessment.team.name}, {assessment.round.name}"
        audit.record(TAKEN, by, assessment.organization, assessment.code, name)


def _others(assessment: Assessment) -> list[Assessment]:
    mine = Assessment.objects.filter(team=assessment.team)
    others = mine.exclude(round__version__framework=assessment.round.version.framework_id)
    return list(others.with_everything().prefetch_related("answers").newest_round_first())
