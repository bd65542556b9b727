"""Fingerprints of texts we learned from and must not repeat: a hash for each run of eight words, in place of the words.

python -m tests.sources.fingerprint DOCUMENT … > tests/sources/fingerprints.txt
"""

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

RUN = 8
"""Words in a run. Shorter ones are shared by chance."""

DIGITS = 12
"""Hexadecimal digits kept of a hash: enough that two runs hardly ever meet by chance."""


def words(text: str) -> list[str]:
    """Lower-cased, without punctuation; what a hyphen or a line end parts is two words."""
    return re.findall(r"[^\W_]+", re.sub(r"['’]", "", text.lower()))


def runs(text: str) -> Iterator[str]:
    """Every run of eight words, as one text with single spaces."""
    found = words(text)
    return (" ".join(found[start : start + RUN]) for start in range(len(found) - RUN + 1))


def fingerprint(run: str) -> str:
    return sha256(run.encode()).hexdigest()[:DIGITS]


def main(paths: list[str]) -> None:
    found = {fingerprint(run) for path in paths for run in runs(Path(path).read_text())}
    print("\n".join(sorted(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
