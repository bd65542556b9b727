import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks.definition import (
    Action,
    ActionKind,
    Answer,
    Confidence,
    Credit,
    OfficialBand,
    Overall,
    Practice,
    Rating,
    Source,
    Statement,
)
from frameworks.loading import DefinitionError, load, load_actions, load_practices
from tests.frameworks.hostile_files import CHANGES, ENDLESS, GOOD, LAUGHS, MERGES, NAME, PRACTICES, changed, marked

GOLDEN = Path(__file__).parents[1] / "golden"


def problems(text: str | bytes) -> list[str]:
    """The lines said of a framework file, none for a good one; after at most two seconds of work."""
    started = time.process_time()
    try:
        load(text, PRACTICES)
        return []
    except DefinitionError as error:
        return list(map(str, error.problems))
    finally:
        assert time.process_time() - started < 2


@pytest.mark.parametrize("block", CHANGES, ids=[block.splitlines()[0] for block in CHANGES])
def test_load_of_a_good_file_with_one_change_says_what_is_wrong_and_where(block: str):
    assert problems(changed(marked(block, "-"), marked(block, "+"))) == marked(block, "!").splitlines()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "weight: 2",
            f"weight: {ENDLESS}",
            f'30:9: cells[0].statements[0].weight: expected an integer from 1 to 3, got "{"9" * 39}…"',
        ),
        (
            "text: A is in place.",
            f"text: {'x' * 201}",
            "28:9: cells[0].statements[0].text: expected at most 200 characters, got 201",
        ),
        (NAME, "name: Sm\u202eall\n", "3:1: name: the character U+202E is not allowed"),
        ("A book", "A\u2066 book", "13:16: sources[0].title: the character U+2066 is not allowed"),
        (NAME, "name: Sm\x07all\n", "3:9: the character U+0007 is not allowed"),
        (NAME, "name: Small\n\x00", "4:1: the character U+0000 is not allowed"),
        (NAME, "name: Small\n\u200b\x9bkey: x\n", "4:2: the character U+009B is not allowed"),
        (NAME, "name: Small\n\u200bkey: x\n", "4:1: \\u200bkey: unknown key"),
        ("    pillar: a\n", "\tpillar: a\n", "22:1: indented with a tab: only spaces may indent"),
        (
            "framework: small",
            f"%YAML 1.{ENDLESS}\n---\nframework: small",
            "1:9: not valid YAML: cannot be read from here on",
        ),
    ],
)
def test_load_of_a_good_file_with_a_strange_change_says_what_is_wrong_and_where(old: str, new: str, said: str):
    assert problems(changed(old, new)) == [said]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{", "a value is missing here, or a bracket before it is not closed"),
        ("[1, 2", "expected ',' or ']', but got the end of the file"),
        ('"Small', "a quote is not closed before the file ends"),
        ("@small", "a text that begins with this character needs quotes"),
        ("* small", "a text that begins with & or * needs quotes"),
    ],
)
def test_load_says_in_plain_words_what_is_no_yaml(value: str, said: str):
    [problem] = problems(f"name: {value}")
    assert problem.partition("not valid YAML: ")[2] == said


