from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import transaction

from tests.access import matrix
from tests.access.world import PASSWORD, World, confirm, make_world
from tests.factories import make_user, make_version


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[World, World]]:
    """Northwind and Southwind, the same twice, made once for all tests of a module. The owner of Southwind is an
    outsider in Northwind; the operator belongs to neither, and has a second step at sign-in."""
    with django_db_blocker.unblock(), transaction.atomic():
        version = make_version()
        northwind, southwind = make_world("northwind", "n", version), make_world("southwind", "s", version)
        operator = make_user("operator@example.org", password=PASSWORD, is_staff=True, is_superuser=True)
        confirm(operator)
        TOTP.activate(operator, "secret")
        RecoveryCodes.activate(operator)
        northwind.people |= {"outsider": southwind.people["owner"], "operator": operator}
        for world in (northwind, southwind):
            world.sessions = {actor: matrix.signed_in(person) for actor, person in world.people.items()}
        yield northwind, southwind
        transaction.set_rollback(True)


@pytest.fixture
def db(worlds: tuple[World, World]) -> Iterator[None]:
    """What a test does is taken back, and its attempts count for no limit of the next one. In place of pytest-django's,
    which would close what the module has open."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def northwind(db: None, worlds: tuple[World, World]) -> World:
    return worlds[0]


@pytest.fixture
def southwind(db: None, worlds: tuple[World, World]) -> World:
    return worlds[1]
