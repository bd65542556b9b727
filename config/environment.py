"""Reads WAYMARK_… from the environment. What is wrong ends the program with one line that names the variable."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit


def refuse(name: str, problem: str) -> NoReturn:
    raise SystemExit(f"waymark: {name} {problem}")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in ("0", "1", "true", "false"):
        refuse(name, "must be 1 or 0")
    return value in ("1", "true")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal():
        refuse(name, "must be a whole number")
    return int(value)


def words(name: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def kept_key(path: Path) -> str:
    """A secret made once and kept beside the data. Linking makes the winner of two simultaneous starts the only one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def database(name: str, fallback: Path) -> dict[str, Any]:
    """Django's settings for sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME; else SQLite at `fallback`."""
    url = urlsplit(text(name, f"sqlite:///{fallback}"))
    if url.scheme == "sqlite":
        return _sqlite(unquote(url.path.removeprefix("/")))
    if url.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.removeprefix("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 10}},
        }
    refuse(name, "must begin with sqlite:/// or postgres://")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;",
        },
    }


def mailer(name: str, folder: Path) -> dict[str, Any]:
    """A mailer for smtp://USER:PASSWORD@HOST:PORT (smtps:// for TLS from the start); files in `folder` by default."""
    url = urlsplit(text(name))
    if not url.scheme:
        return {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": str(folder)}}
    if url.scheme not in ("smtp", "smtps"):
        refuse(name, "must begin with smtp:// or smtps://")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": url.hostname or "localhost",
            "port": url.port or (465 if url.scheme == "smtps" else 587),
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_ssl": url.scheme == "smtps",
            "use_tls": url.scheme == "smtp" and bool(url.username),
            "timeout": 10,
        },
    }
