import pytest
from pytest_django import Settings

from people.checks import no_demo_in_production
from tests.factories import make_organization


@pytest.mark.django_db
def test_demo_in_production_is_an_error(settings: Settings) -> None:
    make_organization("demo", is_demo=True)
    assert no_demo_in_production(databases=["default"]) == []
    settings.PRODUCTION = True
    assert [error.id for error in no_demo_in_production(databases=["default"])] == ["people.E001"]


@pytest.mark.django_db
def test_production_without_demo_is_fine(settings: Settings) -> None:
    make_organization("northwind")
    settings.PRODUCTION = True
    assert no_demo_in_production(databases=["default"]) == []
