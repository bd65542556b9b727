import email.policy
from typing import Any

from django.core.mail.backends.filebased import EmailBackend

WHOLE_LINES = email.policy.default.clone(max_line_length=998)
"""The longest line mail may have. Encoding begins beyond it."""


class ReadableFiles(EmailBackend):
    """Mail in files, for a person to read: no line is broken, so that links can be followed."""

    def write_message(self, message: Any) -> None:
        self.stream.write(message.message(policy=WHOLE_LINES).as_bytes() + b"\n" + b"-" * 79 + b"\n")
