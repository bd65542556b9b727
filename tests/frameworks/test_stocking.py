from dataclasses import replace

import pytest

from frameworks import library
from frameworks.definition import Action, ActionKind, Credit, Practice
from frameworks.models import Action as ActionRow
from frameworks.models import Practice as PracticeRow
from frameworks.stocking import update_actions, update_practices

pytestmark = pytest.mark.django_db

PROMPTS = Practice("prompts", "Prompts", "Prompts are designed.")
AGENTS = Practice("agents", "Agents", "Agents are watched.", extension=True)
CHARTER = Action(
    key="charter",
    kind=ActionKind.ACTION,
    title="Sign a charter",
    detail="Agree on it.",
    owner="The board",
    output="A charter",
    kpi="Signed",
    practices=("prompts", "agents"),
    source=Credit("A book", "Page 3"),
    effort=3,
    months=(0, 3),
)
TRAINING = replace(CHARTER, key="training", kind=ActionKind.PITFALL, source=Credit("A book"), months=None)


def practices() -> list[Practice]:
    return [row.definition() for row in PracticeRow.objects.all()]


def actions() -> list[Action]:
    return [row.definition() for row in ActionRow.objects.all()]


def test_update_practices_writes_new_ones_in_their_order() -> None:
    assert update_practices([PROMPTS, AGENTS]) == 2
    assert practices() == [PROMPTS, AGENTS]


def test_update_practices_of_what_is_there_writes_nothing() -> None:
    update_practices([PROMPTS, AGENTS])
    assert update_practices([PROMPTS, AGENTS]) == 0


def test_update_practices_replaces_what_differs() -> None:
    update_practices([PROMPTS, AGENTS])
    assert update_practices([PROMPTS, replace(AGENTS, name="Agents, watched")]) == 1
    assert practices() == [PROMPTS, replace(AGENTS, name="Agents, watched")]


def test_update_practices_follows_a_new_order() -> None:
    update_practices([PROMPTS, AGENTS])
    assert update_practices([AGENTS, PROMPTS]) == 2
    assert practices() == [AGENTS, PROMPTS]


def test_update_practices_leaves_others_alone() -> None:
    update_practices([PROMPTS, AGENTS])
    assert update_practices([PROMPTS]) == 0
    assert practices() == [PROMPTS, AGENTS]


def test_update_actions_writes_new_ones_in_their_order() -> None:
    assert update_actions([TRAINING, CHARTER]) == 2
    assert actions() == [TRAINING, CHARTER]


def test_update_actions_of_what_is_there_writes_nothing() -> None:
    update_actions([CHARTER, TRAINING])
    assert update_actions([CHARTER, TRAINING]) == 0


def test_update_actions_replaces_what_differs() -> None:
    update_actions([CHARTER, TRAINING])
    assert update_actions([replace(CHARTER, months=None), TRAINING]) == 1
    assert actions() == [replace(CHARTER, months=None), TRAINING]


def test_update_actions_follows_a_new_order_and_leaves_others_alone() -> None:
    update_actions([CHARTER, TRAINING])
    assert update_actions([TRAINING]) == 1
    assert set(actions()) == {TRAINING, CHARTER}


def test_bundled_practices_and_actions_come_back_as_the_files_say() -> None:
    bundled = library.read()
    update_practices(bundled.practices)
    update_actions(bundled.actions)
    assert practices() == list(bundled.practices)
    assert actions() == list(bundled.actions)
