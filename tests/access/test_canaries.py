"""Nothing that one organization wrote is ever seen by the other: pages, headers, files, mails, as everybody there."""

import re
from functools import cache
from io import BytesIO
from zipfile import ZipFile

from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from tests.access import canaries, matrix
from tests.access.matrix import VALID
from tests.access.world import World

INSIDE = ("owner", "lead", "other_lead", "executive")
OUTSIDE = ("anonymous", "ex_member", "outsider")
LINK = re.compile(r'href="(/[^"#]*)')
# Addresses that end the visit, are files of the site itself, or tell nothing of an organization.
LEFT_OUT = ("/accounts/", "/static/", "/admin/", "/frameworks/", "/help/")


def test_every_text_of_an_organization_has_a_canary(northwind: World) -> None:
    """A new model wants a row in tests/access/world.py; a text that cannot say just anything, a line in canaries.py."""
    without = []
    for field, rows in canaries.texts_of(northwind.organization):
        values = [str(value) for value in rows.values_list(field.name, flat=True)]
        exempt = canaries.label(field) in canaries.FIXED | canaries.ADDRESSES
        if not exempt and not any("zqn" in value for value in values):
            without.append(canaries.label(field))
    assert without == []


def test_nothing_of_one_organization_is_seen_by_the_other(southwind: World) -> None:
    seen = {}
    for actor in INSIDE:
        found = crawled(matrix.client_of(southwind, actor))
        seen[actor] = len(set(re.findall(r"zqs\d{4}x", found)))
        # With three of its digits, since a form's random token may well hold the three letters alone.
        assert re.findall(r"zqn\d{3}|northwind", found) == [], actor
    assert min(seen.values()) > 10
    assert seen["owner"] > 60


def test_deeds_of_one_organization_tell_nothing_of_the_other(northwind: World) -> None:
    """Every form, filled in well, as those who write: the answer and what is mailed."""
    for name, path in addresses(northwind):
        for actor in ("owner", "lead"):
            found = posted(matrix.client_of(northwind, actor), name, path)
            assert re.findall(r"zqs\d{3}|southwind", found) == [], (actor, path)


def test_nobody_outside_sees_anything_of_an_organization_at_any_address(northwind: World) -> None:
    for actor in OUTSIDE:
        client = matrix.client_of(northwind, actor)
        for name, path in addresses(northwind):
            for found in (text_of(client.get(path)), posted(client, name, path)):
                assert name == "people:invitation" or re.findall(r"zqn\d{3}", found) == [], (actor, path)


def addresses(world: World) -> list[tuple[str, str]]:
    """Of all pages, the open round's and the closed one's."""
    lines, routes = matrix.read(), matrix.routes()
    parts = {state: world.parts(state) for state in ("open", "closed")}
    return [
        (name, matrix.address(name, route, parts[line.state])) for name, line in lines.items() for route in routes[name]
    ]


def crawled(client: Client) -> str:
    """Everything that links lead to from the start page."""
    waiting, known, found = ["/"], {"/"}, []
    while waiting:
        found.append(text_of(client.get(waiting.pop())))
        for link in LINK.findall(found[-1]):
            if link not in known and not link.startswith(LEFT_OUT):
                known.add(link)
                waiting.append(link)
    return "\n".join(found)


def posted(client: Client, name: str, path: str) -> str:
    """What a form comes to, and what is mailed; taken back."""
    mail.outbox.clear()
    with transaction.atomic():
        found = text_of(client.post(path, VALID.get(name, {})))
        transaction.set_rollback(True)
    letters = [[message.subject, message.from_email, message.body, message.alternatives] for message in mail.outbox]
    return f"{found}\n{letters}"


def text_of(response: HttpResponse) -> str:
    """Headers and body, of PDFs and spreadsheets what they say."""
    said, body = f"{response.headers}", response.getvalue()
    if body.startswith(b"%PDF"):
        return said + text_of_pdf(body)
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as file:
            return said + "".join(file.read(name).decode(errors="ignore") for name in file.namelist())
    return said + body.decode()


@cache
def text_of_pdf(body: bytes) -> str:
    reader = PdfReader(BytesIO(body))
    return str(reader.metadata) + "".join(page.extract_text() for page in reader.pages)
