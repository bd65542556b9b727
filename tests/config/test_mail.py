from pathlib import Path

from django.core.mail import EmailMultiAlternatives

from config.mail import ReadableFiles

LINK = "https://waymark.example.org/invitation/" + "a1B2-" * 30
TEXT = f"Schöne Grüße! Join Northwind here, before the day is over: {LINK}"


def test_mail_in_files_keeps_every_line_whole(tmp_path: Path) -> None:
    message = EmailMultiAlternatives("Join Northwind", TEXT, "waymark@example.org", ["alice@example.org"])
    message.attach_alternative(f"<p>{TEXT}</p>", "text/html")
    ReadableFiles(file_path=str(tmp_path)).send_messages([message])
    [file] = tmp_path.iterdir()
    lines = file.read_text().splitlines()
    assert TEXT in lines
    assert f"<p>{TEXT}</p>" in lines
    assert "To: alice@example.org" in lines
