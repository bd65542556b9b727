"""Whether Waymark runs, for whatever watches it: asked before host names, redirects and sessions are looked at."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
LEAST_SPACE = 200 * 1024**2


def health(get_response: GetResponse) -> GetResponse:
    """/livez answers while the process does; /readyz, when it can serve people: else 503 and one word."""
    answers = {"/livez": lambda: "", "/readyz": _lacking}

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path not in answers:
            return get_response(request)
        lacking = answers[request.path]()
        headers = {"Cache-Control": "no-store"}
        return HttpResponse(lacking or "ok", content_type="text/plain", status=503 if lacking else 200, headers=headers)

    return middleware


def _lacking() -> str:
    """What is missing, or nothing."""
    if shutil.disk_usage(settings.DATA_DIR).free < LEAST_SPACE:
        return "space"
    try:
        executor = MigrationExecutor(connection)
        return "migrations" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else ""
    except DatabaseError:
        return "database"
