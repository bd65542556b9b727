"""No run of eight words of a source stands in our own texts."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.sources.fingerprint import fingerprint, runs, words

ROOT: Path = settings.BASE_DIR
OF_SOURCES = set((ROOT / "tests/sources/fingerprints.txt").read_text().split())
OURS = [*sorted((ROOT / "fixtures").rglob("*.yaml")), *sorted((ROOT / "docs").glob("*.md"))]
OURS += [path for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()]

# Naming a source by its title is no copying.
TITLES = ["Unlocking the value of generative AI: a guide for tech leaders"]


def prose(path: Path) -> str:
    """What a person reads, as words: without the markup of templates and the titles of sources."""
    text = " ".join(words(re.sub(r"<[^>]*>|{%.*?%}|{#.*?#}", " ", path.read_text())))
    for title in TITLES:
        text = text.replace(" ".join(words(title)), "…")
    return text


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_text_repeats_no_run_of_words_of_a_source(path: Path) -> None:
    assert [run for run in runs(prose(path)) if fingerprint(run) in OF_SOURCES] == []


def test_run_of_a_source_is_found() -> None:
    """The titles are the only words of a source that stand here."""
    assert {fingerprint(run) for title in TITLES for run in runs(title)} <= OF_SOURCES


def test_runs_ignore_case_punctuation_and_line_ends() -> None:
    run = "one twos three four five six seven eight"
    assert list(runs("One *Two's* three-four,\nfive “six” seven. EIGHT nine")) == [run, f"{run[4:]} nine"]
    assert list(runs("One two three four five six seven")) == []


def test_file_is_made_from_documents(tmp_path: Path) -> None:
    document = tmp_path / "document.txt"
    document.write_text("One, two, three, four, five, six, seven, eight.")
    command = [sys.executable, "-m", "tests.sources.fingerprint", str(document), str(document)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == f"{fingerprint('one two three four five six seven eight')}\n"
