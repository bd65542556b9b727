import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from tests.access.world import PASSWORD, World, confirm, make_world
from tests.factories import make_user, make_version


@pytest.fixture
def worlds(db: None) -> tuple[World, World]:
    """Northwind and Southwind, the same twice. The owner of Southwind is an outsider in Northwind; the operator belongs
    to neither, and has a second step at sign-in."""
    version = make_version()
    northwind, southwind = make_world("northwind", "n", version), make_world("southwind", "s", version)
    northwind.people["outsider"] = southwind.people["owner"]
    northwind.people["operator"] = make_user(
        "operator@example.org", password=PASSWORD, is_staff=True, is_superuser=True
    )
    confirm(northwind.people["operator"])
    TOTP.activate(northwind.people["operator"], "secret")
    RecoveryCodes.activate(northwind.people["operator"])
    return northwind, southwind


@pytest.fixture
def northwind(worlds: tuple[World, World]) -> World:
    return worlds[0]


@pytest.fixture
def southwind(worlds: tuple[World, World]) -> World:
    return worlds[1]
