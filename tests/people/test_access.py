from typing import Any

import pytest
from django.http import Http404, HttpRequest

from people.access import get_membership
from people.models import User


def request_of(user: User) -> HttpRequest:
    request = HttpRequest()
    request.user = user
    return request


def test_get_membership_finds_members(cast: Any) -> None:
    assert get_membership(request_of(cast.alice), "northwind").sees_everything is False
    assert get_membership(request_of(cast.bob), "northwind").is_executive is True


@pytest.mark.parametrize("slug", ["northwind", "unheard-of"])
def test_get_membership_tells_a_stranger_nothing(slug: str, cast: Any) -> None:
    with pytest.raises(Http404):
        get_membership(request_of(cast.charlie), slug)


def test_get_membership_takes_one_query(cast: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert get_membership(request_of(cast.bob), "northwind").organization.name == "Northwind"
