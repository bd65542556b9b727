"""Every page that asks for answers has a name, by which its own earlier saves are told from those of others. The name
also tells for whom the page was opened: what one person typed is never saved under another's name."""

from secrets import token_urlsafe

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.crypto import constant_time_compare, salted_hmac

from people.models import User

LETTERS = 16


class OpenedByAnother(PermissionDenied):
    """Somebody else was signed in when the page was opened."""


def new_page(person: User) -> str:
    """A name for a page as it is loaded this once."""
    name = token_urlsafe(12)
    return name + _seal(name, person, settings.SECRET_KEY)


def is_opened_by(page: str, person: User) -> bool:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(page[LETTERS:], _seal(page[:LETTERS], person, key)) for key in keys)


def _seal(name: str, person: User, key: str) -> str:
    return salted_hmac("assessment.pages", f"{name} {person.pk}", key, algorithm="sha256").hexdigest()[:LETTERS]
