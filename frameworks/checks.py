from typing import Any

from django.core.checks import CheckMessage, Error

from frameworks import library


def bundled_files_load(**kwargs: Any) -> list[CheckMessage]:
    return [Error(problem, id="frameworks.E001") for problem in library.read().problems]
