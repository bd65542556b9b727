"""How long a report takes, as ratios: `.venv/bin/python script/bench/reports.py [RUNS]`.

The Microsoft report of the demo data, drawn by a warm renderer, against a fresh headless Chromium that prints the same
HTML; its first page against the whole. Then, through the real server, a stored report against a static file of the same
size and a bare signed-in view: what it costs beyond knowing who asks. Runs are interleaved; medians count."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.load.clients import Client, Took  # noqa: E402 - found from the root of the project
from tests.serving import environment, served  # noqa: E402

TURNS, EACH = 10, 30
REPORT = ("stored report", "stored report, unchanged", "bare signed-in view")
CHROMIUM = shutil.which(os.environ.get("CHROMIUM_PATH") or "chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--allow-file-access-from-files"]


def main(runs: int = 5) -> None:
    with TemporaryDirectory() as folder:
        prepare(Path(folder))
        from reports import pdf  # noqa: PLC0415 - settings have to stand first

        try:
            text, stored = sample()
            page = Path(folder) / "report.html"
            page.write_text(with_styles(text))
            first = text[: text.index('<section class="page" id="contents">')] + "</body></html>"
            drawn = pdf.draw(text)
            ways: dict[str, Callable[[], object]] = {
                "whole": lambda: pdf.draw(text),
                "first page": lambda: pdf.draw(first),
            }
            if CHROMIUM:
                ways["chromium"] = lambda: printed(page)
            tell(measured(ways, runs), drawn)
        finally:
            pdf.RENDERER.close()
        tell_downloads(downloads(Path(folder) / "var", stored, drawn))


def prepare(folder: Path) -> None:
    os.environ |= {"WAYMARK_DATA_DIR": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for command in (["migrate"], ["load_frameworks"], ["collectstatic", "--no-input"], ["load_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, capture_output=True)
    import django  # noqa: PLC0415

    django.setup()


def sample() -> tuple[str, str]:
    """The HTML of the open report of the first team, and the address of its stored one."""
    from assessment.models import Assessment  # noqa: PLC0415
    from reports.document import html  # noqa: PLC0415
    from reports.report import report_for  # noqa: PLC0415

    rows = Assessment.objects.with_everything().filter(round__version__framework__slug="microsoft-genaiops")
    shown = rows.filter(round__state="open", state="submitted").order_by("pk")[0]
    kept = rows.filter(round__state="closed").order_by("pk")[0]
    return html(report_for(shown)), f"{kept.get_absolute_url()}report.pdf"


def with_styles(text: str) -> str:
    """Chromium gets the same styles from files."""
    sheets = "".join(
        f'<link rel="stylesheet" href="file://{ROOT}/static/css/{name}.css">' for name in ("fonts", "report")
    )
    return text.replace("</head>", f"{sheets}</head>")


def printed(page: Path) -> None:
    with TemporaryDirectory() as profile:
        subprocess.run(
            [CHROMIUM or "", *FLAGS, f"--user-data-dir={profile}", "--print-to-pdf=/dev/null", f"file://{page}"],
            check=True,
            capture_output=True,
        )


def measured(ways: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median seconds of wall time of each way."""
    for way in ways.values():
        way()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _run in range(runs):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - began)
    return {name: median(each) for name, each in taken.items()}


def downloads(data: Path, stored: str, drawn: bytes) -> dict[str, Took]:
    """What requests take through the real server, in turns of a few so that all meet the same machine."""
    (data / "static" / "as-large.pdf").write_bytes(drawn)
    with served(environment(data) | {"DJANGO_SETTINGS_MODULE": "tests.load.settings"}, workers=1) as server:
        person, again = (Client(server.port, session(), page="") for _each in range(2))
        again.headers["If-None-Match"] = tag(f"{server.url}{stored}", person.headers)
        ways: dict[str, Callable[[], int]] = {
            "static file": lambda: person.get("/static/as-large.pdf"),
            "bare signed-in view": lambda: person.get("/bare/"),
            "stored report": lambda: person.get(stored),
            "stored report, unchanged": lambda: 200 if again.get(stored) == 304 else 0,
        }
        taken = {name: Took() for name in ways}
        for turn in range(TURNS + 1):
            for name, way in ways.items():
                (taken[name] if turn else Took()).ask(server, [way] * EACH)
        person.close()
        again.close()
    return taken


def tag(url: str, headers: dict[str, str]) -> str:
    with urlopen(Request(url, headers=headers)) as response:
        return str(response.headers["ETag"])


def session() -> str:
    """Of the owner."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from people.models import User  # noqa: PLC0415

    signed_in = Client()
    signed_in.force_login(User.objects.filter(membership__is_owner=True)[0], settings.AUTHENTICATION_BACKENDS[-1])
    return signed_in.cookies[settings.SESSION_COOKIE_NAME].value


def tell_downloads(taken: dict[str, Took]) -> None:
    """Against the static file: of the time, and of the processor. What an unchanged report takes is what it takes
    to know who asks and what may be read."""
    least = taken["static file"]
    for name, took in taken.items():
        time, processor = median(took.seconds) / median(least.seconds), took.processor / least.processor
        print(f"{name:26}{median(took.seconds) * 1000:7.2f} ms{time:7.1f}{processor:7.1f}")
    whole, known, bare = (median(taken[name].seconds) for name in REPORT)
    static = median(least.seconds)
    print(f"stored report / (static file + bare signed-in view): {whole / (static + bare):.1f}")
    print(f"its bytes, beyond knowing that it may be read / static file: {(whole - known) / static:.1f}")


def tell(seconds: dict[str, float], drawn: bytes) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"report: {len(drawn) // 1000} kB; this process: {memory} MB")
    print(f"whole report, warm: {seconds['whole']:.2f} s")
    print(f"first page alone / whole: {seconds['first page'] / seconds['whole']:.2f}")
    if "chromium" in seconds:
        print(f"whole / fresh Chromium: {seconds['whole'] / seconds['chromium']:.2f}")
    else:
        print("whole / fresh Chromium: not measured, there is no Chromium")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
