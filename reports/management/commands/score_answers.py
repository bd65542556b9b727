import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frameworks import library, tables
from frameworks.definition import Action, Framework
from frameworks.loading import AnswersFile, DefinitionError, load_answers
from frameworks.models import Action as ActionRow
from frameworks.models import Version
from reports import exports, pdf
from reports.renderer import RenderingFailed
from reports.report import Context, Report, State, compose


class Command(BaseCommand):
    help = "Scores an answers file without a browser. Standard output holds the result alone."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="an answers file")
        parser.add_argument(
            "--framework", type=Path, metavar="PATH", help="a framework file; no database is needed then"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--pdf", type=Path, metavar="OUT", help="also write the report to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self.compose(options["file"], options["framework"])
        if options["pdf"]:
            self.write_pdf(report, options["pdf"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(exports.to_json(report), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(exports.to_text(report))

    def compose(self, file: Path, framework: Path | None) -> Report:
        if framework is None:
            tables.require()
            answers = self.read(file)
            actions = ActionRow.objects.definitions()
        else:
            found = library.read([framework])
            self.refuse(found.problems)
            answers = self.read(file, *found.frameworks.values())
            actions = found.actions
        return report_on(answers, actions)

    def read(self, file: Path, framework: Framework | None = None) -> AnswersFile:
        try:
            return load_answers(file.read_bytes(), lambda slug, number: find(slug, number, framework))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except DefinitionError as error:
            self.refuse([problem.at(str(file)) for problem in error.problems])
            raise

    def refuse(self, problems: list[str]) -> None:
        if problems:
            self.stderr.write("\n".join(problems))
            sys.exit(1)

    def write_pdf(self, report: Report, out: Path) -> None:
        try:
            out.write_bytes(pdf.render(report))
        except (OSError, RenderingFailed) as error:
            raise CommandError(f"{out}: {error}") from error


def find(slug: str, number: str | None, given: Framework | None) -> Framework | None:
    """The framework an answers file names: the one given if it is that, else the published one."""
    if given is not None:
        return given if given.slug == slug and number in (None, given.version) else None
    if number is None:
        version = Version.objects.newest(slug)
    else:
        version = Version.objects.numbered(slug, number).published().first()
    return version.definition() if version else None


def report_on(answers: AnswersFile, actions: Sequence[Action]) -> Report:
    context = Context(organization=answers.organization, team=answers.team or "", state=State.CLOSED)
    return compose(answers.framework, answers.answers, answers.targets, context, actions)
