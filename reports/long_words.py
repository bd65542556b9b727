"""Words that no line has room for. Looking for a place to break one, line by line, takes Pango time that grows with the
square of its length; so it is given places, which nobody sees and which no text that is copied holds."""

import re
from itertools import batched

TEXT = re.compile(r">[^<>]+<")
LONG = re.compile(r"[^\s<>]{200,}")
LETTER = re.compile(r"(?:&#?\w+;|.)(?:[^\w!-~])*")
"""With what joins it, as accents do."""


def breakable(html: str) -> str:
    """The page, whose head is left as it is."""
    head, body, rest = html.partition("<body")
    return head + body + TEXT.sub(lambda text: LONG.sub(_broken, text[0]), rest)


def _broken(word: re.Match[str]) -> str:
    return "\N{ZERO WIDTH SPACE}".join("".join(letters) for letters in batched(LETTER.findall(word[0]), 10))
