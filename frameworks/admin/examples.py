"""Worked examples, with what they come to now."""

from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frameworks import definition
from frameworks.admin.base import PartAdmin, listed
from frameworks.admin.forms import FileForm
from frameworks.checking import answer_problems, figures
from frameworks.drafting import answer_rows
from frameworks.dumping import dump_value
from frameworks.fields import Record
from frameworks.models import Example, Version
from frameworks.problems import DefinitionError, Problem
from frameworks.schema import ANSWERS, EXAMPLE, EXPECTATION, MAX_LEVELS
from frameworks.scoring import UnknownStatement, score
from frameworks.wording import RATINGS
from frameworks.yaml_nodes import read

FIGURES = {
    "level": gettext_lazy("Level"),
    "secured_level": gettext_lazy("Secured level"),
    "achievement": gettext_lazy("Achievement"),
    "coverage": gettext_lazy("Coverage"),
}

EXPECTED: Any = (
    gettext_lazy("What it must come to"),
    {
        "description": gettext_lazy(
            "Levels as numbers, shares with four decimals such as 0.6875. What is left empty is not compared."
        ),
        "fields": [tuple(FIGURES)],
    },
)
COMPUTED: Any = (gettext_lazy("What it comes to now"), {"fields": ["comes_to"]})


class AnswersField(forms.CharField):
    """Answers as a framework file has them."""

    widget = AdminTextareaWidget(attrs={"rows": 8})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return {}
        problems: list[Problem] = []
        try:
            entry = ANSWERS.read(read(text, problems), problems)
            problems += answer_problems(entry, None)
        except DefinitionError as error:
            problems = list(error.problems)
        if problems:
            raise forms.ValidationError([str(problem) for problem in problems])
        return ANSWERS.build(entry)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else dump_value(ANSWERS, value)


class LevelField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, min_value=0, max_value=MAX_LEVELS, **kwargs)


class ShareField(forms.CharField):
    """A text, so that it is compared digit by digit."""

    widget = forms.TextInput(attrs={"size": 8, "inputmode": "decimal"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, empty_value=None, **kwargs)


class ExampleForm(FileForm):
    record = Record(dict, {"name": EXAMPLE.keys["name"], **EXPECTATION.keys})

    answers = AnswersField(
        label=gettext_lazy("Answers"),
        required=False,
        help_text=gettext_lazy("As in a file: a key and its rating on each line, such as “prompts-1: F”."),
    )
    level = LevelField(label=FIGURES["level"])
    secured_level = LevelField(label=FIGURES["secured_level"])
    achievement = ShareField(label=FIGURES["achievement"])
    coverage = ShareField(label=FIGURES["coverage"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = self.instance.definition() if self.instance.pk else None
        self.initial["answers"] = example.answers if example else {}
        self.initial.update(asdict(example.expect) if example else {})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        expect = definition.Expectation(**{name: data.get(name) for name in FIGURES})
        answers, self.instance.expect = answer_rows(definition.Example("", data.get("answers", {}), expect))
        return data | {"answers": answers}


@admin.register(Example)
class ExampleAdmin(PartAdmin):
    form = ExampleForm
    list_display = ["name", "version"]
    fieldsets = [(None, {"fields": ["version", "name", "answers"]}), EXPECTED]
    plain: Any = {"answers": ["answers_told"], tuple(FIGURES): ["expected"]}
    readonly_fields = ["comes_to"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is not there yet comes to nothing."""
        return [*super().get_fieldsets(request, obj), *([COMPUTED] if obj else [])]

    @admin.display(description=gettext_lazy("answers"))
    def answers_told(self, example: Example) -> str:
        """The keys that are answered alike, in a line."""
        answers = sorted(example.definition().answers.items(), key=lambda item: list(RATINGS).index(item[1].rating))
        lines = [
            f"{RATINGS[rating]}: {', '.join(key for key, _answer in alike)}"
            for rating, alike in groupby(answers, key=lambda item: item[1].rating)
        ]
        return listed(lines)

    @admin.display(description=gettext_lazy("expected"))
    def expected(self, example: Example) -> str:
        return told(asdict(example.definition().expect))

    @admin.display(description=gettext_lazy("computed"))
    def comes_to(self, example: Example) -> str:
        """The figures as the version stands now."""
        return figures_of(example.version, example.definition())


def figures_of(version: Version, example: definition.Example) -> str:
    try:
        return told(figures(score(version.definition(), example.ratings)))
    except UnknownStatement as error:
        return str(error)
    except (ValueError, ZeroDivisionError, IndexError, KeyError):
        return _("not to be computed before the mistakes of the version are mended")


def told(found: Mapping[str, Any]) -> str:
    return listed(f"{FIGURES[name]}: {value}" for name, value in found.items() if value is not None)
