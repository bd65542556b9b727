"""What helps most teams of a round: each action once, with the teams in whose gap it closes something. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from frameworks.definition import Action, ActionKind
from frameworks.planning import GapItem, Reason


@dataclass(frozen=True)
class SharedAction:
    """`teams` are the names of all it helps, `pressing` of those for which it closes something in the way of their
    next level; both in the order the teams came in. `statements` are the keys it closes in any team. `deferred` says
    why it can wait."""

    action: Action
    teams: tuple[str, ...]
    pressing: tuple[str, ...]
    statements: tuple[str, ...]
    deferred: str = ""


@dataclass
class Need:
    """Which teams, by number, lack something of one practice, and what."""

    teams: set[int] = field(default_factory=set)
    pressing: set[int] = field(default_factory=set)
    statements: dict[str, None] = field(default_factory=dict)


def shared_actions(
    teams: Sequence[tuple[str, Sequence[GapItem]]],
    actions: Sequence[Action],
    deferred: Mapping[str, str] | None = None,
) -> tuple[SharedAction, ...]:
    """Every action that closes something no earlier one closes, of the gaps of named teams.

    First comes what is in the way of most teams' next level, then what helps most teams, then the least effort,
    then what is made for the fewest practices, then the order of the library. What can wait comes last."""
    needs, waiting = _needs(teams), deferred or {}
    left = [action for action in actions if action.kind is not ActionKind.PITFALL and _known(action, needs)]
    chosen: list[Action] = []
    covered: set[str] = set()
    while left := [action for action in left if not covered.issuperset(_known(action, needs))]:
        best = min(left, key=lambda action: _usefulness(action, needs, covered, waiting))
        chosen.append(best)
        covered |= _known(best, needs)
    return tuple(_shared(action, teams, needs, waiting) for action in chosen)


def _needs(teams: Sequence[tuple[str, Sequence[GapItem]]]) -> dict[str, Need]:
    """By practice."""
    needs: dict[str, Need] = defaultdict(Need)
    for number, (_name, items) in enumerate(teams):
        for item in items:
            if item.statement.practice:
                need = needs[item.statement.practice]
                need.teams.add(number)
                need.statements[item.statement.key] = None
                if item.reason in (Reason.GATE, Reason.BLOCKS):
                    need.pressing.add(number)
    return needs


def _known(action: Action, needs: Mapping[str, Need]) -> set[str]:
    return {practice for practice in action.practices if practice in needs}


def _usefulness(
    action: Action, needs: Mapping[str, Need], covered: set[str], deferred: Mapping[str, str]
) -> tuple[bool, int, int, int, int]:
    new = [needs[practice] for practice in _known(action, needs) - covered]
    pressing, teams = _everybody([need.pressing for need in new]), _everybody([need.teams for need in new])
    waits = bool(_reason_to_wait(_known(action, needs), deferred))
    return waits, -len(pressing), -len(teams), action.effort, len(action.practices)


def _everybody(groups: Sequence[set[int]]) -> list[int]:
    return sorted(set().union(*groups))


def _reason_to_wait(practices: set[str], deferred: Mapping[str, str]) -> str:
    """Why what an action closes can wait, where all of it can; else ""."""
    waits = deferred.keys() >= practices
    return deferred[min(practices)] if waits else ""


def _shared(
    action: Action, teams: Sequence[tuple[str, object]], needs: Mapping[str, Need], deferred: Mapping[str, str]
) -> SharedAction:
    met = [needs[practice] for practice in action.practices if practice in needs]
    return SharedAction(
        action=action,
        teams=tuple(teams[number][0] for number in _everybody([need.teams for need in met])),
        pressing=tuple(teams[number][0] for number in _everybody([need.pressing for need in met])),
        statements=tuple(dict.fromkeys(key for need in met for key in need.statements)),
        deferred=_reason_to_wait(_known(action, needs), deferred),
    )
