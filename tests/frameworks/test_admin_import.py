"""A file through the upload form of the administration: shown, confirmed, or refused."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from frameworks.definition import Framework
from frameworks.drafting import draft_from
from frameworks.dumping import dump
from frameworks.models import Practice, Version
from tests.conftest import Cast
from tests.factories import make_user, make_version, worked_example
from tests.frameworks.hostile_files import CHANGES, ENDLESS, GOOD, LAUGHS, MERGES, NAME, changed, marked

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert(1)</script>"
WITNESS = Path("/tmp/waymark-was-executed")
EXECUTED = f"name: !!python/object/apply:os.system ['touch {WITNESS}']\n"
STRANGE: list[tuple[str | bytes, str]] = [
    ("", "The submitted file is empty."),
    ("# one\n# two\n", "the file holds only comments"),
    ("- a\n- b\n", "expected a mapping, got a list"),
    ("framework: small\n".encode("utf-16"), "not UTF-8 at byte 0"),
    ("name: Café\n".encode("latin-1"), "not UTF-8 at byte 9"),
    (b"\x89PNG\r\n\x1a\n\x00", "not UTF-8 at byte 0"),
    (b"#" * (1024 * 1024 + 1), "The file is too large: at most 1 MiB."),
    ("[" * 100_000, "nested too deeply: at most 20 levels are allowed"),
    ("{a: " * 100_000, "nested too deeply: at most 20 levels are allowed"),
    ("[" + "a, " * 20_000 + "]", "too many values: at most 20,000 are allowed"),
    (GOOD + "---\n" + GOOD, "a second document begins here: only one is allowed"),
    (LAUGHS, "anchors (&) are not allowed"),
    (MERGES, "anchors (&) are not allowed"),
    (changed("weight: 2", f"weight: {ENDLESS}"), "expected an integer from 1 to 3"),
    (changed(NAME, EXECUTED), "tags (!) are not allowed"),
    (changed("framework: small", f'framework: "{MARKUP}"'), f'got "{MARKUP}" in quotes'),
    (changed(NAME, f'{NAME}"{MARKUP}": 1\n'), "unknown key"),
    (changed(NAME, "name: Sm\u202eall\n"), "the character U+202E is not allowed"),
    (changed(NAME, "name: Small\n\x00"), "the character U+0000 is not allowed"),
]


def hostile() -> Iterator[tuple[str | bytes, str]]:
    """Files with what is said of each, the first of several mistakes."""
    for block in CHANGES:
        said = marked(block, "!").splitlines()[0]
        yield changed(marked(block, "-"), marked(block, "+")), said.split(": ", 2)[-1] if ": " in said else said
    yield from STRANGE


@pytest.fixture
def operator(db: None) -> Client:
    return Cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))


def upload(client: Client, content: str | bytes, name: str = "model.yaml") -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    sent = {"file": SimpleUploadedFile(name, data), "bundled": ""}
    response = client.post(reverse("admin:frameworks_version_import_file"), sent)
    assert response.status_code == 200
    return response.content.decode()


def confirm(client: Client, html: str) -> str:
    """Presses the button under what was shown; returns where that leads."""
    found = re.search(r'name="signed" value="([^"]+)"', html)
    assert found
    response = client.post(reverse("admin:frameworks_version_confirm_import"), {"signed": found[1]})
    return str(response.headers["Location"])


def everything() -> dict[str, list[Any]]:
    """All rows of frameworks and their histories."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("frameworks_")]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found[table] = cursor.fetchall()
    return found


def test_every_hostile_file_gets_its_answer_quickly_and_nothing_is_written(operator: Client) -> None:
    Practice.objects.create(slug="prompt-design", name="Prompt design")
    make_version()
    before, files = everything(), list(hostile())
    assert len(files) >= 60
    for content, said in files:
        started = time.process_time()
        html = upload(operator, content)
        assert time.process_time() - started < 2
        assert escape(said) in html, said
        assert MARKUP not in html
        assert 'name="signed"' not in html
    assert everything() == before
    assert not WITNESS.exists()


