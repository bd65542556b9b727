"""What becomes of a team's answers when the version under them changes, or when a new round begins. Plain Python.

An answer hangs on its statement's key. `frameworks.differences.compare` says what two versions of a framework do with
every statement, `upgrade` and `renew` what that does to the answers. No answer is ever left out of what they return."""

from collections.abc import Iterable
from enum import StrEnum
from itertools import chain

from frameworks.differences import Changes


class Fate(StrEnum):
    """What becomes of one answer. All but `KEPT` are named as the state they lead to."""

    KEPT = "kept"
    CARRIED = "carried"
    REVIEW = "review"
    ARCHIVED = "archived"


def upgrade(changes: Changes, answered: Iterable[str]) -> dict[str, Fate]:
    """Statement key -> fate, where the version changes under the answers of an assessment."""
    fates = _fates(changes)
    return {key: fates.get(key, Fate.ARCHIVED) for key in answered}


def renew(changes: Changes, answered: Iterable[str]) -> dict[str, Fate]:
    """Statement key -> fate, where answers come into a new round: what would be kept waits to be confirmed."""
    fates = upgrade(changes, answered)
    return {key: Fate.CARRIED if fate is Fate.KEPT else fate for key, fate in fates.items()}


def _fates(changes: Changes) -> dict[str, Fate]:
    """Of an answer to each statement the newer version asks. To a new one there is an answer where it was asked before
    the older version, and comes back."""
    differing = chain(changes.reworded, changes.rescored, changes.moved)
    looked_at = chain((changed.new for changed in differing), changes.new)
    reviewed = {placed.statement.key: Fate.REVIEW for placed in looked_at}
    return reviewed | {placed.statement.key: Fate.KEPT for placed in changes.kept}
