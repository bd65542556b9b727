"""What answers rest on: it is counted, said, and never changes a level."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from frameworks.definition import Answer, Framework, Rating
from reports import storing
from reports.backing import Backing, Signature, backing_of
from reports.backing_wording import backings
from reports.report import Context, Report, compose
from tests.factories import WORKED_RATINGS, make_report, worked_example
from tests.frameworks.builders import assessments

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
VERIFIED = Signature("Alice", NOON, "Dora", NOON, 1)
PLAIN = Signature("Alice", NOON, revision=1)


def backed(evidence: dict[str, tuple[str, ...]], verified: tuple[str, ...] = ()) -> Report:
    answers = {key: Answer(Rating(code), evidence=evidence.get(key, ())) for key, code in WORKED_RATINGS.items()}
    signatures = {key: VERIFIED if key in verified else PLAIN for key in answers}
    return compose(worked_example(), answers, {}, Context("Northwind"), (), signatures=signatures)


def test_answer_is_asserted_documented_or_verified() -> None:
    report = backed({"a1": ("Runbook",), "a2": ("https://example.org",)}, verified=("a2", "b1"))
    assert [report.backing(key) for key in ("a1", "a2", "b1", "b2")] == [
        Backing.DOCUMENTED,
        Backing.VERIFIED,
        Backing.VERIFIED,
        Backing.ASSERTED,
    ]


def test_what_is_not_answered_rests_on_nothing() -> None:
    assert backing_of(None, None) is None
    assert backing_of(Answer(Rating.DK, evidence=("Runbook",)), VERIFIED) is None
    assert backing_of(Answer(Rating.NA, reason="Out of scope"), None) is Backing.ASSERTED


def test_answers_are_counted_by_what_they_rest_on() -> None:
    report = backed({"a1": ("Runbook",)}, verified=("b1",))
    assert backings(report.backings()) == "Of 5 answers: 1 verified by somebody else, 1 documented, 3 asserted only."
    assert backings(report.backings("b")) == "Of 2 answers: 1 verified by somebody else, 1 asserted only."
    assert backings(make_report({}).backings()) == ""


def test_what_answers_rest_on_is_stored_with_the_report() -> None:
    report = backed({"a1": ("Runbook",)}, verified=("b1",))
    assert storing.from_json(storing.to_json(report)) == report


def test_report_stored_before_answers_could_be_verified_is_read() -> None:
    stored = storing.to_json(backed({"a1": ("Runbook",)}))
    del stored["report"]["signatures"]
    assert storing.from_json(stored).backings() == {Backing.DOCUMENTED: 1, Backing.ASSERTED: 4}


@given(assessments(), st.data())
def test_what_answers_rest_on_never_changes_a_result(
    assessed: tuple[Framework, dict[str, Rating]], data: st.DataObject
) -> None:
    framework, ratings = assessed
    plain = {key: Answer(rating) for key, rating in ratings.items()}
    documented = {
        key: Answer(rating, evidence=("Runbook",)) for key, rating in ratings.items() if data.draw(st.booleans())
    }
    verified = {key: VERIFIED for key in ratings if data.draw(st.booleans())}
    said = Context("Northwind")
    one = compose(framework, plain, {}, said, ())
    other = compose(framework, plain | documented, {}, said, (), signatures=verified)
    assert (one.score, one.gaps, one.why_not, one.way) == (other.score, other.gaps, other.why_not, other.way)
