"""Commands ask here whether there is anything to read from, before the database refuses in its own words."""

from django.core.management import CommandError
from django.db import connection

from frameworks.models import Version


def exist() -> bool:
    return Version._meta.db_table in connection.introspection.table_names()


def require() -> None:
    """Raises CommandError while the database is empty."""
    if not exist():
        raise CommandError("the database has no tables yet: run manage.py migrate first")
