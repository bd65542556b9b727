"""A text of several lines in a form."""

from typing import Any

from django import forms


class NoteField(forms.CharField):
    """Its lines end as they do in a file, and as browsers count them, which send two characters where one was typed."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")
