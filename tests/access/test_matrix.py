"""Every address × every kind of person × GET and POST × with and without HX-Request: what matrix.txt says, no more.

A new address gets its line in matrix.txt; what a form has to say to be taken stands in matrix.py."""

import re
from collections.abc import Iterator
from itertools import product
from uuid import uuid4

import pytest

from tests.access import matrix
from tests.access.matrix import ACTORS, HTMX, Line
from tests.access.world import World

LINES = matrix.read()
ROUTES = matrix.routes()


def asked(line: Line, world: World, **headers: str) -> Iterator[Line]:
    """What everybody gets at each address of a line."""
    for route in ROUTES[line.name]:
        path = matrix.address(line.name, route, world.parts(line.state))
        cells = {actor: matrix.cell(matrix.client_of(world, actor), line, path, **headers) for actor in ACTORS}
        yield Line(line.name, line.state, cells)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert sorted(LINES) == sorted(ROUTES)


def test_every_address_lets_somebody_in() -> None:
    """Otherwise the line would only prove that the address does not work."""
    shut = [name for name, line in LINES.items() if not re.search("200|302", " ".join(line.gets.values()))]
    assert shut == []


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_everybody_gets_what_the_table_says(northwind: World, headers: dict[str, str]) -> None:
    found = [each for line in LINES.values() for each in asked(line, northwind, **headers)]
    assert [said(line, headers) for line in found] == [said(LINES[line.name], headers) for line in found]


def said(line: Line, headers: dict[str, str]) -> str:
    """To htmx, a form that is taken may be answered with the page it leads to, or a part of it. Who is not signed in is
    told so in the page."""
    cells = {actor: _to_htmx(cell) if headers else cell for actor, cell in line.gets.items()}
    return f"{line.name}: {cells}"


def _to_htmx(cell: str) -> str:
    return re.sub("200/302", "200", cell).replace("login", "401")


def test_what_is_another_organization_s_is_not_found_under_the_own_address(northwind: World, southwind: World) -> None:
    """The outsider, who owns Southwind, asks there for what is Northwind's."""
    parts = northwind.parts("open") | {"o": southwind.organization.slug}
    outsider = matrix.client_of(northwind, "outsider")
    for line, path in deeper(parts):
        assert set(matrix.cell(outsider, line, path).split("/")) <= {"404", "405"}, path


def deeper(parts: dict[str, str]) -> Iterator[tuple[Line, str]]:
    """The addresses that name something within an organization."""
    for line in LINES.values():
        for route in ROUTES[line.name]:
            if route.startswith("o/") and route.count("<") > 1:
                yield line, matrix.address(line.name, route, parts)


def test_outsider_cannot_tell_what_is_there_from_what_is_not(northwind: World) -> None:
    nothing = {name: str(uuid4()) for name in ("assessments", "rounds", "people", "invitations", "reports", "versions")}
    parts = northwind.parts("open")
    invented = parts | nothing | {"teams": "invented", "o": "invented"}
    outsider = matrix.client_of(northwind, "outsider")
    for (_, real), (_, none) in zip(deeper(parts), deeper(invented), strict=True):
        assert bare(outsider.get(real).content) == bare(outsider.get(none).content), real


def bare(page: bytes) -> str:
    """The page without what differs at every request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def test_administration_is_for_operators_alone(northwind: World) -> None:
    """Without a line each: others are led to the sign-in page from all of it, and refused there if signed in."""
    paths = [path for path in matrix.admin_addresses() if path not in ("/admin/logout/", "/admin/login/")]
    for actor in ("anonymous", "owner", "outsider"):
        client = matrix.client_of(northwind, actor)
        for method, path in product(("GET", "POST"), paths):
            assert (path, *matrix.ask(client, method, path, {})) == (path, "login", [])
        assert client.get("/admin/login/").status_code == (302 if actor == "anonymous" else 403)
    operator = matrix.client_of(northwind, "operator")
    lists = [path for path in paths if re.fullmatch(r"/admin/(\w+/\w+/)?", path) and "password_change" not in path]
    assert {operator.get(path).status_code for path in lists} == {200}
