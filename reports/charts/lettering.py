"""How wide a text will be and where it breaks, without asking a font.

The widths are those of DejaVu Sans, the widest font the charts name, so what fits here fits in Inter too."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, takewhile
from unicodedata import normalize

_HUNDREDTHS = {
    "ijlI \xa0.,'|/\\:;": 34,
    "ftr()[]-!`": 42,
    'cksvxyzJ?_*L"': 60,
    "abdeghnopqu0123456789$ES{}": 64,
    "ABCFKPRTVXYZ": 70,
    "DGHNOQUw&+<=>^~#": 84,
}
_WIDTH_OF = {character: width for characters, width in _HUNDREDTHS.items() for character in characters}
_WIDEST = 110
# A no-break space is part of a word: "67 %" stays on one line.
_BREAKABLE = re.compile(r"[^\s]+(?:\xa0+[^\s]+)*")
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """The width of a text in the unit of the font size; rather too wide than too narrow."""
    return size * sum(map(_letter, text)) / 100


@lru_cache(maxsize=4096)
def _letter(character: str) -> int:
    """Its width in hundredths of the font size."""
    return _WIDTH_OF.get(normalize("NFD", character)[0], _WIDEST)


def wrap(text: str, size: float, room: float, lines: int = 3) -> tuple[str, ...]:
    """The text in at most so many lines, none wider than `room`. What is left over ends in an ellipsis."""
    wrapped = _lines([piece for word in _BREAKABLE.findall(text) for piece in _pieces(word, size, room)], size, room)
    if len(wrapped) <= lines:
        return tuple(wrapped)
    return (*wrapped[: lines - 1], _shorten(" ".join(wrapped[lines - 1 :]), size, room))


def _lines(words: list[str], size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str, size: float, room: float) -> Iterator[str]:
    """A word, cut where it is wider than a line."""
    begins, so_far = 0, 0
    for place, character in enumerate(word):
        if place > begins and size * (so_far + _letter(character)) / 100 > room:
            yield word[begins:place]
            begins, so_far = place, 0
        so_far += _letter(character)
    yield word[begins:]


def _shorten(text: str, size: float, room: float) -> str:
    widths = accumulate(map(_letter, text), initial=0)
    fit = sum(1 for _fits in takewhile(lambda so_far: size * (so_far + _letter(ELLIPSIS)) / 100 <= room, widths))
    return (text if fit > len(text) else text[: max(fit - 1, 0)].rstrip()) + ELLIPSIS
