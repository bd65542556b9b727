"""Places to break what no line has room for."""

import time
from dataclasses import replace

from frameworks.definition import Answer, Rating
from reports import pdf
from reports.document import html
from reports.long_words import breakable
from tests.factories import bundled_framework, make_report
from tests.reports.reading import texts

BREAK = "\N{ZERO WIDTH SPACE}"
IBM = bundled_framework("ibm-genai-adoption")


def test_long_word_gets_a_place_at_every_tenth_letter() -> None:
    assert breakable(f"<body><p>{'x' * 205}</p>") == f"<body><p>{(BREAK.join(['x' * 10] * 20))}{BREAK}xxxxx</p>"


def test_escaped_letters_stay_whole() -> None:
    assert breakable(f"<body><p>{'&lt;' * 100}</p>") == f"<body><p>{BREAK.join(['&lt;' * 10] * 10)}</p>"


def test_accents_stay_with_their_letters() -> None:
    word = ("e\N{COMBINING ACUTE ACCENT}" * 5 + "\N{COMBINING CEDILLA}") * 20
    assert [part for part in breakable(f"<body><p>{word}</p>").split(BREAK) if part.startswith("\u0327")] == []


def test_words_that_fit_attributes_and_the_head_are_left_as_they_are() -> None:
    text = f"<title>{'x' * 300}</title><body><p id={'x' * 300}>{'x' * 199} and {'y' * 199}</p>"
    assert breakable(text) == text


def test_longest_words_in_every_answer_are_drawn_in_seconds_and_read_as_they_are() -> None:
    said = Answer(Rating.NA, note="x" * 2000, reason="y" * 500, evidence=tuple("z" * 200 for _ in range(10)))
    sample = make_report({}, IBM)
    pdf.draw("<html lang=en><title>x</title>")
    began = time.monotonic()
    content = pdf.draw(html(replace(sample, answers=dict.fromkeys(list(IBM.statements)[:10], said))))
    assert time.monotonic() - began < 20
    whole = "".join(texts(content)).replace(" ", "")
    assert ("y" * 500 in whole, BREAK in whole) == (True, False)
