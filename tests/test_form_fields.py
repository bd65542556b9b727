"""How templates/bootstrap5/field.html and templates/waymark/rating_field.html write fields."""

import re
from dataclasses import dataclass

from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Label:
    text: str
    meaning: str

    def __str__(self) -> str:
        return self.text


class StatementForm(forms.Form):
    rating = forms.ChoiceField(
        label="Prompts are tested before release",
        help_text="Think of today.",
        widget=forms.RadioSelect,
        choices=[
            ("N", Label("Not in place", "Absent, or a one-off")),
            ("F", Label("Fully in place", "You could show it today")),
            ("DK", "Don't know yet"),
            ("NA", "Does not apply"),
        ],
        error_messages={"required": "Choose one option"},
    )
    note = forms.CharField(label="Note", required=False)


def rating_field(form: StatementForm, **context: str) -> str:
    html = render_to_string("waymark/rating_field.html", {"field": form["rating"], **context})
    return re.sub(r"\s+", " ", html)


def test_rating_field_asks_before_it_offers_choices() -> None:
    html = rating_field(StatementForm())
    parts = ["<legend", "Prompts are tested before release", "Think of today.", "Not in place", "Fully in place"]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)


def test_rating_field_says_what_a_choice_means() -> None:
    html = rating_field(StatementForm())
    assert '<span class="rating-card-label">Not in place</span>' in html
    assert re.findall(r'rating-card-meaning">(.*?)<', html) == ["Absent, or a one-off", "You could show it today"]


def test_rating_field_sets_not_knowing_apart() -> None:
    html = rating_field(StatementForm())
    assert html.count('class="rating-or"') == 1
    assert html.index("Fully in place") < html.index('class="rating-or"') < html.index("Don&#x27;t know yet")


def test_rating_field_preselects_nothing() -> None:
    assert "checked" not in rating_field(StatementForm())


def test_rating_field_shows_the_given_answer() -> None:
    html = rating_field(StatementForm({"rating": "F"}))
    assert re.findall(r'<input[^>]*value="(\w+)"[^>]* checked', html) == ["F"]


def test_rating_field_with_heading_makes_the_legend_the_heading() -> None:
    html = rating_field(StatementForm(), heading="h1")
    assert '<h1 tabindex="-1" autofocus>Prompts are tested before release</h1>' in html
    assert "<h1>" not in rating_field(StatementForm())


def test_rating_field_names_hint_and_error_to_screen_readers() -> None:
    html = rating_field(StatementForm({}))
    assert 'aria-describedby="id_rating_helptext id_rating_error"' in html
    assert 'id="id_rating_helptext"' in html
    assert 'id="id_rating_error"' in html
    assert html.index("Choose one option") < html.index("Not in place")


def test_error_summary_links_to_each_field() -> None:
    html = render_crispy_form(StatementForm({}))
    assert '<li><a href="#id_rating_0">Choose one option</a></li>' in html
    assert 'role="alert" tabindex="-1" autofocus' in html
    assert 'id="id_rating_0"' in html


def test_form_without_errors_has_no_error_summary() -> None:
    assert "error-summary" not in render_crispy_form(StatementForm())


def test_field_that_may_stay_empty_says_so_and_nothing_is_starred() -> None:
    html = render_crispy_form(StatementForm())
    assert re.findall(r'for="id_note">Note <span class="optional">(.*?)</span>', html) == ["(optional)"]
    assert html.count("(optional)") == 1
    assert "*" not in html
