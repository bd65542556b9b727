from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from assessment.models import Answer, Assessment, Said
from assessment.suggesting import Offer
from frameworks import library
from frameworks.definition import Rating, Statement
from frameworks.note_field import NoteField
from frameworks.wording import RATINGS, Explained

MAX_EVIDENCE = 10
ANSWER_FIELDS = ("rating", "reason", "note", "evidence")

keeps_direction = RegexValidator(
    "[\u202a-\u202e\u2066-\u2069]",
    _("Remove the invisible marks that turn the direction of the text: they would turn our sentences too."),
    inverse_match=True,
)


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

    Its fields are named after the statement's key, so that many stand in one page. `revision` and `page` say which
    answer the page showed; `keep` and `act` are the buttons beside the answer."""

    use_required_attribute = False

    class Act(models.TextChoices):
        THEIRS = "theirs", _("Use theirs")
        CLEAR = "clear", _("Clear answer")
        SUGGESTION = "suggestion", _("Use the suggestion")

    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    page = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    keep = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    act = forms.ChoiceField(required=False, choices=Act, widget=forms.HiddenInput)

    rating = forms.ChoiceField(
        choices=[(code.value, label) for code, label in RATINGS.items()], widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=_("Why does it not apply?"),
        required=False,
        max_length=500,
        validators=[keeps_direction],
        widget=forms.TextInput,
        help_text=_("Needed with “Does not apply”, in a few words."),
    )
    note = NoteField(
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

    def __init__(
        self, data: Any = None, *, statement: Statement, answer: Answer | None = None, page: str = "", **kwargs: Any
    ) -> None:
        shown = answer or Answer()
        initial = {name: getattr(shown, name) for name in (*ANSWER_FIELDS, "revision")}
        super().__init__(data, prefix=statement.key, initial=initial | {"page": page}, **kwargs)
        self.statement = statement
        self.answer = answer
        self.is_saved = False
        self.conflict: Answer | None = None
        self.mine: Answer | None = None
        self.offer: Offer | None = None
        self.fields["reason"].is_sometimes_required = True  # type: ignore[attr-defined]
        self.fields["rating"].label = statement.text
        self.fields["rating"].help_text = statement.help

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if self.cleaned_data.get("rating") == Rating.NA and not any(letter.isalnum() for letter in reason):
            raise forms.ValidationError(_("Say why this does not apply, in a few words."))
        return reason

    def clean(self) -> dict[str, Any]:
        """A reason belongs to “does not apply” alone; anything added needs a rating to belong to."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("rating") != Rating.NA:
            data["reason"] = ""
        if not data.get("rating") and "rating" not in self.errors and (data.get("note") or data.get("evidence")):
            self.add_error("rating", _("Choose an answer too, or say that you do not know yet."))
        return data

    def full_clean(self) -> None:
        """Whoever gives up what is in the fields need not correct it first."""
        super().full_clean()
        if self.pressed:
            self._errors = ErrorDict()

    @property
    def pressed(self) -> str:
        """The act whose button was pressed, if it was one beside this answer."""
        pressed = self.data.get(self.add_prefix("act"), "")
        return pressed if pressed in self.Act else ""

    @property
    def sent_from(self) -> str:
        """The page it was sent from."""
        return str(self.data.get(self.add_prefix("page"), ""))

    @property
    def parameters(self) -> str:
        """The names of everything that is sent to save this answer alone."""
        return ",".join(["csrfmiddlewaretoken", *(self.add_prefix(name) for name in self.fields)])

    @property
    def answered(self) -> dict[str, Any]:
        if self.pressed:
            return {"rating": "", "reason": "", "note": "", "evidence": []}
        return {name: self.cleaned_data[name] for name in ANSWER_FIELDS}

    @property
    def said(self) -> Said:
        """To be recorded. Who keeps an answer has seen the one that stands against it."""
        keep, revision = self.cleaned_data.get("keep"), self.cleaned_data.get("revision")
        seen = revision or 0 if keep is None else keep
        return Said(self.statement.key, self.answered, seen, self.cleaned_data.get("page") or "")

    @property
    def says_something(self) -> bool:
        """Whether there is anything to record."""
        return self.pressed == self.Act.CLEAR or (not self.pressed and bool(self.cleaned_data.get("rating")))

    @property
    def is_unconfirmed(self) -> bool:
        """Whether there is an answer that nobody has confirmed in this round."""
        return self.answer is not None and not self.answer.is_confirmed

    @property
    def is_open(self) -> bool:
        """Whether there is something left to do."""
        return self.answer is None or not self.answer.rating or self.is_unconfirmed or bool(self.errors)

    @property
    def was_pressed(self) -> bool:
        """Whether one of the buttons beside the answer sent it."""
        return bool(self.pressed) or self.add_prefix("keep") in self.data

    @property
    def is_sent_along(self) -> bool:
        """Whether it leaves an answer that waits to be confirmed as it is, and its own buttons alone."""
        waiting = self.answer if self.is_unconfirmed else None
        return waiting is not None and not self.was_pressed and waiting.says(self.answered)

    def settle(self, stored: Answer) -> None:
        """Takes note of what is stored now; if somebody else said something else meanwhile, one has to choose."""
        self.answer = stored
        self.is_saved = stored.says(self.answered)
        if not self.is_saved:
            self.conflict, self.mine = stored, Answer(**self.answered)
            self.add_error("rating", _("Somebody changed this answer meanwhile. Choose which one stays."))


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
