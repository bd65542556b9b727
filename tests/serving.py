"""The real server, as script/server starts it, on data of its own. Knows no Django."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent


def environment(data: Path) -> dict[str, str]:
    """Nothing of the tests' own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WAYMARK_", "DJANGO_"))}
    return kept | {"WAYMARK_DATA_DIR": str(data)}


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


@dataclass(frozen=True)
class Server:
    process: "subprocess.Popen[bytes]"
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def processor_seconds(self) -> float:
        """What all its processes have used of the processor so far; Linux tells it in hundredths."""
        stats = [stat.rsplit(") ", 1)[1].split() for stat in _stats()]
        mine = [fields for fields in stats if fields[2] == str(self.process.pid)]
        return sum(int(fields[11]) + int(fields[12]) for fields in mine) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """kill -9, all workers at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def _stats() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            yield path.read_text()


@contextmanager
def served(env: Mapping[str, str], workers: int) -> Iterator[Server]:
    """On a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    granian = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "config.wsgi:application"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    quiet = ["--backpressure", "64", "--no-access-log", "--log-level", "warning"]
    with subprocess.Popen([*granian, *options, *quiet], cwd=ROOT, env=env, start_new_session=True) as process:
        server = Server(process, port)
        try:
            wait_for(f"{server.url}/")
            yield server
        finally:
            process.terminate()


def wait_for(url: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(OSError), urlopen(url) as response:
            assert response.status == 200
            return
        time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer within 30 seconds")
