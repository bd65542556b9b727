"""Forms in which nothing can be typed that a framework file may not say."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from frameworks.fields import Field, Formatted, List, Record, Text
from frameworks.problems import WHOLE_FILE, Problem
from frameworks.yaml_nodes import FORBIDDEN, Items, Node, Scalar

CHANGED_MEANWHILE = _(
    "This was changed since you opened it, by somebody or in another tab. Nothing was saved: what you typed stands "
    "below. Copy it, then open the page anew."
)


class LinesField(forms.CharField):
    """A text on each line <-> a list of texts."""

    widget = AdminTextareaWidget(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


def newest_change(row: Any) -> int | None:
    """The number of the last entry in the history of a row."""
    number: int | None = row.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return number


class FileForm(forms.ModelForm):
    """Holds what is typed to the rules of a file, declared by `record`. `attributes` names the model fields that are
    called otherwise than the keys."""

    record: ClassVar[Record]
    attributes: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.prefix is None:
            self.fields["seen"] = forms.IntegerField(
                required=False, widget=forms.HiddenInput, initial=newest_change(self.instance)
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "seen" in self.data and data.get("seen") != newest_change(self.instance):
            self.add_error(None, CHANGED_MEANWHILE)
        for key, declared in self.record.keys.items():
            name = self.attributes.get(key, key)
            if isinstance(data.get(name), str):
                data[name] = data[name].replace("\r\n", "\n")
            for message in _mistakes(declared.field, data.get(name)):
                self.add_error(name, message)
        return data


def _mistakes(field: Field, value: Any) -> Iterator[str]:
    """What a file with this value would be told. Only texts and lists of texts are looked at: the rest is chosen."""
    if not value or not isinstance(field, Text | Formatted | List) or not isinstance(value, str | list):
        return
    problems: list[Problem] = []
    field.read(_node(value), problems)
    yield from dict.fromkeys(problem.message for problem in problems)
    for found in dict.fromkeys(FORBIDDEN.findall(str(value) if isinstance(value, str) else "".join(value))):
        if found != "\n":
            yield _("The character U+%(code)s is not allowed.") % {"code": f"{ord(found):04X}"}


def _node(value: str | list[str]) -> Node:
    if isinstance(value, str):
        return Scalar(WHOLE_FILE, value, plain=True)
    return Items(WHOLE_FILE, tuple(Scalar(WHOLE_FILE, str(item), plain=True) for item in value))
