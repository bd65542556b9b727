"""What teams said: rounds, assessments and their answers."""

from assessment.models.answers import Answer, Entry, Said
from assessment.models.assessments import Assessment, AssessmentQuerySet, AssessmentReopening, ratings_of
from assessment.models.planned_actions import PlannedAction, PlannedActionQuerySet
from assessment.models.profiles import Profile
from assessment.models.rounds import (
    Aim,
    Closed,
    Reminder,
    Reopening,
    Round,
    RoundQuerySet,
    Target,
    VersionChange,
    require_level,
)

__all__ = [
    "Aim",
    "Answer",
    "Assessment",
    "AssessmentQuerySet",
    "AssessmentReopening",
    "Closed",
    "Entry",
    "PlannedAction",
    "PlannedActionQuerySet",
    "Profile",
    "Reminder",
    "Reopening",
    "Round",
    "RoundQuerySet",
    "Said",
    "Target",
    "VersionChange",
    "ratings_of",
    "require_level",
]
