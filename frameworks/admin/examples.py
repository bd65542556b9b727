"""Worked examples, with what they come to now."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frameworks import definition
from frameworks.admin.base import PartAdmin
from frameworks.admin.forms import FileForm
from frameworks.checking import answer_problems, figures
from frameworks.drafting import answer_rows
from frameworks.dumping import dump_value
from frameworks.fields import Record
from frameworks.models import Example, Version
from frameworks.problems import DefinitionError, Problem
from frameworks.schema import ANSWERS, EXAMPLE
from frameworks.scoring import UnknownStatement, score
from frameworks.yaml_nodes import read

EXPECT = EXAMPLE.keys["expect"].field
assert isinstance(EXPECT, Record)
FIELDS: Any = ["version", "name", "answers", "expect"]


class YamlField(forms.CharField):
    """A part of a framework file, as it is written there."""

    widget = AdminTextareaWidget(attrs={"rows": 8})

    def __init__(self, part: Any, **kwargs: Any) -> None:
        self.part = part
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return self.part.make() if isinstance(self.part, Record) else {}
        problems: list[Problem] = []
        try:
            entry = self.part.read(read(text, problems), problems)
            problems += answer_problems(entry, None) if self.part is ANSWERS else ()
        except DefinitionError as error:
            problems = list(error.problems)
        if problems:
            raise forms.ValidationError([str(problem) for problem in problems])
        return self.part.build(entry)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else dump_value(self.part, value)


class ExampleForm(FileForm):
    record = Record(dict, {"name": EXAMPLE.keys["name"]})

    answers = YamlField(
        ANSWERS,
        label=gettext_lazy("Answers"),
        required=False,
        help_text=gettext_lazy("As in a file: a key and its rating on each line, such as “prompts-1: F”."),
    )
    expect = YamlField(
        EXPECT,
        label=gettext_lazy("Expected"),
        required=False,
        help_text=gettext_lazy("Any of level, secured_level, achievement, coverage, each on its line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = self.instance.definition() if self.instance.pk else None
        self.initial["answers"] = example.answers if example else {}
        self.initial["expect"] = example.expect if example else definition.Expectation()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        told = definition.Example("", data.get("answers", {}), data.get("expect", definition.Expectation()))
        answers, expect = answer_rows(told)
        return data | {"answers": answers, "expect": expect}


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    form = ExampleForm
    list_display = ["name", "version"]
    fields = FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["comes_to"] if obj else [])]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*FIELDS, *(["comes_to"] if obj else [])]

    @admin.display(description=gettext_lazy("comes to"))
    def comes_to(self, example: Example) -> str:
        """The figures as the version stands now."""
        return figures_of(example.version, example.definition())


def figures_of(version: Version, example: definition.Example) -> str:
    try:
        computed = figures(score(version.definition(), example.ratings))
    except UnknownStatement as error:
        return str(error)
    except (ValueError, ZeroDivisionError, IndexError, KeyError):
        return _("not to be computed before the mistakes of the version are mended")
    return ", ".join(f"{name}: {value}" for name, value in computed.items() if value is not None)
