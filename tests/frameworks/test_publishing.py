from dataclasses import replace

import pytest
from django.db.utils import DataError, IntegrityError

from frameworks.definition import Framework
from frameworks.drafting import draft, draft_from
from frameworks.models import Framework as FrameworkRow
from frameworks.models import Frozen, Level, Statement, Version
from frameworks.publishing import (
    NotReady,
    NumberRefused,
    VersionTaken,
    content_hash,
    is_published,
    proposed_number,
    publish,
    publish_draft,
)
from tests.factories import make_version, worked_example
from tests.frameworks.builders import cell, framework, s

pytestmark = pytest.mark.django_db

SAMPLE = framework(cell(1, "a", s("a1")))
REWORDED = replace(SAMPLE, summary="Other words.")


def found(number: str) -> Version:
    return Version.objects.numbered("sample", number).get()


def test_publish_of_a_new_version() -> None:
    version = publish(SAMPLE)
    assert version == found("1.0")
    assert found("1.0").state == "published"
    assert found("1.0").content_hash == content_hash(SAMPLE)
    assert found("1.0").definition() == SAMPLE


def test_publish_of_what_is_published_changes_nothing() -> None:
    publish(SAMPLE)
    before = list(Version.objects.values())
    assert publish(SAMPLE) is None
    assert list(Version.objects.values()) == before


def test_publish_of_what_is_retired_changes_nothing() -> None:
    publish(SAMPLE)
    found("1.0").retire()
    assert publish(SAMPLE) is None
    assert found("1.0").state == "retired"


def test_publish_of_other_content_under_a_published_number_is_refused() -> None:
    publish(SAMPLE)
    with pytest.raises(VersionTaken, match=r"^version 1.0 of sample exists with other content: raise the version"):
        publish(REWORDED)
    assert found("1.0").definition() == SAMPLE


def test_publish_under_the_number_of_a_draft_is_refused() -> None:
    draft(SAMPLE)
    with pytest.raises(VersionTaken):
        publish(SAMPLE)
    assert found("1.0").state == "draft"


def test_publish_of_a_newer_version_leaves_the_old_one_beside_it() -> None:
    newer = replace(REWORDED, version="1.1")
    publish(SAMPLE)
    publish(newer)
    assert [found("1.0").definition(), found("1.1").definition()] == [SAMPLE, newer]
    assert Version.objects.newest("sample") == found("1.1")
    assert FrameworkRow.objects.count() == 1


def test_is_published_only_once_it_is() -> None:
    assert not is_published(SAMPLE)
    publish(SAMPLE)
    assert is_published(SAMPLE)


def test_draft_that_cannot_be_written_leaves_nothing_behind() -> None:
    level = replace(SAMPLE.levels[0], number=2)
    with pytest.raises((IntegrityError, DataError)):
        draft(replace(SAMPLE, levels=(*SAMPLE.levels, level, level)))
    assert (FrameworkRow.objects.count(), Version.objects.count(), Level.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "other", [REWORDED, replace(SAMPLE, version="1.1"), worked_example(), replace(SAMPLE, entry_level=1)]
)
def test_content_hash_differs_where_content_does(other: Framework) -> None:
    assert content_hash(other) != content_hash(SAMPLE)


def test_content_hash_is_64_hexadecimal_digits_and_the_same_each_time() -> None:
    assert len(bytes.fromhex(content_hash(SAMPLE))) == 32
    assert content_hash(SAMPLE) == content_hash(replace(SAMPLE))


@pytest.fixture
def a_draft() -> Version:
    return draft_from(make_version())


def test_draft_is_published_with_its_note_under_the_number_given(a_draft: Version) -> None:
    publish_draft(a_draft, "1.4", "Said better.")
    found = Version.objects.get(pk=a_draft.pk)
    assert (found.state, found.number, found.note) == ("published", "1.4", "Said better.")
    assert found.definition() == replace(worked_example(), version="1.4")
    assert found.content_hash == content_hash(found.definition())


def test_draft_in_other_words_may_keep_its_number(a_draft: Version) -> None:
    Statement.objects.filter(version=a_draft, key="a1").update(text="Said otherwise.")
    assert proposed_number(a_draft) == "1.1"


@pytest.mark.parametrize("fields", [{"weight": 3}, {"essential": True}, {"effort": 1}])
def test_draft_that_scores_otherwise_needs_another_first_number(a_draft: Version, fields: dict[str, int]) -> None:
    Statement.objects.filter(version=a_draft, key="a3").update(**fields)
    a_draft.examples.all().delete()
    assert proposed_number(a_draft) == "2.0"
    with pytest.raises(NumberRefused, match="Structure or scoring changed"):
        publish_draft(a_draft, "1.1", "Weights.")
    publish_draft(a_draft, "2.0", "Weights.")


@pytest.mark.parametrize(
    ("number", "why"),
    [("1.0", "Version 1.0 exists already."), ("0.9", "The number has to rise: publish it as 1.2 or higher.")],
)
def test_number_has_to_be_free_and_to_rise(a_draft: Version, number: str, why: str) -> None:
    with pytest.raises(NumberRefused, match=f"^{why}$"):
        publish_draft(a_draft, number, "Note")


def test_draft_with_a_mistake_is_not_published(a_draft: Version) -> None:
    Statement.objects.filter(version=a_draft, key="b2").update(weight=7)
    with pytest.raises(NotReady) as error:
        publish_draft(a_draft, "2.0", "Note")
    assert [mistake.path for mistake in error.value.mistakes] == ["cells[3].statements[0].weight"]
    assert Version.objects.get(pk=a_draft.pk).is_draft


def test_draft_is_published_once(a_draft: Version) -> None:
    publish_draft(a_draft, "1.1", "Note")
    with pytest.raises(Frozen):
        publish_draft(a_draft, "1.2", "Note")


def test_first_version_of_a_framework_keeps_any_number() -> None:
    made = draft(replace(SAMPLE, slug="first", version="0.3"))
    assert proposed_number(made) == "0.3"
