from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from config.cache import SharedFileCache


def test_of_many_who_add_the_same_key_one_succeeds(tmp_path: Path) -> None:
    """Each has an own cache object, as workers have."""

    def add(number: int) -> bool:
        return SharedFileCache(str(tmp_path), {}).add(f"key-{number // 16}", 1)

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(add, range(20 * 16))) == 20


def test_key_is_free_again_once_it_is_deleted_or_out_of_date(tmp_path: Path) -> None:
    cache = SharedFileCache(str(tmp_path / "new"), {})
    assert [cache.add("key", 1), cache.add("key", 2)] == [True, False]
    cache.delete("key")
    assert [cache.add("key", 3, timeout=0), cache.add("key", 4)] == [True, True]
    assert cache.get("key") == 4


@pytest.mark.django_db
def test_wrong_passwords_are_counted_by_all_workers_together(tmp_path: Path, settings: Any) -> None:
    """Ten tries for one account, by two workers at once: five are heard."""
    settings.CACHES = {"default": {"BACKEND": "config.cache.SharedFileCache", "LOCATION": tmp_path}}
    answers = []
    for _number in range(10):
        caches["default"].close()
        response = Client().post("/accounts/login/", {"login": "alice@example.org", "password": "wrong"})
        answers.append("Too many failed" in response.content.decode())
    assert answers == [False] * 5 + [True] * 5
