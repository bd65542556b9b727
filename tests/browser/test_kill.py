"""What was acknowledged is there, even if the server is killed amid saving. script/bench/saving.py does more of it."""

import shutil
from pathlib import Path

import pytest

from tests.load.bench import killed
from tests.load.site import add_clients

pytestmark = pytest.mark.browser


def test_server_killed_amid_saving_loses_nothing_it_acknowledged(prepared: Path, tmp_path: Path) -> None:
    site = add_clients(shutil.copytree(prepared, tmp_path / "data"), clients=4)
    outcome = killed(site, saves=60)
    stored = site.stored()
    assert len(outcome.took) >= 30
    assert outcome.refused != []
    assert outcome.lost(stored) == []
