"""Reads matrix.txt, makes the address of each of its lines, and asks as each of the actors."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.models import User
from tests.access.world import World

FILE = Path(__file__).parent / "matrix.txt"
ACTORS = ["anonymous", "owner", "lead", "other_lead", "executive", "ex_member", "outsider", "operator"]
HTMX = {"HTTP_HX_REQUEST": "true"}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
# What looking may leave behind: the visit, and a file that is drawn when it is first asked for.
KEPT = (
    'INSERT INTO "django_session"',
    'UPDATE "django_session"',
    'DELETE FROM "django_session"',
    'UPDATE "reports_snapshot" SET "pdf" = ',
)

# What a form of the page has to say to be taken; where nothing stands here, an empty form is sent.
ACTION: dict[str, object] = {
    "title": "Write tests",
    "starts_on": "2026-11-01",
    "due_on": "2027-01-31",
    "state": "planned",
    "effort": "2",
    "revision": "0",
}
VALID: dict[str, dict[str, object]] = {
    "assessment:change_round": {"decision": "Fund it"},
    "assessment:pillar": {"a1-rating": "F", "a2-rating": "L", "a3-rating": "P"},
    "assessment:profile": {},
    "assessment:scope": {"systems": "The claims assistant"},
    "assessment:statement": {"a1-rating": "F"},
    "assessment:answer": {"a1-rating": "F"},
    "assessment:verify": {"revision": "0"},
    "people:invite": {"addresses": "new@example.org", "is_executive": "on"},
    "people:member": {"is_owner": "on"},
    "people:marking": {"confidentiality": "Secret"},
    "people:new_organization": {"name": "Eastwind"},
    "people:new_team": {"name": "Legal", "weight": "1"},
    "people:rename": {"name": "Northwind Group"},
    "people:team": {"name": "Claims desk", "weight": "2"},
    "reports:new_action": ACTION,
    "reports:new_round_action": ACTION,
    "reports:planned_action": ACTION,
    "reports:round_action": ACTION,
    "reports:reopen_round": {"reason": "A number was wrong"},
}


@dataclass(frozen=True)
class Line:
    """One line of the table: an address, whether of the open or the closed round, and what each actor gets."""

    name: str
    state: str
    gets: dict[str, str]


def read() -> dict[str, Line]:
    rows = [row.split() for row in FILE.read_text().splitlines() if row.strip() and not row.startswith("#")]
    assert rows[0] == ["name", "round", *ACTORS]
    lines = [Line(name, state, dict(zip(ACTORS, gets, strict=True))) for name, state, *gets in rows[1:]]
    assert len({line.name for line in lines}) == len(lines), "a name stands in two lines"
    return {line.name: line for line in lines}


def routes() -> dict[str, list[str]]:
    """Name -> its addresses as they are written in the URLconf; without the administration."""
    found: dict[str, list[str]] = {}
    for name, route in _walk(get_resolver().url_patterns):
        found.setdefault(name, []).append(route)
    return found


def admin_addresses() -> Iterator[str]:
    """Every address of the administration, about the first row of each model."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "admin":
            for _name, route in _walk(resolver.url_patterns, before=str(resolver.pattern)):
                if "(?P<" not in route:
                    yield "/" + re.sub(r"<.*?>", "1", route)


def _walk(patterns: list[URLPattern | URLResolver], space: str = "", before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", route
        elif pattern.namespace != "admin":
            yield from _walk(
                pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""), route
            )


def address(name: str, route: str, parts: dict[str, str]) -> str:
    """The address of a route, in which each variable part is what `parts` says for the word before it."""
    if "(?P<" in route:
        return reverse(name, kwargs=dict.fromkeys(re.findall(r"\(\?P<(\w+)>", route), "none"))
    done: list[str] = []
    for part in route.split("/"):
        done.append(PARAMETER.sub(lambda _found: parts[done[-1] if done[-1] in parts else done[-2]], part))
    return "/" + "/".join(done)


def client_of(world: World, actor: str) -> Client:
    client = Client()
    if actor in world.people:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[actor]
    return client


def signed_in(user: User) -> str:
    """The key of a visit."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ask(client: Client, method: str, path: str, data: Mapping[str, object], **headers: str) -> tuple[str, list[str]]:
    """What comes of a request, and what it wrote. Everything is taken back afterwards."""
    written: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(WRITES) and not sql.startswith(KEPT):
            written.append(sql)
        return execute(sql, *rest)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            response = client.get(path, **headers) if method == "GET" else client.post(path, data, **headers)
        transaction.set_rollback(True)
    return said(response), written


def said(response: HttpResponse) -> str:
    """The status; "login" where somebody is sent to sign in first, or by a page that holds what was sent."""
    to, holds = response.get("Location", ""), response.status_code == 401 and b"<h1>" in response.content
    leads = holds or to.startswith(("/accounts/login/?next=", "/admin/login/?next="))
    return "login" if leads else str(response.status_code)


def cell(client: Client, line: Line, path: str, **headers: str) -> str:
    """What GET and POST come to. Who is refused, and who only looks, must change nothing."""
    pair = []
    for method in ("GET", "POST"):
        came, written = ask(client, method, path, VALID.get(line.name, {}), **headers)
        assert (method == "POST" and came in ("200", "302")) or not written, f"{method} {path} wrote {written}"
        pair.append(came)
    return pair[0] if pair[0] == pair[1] else "/".join(pair)