def test_load_tells_keys_apart_as_people_do():
    assert problems(changed(NAME, "name: Small\ncafé: 1\ncafe\u0301: 2\n")) == [
        "4:1: café: unknown key",
        '5:1: cafe\u0301: duplicate key, first given on line 4 as "café"',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: the file is empty"),
        (" \n\n", "1:1: the file is empty"),
        ("# one\n# two\n", "1:1: the file holds only comments"),
        ("- a\n- b\n", "1:1: expected a mapping, got a list"),
        ("hello\n", '1:1: expected a mapping, got "hello"'),
        ("---\n", "1:1: expected a mapping, got nothing"),
        ("framework: small\n".encode("utf-16"), "1:1: not UTF-8 at byte 0"),
        ("framework: small\n".encode("utf-16-le"), "1:2: the character U+0000 is not allowed"),
        ("name: Café\n".encode("latin-1"), "1:1: not UTF-8 at byte 9"),
        (b"\x89PNG\r\n\x1a\n\x00", "1:1: not UTF-8 at byte 0"),
        ("name: \ud800\n", "1:1: not UTF-8 at byte 6"),
        (b"#" * (1024 * 1024 + 1), "1:1: the file is too large: at most 1,048,576 bytes, got 1,048,577"),
        (b"a" * 20_000_000, "1:1: the file is too large: at most 1,048,576 bytes, got 20,000,000"),
        ("[" * 100_000, f"1:22: {'[0]' * 21}: nested too deeply: at most 20 levels are allowed"),
        ("{a: " * 100_000, f"1:82: a{'.a' * 19}: nested too deeply: at most 20 levels are allowed"),
        ("- " * 100_000, f"1:43: {'[0]' * 21}: nested too deeply: at most 20 levels are allowed"),
        ("[" + "a, " * 20_000 + "]", "1:59999: [19999]: too many values: at most 20,000 are allowed"),
    ],
)
def test_load_of_a_text_that_is_no_framework_says_so_in_one_line(text: str | bytes, said: str):
    assert problems(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "---\n" + GOOD, "44:1: a second document begins here: only one is allowed"),
        (LAUGHS, "1:4: a: anchors (&) are not allowed"),
        (MERGES, "1:5: m1: anchors (&) are not allowed"),
        ("".join(f"{n}publisehr: x\n" for n in range(9000)), "190:1: more problems from here on"),
        (GOOD + "".join(f"    x{n}: {{}}\n" for n in range(9000)), "244:5: more problems from here on"),
        (
            GOOD.replace("{a1: F,", "{" + "".join(f"a1{n}: F, " for n in range(9000))),
            "42:1895: more problems from here on",
        ),
    ],
    ids=["two documents", "a billion laughs", "merges", "misspelt keys", "unknown keys", "misspelt answers"],
)
def test_load_of_a_text_that_goes_wrong_all_over_is_quick_and_says_the_first_of_it(text: str, said: str):
    assert said in problems(text)


def test_load_finds_separate_mistakes_together_sorted_by_line():
    text = (
        GOOD.replace("entry_level: 0", "entry_level: none")
        .replace("{slug: b, name: B,", "{slug: b, title: B,")
        .replace("weight: 2", "weight: heavy")
        .replace("fact: More.\n    sources: [book]", "fact: More.\n    sources: [boook]")
        .replace("b2: {rating: L", "b9: {rating: L")
        .replace('coverage: "1.0000"', 'coverage: "1"')
    )

    assert problems(text) == [
        '8:1: entry_level: expected an integer from 0 to 1, got "none"',
        "19:5: pillars[1].name: required, but missing",
        "19:15: pillars[1].title: unknown key",
        '30:9: cells[0].statements[0].weight: expected an integer from 1 to 3, got "heavy"',
        '36:15: cells[1].sources[0]: there is no source "boook", did you mean book?',
        '42:22: examples[0].answers.b9: there is no statement "b9"',
        '43:65: examples[0].expect.coverage: expected a share with four decimals such as "0.6875", got "1" in quotes',
    ]


def test_load_checks_examples_beside_mistakes_that_do_not_count():
    text = changed(NAME, "name:\n").replace('"0.8333"', '"0.8334"')

    assert problems(text) == [
        "3:1: name: expected a text, got nothing",
        "43:42: examples[0].expect.achievement: expected 0.8334, got 0.8333",
    ]


def test_problem_at_a_file_is_one_line_with_name_line_column_path_and_message():
    with pytest.raises(DefinitionError) as caught:
        load(changed("weight: 2", "weight: heavy"), PRACTICES)

    assert [problem.at("fixtures/frameworks/x.yaml") for problem in caught.value.problems] == [
        'fixtures/frameworks/x.yaml:30:9: cells[0].statements[0].weight: expected an integer from 1 to 3, got "heavy"'
    ]


@pytest.mark.parametrize(
    "text",
    [GOOD.encode(), b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD],
    ids=["bytes", "byte order mark", "Windows line ends", "mark in a text"],
)
def test_load_takes_other_encodings_of_the_same_text(text: str | bytes):
    assert load(text, PRACTICES) == load(GOOD, PRACTICES)


def test_load_gives_what_the_file_says_and_defaults_for_the_rest():
    framework = load(GOOD, PRACTICES)

    assert (framework.slug, framework.version, framework.overall) == ("small", "1.0", Overall.LEVELS)
    assert framework.limits == ()
    assert framework.official_bands == (OfficialBand(1, 0, 9), OfficialBand(2, 10, 20))
    assert framework.sources == (Source("book", "A book", "Waymark", "2026", Confidence.ORIGINAL, None),)
    assert tuple(framework.statements.values()) == (
        Statement("a1", "A is in place.", "", (), True, 2, 2, "prompt-design", Rating.F),
        Statement("b2", "B is in place."),
    )
    assert framework.examples[0].answers == {"a1": Answer(Rating.F), "b2": Answer(Rating.L, note="Nearly")}


