"""Somebody else than who gave an answer has looked at it. It changes no level, and is over once the answer changes."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import Answer, Assessment
from assessment.models.answers import VERIFIED, WITHDRAWN
from people import audit
from people.models import User


class Changed(Exception):
    """The answer is no longer the one that was looked at."""


def verify(assessment: Assessment, key: str, revision: int, by: User) -> None:
    """Raises Changed, and PermissionDenied for who gave the answer. What is verified stays as it is."""

    def mark(answer: Answer) -> bool:
        if not answer.may_be_verified_by(by):
            raise PermissionDenied(_("An answer is verified by somebody else than who gave it."))
        if answer.verified_at:
            return False
        answer.verified_by, answer.verified_at = by, timezone.now()
        return True

    _change(assessment, key, revision, by, VERIFIED, mark)


def withdraw(assessment: Assessment, key: str, revision: int, by: User) -> None:
    """Takes back what somebody verified. Raises Changed."""

    def clear(answer: Answer) -> bool:
        was_verified = bool(answer.verified_at)
        answer.verified_by = answer.verified_at = None
        return was_verified

    _change(assessment, key, revision, by, WITHDRAWN, clear)


@transaction.atomic
def _change(
    assessment: Assessment, key: str, revision: int, by: User, deed: audit.Deed, change: Callable[[Answer], bool]
) -> None:
    assessment.round.lock_open()
    answer = Answer.objects.select_for_update(no_key=True).filter(assessment=assessment, statement_key=key).first()
    if answer is None or answer.revision != revision:
        raise Changed
    if change(answer):
        answer.save(update_fields=["verified_by", "verified_at"])
        audit.record(deed, by, assessment.organization, assessment.code, f"{key}, {assessment}")
