from collections import namedtuple
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from config import health


def test_process_answers_without_a_database_or_a_host_name() -> None:
    response = Client().get("/livez", headers={"host": "anything"})
    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"ok", "no-store")


@pytest.mark.django_db
def test_site_that_can_serve_is_ready() -> None:
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_full_disk_is_not_ready(monkeypatch: Any) -> None:
    usage = namedtuple("usage", "total used free")(10, 9, 1)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: usage)
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"space")


def test_lost_database_is_not_ready(monkeypatch: Any) -> None:
    def lost(_connection: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", lost)
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"database")
