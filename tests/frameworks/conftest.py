from dataclasses import replace

import pytest
from django.test import Client

from frameworks.drafting import draft
from frameworks.models import Version
from tests.conftest import Cast
from tests.factories import make_user, worked_example


@pytest.fixture
def operator(cast: Cast) -> Client:
    return cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))


@pytest.fixture
def drafted(cast: Cast) -> Version:
    return draft(replace(worked_example(), version="1.1"))
