"""People who save one answer after the other, as the browser's script does, and remember what was acknowledged."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from urllib.parse import urlencode

from tests.load.site import Site
from tests.serving import Server

TOKEN = "a" * 32


@dataclass
class Outcome:
    """By statement's address: `acknowledged` is the last note that was saved, `sent` the last one that was sent. `took`
    has the seconds of each save, `refused` whatever was not answered with 200."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def lost(self, stored: dict[str, str]) -> list[str]:
        """What was acknowledged, and is neither there nor overwritten by what was sent after it."""
        return [
            f"{path}: {note}"
            for path, note in self.acknowledged.items()
            if stored.get(path) not in (note, self.sent[path])
        ]


class Client:
    def __init__(self, port: int, session: str, page: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.page = page
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}"}

    def get(self, path: str) -> int:
        self.connection.request("GET", path, headers=self.headers)
        return self._status()

    def save(self, path: str, key: str, note: str) -> int:
        said = {"rating": "L", "note": note, "revision": "0", "page": self.page}
        body = {f"{key}-{name}": value for name, value in said.items()} | {"csrfmiddlewaretoken": TOKEN}
        form = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        self.connection.request("POST", path, urlencode(body), self.headers | form)
        return self._status()

    def close(self) -> None:
        self.connection.close()

    def _status(self) -> int:
        response = self.connection.getresponse()
        response.read()
        return response.status


def save_all(site: Site, port: int, goes_on: Callable[[int], bool]) -> Outcome:
    """Every client saves around its statements for as long as `goes_on`, which is told how many are acknowledged."""
    outcome = Outcome()

    def work(number: int) -> None:
        session, base, page = site.clients[number]
        with closing(Client(port, session, page)) as client:
            save_on(client, number, base)

    def save_on(client: Client, number: int, base: str) -> None:
        for turn, key in enumerate(cycle(site.keys)):
            if not goes_on(len(outcome.took)):
                return
            (path, _), note = saved(base, key), f"{number}, turn {turn}"
            outcome.sent[path] = note
            start = time.perf_counter()
            try:
                status = client.save(path, key, note)
            except (OSError, HTTPException) as error:
                outcome.refused.append(repr(error))
                return
            if status == 200:
                outcome.acknowledged[path] = note
                outcome.took.append(time.perf_counter() - start)
            else:
                outcome.refused.append(str(status))

    with ThreadPoolExecutor(len(site.clients)) as pool:
        list(pool.map(work, range(len(site.clients))))
    return outcome


def seconds(deed: Callable[[], int]) -> float:
    """How long it took; it must be answered with 200."""
    start = time.perf_counter()
    assert deed() == 200
    return time.perf_counter() - start


@dataclass
class Took:
    """What requests of one kind took: each in seconds, and all together in seconds of the server's processor."""

    seconds: list[float] = field(default_factory=list)
    processor: float = 0

    def ask(self, server: Server, deeds: Iterable[Callable[[], int]]) -> None:
        before = server.processor_seconds()
        self.seconds += [seconds(deed) for deed in deeds]
        self.processor += server.processor_seconds() - before


def compare(site: Site, server: Server, blocks: int, each: int = 50) -> tuple[Took, Took, Took]:
    """Saves, a bare signed-in view and the smallest page of the site as often, in turns of a few so that all meet the
    same machine."""
    session, base, page = site.clients[0]
    saves, bare, small = Took(), Took(), Took()
    with closing(Client(server.port, session, page)) as client:
        for block in range(blocks):
            keys = enumerate(islice(cycle(site.keys), each))
            saves.ask(server, [partial(client.save, *saved(base, key), f"{block}, {turn}") for turn, key in keys])
            bare.ask(server, [partial(client.get, "/bare/")] * each)
            small.ask(server, [partial(client.get, "/account/")] * each)
    return saves, bare, small


def saved(base: str, key: str) -> tuple[str, str]:
    """Where an answer is sent, and what its fields are named after."""
    return f"{base}statements/{key}/answer/", key
