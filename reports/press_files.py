"""The files that reports/press.py draws with; here, because only the child process imports WeasyPrint."""

from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLESHEETS = [STATIC / "css" / name for name in ("report-fonts.css", "report.css")]
FONTS = {f"static:{path.name}": path for path in (STATIC / "fonts").glob("inter-*.woff2")}
