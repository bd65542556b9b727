"""Sample reports of the demo data, for people who have none of their own yet: docs/samples, made by script/samples."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from django.conf import settings

from assessment.models import Assessment, Round
from reports import pdf, press_files
from reports.document import html
from reports.report import compose_for
from reports.round_report import compose_for as compose_round_for

FOLDER = settings.BASE_DIR / "docs" / "samples"
LIST = FOLDER / "samples.json"
REFERENCE = "sample"


@dataclass(frozen=True)
class Sample:
    """`name` is that of the file in docs/samples."""

    name: str
    bytes: int

    @property
    def size(self) -> str:
        """ "160 kB"."""
        return f"{round(self.bytes / 1000)} kB"


def listed() -> list[Sample]:
    """What there is to download, in the order of the list."""
    return [Sample(name, known["bytes"]) for name, known in json.loads(LIST.read_text()).items()]


def texts() -> dict[str, str]:
    """The HTML of every sample, of the demo data as it is loaded. Codes are made anew with it, so they are left out."""
    round = Round.objects.filter(organization__is_demo=True, state=Round.State.OPEN).latest("opened_at")
    first = Assessment.objects.with_everything().filter(round=round).order_by("pk")[0]
    team, whole = compose_for(first), compose_round_for(round)
    lines = tuple(replace(line, reference=REFERENCE) for line in whole.submitted)
    return {
        "team.pdf": html(replace(team, context=replace(team.context, reference=REFERENCE))),
        "round.pdf": html(replace(whole, submitted=lines, context=replace(whole.context, reference=REFERENCE))),
    }


def write() -> None:
    """Draws them, and writes down what they were made from."""
    known = {}
    for name, text in texts().items():
        content = pdf.draw(text)
        (FOLDER / name).write_bytes(content)
        known[name] = {"made_from": fingerprint(text), "bytes": len(content)}
    LIST.write_text(json.dumps(known, indent=1) + "\n")


def outdated() -> list[str]:
    """The samples that the demo data, templates and styles of today would make otherwise."""
    known = json.loads(LIST.read_text())
    made_from = {name: fingerprint(text) for name, text in texts().items()}
    return [name for name, found in made_from.items() if found != known.get(name, {}).get("made_from")]


def fingerprint(text: str) -> str:
    """SHA-256 of a document with the styles it is drawn with."""
    return sha256("".join([text, *_styles()]).encode()).hexdigest()


def _styles() -> Iterator[str]:
    return (sheet.read_text() for sheet in press_files.STYLESHEETS)
