"""The real settings, with one address more: a view that does nothing but know who is signed in."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.load.urls"
