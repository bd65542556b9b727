"""The real settings, with what makes tests quick: a cheap password hash, and static files without hashed names. The
database is in memory, or the one WAYMARK_DATABASE_URL names: script/test-postgres."""

import atexit
import os
import shutil
import tempfile

os.environ["WAYMARK_DATA_DIR"] = tempfile.mkdtemp(prefix="waymark-tests-")
atexit.register(shutil.rmtree, os.environ["WAYMARK_DATA_DIR"], ignore_errors=True)

from config.settings import *  # noqa: E402, F403

STATIC_ROOT = DATA_DIR / "static"  # noqa: F405
STATIC_ROOT.mkdir()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
