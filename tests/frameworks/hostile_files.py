"""Files of authors who are not trusted, and what is said of each."""

from pathlib import Path

HOSTILE = Path(__file__).parent / "hostile"
GOOD = (HOSTILE / "good.yaml").read_text(encoding="utf-8")
PRACTICES = {"prompt-design"}
NAME = "name: Small\n"
LAUGHS = 'a: &a ["x", "x"]\n' + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "".join(f"m{n}: &m{n} {{<<: *m{n - 1}, x: *m{n - 1}}}\n" for n in range(1, 20))
ENDLESS = "9" * 5000


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def marked(block: str, mark: str) -> str:
    return "".join(f"{line[2:]}\n" for line in block.splitlines() if line.startswith(f"{mark} "))


CHANGES = (HOSTILE / "changes.txt").read_text(encoding="utf-8").split("\n\n")[1:]
