"""Mail comes in the organization's name; names that people chose add no header and no link."""

from email import message_from_bytes, policy
from typing import Any

import pytest

from people import letters
from tests.factories import make_invitation, make_organization, make_team, make_user


@pytest.mark.django_db
def test_letter_says_who_invites_whom_to_what(settings: Any) -> None:
    settings.BASE_URL = "https://waymark.example.org"
    organization = make_organization(name="Northwind")
    team = make_team(organization=organization, slug="claims")
    invited, token = make_invitation(organization, leads=[team], invited_by=make_user(name="Alice"), is_executive=True)
    letter = letters.invitation(invited, token)
    assert letter.subject == "Northwind invites you to Waymark"
    assert letter.from_email == '"Northwind (Waymark)" <waymark@localhost>'
    html = str(letter.alternatives[0][0])
    for text in (str(letter.body), html):
        assert "Alice invites you to Northwind on Waymark" in text
        assert "executive: reads everything, changes nothing" in text
        assert "lead of the team Claims" in text
        assert f"https://waymark.example.org/invitation/{token}/" in text
    assert html.count("<a ") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "Northwind\r\nBcc: everybody@example.org",
        'North"wind\\" <evil@example.org>, x',
        "https://evil.example/sign-in",
        "evil.example",
        '<a href="https://evil.example">Click</a>',
        "\u202emoc.live",
    ],
)
def test_name_of_an_organization_adds_no_header_and_no_link(name: str) -> None:
    organization = make_organization(name=name)
    team = make_team(organization=organization, name=name)
    invited, token = make_invitation(organization, leads=[team], invited_by=make_user(name=name))
    letter = letters.invitation(invited, token)
    parsed = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    assert sorted(parsed.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"]
    )
    assert [each.addr_spec for each in parsed["From"].addresses] == ["waymark@localhost"]
    assert [each.addr_spec for each in parsed["To"].addresses] == ["dora@example.org"]
    html = str(letter.alternatives[0][0])
    assert html.count("<a ") == 1
    for text in (str(letter.body), html):
        assert "evil.example" not in text
        assert "\u202e" not in text
