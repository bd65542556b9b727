"""How fast and how safely answers are saved on SQLite: `.venv/bin/python script/bench/saving.py`.

One save beside an empty signed-in view and beside a small page; 50 clients for a minute; the server killed amid 500
saves, three times. It takes about three minutes, and fails where anything acknowledged is lost or a save is refused."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.load.bench import main

sys.exit(main())
