from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from frameworks.drafting import draft
from frameworks.dumping import dump
from frameworks.library import bundled
from tests.factories import make_version, worked_example

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def test_export_writes_the_canonical_file() -> None:
    make_version(worked_example())
    assert run("export_framework", "worked-example") == dump(worked_example())


@pytest.mark.parametrize("slug", [path.stem for path in bundled()])
def test_export_loaded_again_says_no_changes(slug: str, tmp_path: Path) -> None:
    run("load_frameworks")
    file = tmp_path / "exported.yaml"
    file.write_text(run("export_framework", slug))
    assert run("load_frameworks", file).splitlines()[1:] == ["no changes"]


def test_export_without_a_version_takes_the_newest_published_one() -> None:
    newer = replace(worked_example(), version="1.10")
    make_version(worked_example())
    make_version(newer)
    draft(replace(worked_example(), version="2.0"))
    assert run("export_framework", "worked-example") == dump(newer)


def test_export_of_a_version_takes_that_one_in_any_state() -> None:
    old, coming = worked_example(), replace(worked_example(), version="2.0")
    make_version(old).retire()
    make_version(replace(old, version="1.1"))
    draft(coming)
    assert run("export_framework", "worked-example", "--version", "1.0") == dump(old)
    assert run("export_framework", "worked-example", "--version", "2.0") == dump(coming)


def test_export_of_an_unknown_framework_is_refused() -> None:
    with pytest.raises(CommandError, match=r"^unheard-of is not published$"):
        run("export_framework", "unheard-of")


@pytest.mark.parametrize("number", ["9.9", "newest"])
def test_export_of_an_unknown_version_is_refused(number: str) -> None:
    make_version(worked_example())
    with pytest.raises(CommandError, match=rf"^there is no version {number} of worked-example$"):
        run("export_framework", "worked-example", "--version", number)
