"""Strategies that draw whole frameworks a file may hold, with texts of any legal characters."""

from hypothesis import strategies as st

from frameworks.definition import (
    STEPS,
    Answer,
    Basis,
    Cell,
    Confidence,
    Example,
    Expectation,
    Framework,
    Level,
    OfficialBand,
    Overall,
    Pillar,
    PillarsAre,
    Rating,
    Source,
    Statement,
)
from frameworks.yaml_nodes import FORBIDDEN

PRACTICES = ("prompt-design", "true", "-")
PUZZLING = [
    ": ",
    " #",
    "#",
    "- ",
    "'",
    '"',
    "\\",
    "{a}",
    "[b]",
    "& ",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    ",",
    "?",
    "yes",
    "12",
]
NOT_DRAWN = [letter for letter in map(chr, range(0x10000)) if letter == "\n" or FORBIDDEN.match(letter)]
LETTERS = st.characters(exclude_characters=NOT_DRAWN)
PIECES = st.one_of(LETTERS, st.sampled_from(PUZZLING), st.just(" "), st.just("a good many words of prose "))
SLUGS = st.one_of(
    st.from_regex(r"\A[a-z0-9-]{1,8}\Z"), st.sampled_from(["true", "no", "null", "12", "1e3", "-", "---"])
)


def texts(most: int, least: int = 1, breaks: bool = False) -> st.SearchStrategy[str]:
    pieces = st.lists(PIECES | st.just("\n") if breaks else PIECES, max_size=8)
    joined = pieces.map(lambda parts: "".join(parts)[:most].rstrip("\n"))
    return joined.filter(str.strip) if least else joined


def slugs(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(SLUGS, min_size=least, max_size=most, unique=True)


NAMES = texts(60)
PARAGRAPHS = texts(400, breaks=True)
REMARKS = texts(400, least=0, breaks=True)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Level 1 and every pillar have a statement; further cells and all texts are drawn."""
    levels = range(1, draw(st.integers(2, 3)) + 1)
    pillars, sources = draw(slugs(1, 3)), draw(slugs(1, 3))
    pairs = [(level, pillar) for level in levels for pillar in pillars]
    covered = [pair for pair in pairs if pair[1] == pillars[0] or draw(st.booleans())]
    keys = draw(slugs(len(covered), len(covered) + 3))
    cells = [draw(cell(level, pillar, sources, keys.pop())) for level, pillar in covered]
    return Framework(
        slug=draw(SLUGS),
        version=f"{draw(st.integers(0, 99))}.{draw(st.integers(0, 99))}",
        name=draw(NAMES),
        publisher=draw(NAMES),
        summary=draw(PARAGRAPHS),
        licence_note=draw(PARAGRAPHS),
        pillars_are=draw(st.sampled_from(PillarsAre)),
        entry_level=draw(st.integers(0, 1)),
        sources=tuple(draw(source(slug)) for slug in sources),
        levels=tuple(Level(number, draw(NAMES), draw(PARAGRAPHS)) for number in levels),
        pillars=tuple(Pillar(slug, draw(NAMES), draw(PARAGRAPHS)) for slug in pillars),
        cells=tuple(cells),
        overall=draw(st.sampled_from(Overall)),
        limits=tuple(draw(st.lists(NAMES, max_size=2))),
        official_bands=draw(st.sampled_from([(), (OfficialBand(1, 0, 9), OfficialBand(2, 10, 10))])),
        examples=tuple(draw(st.lists(examples(cells), max_size=2))),
    )


def source(slug: str) -> st.SearchStrategy[Source]:
    addresses = st.sampled_from([None, "https://example.org/a?b=c#d", "http://[::1]:", "https://a.example/é"])
    return st.builds(Source, st.just(slug), NAMES, NAMES, NAMES, st.sampled_from(Confidence), addresses)


@st.composite
def cell(draw: st.DrawFn, level: int, pillar: str, sources: list[str], key: str) -> Cell:
    basis = draw(st.sampled_from(Basis))
    cited = draw(st.lists(st.sampled_from(sources), min_size=1, unique=True))
    statement = Statement(
        key,
        draw(texts(200)),
        help=draw(REMARKS),
        evidence=tuple(draw(st.lists(NAMES, max_size=2))),
        essential=basis.may_gate and draw(st.booleans()),
        weight=draw(st.integers(1, 3)),
        effort=draw(st.integers(1, 3)),
        practice=draw(st.sampled_from([None, *PRACTICES])),
        required=draw(st.sampled_from(STEPS[1:])),
    )
    return Cell(level, pillar, basis, draw(PARAGRAPHS), tuple(cited), (statement,))


def examples(cells: list[Cell]) -> st.SearchStrategy[Example]:
    """Nothing is expected of them but full coverage, which comes out whenever every statement is answered."""
    keys = [statement.key for cell in cells for statement in cell.statements]
    given = st.fixed_dictionaries(dict.fromkeys(keys, answers()))
    return st.builds(Example, NAMES, given, st.sampled_from([Expectation(), Expectation(coverage="1.0000")]))


def answers() -> st.SearchStrategy[Answer]:
    rated = st.builds(Answer, st.sampled_from(STEPS), REMARKS, REMARKS, st.lists(NAMES, max_size=2).map(tuple))
    left_out = st.builds(Answer, st.just(Rating.NA), REMARKS, texts(99))
    return st.one_of(st.sampled_from(STEPS).map(Answer), rated, left_out)
