"""What the environment may say, and the one line that ends the program where it says something else."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from config import environment as env

PRODUCTION = {
    "WAYMARK_ENV": "production",
    "WAYMARK_SECRET_KEY": "k" * 40,
    "WAYMARK_ALLOWED_HOSTS": "waymark.example.org",
    "WAYMARK_BASE_URL": "https://waymark.example.org",
}
NAME = "WAYMARK_TRIED"


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of their own."""
    environment = {"PATH": os.environ["PATH"], "WAYMARK_DATA_DIR": str(folder), **variables}
    command = [sys.executable, "-c", "import config.settings"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("ENV", "prod", "must be one of evaluation, production"),
        ("DEBUG", "maybe", "must be 1 or 0"),
        ("BASE_URL", "waymark.example.org", "must be an address that begins with https:// or http://"),
        ("DATABASE_URL", "mysql://db/waymark", "must begin with sqlite:/// or postgres://"),
        ("EMAIL_URL", "mail.example.org", "must begin with smtp:// or smtps://"),
        ("TRUSTED_PROXIES", "one", "must be a whole number"),
        ("TIME_ZONE", "Mars/Olympus", "must be a time zone such as Europe/Berlin"),
        ("LOG_LEVEL", "loud", "must be one of WARNING, DEBUG, INFO, ERROR, CRITICAL"),
        ("DATA_DIR", "/dev/null/var", "must be a folder that can be written to, not /dev/null/var: Not a directory"),
    ],
)
def test_start_with_a_wrong_variable_ends_with_one_line(name: str, value: str, problem: str, tmp_path: Path) -> None:
    run = start(tmp_path, **{f"WAYMARK_{name}": value})
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"waymark: WAYMARK_{name} {problem}\n")


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("SECRET_KEY", "", "must be set to at least 40 random characters in production"),
        ("SECRET_KEY", "k" * 39, "must be set to at least 40 random characters in production"),
        ("ALLOWED_HOSTS", "", "must name the hosts Waymark answers for in production, without *"),
        ("ALLOWED_HOSTS", "a.example,*", "must name the hosts Waymark answers for in production, without *"),
        ("BASE_URL", "", "must be the https:// address of this site in production"),
        ("BASE_URL", "http://waymark.example.org", "must be the https:// address of this site in production"),
        ("DEBUG", "1", "must not be set in production"),
    ],
)
def test_start_in_production_with_what_is_unsafe_there_ends_with_one_line(
    name: str, value: str, problem: str, tmp_path: Path
) -> None:
    run = start(tmp_path, **(PRODUCTION | {f"WAYMARK_{name}": value}))
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"waymark: WAYMARK_{name} {problem}\n")


@pytest.mark.parametrize("variables", [{}, PRODUCTION], ids=["evaluation", "production"])
def test_start_with_what_is_needed_says_nothing(variables: dict[str, str], tmp_path: Path) -> None:
    run = start(tmp_path, **variables)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda value: monkeypatch.setenv(NAME, value)


def line_of(error: pytest.ExceptionInfo[SystemExit]) -> str:
    return str(error.value.code).removeprefix(f"waymark: {NAME} ")


def test_text_is_stripped_and_empty_is_unset(given: Any) -> None:
    assert env.text(NAME, "default") == "default"
    given("  ")
    assert env.text(NAME, "default") == "default"
    given(" said ")
    assert env.text(NAME, "default") == "said"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("True", True), ("0", False), ("false", False)])
def test_flag(value: str, expected: bool, given: Any) -> None:
    given(value)
    assert env.flag(NAME) is expected


def test_number_and_words(given: Any) -> None:
    assert (env.number(NAME, 7), env.words(NAME)) == (7, [])
    given("2")
    assert env.number(NAME, 7) == 2
    given(" a, b ,,c")
    assert env.words(NAME) == ["a", "b", "c"]


def test_site_has_no_slash_at_its_end(given: Any) -> None:
    assert env.site(NAME, "http://127.0.0.1:8000") == "http://127.0.0.1:8000"
    given("https://waymark.example.org/")
    assert env.site(NAME, "") == "https://waymark.example.org"


def test_folder_is_absolute_and_made_for_its_owner_alone(given: Any, tmp_path: Path) -> None:
    given(str(tmp_path / "a" / ".." / "b"))
    assert env.folder(NAME, Path("var")) == tmp_path / "b"
    assert (tmp_path / "b").is_dir()
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o700


def test_kept_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret-key"
    key = env.kept_key(path)
    assert len(key) >= 40
    assert env.kept_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_kept_key_differs_between_installations(tmp_path: Path) -> None:
    assert env.kept_key(tmp_path / "a") != env.kept_key(tmp_path / "b")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "/data/100% #1/waymark.sqlite3"),
        ("sqlite:///relative/file.sqlite3", "relative/file.sqlite3"),
        ("sqlite:////srv/a%20folder/file.sqlite3", "/srv/a folder/file.sqlite3"),
    ],
)
def test_database_in_sqlite(url: str, path: str, given: Any) -> None:
    given(url)
    found = env.database(NAME, Path("/data/100% #1/waymark.sqlite3"))
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", path)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_database_in_postgresql(scheme: str, given: Any) -> None:
    given(f"{scheme}://way%40mark:p%2Fss@db.example.org:5433/waymark?sslmode=verify-full&sslrootcert=%2Fca.pem")
    assert env.database(NAME, Path("unused")) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "waymark",
        "USER": "way@mark",
        "PASSWORD": "p/ss",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 2, "max_size": 8, "timeout": 10},
            "sslmode": "verify-full",
            "sslrootcert": "/ca.pem",
        },
    }


@pytest.mark.parametrize("url", ["postgres://db.example.org", "postgres://db.example.org/", "sqlite:///", "sqlite://"])
def test_database_without_a_name_is_refused(url: str, given: Any) -> None:
    given(url)
    with pytest.raises(SystemExit) as error:
        env.database(NAME, Path("unused"))
    assert line_of(error).startswith("must name the database after the host: ")


@pytest.mark.parametrize(
    "url", ["postgres://db:port/waymark", "postgres://db:99999/waymark", "postgres://[::1/waymark"]
)
def test_database_address_that_is_none_is_refused(url: str, given: Any) -> None:
    given(url)
    with pytest.raises(SystemExit) as error:
        env.database(NAME, Path("unused"))
    assert line_of(error).startswith("cannot be read: ")


def test_mailer_writes_files_by_default(tmp_path: Path) -> None:
    assert env.mailer(NAME, tmp_path) == {
        "BACKEND": "config.mail.ReadableFiles",
        "OPTIONS": {"file_path": str(tmp_path)},
    }


@pytest.mark.parametrize(
    ("url", "host", "port", "username", "password", "encryption"),
    [
        ("smtp://localhost", "localhost", 587, "", "", None),
        ("smtp://m.example:25", "m.example", 25, "", "", None),
        ("smtp://me:p%40ss@m.example", "m.example", 587, "me", "p@ss", "use_tls"),
        ("smtps://me:p%40ss@m.example", "m.example", 465, "me", "p@ss", "use_ssl"),
    ],
)
def test_mailer_speaks_smtp(
    url: str, host: str, port: int, username: str, password: str, encryption: str | None, given: Any
) -> None:
    given(url)
    assert env.mailer(NAME, Path("unused")) == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": host,
            "port": port,
            "username": username,
            "password": password,
            "use_ssl": encryption == "use_ssl",
            "use_tls": encryption == "use_tls",
            "timeout": 10,
        },
    }
