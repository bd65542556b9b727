import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from assessment.models import Answer, Assessment
from frameworks import library
from frameworks.definition import Rating, Statement
from frameworks.wording import RATINGS, Explained, rating_label

MAX_EVIDENCE = 10
ANSWER_FIELDS = ("rating", "reason", "note", "evidence")

keeps_direction = RegexValidator(
    "[\u202a-\u202e\u2066-\u2069]",
    _("Remove the invisible marks that turn the direction of the text: they would turn our sentences too."),
    inverse_match=True,
)


def fingerprint(values: Mapping[str, Any]) -> str:
    """Sixteen letters that are the same for the same answer, by which a page tells what it showed."""
    said = [values.get(name) or "" for name in ANSWER_FIELDS]
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


class EvidenceField(forms.CharField):
    """A link or the name of a file on each line -> a list of texts."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MAX_EVIDENCE:
            raise forms.ValidationError(_("Name at most %(most)d pieces of evidence."), params={"most": MAX_EVIDENCE})
        if any(len(line) > 500 for line in value):
            raise forms.ValidationError(_("Keep each line to at most 500 characters."))

    def run_validators(self, value: list[str]) -> None:
        super().run_validators("\n".join(value))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class AnswerForm(forms.Form):
    """One statement's answer. `answered` has rating (may be ""), note, reason and evidence (a list).

    `seen` is the fingerprint of what the page showed, and `shown` the one that its next page sends. A choice made on a
    page that showed something older than what is stored is refused once, so that nobody overwrites unseen what a
    colleague said."""

    use_required_attribute = False

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    rating = forms.ChoiceField(
        choices=[(code.value, label) for code, label in RATINGS.items()], widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=_("Why does it not apply?"),
        required=False,
        max_length=500,
        validators=[keeps_direction],
        widget=forms.TextInput,
        help_text=_("Only if you chose “Does not apply”."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        validators=[keeps_direction],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What a colleague should know about this answer. It is printed in the report."),
    )
    evidence = EvidenceField(
        label=_("Evidence"),
        required=False,
        validators=[keeps_direction],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Links or names of documents, one on each line."),
    )

    def __init__(self, *args: Any, statement: Statement, answer: Answer | None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(answer, name) for name in ANSWER_FIELDS} if answer else {}
        super().__init__(*args, **kwargs)
        self.statement = statement
        self.answer = answer
        self.stored = fingerprint(self.initial)
        self.shown = (self.is_bound and self["seen"].value()) or self.stored
        self.fields["rating"].label = statement.text
        self.fields["rating"].help_text = statement.help

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if self.cleaned_data.get("rating") == Rating.NA and not any(letter.isalnum() for letter in reason):
            raise forms.ValidationError(_("Say why this does not apply, in a few words."))
        return reason

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        return note.replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        """A reason belongs to “does not apply” alone; anything added needs a rating to belong to."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("rating") != Rating.NA:
            data["reason"] = ""
        if not data.get("rating") and "rating" not in self.errors and (data.get("note") or data.get("evidence")):
            self.add_error("rating", _("Choose an answer too, or say that you do not know yet."))
        elif self._would_overwrite(data):
            self.shown = self.stored
            self.add_error("rating", self._changed_meanwhile())
        return data

    @property
    def answered(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ANSWER_FIELDS}

    @property
    def is_new(self) -> bool:
        """Whether there is something to keep: what is not stored yet, or is stored and was never confirmed."""
        said = fingerprint(self.cleaned_data)
        if said == self.stored:
            return bool(self.cleaned_data["rating"]) and self.is_unconfirmed
        return bool(self.cleaned_data["rating"]) and said != self.cleaned_data["seen"]

    @property
    def is_unconfirmed(self) -> bool:
        """Whether there is an answer that nobody has confirmed in this round."""
        return self.answer is not None and not self.answer.is_confirmed

    def _would_overwrite(self, data: Mapping[str, Any]) -> bool:
        said = fingerprint(data)
        return bool(data.get("seen")) and self.stored not in (data["seen"], said) and said != data["seen"]

    def _changed_meanwhile(self) -> str:
        there = Rating(self.answer.rating) if self.answer and self.answer.rating else None
        return _("Somebody answered “%(rating)s” since you opened this page. Save again to keep your answer.") % {
            "rating": rating_label(there)
        }


class StatementForm(AnswerForm):
    """On a page of its own a statement wants an answer."""

    def clean_rating(self) -> str:
        rating: str = self.cleaned_data["rating"]
        if not rating:
            raise forms.ValidationError(_("Choose one answer, or say that you do not know yet."))
        return rating


class ScopeForm(forms.ModelForm):
    class Meta:
        model = Assessment
        fields = ["systems", "units", "period", "decision", "official_total"]
        labels = {
            "systems": _("Which systems or uses of generative AI are in scope?"),
            "units": _("Which parts of the organization?"),
            "period": _("What time do the answers describe?"),
            "decision": _("What should the sponsor decide?"),
            "official_total": _("Score of the publisher's own questionnaire"),
        }
        help_texts = {
            "systems": _("For example: the claims assistant, the contract search."),
            "units": _("For example: claims handling in Germany and Austria."),
            "period": _("For example: July to November 2026."),
            "decision": _("Stands on the first page of the report. Left empty, it asks to confirm targets and owners."),
        }

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("systems", "units", "period", "decision"):
            self.fields[name].validators.append(keeps_direction)
        self._ask_for_official_total()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _ask_for_official_total(self) -> None:
        """Only where the publisher has a questionnaire of its own, and within its range."""
        bands = self.instance.framework.official_bands
        if not bands:
            del self.fields["official_total"]
            return
        first, last = bands[0].start, bands[-1].end
        self.fields["official_total"] = forms.IntegerField(
            label=self.fields["official_total"].label,
            required=False,
            min_value=first,
            max_value=last,
            help_text=_("If you filled it in: the total, from %(first)d to %(last)d. It is shown beside our result.")
            % {"first": first, "last": last},
        )


class ProfileForm(forms.Form):
    """The questions about an organization; each may stay open."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in library.profile().questions:
            choices = [(option.slug, Explained(option.label, option.meaning)) for option in question.options]
            self.fields[question.slug] = forms.ChoiceField(
                label=question.text,
                help_text=question.help,
                choices=choices,
                widget=forms.RadioSelect,
                required=False,
            )

    def answers(self) -> dict[str, str]:
        """Question -> option, by their slugs, without those left open."""
        return {question: option for question, option in self.cleaned_data.items() if option}
