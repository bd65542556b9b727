"""Reads WAYMARK_… from the environment. What is wrong ends the program with one line that names the variable."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo


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


def choice(name: str, default: str, *others: str) -> str:
    value = text(name, default)
    if value not in (default, *others):
        refuse(name, f"must be one of {', '.join((default, *others))}")
    return value


def words(name: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute path; the folder is made where it is missing, for its owner alone: people's answers lie there."""
    path = Path(text(name, str(default))).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        refuse(name, f"must be a folder that can be written to, not {path}: {error.strerror}")
    return path


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        refuse(name, "must be a time zone such as Europe/Berlin")
    return value


def site(name: str, default: str) -> str:
    """The address people type, without a slash at its end."""
    url = _url(name, default)
    if url.scheme not in ("http", "https") or not url.hostname:
        refuse(name, "must be an address that begins with https:// or http://")
    return url.geturl().rstrip("/")


def _url(name: str, default: str = "") -> SplitResult:
    """What the variable says, in its parts, of which host and port can be read."""
    try:
        url = urlsplit(text(name, default))
        _ = url.port
    except ValueError as error:
        refuse(name, f"cannot be read: {error}")
    return url


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
    """Django's settings for sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME; else SQLite at `fallback`.

    What follows a ? goes to PostgreSQL as it is: ?sslmode=verify-full."""
    url = _url(name)
    if not url.geturl():
        return _sqlite(str(fallback))
    if url.scheme not in ("sqlite", "postgres", "postgresql"):
        refuse(name, "must begin with sqlite:/// or postgres://")
    path = unquote(url.path.removeprefix("/"))
    if not path:
        refuse(name, "must name the database after the host: sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME")
    return _sqlite(path) if url.scheme == "sqlite" else _postgresql(url, path)


def _postgresql(url: SplitResult, database: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8, "timeout": 10}, **dict(parse_qsl(url.query))},
    }


def _sqlite(path: str) -> dict[str, Any]:
    """Recursive triggers make REPLACE ask the triggers that guard against deletion, too."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
            "PRAGMA recursive_triggers=ON;",
        },
    }


def mailer(name: str, folder: Path) -> dict[str, Any]:
    """A mailer for smtp://USER:PASSWORD@HOST:PORT (smtps:// for TLS from the start); files in `folder` by default."""
    url = _url(name)
    if not url.geturl():
        return {"BACKEND": "config.mail.ReadableFiles", "OPTIONS": {"file_path": str(folder)}}
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


def openid(url: str, client_id: str, client_secret: str, name: str) -> dict[str, Any]:
    """allauth's settings for one service that signs people in; nothing unless its address is set."""
    if not text(url):
        return {}
    for needed in (client_id, client_secret):
        if not text(needed):
            refuse(needed, f"must be set together with {url}")
    return {
        "provider_id": "service",
        "name": text(name, "single sign-on"),
        "client_id": text(client_id),
        "secret": text(client_secret),
        "settings": {"server_url": site(url, "")},
    }


def origins(service: dict[str, Any]) -> list[str]:
    """The sites a browser is led to by it."""
    if not service:
        return []
    url = urlsplit(service["settings"]["server_url"])
    return [f"{url.scheme}://{url.netloc}"]
