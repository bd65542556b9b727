import pytest

from assessment.forms import AnswerForm, StatementForm
from assessment.models import Answer
from tests.frameworks.builders import s

DIRECTION_MARKS = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
GIVEN = Answer(rating="L", note="Seen", reason="", evidence=["One", "Two"])


def form(answer: Answer | None = None, kind: type[AnswerForm] = AnswerForm, **data: str) -> AnswerForm:
    return kind({f"a1-{name}": value for name, value in data.items()}, statement=s("a1"), answer=answer)


def test_form_gives_what_was_said_as_an_answer_keeps_it() -> None:
    filled = form(rating="NA", reason=" No data ", note=" Ask Dora ", evidence=" One \r\n\r\nTwo")
    assert filled.is_valid()
    assert filled.answered == {"rating": "NA", "reason": "No data", "note": "Ask Dora", "evidence": ["One", "Two"]}


def test_lines_of_a_note_end_as_they_do_in_a_file() -> None:
    filled = form(rating="F", note="One\r\n\r\nTwo")
    assert filled.is_valid()
    assert filled.answered["note"] == "One\n\nTwo"


def test_note_is_as_long_as_the_browser_counts_it() -> None:
    assert form(rating="F", note="a\r\n" * 1000).is_valid()
    assert not form(rating="F", note="a\r\n" * 1000 + "a").is_valid()


def test_empty_form_is_valid_on_the_page_of_a_pillar_alone() -> None:
    assert form().is_valid()
    assert not form(kind=StatementForm).is_valid()


def test_form_of_an_answered_statement_shows_the_answer() -> None:
    shown = AnswerForm(statement=s("a1"), answer=GIVEN)
    assert [shown[name].value() for name in ("rating", "note", "evidence")] == ["L", "Seen", "One\nTwo"]


def test_form_says_which_answer_its_page_showed() -> None:
    shown = AnswerForm(statement=s("a1"), answer=Answer(rating="L", revision=3), page="one")
    assert [shown[name].value() for name in ("revision", "page")] == [3, "one"]
    sent = form(rating="F", revision="3", page="one")
    assert sent.is_valid()
    assert (sent.said.key, sent.said.revision, sent.said.page) == ("a1", 3, "one")


@pytest.mark.parametrize(
    ("data", "seen"), [({}, 0), ({"revision": "2"}, 2), ({"revision": "2", "keep": "5"}, 5), ({"keep": "0"}, 0)]
)
def test_who_keeps_an_answer_has_seen_the_one_against_it(data: dict[str, str], seen: int) -> None:
    sent = form(rating="F", **data)
    assert sent.is_valid()
    assert sent.said.revision == seen


@pytest.mark.parametrize(
    ("data", "something"),
    [
        ({}, False),
        ({"rating": "F"}, True),
        ({"act": "clear"}, True),
        ({"act": "theirs", "rating": "F"}, False),
        ({"act": "invented", "rating": "F"}, False),
    ],
)
def test_form_says_something_unless_it_is_empty_or_given_up(data: dict[str, str], something: bool) -> None:
    sent = form(**data)
    assert (sent.is_valid() and sent.says_something) is something


def test_form_knows_after_saving_whether_its_answer_stands() -> None:
    sent = form(rating="F")
    assert sent.is_valid()
    sent.settle(Answer(rating="F"))
    assert (sent.is_saved, sent.conflict) == (True, None)
    other = Answer(rating="P")
    sent.settle(other)
    assert (sent.is_saved, sent.conflict, sent.mine.rating) == (False, other, "F")
    assert sent.errors == {"rating": ["Somebody changed this answer meanwhile. Choose which one stays."]}


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
