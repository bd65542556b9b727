import pytest

from assessment.forms import AnswerForm, StatementForm
from assessment.models import Answer
from tests.frameworks.builders import s

GIVEN = Answer(rating="L", note="Seen", reason="", evidence=["One", "Two"])


def form(answer: Answer | None = None, kind: type[AnswerForm] = AnswerForm, **data: str) -> AnswerForm:
    return kind(data, statement=s("a1"), answer=answer)


def test_form_gives_what_was_said_as_an_answer_keeps_it() -> None:
    filled = form(rating="NA", reason=" No data ", note=" Ask Dora ", evidence=" One \r\n\r\nTwo")
    assert filled.is_valid()
    assert filled.cleaned_data == {"rating": "NA", "reason": "No data", "note": "Ask Dora", "evidence": ["One", "Two"]}


def test_empty_form_is_valid_on_the_page_of_a_pillar_alone() -> None:
    assert form().is_valid()
    assert not form(kind=StatementForm).is_valid()


def test_form_of_an_answered_statement_shows_the_answer() -> None:
    shown = AnswerForm(statement=s("a1"), answer=GIVEN)
    assert [shown[name].value() for name in ("rating", "note", "evidence")] == ["L", "Seen", "One\nTwo"]


@pytest.mark.parametrize(
    ("data", "changed"),
    [
        ({"rating": "L", "note": "Seen", "evidence": "One\r\nTwo\r\n"}, False),
        ({"rating": "F", "note": "Seen", "evidence": "One\nTwo"}, True),
        ({"rating": "L", "note": "", "evidence": "One\nTwo"}, True),
        ({"rating": "L", "note": "Seen", "evidence": "One"}, True),
    ],
)
def test_form_knows_whether_anything_changed(data: dict[str, str], changed: bool) -> None:
    assert form(GIVEN, **data).has_changed() is changed


@pytest.mark.parametrize(("lines", "valid"), [(10, True), (11, False)])
def test_evidence_has_at_most_ten_lines(lines: int, valid: bool) -> None:
    assert form(rating="F", evidence="\n".join(map(str, range(lines)))).is_valid() is valid


def test_reason_that_belongs_to_nothing_is_dropped() -> None:
    filled = form(rating="F", reason="No data")
    assert filled.is_valid()
    assert filled.cleaned_data["reason"] == ""
