"""What an answer rests on. It is shown beside the result and never changes it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from frameworks.definition import Answer


class Backing(StrEnum):
    """`asserted`: nothing but the answer; `documented`: it names evidence; `verified`: somebody else looked at it."""

    ASSERTED = "asserted"
    DOCUMENTED = "documented"
    VERIFIED = "verified"


@dataclass(frozen=True)
class Signature:
    """Who gave an answer and when, and who verified it. Names are texts: they outlive their rows.

    `revision` tells this answer from what becomes of it."""

    by: str = ""
    at: datetime | None = None
    verified_by: str = ""
    verified_at: datetime | None = None
    revision: int = 0


def backing_of(answer: Answer | None, signature: Signature | None) -> Backing | None:
    """None where nothing is answered, which nothing can back."""
    if answer is None or not answer.rating.is_answer:
        return None
    if signature and signature.verified_at:
        return Backing.VERIFIED
    return Backing.DOCUMENTED if answer.evidence else Backing.ASSERTED


def count_backings(answers: Mapping[str, Answer], signatures: Mapping[str, Signature]) -> Counter[Backing]:
    """How many of these answers rest on what."""
    found = (backing_of(answer, signatures.get(key)) for key, answer in answers.items())
    return Counter(backing for backing in found if backing)
