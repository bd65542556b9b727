"""Draws PDFs in a child process that is kept: WeasyPrint takes a second to import, and may hang or die on a document.

The child is `python -m reports.press`. It starts at the first document and again after one that it did not survive."""

import os
import signal
import struct
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from threading import Lock
from typing import IO

LENGTH = struct.Struct(">Q")
ROOT = Path(__file__).resolve().parent.parent


class RenderingFailed(Exception):
    """The document was not drawn; the message says why."""


class Renderer:
    """One document at a time, each within `seconds` of wall time; threads wait for their turn."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds
        self._turn = Lock()
        self._child: Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The child's process; None before its first document and after its last."""
        return None if self._child is None else self._child.pid

    def draw(self, html: str) -> bytes:
        """The PDF; the same bytes for the same HTML. Raises RenderingFailed."""
        with self._turn:
            self._child = self._child or self._started()
            try:
                write(_open(self._child.stdin), html.encode())
                return read(_open(self._child.stdout))
            except (EOFError, BrokenPipeError) as error:
                raise RenderingFailed(self._reason(self._ended())) from error

    def close(self) -> None:
        """Ends the child; the next document starts another one."""
        with self._turn:
            self._ended()

    def _ended(self) -> int:
        """The child's status once it is gone; it leaves when its input ends."""
        child, self._child = self._child, None
        if child is None:
            return 0
        child.communicate()
        self._folder.cleanup()
        return child.returncode

    def _started(self) -> "Popen[bytes]":
        """The child knows none of our secrets. Its folder goes with it; where it is killed, we clear it."""
        self._folder = TemporaryDirectory(prefix="waymark-renderer-", ignore_cleanup_errors=True)
        known = {name: value for name, value in os.environ.items() if not name.startswith("WAYMARK_")}
        return Popen(
            [sys.executable, "-m", "reports.press", str(self._seconds), self._folder.name],
            cwd=ROOT,
            env=known | {"TMPDIR": self._folder.name},
            stdin=PIPE,
            stdout=PIPE,
        )

    def _reason(self, status: int) -> str:
        if status == -signal.SIGALRM:
            return f"it took longer than {self._seconds:g} seconds"
        return f"the renderer ended with status {status}"


def read(stream: IO[bytes]) -> bytes:
    """A message with its length before it. Raises EOFError where the other side is gone."""
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    return _exactly(stream, length)


def write(stream: IO[bytes], message: bytes) -> None:
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


def _exactly(stream: IO[bytes], length: int) -> bytes:
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return message


def _open[T](stream: T | None) -> T:
    if stream is None:
        raise RenderingFailed("the renderer was started without pipes")
    return stream
