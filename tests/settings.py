"""The real settings, with what makes tests quick: a cheap password hash, and static files without hashed names."""

import os
import tempfile

os.environ["WAYMARK_DATA_DIR"] = tempfile.mkdtemp(prefix="waymark-tests-")

from config.settings import *  # noqa: F403
from config.settings import STATIC_ROOT

STATIC_ROOT.mkdir()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
