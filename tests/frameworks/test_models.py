from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import given, settings

from frameworks import library
from frameworks.definition import Answer, Example, Expectation, Framework, OfficialBand, Rating
from frameworks.drafting import draft
from frameworks.models import Frozen, Practice, Statement, Version
from frameworks.stocking import update_practices
from tests.factories import make_organization, make_round, make_version, worked_example
from tests.frameworks import strategies
from tests.frameworks.builders import cell, framework, s

pytestmark = pytest.mark.django_db

BUNDLED = library.read()


def small(slug: str = "sample", version: str = "1.0", **fields: Any) -> Framework:
    return replace(framework(cell(1, "a", s("a1"))), slug=slug, version=version, **fields)


@pytest.fixture
def practices() -> None:
    update_practices(BUNDLED.practices)


@pytest.mark.usefixtures("practices")
@pytest.mark.parametrize("path", BUNDLED.frameworks, ids=lambda path: path.stem)
def test_definition_of_a_bundled_framework_is_what_the_file_says(path: Any) -> None:
    assert make_version(BUNDLED.frameworks[path]).definition() == BUNDLED.frameworks[path]


@given(definition=strategies.frameworks())
@settings(max_examples=25, deadline=None)
def test_definition_of_any_framework_is_what_was_written(definition: Framework) -> None:
    with transaction.atomic():
        Practice.objects.bulk_create(Practice(slug=slug, name=slug) for slug in strategies.PRACTICES)
        assert draft(definition).definition() == definition
        assert make_version(replace(definition, slug="published")).definition() == replace(definition, slug="published")
        transaction.set_rollback(True)


def test_definition_keeps_the_order_of_answers_in_an_example() -> None:
    """PostgreSQL would sort the keys of a JSON object by length."""
    answers = {"long-key": Answer(Rating.F), "b": Answer(Rating.NA, reason="None here"), "a": Answer(Rating.N)}
    version = make_version(small(examples=(Example("Out of order", answers, Expectation()),)))
    assert list(version.definition().examples[0].answers) == ["long-key", "b", "a"]


def test_definition_of_a_draft_follows_its_rows() -> None:
    version = draft(small())
    assert version.definition().statements["a1"].weight == 1
    Statement.objects.filter(version=version).update(weight=3)
    assert version.definition().statements["a1"].weight == 3


@pytest.mark.usefixtures("practices")
@pytest.mark.parametrize("definition", [small(), BUNDLED.frameworks[library.bundled()[1]]], ids=["small", "large"])
def test_definition_of_a_draft_takes_seven_queries(definition: Framework, django_assert_num_queries: Any) -> None:
    version = draft(definition)
    with django_assert_num_queries(7):
        version.definition()


def test_definition_of_a_published_version_is_read_once(django_assert_num_queries: Any) -> None:
    version = make_version(small(name="Read once"))
    with django_assert_num_queries(8):
        version.definition()
    with django_assert_num_queries(0):
        version.definition()


def test_definition_of_a_version_found_again_takes_no_further_query(django_assert_num_queries: Any) -> None:
    make_version(small(name="Found again")).definition()
    with django_assert_num_queries(1):
        version = Version.objects.newest("sample")
        assert version is not None
        assert version.definition().name == "Found again"


def test_newest_compares_numbers_as_integers() -> None:
    for number in ("1.9", "1.10", "1.2"):
        make_version(small(version=number))
    assert str(Version.objects.newest("sample")) == "Sample 1.10"


def test_newest_leaves_out_drafts_retired_versions_and_other_frameworks() -> None:
    make_version(small(version="1.0"))
    make_version(small(version="2.0")).retire()
    draft(small(version="3.0"))
    make_version(small("another", version="4.0"))
    assert str(Version.objects.newest("sample")) == "Sample 1.0"
    assert Version.objects.newest("unheard-of") is None


def test_newest_of_each_has_one_version_of_every_published_framework(django_assert_num_queries: Any) -> None:
    for slug, number in [("b", "1.0"), ("b", "1.1"), ("a", "2.0"), ("a", "1.5")]:
        make_version(small(slug, number))
    draft(small("c"))
    with django_assert_num_queries(1):
        found = [(version.framework.slug, version.number) for version in Version.objects.newest_of_each()]
    assert found == [("a", "2.0"), ("b", "1.1")]


def test_numbered_finds_a_version_in_any_state() -> None:
    draft(small(version="1.0"))
    make_version(small(version="1.1")).retire()
    states = [Version.objects.numbered("sample", number).get().state for number in ("1.0", "1.1")]
    assert states == ["draft", "retired"]


@pytest.mark.parametrize("number", ["", "1", "one", "1.0.0", "1.x", "-1.0", "١.٠", "99999.0", "1.0\n"])
def test_numbered_finds_nothing_by_what_is_no_number(number: str) -> None:
    make_version(small())
    assert not Version.objects.numbered("sample", number).exists()


def test_publish_freezes_with_hash_and_time() -> None:
    version = draft(small())
    version.publish("abc")
    version.refresh_from_db()
    assert (version.state, version.content_hash, version.retired_at) == ("published", "abc", None)
    assert timezone.now() - version.published_at < timedelta(minutes=1)


def test_retire_keeps_the_definition() -> None:
    version = make_version(worked_example())
    version.retire()
    version.refresh_from_db()
    assert version.state == "retired"
    assert timezone.now() - version.retired_at < timedelta(minutes=1)
    assert version.definition() == worked_example()


def test_publish_of_a_published_version_is_refused() -> None:
    version = make_version(small())
    with pytest.raises(Frozen, match=r"Sample 1.0 is published and cannot be changed: create a draft from it\."):
        version.publish("another")


def test_retire_of_a_draft_is_refused() -> None:
    with pytest.raises(Frozen, match=r"Sample 1.0 is draft: only a published version can be retired\."):
        draft(small()).retire()


def test_retire_of_a_retired_version_is_refused() -> None:
    version = make_version(small())
    version.retire()
    with pytest.raises(Frozen, match=r"Sample 1.0 is retired: only a published version can be retired\."):
        version.retire()


def test_draft_can_be_deleted_with_its_parts() -> None:
    draft(small(official_bands=(OfficialBand(1, 0, 9),))).delete()
    assert (Version.objects.count(), Statement.objects.count()) == (0, 0)


@pytest.mark.parametrize("make", [draft, make_version])
def test_version_a_round_uses_cannot_be_deleted(make: Any) -> None:
    make_round(organization=make_organization(), version=make(small()))
    with pytest.raises(ProtectedError):
        Version.objects.all().delete()


def test_framework_with_versions_cannot_be_deleted() -> None:
    version = draft(small())
    with pytest.raises(ProtectedError):
        version.framework.delete()


def test_practice_a_statement_names_cannot_be_deleted() -> None:
    practice = Practice.objects.create(slug="prompt-design", name="Prompt design")
    draft(replace(small(), cells=(cell(1, "a", s("a1", practice="prompt-design")),)))
    with pytest.raises(ProtectedError):
        practice.delete()
