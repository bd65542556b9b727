import pytest

from assessment.forms import AnswerForm, StatementForm
from assessment.models import Answer
from tests.frameworks.builders import s

DIRECTION_MARKS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
GIVEN = Answer(rating="L", note="Seen", reason="", evidence=["One", "Two"])


def form(answer: Answer | None = None, kind: type[AnswerForm] = AnswerForm, **data: str) -> AnswerForm:
    return kind(data, statement=s("a1"), answer=answer)


def test_form_gives_what_was_said_as_an_answer_keeps_it() -> None:
    filled = form(rating="NA", reason=" No data ", note=" Ask Dora ", evidence=" One \r\n\r\nTwo")
    assert filled.is_valid()
    assert filled.answered == {"rating": "NA", "reason": "No data", "note": "Ask Dora", "evidence": ["One", "Two"]}


def test_lines_of_a_note_end_as_they_do_in_a_file() -> None:
    filled = form(rating="F", note="One\r\n\r\nTwo")
    assert filled.is_valid()
    assert filled.answered["note"] == "One\n\nTwo"


def test_empty_form_is_valid_on_the_page_of_a_pillar_alone() -> None:
    assert form().is_valid()
    assert not form(kind=StatementForm).is_valid()


def test_form_of_an_answered_statement_shows_the_answer() -> None:
    shown = AnswerForm(statement=s("a1"), answer=GIVEN)
    assert [shown[name].value() for name in ("rating", "note", "evidence")] == ["L", "Seen", "One\nTwo"]


SAME = {"rating": "L", "note": "Seen", "evidence": "One\r\nTwo\r\n"}
OTHER = Answer(rating="P", note="", reason="", evidence=[])


def seen(answer: Answer | None) -> str:
    """What a page that shows this answer sends along."""
    return AnswerForm(statement=s("a1"), answer=answer).shown


@pytest.mark.parametrize(
    ("data", "new"),
    [
        (SAME, False),
        (SAME | {"rating": "F"}, True),
        (SAME | {"note": ""}, True),
        (SAME | {"evidence": "One"}, True),
    ],
)
def test_form_has_nothing_new_where_it_was_sent_back_as_it_was_shown(data: dict[str, str], new: bool) -> None:
    filled = form(GIVEN, seen=seen(GIVEN), **data)
    assert filled.is_valid()
    assert filled.is_new is new


@pytest.mark.parametrize("state", ["carried", "suggested", "review"])
@pytest.mark.parametrize(("data", "new"), [(SAME, True), (SAME | {"rating": "F"}, True), ({}, False)])
def test_form_sent_back_as_shown_is_new_where_nobody_has_confirmed_it(
    state: str, data: dict[str, str], new: bool
) -> None:
    waiting = Answer(rating="L", note="Seen", evidence=["One", "Two"], state=state)
    filled = form(waiting, seen=seen(waiting), **data)
    assert filled.is_valid()
    assert (filled.is_unconfirmed, filled.is_new) == (True, new)


def test_form_left_alone_is_not_new_where_a_colleague_has_confirmed_something_else() -> None:
    carried = Answer(rating="L", note="Seen", evidence=["One", "Two"], state="carried")
    filled = form(OTHER, seen=seen(carried), **SAME)
    assert filled.is_valid()
    assert (filled.is_unconfirmed, filled.is_new) == (False, False)


@pytest.mark.parametrize(
    ("shown", "stored", "data", "new"),
    [
        (None, None, {}, False),
        (None, None, {"rating": "F"}, True),
        (None, GIVEN, {}, False),
        (GIVEN, OTHER, SAME, False),
        (GIVEN, OTHER, {"rating": "P"}, False),
    ],
)
def test_form_has_something_new_where_it_is_neither_shown_nor_stored(
    shown: Answer | None, stored: Answer | None, data: dict[str, str], new: bool
) -> None:
    filled = form(stored, seen=seen(shown), **data)
    assert filled.is_valid()
    assert filled.is_new is new


def test_change_on_a_page_that_shows_an_older_answer_is_refused_once() -> None:
    first = form(OTHER, seen=seen(GIVEN), **SAME | {"rating": "F"})
    assert first.errors == {
        "rating": ["Somebody answered “Partly in place” since you opened this page. Save again to keep your answer."]
    }
    again = form(OTHER, seen=first.shown, **SAME | {"rating": "F"})
    assert again.is_valid()
    assert again.is_new


def test_page_shown_again_still_knows_what_it_showed_before() -> None:
    left = form(OTHER, seen=seen(GIVEN), **SAME)
    assert left.is_valid()
    assert left.shown == seen(GIVEN)
    assert form(None, seen=seen(None), note="Ask Dora").shown == seen(None)


@pytest.mark.parametrize("reason", ["", " ", "-", "…", "?!"])
def test_reason_says_something(reason: str) -> None:
    assert form(rating="NA", reason=reason).errors == {"reason": ["Say why this does not apply, in a few words."]}


@pytest.mark.parametrize("reason", ["7", "無", "No data"])
def test_reason_needs_a_letter_or_a_digit(reason: str) -> None:
    assert form(rating="NA", reason=reason).is_valid()


@pytest.mark.parametrize("mark", DIRECTION_MARKS, ids=ascii)
@pytest.mark.parametrize("field", ["reason", "note", "evidence"])
def test_marks_that_turn_the_text_are_refused(field: str, mark: str) -> None:
    fields = {"rating": "NA", "reason": "No data"} | {field: f"one {mark}two"}
    assert form(**fields).errors == {
        field: ["Remove the invisible marks that turn the direction of the text: they would turn our sentences too."]
    }


def test_text_that_runs_from_the_right_is_taken() -> None:
    assert form(rating="F", note="שלום \N{RIGHT-TO-LEFT MARK} עולם").is_valid()


@pytest.mark.parametrize(("lines", "valid"), [(10, True), (11, False)])
def test_evidence_has_at_most_ten_lines(lines: int, valid: bool) -> None:
    assert form(rating="F", evidence="\n".join(map(str, range(lines)))).is_valid() is valid


def test_reason_that_belongs_to_nothing_is_dropped() -> None:
    filled = form(rating="F", reason="No data")
    assert filled.is_valid()
    assert filled.cleaned_data["reason"] == ""