def test_mistakes_are_told_with_line_column_and_path(operator: Client) -> None:
    html = upload(operator, changed("entry_level: 0", "entry_level: 7"), name="<b>model.yaml")
    assert "&lt;b&gt;model.yaml has 2 mistakes. Nothing was written." in html
    assert "line 8, column 1 entry_level</code> <span>expected an integer from 0 to 1, got &quot;7&quot;" in html


@pytest.mark.parametrize("name", ["model.txt", "model.yaml.exe", "model"])
def test_other_kinds_of_file_are_refused(operator: Client, name: str) -> None:
    assert "Choose a file that ends in .yaml or .yml." in upload(operator, GOOD, name=name)


def test_one_file_has_to_be_chosen(operator: Client) -> None:
    html = operator.post(reverse("admin:frameworks_version_import_file"), {"bundled": ""}).content.decode()
    assert "Choose a file of yours, or one that comes with Waymark." in html


def file(framework: Framework) -> str:
    return dump(framework)


def test_file_is_shown_then_confirmed_and_becomes_a_draft_alone(operator: Client) -> None:
    version = make_version()
    longer = replace(worked_example(), summary=f"{worked_example().summary} And <more>.")
    html = upload(operator, file(longer))
    assert "Compared with Worked example 1.0." in html
    assert "<ins> And &lt;more&gt;.</ins>" in html
    assert "Create draft 1.1" in html
    assert list(Version.objects.all()) == [version]
    location = confirm(operator, html)
    made = Version.objects.get(minor=1)
    assert location == reverse("admin:frameworks_version_change", args=[made.pk])
    assert (made.state, made.definition()) == ("draft", replace(longer, version="1.1"))
    assert "No changes: Worked example 1.1 says the same already." in upload(operator, file(longer))


def test_confirming_twice_makes_one_draft(operator: Client) -> None:
    html = upload(operator, file(worked_example()))
    assert confirm(operator, html) == confirm(operator, html)
    assert Version.objects.count() == 1


def test_what_was_not_shown_cannot_be_confirmed(operator: Client) -> None:
    confirmed = operator.post(reverse("admin:frameworks_version_confirm_import"), {"signed": "made-up"})
    assert confirmed.headers["Location"] == reverse("admin:frameworks_version_import_file")
    assert not Version.objects.exists()


def test_export_of_a_draft_imports_without_changes(operator: Client) -> None:
    made = draft_from(make_version())
    exported = operator.get(reverse("admin:frameworks_version_export", args=[made.pk]))
    assert exported.headers["Content-Disposition"] == 'attachment; filename="worked-example-1.1.yaml"'
    assert "No changes: Worked example 1.1 says the same already." in upload(operator, exported.content)


def test_moved_removed_and_added_statements_and_changed_examples_are_told(operator: Client) -> None:
    make_version()
    known = worked_example()
    first, *others = known.cells
    moved = replace(others[0], statements=(*others[0].statements, replace(first.statements[1], weight=3)))
    new = replace(known, cells=(replace(first, statements=first.statements[:1]), moved, *others[1:]), examples=())
    html = upload(operator, file(new))
    assert "Structure or scoring changes" in html
    assert "Create draft 2.0" in html
    assert re.findall(r'<li class="(\w+)"><span class="tag', html) == ["moved", "removed", "removed"]
    assert "Examples that would come out otherwise" in html


def test_bundled_file_can_be_picked(operator: Client) -> None:
    sent = {"bundled": "aim-genai.yaml"}
    operator.post(reverse("admin:frameworks_version_import_bundled"))
    html = operator.post(reverse("admin:frameworks_version_import_file"), sent).content.decode()
    assert "No changes: AIM Research generative AI maturity framework 1.0 says the same already." in html


def test_people_without_the_right_to_add_import_nothing(operator: Client) -> None:
    looks = Cast.client_of(make_user("looks@example.org", is_staff=True))
    for name in ("import_file", "confirm_import", "import_bundled"):
        assert looks.post(reverse(f"admin:frameworks_version_{name}")).status_code == 403
