"""HTML in, PDF out: the program of the child process in which reports are drawn. `reports.renderer` starts and ends it.

It reads documents from standard input and answers on standard output, each with its length before it, until the input
ends. It fetches nothing but the fonts named here. A document that takes too long, or too much memory, ends it."""

import gc
import logging
import os
import resource
import signal
import sys
from contextlib import suppress
from shutil import rmtree
from ssl import PROTOCOL_TLS_CLIENT, SSLContext

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.press_files import FONTS, STYLESHEETS
from reports.renderer import read, write

NO_TRUST = SSLContext(PROTOCOL_TLS_CLIENT)
"""Knows no authority. Without it, reading the system's takes longer than drawing a small page."""
MEMORY = 1024**3
NICENESS = 5


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Knows our fonts by their exact names, and answers nothing else: no network, no file, no data."""

    def __init__(self) -> None:
        super().__init__(timeout=1, ssl_context=NO_TRUST, allowed_protocols=("static",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in FONTS:
            raise ValueError("a report fetches nothing")
        return URLFetcherResponse(url, FONTS[url].read_bytes(), {"Content-Type": "font/woff2"})


class Press:
    """Keeps what all reports share: fonts and the parsed stylesheets."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        self._styles = [
            CSS(string=sheet.read_text(), font_config=self._fonts, url_fetcher=ClosedFetcher()) for sheet in STYLESHEETS
        ]

    def pdf(self, html: str) -> bytes:
        """The same bytes for the same HTML."""
        document = HTML(string=html, url_fetcher=ClosedFetcher())
        rendered: bytes = document.write_pdf(stylesheets=self._styles, font_config=self._fonts, pdf_variant="pdf/ua-1")
        return rendered


def serve(seconds: float) -> None:
    """Renders what comes in. The kernel's own alarm ends a rendering after `seconds`, whatever it is doing."""
    press = Press()
    gc.freeze()
    gc.disable()
    while True:
        html = read(sys.stdin.buffer).decode()
        signal.setitimer(signal.ITIMER_REAL, seconds)
        write(sys.stdout.buffer, press.pdf(html))
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.collect()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(NICENESS)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    seconds, folder = sys.argv[1:]
    try:
        with suppress(EOFError, BrokenPipeError):
            serve(float(seconds))
    finally:
        rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
