"""Measures saving on SQLite through the real server, and prints the figures: script/bench/saving.py."""

import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from tests.load.clients import Outcome, compare, save_all
from tests.load.site import Site, make_site

CLIENTS, SECONDS = 50, 60
ROUNDS, SAVES = 3, 500
BLOCKS = 10


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="waymark-bench-") as folder:
        site = make_site(Path(folder), CLIENTS)
        ratio(site)
        good = [load(site), *(kill(site, number) for number in range(1, ROUNDS + 1))]
    return 0 if all(good) else 1


def ratio(site: Site) -> None:
    """A save waits for the disk to have it, once; a view that only reads never does. The processor's time leaves that
    out, and what else the machine does."""
    with site.served(workers=1) as server:
        compare(site, server, 1)
        saves, bare, small = compare(site, server, BLOCKS)
    for other, name in ((bare, "a view that only says who is there"), (small, "a bare page of a member")):
        took, processor = median(saves.seconds) / median(other.seconds), saves.processor / other.processor
        print(
            f"One save takes {took:.1f} times as long as {name}, and {processor:.1f} times as much of the server's "
            f"processor (median of {len(saves.seconds)})."
        )


def load(site: Site) -> bool:
    with site.served() as server:
        until = time.monotonic() + SECONDS
        outcome = save_all(site, server.port, lambda _saved: time.monotonic() < until)
    lost = outcome.lost(site.stored())
    print(
        f"{CLIENTS} clients for {SECONDS} s: {len(outcome.took)} saves, {len(outcome.took) / SECONDS:.0f} a second, "
        f"median {median(outcome.took) * 1000:.0f} ms, p95 {quantiles(outcome.took, n=20)[-1] * 1000:.0f} ms; "
        f"{len(outcome.refused)} refused, {len(lost)} lost."
    )
    return not outcome.refused and not lost


def kill(site: Site, number: int) -> bool:
    outcome = killed(site, SAVES)
    lost = outcome.lost(site.stored())
    print(f"Round {number}: killed amid {SAVES} saves, {len(outcome.took)} acknowledged, {len(lost)} lost.")
    return not lost


def killed(site: Site, saves: int) -> Outcome:
    """The server is killed once half of the saves are acknowledged, while others are on their way."""
    with site.served() as server:

        def goes_on(saved: int) -> bool:
            if saved >= saves // 2:
                server.kill()
            return saved < saves

        return save_all(site, server.port, goes_on)