@pytest.mark.parametrize("word", ["no", "on", "012", "1:30", "2026-01-31", "~", "null", "1e3", "0x1F", ".nan"])
def test_load_keeps_a_plain_scalar_as_the_text_it_is(word: str):
    assert load(changed(NAME, f"name: {word}\n"), PRACTICES).name == word


def test_load_drops_the_line_break_a_block_ends_with():
    assert load(changed(NAME, "name: >\n  Small\n  model\n"), PRACTICES).name == "Small model"


def test_load_lets_a_floor_cell_go_without_statements():
    bare = "  - level: 1\n    pillar: b\n    basis: floor\n    fact: Nothing yet.\n    sources: [book]\nexamples:"

    assert load(changed("examples:", bare), PRACTICES).cells[2].statements == ()


def test_load_runs_the_worked_example():
    framework = load((GOLDEN / "worked-example.yaml").read_bytes(), ())

    assert [example.expect.level for example in framework.examples] == [2, 1]


PRACTICES_FILE = """\
practices:
  - {slug: prompt-design, name: Prompt design, summary: Prompts are written with method.}
  - {slug: agents, name: Agents, summary: Agents are watched., extension: true}
"""
ACTIONS_FILE = """\
actions:
  - key: library
    kind: action
    title: Start a prompt library
    detail: Collect what works.
    owner: Team lead
    output: A library
    kpi: Ten prompts
    months: [0, 3]
    practices: [prompt-design]
    source: {title: Waymark}
"""


def test_load_practices_gives_them_in_the_order_of_the_file():
    assert load_practices(PRACTICES_FILE) == (
        Practice("prompt-design", "Prompt design", "Prompts are written with method."),
        Practice("agents", "Agents", "Agents are watched.", extension=True),
    )


def test_load_practices_refuses_a_slug_given_twice():
    with pytest.raises(
        DefinitionError, match=r'^3:6: practices\[1\].slug: slug "agents" is given twice, first on line 2$'
    ):
        load_practices(PRACTICES_FILE.replace("prompt-design", "agents"))


def test_load_actions_gives_what_the_file_says_and_defaults_for_the_rest():
    assert load_actions(ACTIONS_FILE, PRACTICES) == (
        Action(
            "library",
            ActionKind.ACTION,
            "Start a prompt library",
            "Collect what works.",
            "Team lead",
            "A library",
            "Ten prompts",
            ("prompt-design",),
            Credit("Waymark"),
            effort=2,
            months=(0, 3),
        ),
    )
    assert load_actions(ACTIONS_FILE.replace("    months: [0, 3]\n", ""), PRACTICES)[0].months is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[prompt-design]", "[agents]", '10:17: actions[0].practices[0]: there is no practice "agents"'),
        ("[0, 3]", "[3, 0]", "9:5: actions[0].months: expected the first month, then the last"),
        ("[0, 3]", "[0]", "9:5: actions[0].months: expected exactly 2 items, got 1"),
        ("[0, 3]", "[0, 25]", '9:17: actions[0].months[1]: expected an integer from 0 to 24, got "25"'),
        (
            "kind: action",
            "kind: deed",
            '3:5: actions[0].kind: expected one of action, good_practice, pitfall, got "deed"',
        ),
    ],
)
def test_load_actions_says_what_is_wrong_and_where(old: str, new: str, said: str):
    with pytest.raises(DefinitionError) as caught:
        load_actions(ACTIONS_FILE.replace(old, new), PRACTICES)

    assert list(map(str, caught.value.problems)) == [said]


LINES = GOOD.splitlines(keepends=True)
NOISE = st.sampled_from(
    ["[", "]", "{", "}", ":", "- ", "&a ", "*a", "!x ", "\t", "\n", '"', "'", "<<: ", "? ", "| ", "\\", "%"]
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 12), NOISE | st.text(max_size=6))
def test_load_of_a_file_with_any_part_replaced_loads_or_is_refused(start: int, length: int, new: str):
    assert isinstance(problems(GOOD[:start] + new + GOOD[start + length :]), list)


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(len(LINES))), st.integers(0, len(LINES)), st.integers(0, 6))
def test_load_of_a_file_with_lines_in_any_order_loads_or_is_refused(order: list[int], start: int, many: int):
    moved = [LINES[number] for number in order[:many]]

    assert isinstance(problems("".join(LINES[:start] + moved + LINES[start + many :])), list)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_load_of_any_bytes_is_refused(data: bytes):
    assert problems(data)
