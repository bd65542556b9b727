"""How wide a text will be and where it breaks, without asking a font.

The widths are those of DejaVu Sans, the widest font the charts name, so what fits here fits in Inter too."""

from collections.abc import Iterator
from unicodedata import normalize

_WIDTHS = {
    "ijlI .,'|/\\:;": 0.34,
    "ftr()[]-!`": 0.42,
    'cksvxyzJ?_*L"': 0.6,
    "abdeghnopqu0123456789$ES{}": 0.64,
    "ABCFKPRTVXYZ": 0.7,
    "DGHNOQUw&+<=>^~#": 0.84,
}
_WIDTH_OF = {character: width for characters, width in _WIDTHS.items() for character in characters}
_WIDEST = 1.1
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """The width of a text in the unit of the font size; rather too wide than too narrow."""
    return size * sum(_WIDTH_OF.get(normalize("NFD", character)[0], _WIDEST) for character in text)


def wrap(text: str, size: float, room: float, lines: int = 3) -> tuple[str, ...]:
    """The text in at most so many lines, none wider than `room`. What is left over ends in an ellipsis."""
    wrapped = _lines([piece for word in text.split() for piece in _pieces(word, size, room)], size, room)
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
    piece = ""
    for character in word:
        if piece and width(piece + character, size) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def _shorten(text: str, size: float, room: float) -> str:
    while text and width(text + ELLIPSIS, size) > room:
        text = text[:-1].rstrip()
    return text + ELLIPSIS
