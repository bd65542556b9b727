"""Letters about an account: every one there is, in our words, as plain text and HTML."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth import account, mfa, socialaccount
from django.conf import settings

from people.adapter import AccountAdapter
from people.models import User

OURS = {
    f"{folder.parent.name}/email/{path.name.removesuffix('_subject.txt')}"
    for folder in (settings.BASE_DIR / "templates").glob("*/email")
    for path in folder.glob("*_subject.txt")
}
# What we have not switched on: codes in place of links, and passkeys.
OFF = ("login_code", "password_reset_code", "webauthn_added", "webauthn_removed")
SAID = {
    "user": User(email="o'neil@example.org"),
    "email": "o'neil@example.org",
    "activate_url": "https://waymark.example.org/accounts/confirm-email/key/",
    "password_reset_url": "https://waymark.example.org/accounts/password/reset/key/1-key/",
    "from_email": "o'neil@example.org",
    "to_email": "dora@example.org",
    "deleted_email": "o'neil@example.org",
    "timestamp": datetime(2026, 11, 20, 12, tzinfo=UTC),
    "ip": "192.0.2.1",
    "user_agent": "O'Browser <1>",
    "provider": "Northwind & Co.",
}


def test_every_letter_of_the_library_is_in_our_words() -> None:
    theirs = {
        f"{app.__name__.rpartition('.')[2]}/email/{path.name.removesuffix('_subject.txt')}"
        for app in (account, mfa, socialaccount)
        for path in (Path(account.__file__).parents[1] / "templates").glob(
            f"{app.__name__.rpartition('.')[2]}/email/*_subject.txt"
        )
    }
    assert theirs - OURS == {name for name in theirs if name.endswith(OFF)}


@pytest.mark.parametrize("name", sorted(OURS))
def test_letter_is_plain_text_and_html(name: str, rf: Any) -> None:
    message: Any = AccountAdapter(rf.get("/")).render_mail(name, "dora@example.org", SAID)
    assert message.subject.startswith("Waymark: ")
    assert not [sign for sign in ("&#x27;", "&lt;", "&amp;", "Hello from", "{{") if sign in message.body]
    assert message.body.endswith("Where your use of generative AI stands, and what to do next.")
    html, kind = message.alternatives[0]
    assert (kind, "<1>" in html, html.count("<title>")) == ("text/html", False, 1)
