import pytest

from tests.access.world import PASSWORD, World, confirm, make_world
from tests.factories import make_user, make_version


@pytest.fixture
def worlds(db: None) -> tuple[World, World]:
    """Northwind and Southwind, the same twice. The owner of Southwind is an outsider in Northwind; the operator belongs
    to neither."""
    version = make_version()
    northwind, southwind = make_world("northwind", "n", version), make_world("southwind", "s", version)
    northwind.people["outsider"] = southwind.people["owner"]
    northwind.people["operator"] = make_user(
        "operator@example.org", password=PASSWORD, is_staff=True, is_superuser=True
    )
    confirm(northwind.people["operator"])
    return northwind, southwind


@pytest.fixture
def northwind(worlds: tuple[World, World]) -> World:
    return worlds[0]


@pytest.fixture
def southwind(worlds: tuple[World, World]) -> World:
    return worlds[1]
